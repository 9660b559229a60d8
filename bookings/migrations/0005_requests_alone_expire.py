"""Readers ask for the expiry whatever the state: only a request may have one."""

from django.db import migrations, models

CLEAR = "UPDATE bookings_booking SET expires_at = NULL WHERE state <> 'requested' AND expires_at IS NOT NULL"


class Migration(migrations.Migration):
    dependencies = [("bookings", "0004_closures_standing_now")]

    operations = [
        migrations.RunSQL(CLEAR, migrations.RunSQL.noop),
        migrations.RemoveConstraint(model_name="booking", name="booking_request_expires"),
        migrations.AddConstraint(
            model_name="booking",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("expires_at__isnull", False), ("state", "requested")),
                    models.Q(models.Q(("state", "requested"), _negated=True), ("expires_at", None)),
                    _connector="OR",
                ),
                name="booking_requests_alone_expire",
            ),
        ),
    ]
