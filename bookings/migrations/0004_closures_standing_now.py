"""What is closed now is asked on every page of an open house: the index covers closures in force too."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("bookings", "0003_booking_in_house")]

    operations = [
        migrations.RemoveIndex(model_name="closure", name="closure_planned"),
        migrations.AddIndex(
            model_name="closure",
            index=models.Index(
                condition=models.Q(("state__in", ("planned", "in_force"))),
                fields=["center", "ends_at"],
                name="closure_standing",
            ),
        ),
    ]
