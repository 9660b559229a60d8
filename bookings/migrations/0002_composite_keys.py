"""Rows name house and room together, so that a row with the wrong house cannot slip past the exclusion constraints."""

from django.db import migrations

FORWARDS = """
ALTER TABLE bookings_booking ADD CONSTRAINT booking_room_in_house
    FOREIGN KEY (center_id, room_id) REFERENCES centers_room (center_id, id);
ALTER TABLE bookings_occupancy ADD CONSTRAINT occupancy_room_in_house
    FOREIGN KEY (center_id, room_id) REFERENCES centers_room (center_id, id);
ALTER TABLE bookings_occupancy ADD CONSTRAINT occupancy_booking_in_house
    FOREIGN KEY (center_id, booking_id) REFERENCES bookings_booking (center_id, id);
ALTER TABLE bookings_occupancy ADD CONSTRAINT occupancy_closure_in_house
    FOREIGN KEY (center_id, closure_id) REFERENCES bookings_closure (center_id, id);
"""
BACKWARDS = """
ALTER TABLE bookings_occupancy DROP CONSTRAINT occupancy_closure_in_house;
ALTER TABLE bookings_occupancy DROP CONSTRAINT occupancy_booking_in_house;
ALTER TABLE bookings_occupancy DROP CONSTRAINT occupancy_room_in_house;
ALTER TABLE bookings_booking DROP CONSTRAINT booking_room_in_house;
"""


class Migration(migrations.Migration):
    dependencies = [("bookings", "0001_first"), ("centers", "0002_parts_one_level_deep")]
    operations = [migrations.RunSQL(FORWARDS, BACKWARDS)]
