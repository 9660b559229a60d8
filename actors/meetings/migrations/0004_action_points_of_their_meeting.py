"""An action point stands under an item of its own meeting, in its own house; what the minutes say of it stays when they are approved."""

from django.db import migrations

FORWARDS = """
ALTER TABLE meetings_actionpoint ADD CONSTRAINT action_point_meeting_of_house
    FOREIGN KEY (center_id, meeting_id) REFERENCES meetings_meeting (center_id, id);
ALTER TABLE meetings_actionpoint ADD CONSTRAINT action_point_item_of_meeting
    FOREIGN KEY (meeting_id, item_id) REFERENCES meetings_agendaitem (meeting_id, id);
CREATE TRIGGER approved_minutes_stay BEFORE INSERT OR DELETE OR UPDATE OF meeting_id, item_id, title
    ON meetings_actionpoint FOR EACH ROW EXECUTE FUNCTION meetings_approved_minutes_stay();
"""
BACKWARDS = """
DROP TRIGGER approved_minutes_stay ON meetings_actionpoint;
ALTER TABLE meetings_actionpoint DROP CONSTRAINT action_point_item_of_meeting;
ALTER TABLE meetings_actionpoint DROP CONSTRAINT action_point_meeting_of_house;
"""


class Migration(migrations.Migration):
    dependencies = [("meetings", "0003_action_points")]
    operations = [migrations.RunSQL(FORWARDS, BACKWARDS)]
