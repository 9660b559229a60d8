from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("forum", "0003_months_name_their_weekday"),
    ]

    operations = [
        migrations.AlterField(
            model_name="forum",
            name="weekday",
            field=models.PositiveSmallIntegerField(
                choices=[
                    (0, "Mandag"),
                    (1, "Tirsdag"),
                    (2, "Onsdag"),
                    (3, "Torsdag"),
                    (4, "Fredag"),
                    (5, "Lørdag"),
                    (6, "Søndag"),
                ],
                default=3,
                verbose_name="ugedag",
            ),
        ),
    ]
