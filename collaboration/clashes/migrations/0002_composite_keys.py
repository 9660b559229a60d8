"""A clash names each event together with its house, so that neither house can be another's."""

from django.db import migrations

FORWARDS = """
ALTER TABLE clashes_clash ADD CONSTRAINT clash_second_in_house
    FOREIGN KEY (center_id, second_id) REFERENCES bookings_booking (center_id, id);
ALTER TABLE clashes_clash ADD CONSTRAINT clash_first_in_house
    FOREIGN KEY (first_center_id, first_id) REFERENCES bookings_booking (center_id, id);
"""
BACKWARDS = """
ALTER TABLE clashes_clash DROP CONSTRAINT clash_first_in_house;
ALTER TABLE clashes_clash DROP CONSTRAINT clash_second_in_house;
"""


class Migration(migrations.Migration):
    dependencies = [("clashes", "0001_first"), ("bookings", "0001_first")]
    operations = [migrations.RunSQL(FORWARDS, BACKWARDS)]
