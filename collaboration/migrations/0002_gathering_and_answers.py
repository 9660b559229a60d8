import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("actors", "0001_first"),
        ("centers", "0002_parts_one_level_deep"),
        ("collaboration", "0001_first"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Gathering",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("month", models.DateField()),
                ("gathered_at", models.DateTimeField()),
            ],
        ),
        migrations.AlterModelOptions(
            name="introduction",
            options={"verbose_name": "forbindelse", "verbose_name_plural": "forbindelser"},
        ),
        migrations.AddField(
            model_name="introduction",
            name="dismissed_at",
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="introduction",
            name="dismissed_by",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddConstraint(
            model_name="introduction",
            constraint=models.CheckConstraint(
                condition=models.Q(("proposed_at", None), ("dismissed_at", None), _connector="OR"),
                name="introduction_answered_once",
            ),
        ),
        migrations.AddField(
            model_name="gathering",
            name="center",
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="+", to="centers.center"),
        ),
        migrations.AddConstraint(
            model_name="gathering",
            constraint=models.UniqueConstraint(fields=("center", "month"), name="gathering_once_a_month"),
        ),
        migrations.AddConstraint(
            model_name="gathering",
            constraint=models.CheckConstraint(
                condition=models.Q(("month__day", 1)), name="gathering_month_is_its_first_day"
            ),
        ),
    ]
