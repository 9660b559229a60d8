"""A meeting's room is of its house; what was approved stays as it is, whoever writes."""

from django.db import migrations

FORWARDS = """
ALTER TABLE meetings_meeting ADD CONSTRAINT meeting_room_in_house
    FOREIGN KEY (center_id, room_id) REFERENCES centers_room (center_id, id);

CREATE FUNCTION meetings_approved_minutes_stay() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (
        SELECT 1 FROM meetings_meeting
        WHERE id IN (NEW.meeting_id, OLD.meeting_id) AND minutes_approved_at IS NOT NULL
    ) THEN
        RAISE EXCEPTION 'The minutes are approved' USING ERRCODE = 'check_violation', CONSTRAINT = 'approved_minutes_stay';
    END IF;
    RETURN CASE TG_OP WHEN 'DELETE' THEN OLD ELSE NEW END;
END $$;
CREATE TRIGGER approved_minutes_stay BEFORE INSERT OR DELETE
    OR UPDATE OF meeting_id, position, title, text, kind, minutes_needed, owner_id, about, minutes, decision
    ON meetings_agendaitem FOR EACH ROW EXECUTE FUNCTION meetings_approved_minutes_stay();
"""
BACKWARDS = """
DROP TRIGGER approved_minutes_stay ON meetings_agendaitem;
DROP FUNCTION meetings_approved_minutes_stay;
ALTER TABLE meetings_meeting DROP CONSTRAINT meeting_room_in_house;
"""


class Migration(migrations.Migration):
    dependencies = [("meetings", "0001_first"), ("centers", "0002_parts_one_level_deep")]
    operations = [migrations.RunSQL(FORWARDS, BACKWARDS)]
