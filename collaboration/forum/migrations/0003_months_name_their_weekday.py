from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("centers", "0002_parts_one_level_deep"),
        ("forum", "0002_room_of_the_house"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name="forum",
            name="forum_nth_of_months",
        ),
        migrations.AddConstraint(
            model_name="forum",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("every__lte", 6), ("nth__in", [1, 2, 3, 4, -1]), ("nth__isnull", False), ("rhythm", "months")
                    ),
                    models.Q(("every__lte", 12), ("nth", None), ("rhythm", "weeks")),
                    _connector="OR",
                ),
                name="forum_nth_of_months",
            ),
        ),
    ]
