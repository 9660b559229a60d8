import django.contrib.postgres.constraints
import django.contrib.postgres.fields.ranges
import django.core.validators
import django.db.models.deletion
import medborger.common.validators
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("actors", "0001_first"),
        ("centers", "0002_parts_one_level_deep"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Collaboration",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "title",
                    models.CharField(
                        max_length=120,
                        validators=[
                            medborger.common.validators.no_personal_number,
                            medborger.common.validators.no_control_characters,
                        ],
                        verbose_name="hvad laver I sammen",
                    ),
                ),
                (
                    "purpose",
                    models.TextField(
                        blank=True,
                        validators=[
                            medborger.common.validators.no_personal_number,
                            medborger.common.validators.no_hidden_characters,
                            django.core.validators.MaxLengthValidator(2000),
                        ],
                        verbose_name="formål",
                    ),
                ),
                ("since", models.DateField(verbose_name="fra")),
                ("until", models.DateField(blank=True, null=True, verbose_name="til")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("proposed", "Foreslået"),
                            ("going", "I gang"),
                            ("ended", "Afsluttet"),
                            ("dismissed", "Afvist"),
                        ],
                        max_length=9,
                    ),
                ),
                (
                    "form",
                    models.CharField(
                        choices=[
                            ("share_knowledge", "Videndele"),
                            ("align", "Samvirke"),
                            ("exchange_resources", "Ressourceudveksle"),
                            ("coordinate", "Samordne"),
                            ("co_create", "Samskabe"),
                        ],
                        max_length=18,
                        verbose_name="form",
                    ),
                ),
                (
                    "learned",
                    models.TextField(
                        blank=True,
                        validators=[
                            medborger.common.validators.no_personal_number,
                            medborger.common.validators.no_hidden_characters,
                            django.core.validators.MaxLengthValidator(2000),
                        ],
                        verbose_name="hvad har I lært",
                    ),
                ),
                (
                    "next_step",
                    models.CharField(
                        blank=True,
                        max_length=200,
                        validators=[
                            medborger.common.validators.no_personal_number,
                            medborger.common.validators.no_control_characters,
                        ],
                        verbose_name="næste skridt",
                    ),
                ),
                ("next_step_on", models.DateField(blank=True, null=True, verbose_name="hvornår")),
                ("entry_key", models.CharField(editable=False, max_length=64)),
                ("by_house", models.BooleanField(default=False, verbose_name="registreret af huset")),
                ("created_at", models.DateTimeField()),
                ("confirmed_at", models.DateTimeField(blank=True, null=True)),
                ("form_token", models.UUIDField(editable=False, null=True, unique=True)),
                ("version", models.PositiveIntegerField(default=1)),
                (
                    "center",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="collaborations", to="centers.center"
                    ),
                ),
                (
                    "confirmed_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "created_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "next_step_owner",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="actors.actor",
                        verbose_name="hvem tager det",
                    ),
                ),
                (
                    "target_groups",
                    models.ManyToManyField(
                        blank=True, related_name="collaborations", to="actors.targetgroup", verbose_name="for hvem"
                    ),
                ),
                (
                    "themes",
                    models.ManyToManyField(
                        blank=True, related_name="collaborations", to="actors.theme", verbose_name="emner"
                    ),
                ),
            ],
            options={
                "verbose_name": "samarbejde",
                "verbose_name_plural": "samarbejder",
            },
        ),
        migrations.CreateModel(
            name="CollaborationActor",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "actor",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="actors.actor"),
                ),
                (
                    "collaboration",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="parties",
                        to="collaboration.collaboration",
                    ),
                ),
            ],
        ),
        migrations.AddField(
            model_name="collaboration",
            name="actors",
            field=models.ManyToManyField(
                related_name="collaborations", through="collaboration.CollaborationActor", to="actors.actor"
            ),
        ),
        migrations.CreateModel(
            name="Evidence",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("booking", "Lokale booket sammen"),
                            ("merged", "Arrangement lavet sammen"),
                            ("agenda", "Punkt på et møde"),
                        ],
                        max_length=7,
                    ),
                ),
                ("key", models.CharField(max_length=80, unique=True)),
                ("title", models.CharField(blank=True, max_length=120)),
                ("on", models.DateField()),
                ("link", models.CharField(blank=True, max_length=200)),
                (
                    "collaboration",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="evidence",
                        to="collaboration.collaboration",
                    ),
                ),
            ],
            options={
                "ordering": ["on", "id"],
            },
        ),
        migrations.CreateModel(
            name="FormSince",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "form",
                    models.CharField(
                        choices=[
                            ("share_knowledge", "Videndele"),
                            ("align", "Samvirke"),
                            ("exchange_resources", "Ressourceudveksle"),
                            ("coordinate", "Samordne"),
                            ("co_create", "Samskabe"),
                        ],
                        max_length=18,
                    ),
                ),
                ("since", models.DateField()),
                (
                    "collaboration",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="forms",
                        to="collaboration.collaboration",
                    ),
                ),
            ],
            options={
                "ordering": ["since", "id"],
            },
        ),
        migrations.CreateModel(
            name="Introduction",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("week_starts_on", models.DateField()),
                ("proposed_at", models.DateTimeField(blank=True, null=True)),
                (
                    "center",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="introductions", to="centers.center"
                    ),
                ),
                (
                    "first",
                    models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="+", to="actors.actor"),
                ),
                (
                    "proposed_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "second",
                    models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="+", to="actors.actor"),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Neighbour",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "leaves",
                    models.TextField(
                        blank=True,
                        max_length=400,
                        validators=[
                            medborger.common.validators.no_personal_number,
                            medborger.common.validators.no_hidden_characters,
                            django.core.validators.MaxLengthValidator(2000),
                        ],
                        verbose_name="hvad overlader I til dem",
                    ),
                ),
                ("since", models.DateField()),
                (
                    "center",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="neighbours", to="centers.center"
                    ),
                ),
                (
                    "neighbour",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="neighbour_of", to="centers.center"
                    ),
                ),
            ],
            options={
                "verbose_name": "nabohus",
                "verbose_name_plural": "nabohuse",
            },
        ),
        migrations.AddConstraint(
            model_name="collaborationactor",
            constraint=models.UniqueConstraint(fields=("collaboration", "actor"), name="collaboration_actor_once"),
        ),
        migrations.AddIndex(
            model_name="collaboration",
            index=models.Index(fields=["center", "-since", "-id"], name="collaboration_log"),
        ),
        migrations.AddConstraint(
            model_name="collaboration",
            constraint=models.UniqueConstraint(fields=("center", "id"), name="collaboration_of_house"),
        ),
        migrations.AddConstraint(
            model_name="collaboration",
            constraint=models.CheckConstraint(
                condition=models.Q(("until", None), ("until__gte", models.F("since")), _connector="OR"),
                name="collaboration_ends_after_start",
            ),
        ),
        migrations.AddConstraint(
            model_name="collaboration",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("confirmed_at__isnull", False), ("state__in", ("going", "ended"))),
                    models.Q(models.Q(("state__in", ("going", "ended")), _negated=True), ("confirmed_at", None)),
                    _connector="OR",
                ),
                name="collaboration_confirmed_by_somebody",
            ),
        ),
        migrations.AddConstraint(
            model_name="collaboration",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state", "ended"), _negated=True), ("until__isnull", False), _connector="OR"
                ),
                name="collaboration_ended_has_its_end",
            ),
        ),
        migrations.AddConstraint(
            model_name="collaboration",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("next_step", ""), _negated=True),
                    models.Q(("next_step_on", None), ("next_step_owner", None)),
                    _connector="OR",
                ),
                name="collaboration_step_is_whole",
            ),
        ),
        migrations.AddConstraint(
            model_name="collaboration",
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(
                condition=models.Q(("state", "dismissed"), _negated=True),
                expressions=[
                    ("center", "="),
                    ("entry_key", "="),
                    (
                        models.Func(
                            models.F("since"),
                            models.F("until"),
                            models.Value("[]"),
                            function="daterange",
                            output_field=django.contrib.postgres.fields.ranges.DateRangeField(),
                        ),
                        "&&",
                    ),
                ],
                name="collaboration_entered_once",
            ),
        ),
        migrations.AddConstraint(
            model_name="formsince",
            constraint=models.UniqueConstraint(fields=("collaboration", "since"), name="form_once_a_day"),
        ),
        migrations.AddConstraint(
            model_name="introduction",
            constraint=models.UniqueConstraint(fields=("center", "week_starts_on"), name="introduction_once_a_week"),
        ),
        migrations.AddConstraint(
            model_name="introduction",
            constraint=models.CheckConstraint(
                condition=models.Q(("first__lt", models.F("second"))), name="introduction_in_one_order"
            ),
        ),
        migrations.AddConstraint(
            model_name="introduction",
            constraint=models.CheckConstraint(
                condition=models.Q(("week_starts_on__iso_week_day", 1)), name="introduction_week_is_a_monday"
            ),
        ),
        migrations.AddConstraint(
            model_name="neighbour",
            constraint=models.UniqueConstraint(fields=("center", "neighbour"), name="neighbour_once"),
        ),
        migrations.AddConstraint(
            model_name="neighbour",
            constraint=models.CheckConstraint(
                condition=models.Q(("center", models.F("neighbour")), _negated=True), name="neighbour_is_another_house"
            ),
        ),
    ]
