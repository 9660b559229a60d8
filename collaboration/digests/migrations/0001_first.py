import django.core.validators
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("centers", "0002_parts_one_level_deep"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Digest",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("kind", models.CharField(choices=[("weekly", "Ugens overblik")], default="weekly", max_length=6)),
                ("week_starts_on", models.DateField()),
                ("covers_from", models.DateTimeField()),
                ("covers_until", models.DateTimeField()),
                ("made_at", models.DateTimeField()),
                (
                    "state",
                    models.CharField(
                        choices=[("made", "Lavet"), ("empty", "Intet at fortælle"), ("skipped", "Sprunget over")],
                        max_length=7,
                    ),
                ),
                ("content", models.JSONField(blank=True, default=dict)),
                ("content_hash", models.CharField(max_length=64)),
                ("message_key", models.CharField(blank=True, max_length=120)),
                (
                    "center",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="digests", to="centers.center"
                    ),
                ),
                (
                    "recipient",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "ugens overblik",
                "verbose_name_plural": "ugens overblik",
                "indexes": [models.Index(fields=["made_at"], name="digest_made")],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("center", "recipient", "kind", "week_starts_on"),
                        name="digest_once",
                        nulls_distinct=False,
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("week_starts_on__iso_week_day", 1)), name="digest_week_is_a_monday"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("covers_until__gte", models.F("covers_from"))), name="digest_covers_a_time"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Snooze",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("key", models.CharField(max_length=80)),
                ("until", models.DateTimeField()),
                (
                    "center",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="centers.center"
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "verbose_name": "udsat linje",
                "verbose_name_plural": "udsatte linjer",
                "constraints": [models.UniqueConstraint(fields=("center", "user", "key"), name="snooze_once")],
            },
        ),
        migrations.CreateModel(
            name="Subscription",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "weekday",
                    models.PositiveSmallIntegerField(
                        choices=[
                            (0, "Mandag"),
                            (1, "Tirsdag"),
                            (2, "Onsdag"),
                            (3, "Torsdag"),
                            (4, "Fredag"),
                            (5, "Lørdag"),
                            (6, "Søndag"),
                        ],
                        default=0,
                        verbose_name="ugedag",
                    ),
                ),
                (
                    "minute",
                    models.PositiveSmallIntegerField(
                        default=420, validators=[django.core.validators.MaxValueValidator(1439)], verbose_name="klokken"
                    ),
                ),
                (
                    "when_empty",
                    models.BooleanField(default=False, verbose_name="send også en linje, når der intet er sket"),
                ),
                ("by_choice", models.BooleanField(default=False, verbose_name="selv valgt")),
                ("next_at", models.DateTimeField(blank=True, null=True)),
                ("covered_until", models.DateTimeField()),
                ("ended_at", models.DateTimeField(blank=True, null=True)),
                ("unsubscribed", models.BooleanField(default=False, verbose_name="har sagt nej")),
                (
                    "center",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="digest_subscriptions",
                        to="centers.center",
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "modtager af ugens overblik",
                "verbose_name_plural": "modtagere af ugens overblik",
                "indexes": [
                    models.Index(
                        condition=models.Q(("next_at__isnull", False)), fields=["next_at"], name="subscription_due"
                    )
                ],
                "constraints": [
                    models.UniqueConstraint(fields=("center", "user"), name="subscription_once", nulls_distinct=False),
                    models.CheckConstraint(condition=models.Q(("weekday__lte", 6)), name="subscription_weekday"),
                    models.CheckConstraint(condition=models.Q(("minute__lt", 1440)), name="subscription_time_of_day"),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("ended_at", None), ("next_at__isnull", False), ("unsubscribed", False)),
                            models.Q(("ended_at__isnull", False), ("next_at", None)),
                            _connector="OR",
                        ),
                        name="subscription_goes_on_or_has_ended",
                    ),
                ],
            },
        ),
    ]
