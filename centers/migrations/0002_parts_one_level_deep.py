"""A part lies in its own house and is never divided itself: a booking's leaves are found in one step."""

from django.db import migrations

FORWARDS = """
ALTER TABLE centers_room ADD CONSTRAINT room_part_in_same_house
    FOREIGN KEY (center_id, part_of_id) REFERENCES centers_room (center_id, id);
CREATE FUNCTION room_parts_one_level() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM 1 FROM centers_room WHERE id = NEW.part_of_id FOR UPDATE;
    IF EXISTS (SELECT FROM centers_room WHERE id = NEW.part_of_id AND part_of_id IS NOT NULL)
       OR EXISTS (SELECT FROM centers_room WHERE part_of_id = NEW.id) THEN
        RAISE EXCEPTION 'A part of a room cannot be divided itself'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'room_parts_one_level';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER room_parts_one_level BEFORE INSERT OR UPDATE OF part_of_id ON centers_room
    FOR EACH ROW WHEN (NEW.part_of_id IS NOT NULL) EXECUTE FUNCTION room_parts_one_level();
"""
BACKWARDS = """
DROP TRIGGER room_parts_one_level ON centers_room;
DROP FUNCTION room_parts_one_level;
ALTER TABLE centers_room DROP CONSTRAINT room_part_in_same_house;
"""


class Migration(migrations.Migration):
    dependencies = [("centers", "0001_first")]
    operations = [migrations.RunSQL(FORWARDS, BACKWARDS)]
