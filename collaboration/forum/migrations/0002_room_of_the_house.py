"""A forum meets in a room of its own house."""

from django.db import migrations

FORWARDS = """
ALTER TABLE forum_forum ADD CONSTRAINT forum_room_in_house
    FOREIGN KEY (center_id, room_id) REFERENCES centers_room (center_id, id);
"""
BACKWARDS = "ALTER TABLE forum_forum DROP CONSTRAINT forum_room_in_house;"


class Migration(migrations.Migration):
    dependencies = [("forum", "0001_first"), ("centers", "0002_parts_one_level_deep")]
    operations = [migrations.RunSQL(FORWARDS, BACKWARDS)]
