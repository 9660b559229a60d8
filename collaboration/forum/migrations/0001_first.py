import django.core.validators
import django.db.models.deletion
import django.db.models.expressions
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
            name="Forum",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "name",
                    models.CharField(
                        max_length=60,
                        validators=[
                            medborger.common.validators.no_personal_number,
                            medborger.common.validators.no_control_characters,
                        ],
                        verbose_name="navn",
                    ),
                ),
                (
                    "rhythm",
                    models.CharField(
                        choices=[("weeks", "Uger"), ("months", "Måneder")],
                        default="months",
                        max_length=6,
                        verbose_name="uger eller måneder",
                    ),
                ),
                (
                    "every",
                    models.PositiveSmallIntegerField(
                        default=1,
                        validators=[
                            django.core.validators.MinValueValidator(1),
                            django.core.validators.MaxValueValidator(12),
                        ],
                        verbose_name="hvor mange imellem",
                    ),
                ),
                (
                    "weekday",
                    models.PositiveSmallIntegerField(
                        choices=[
                            (0, "mandag"),
                            (1, "tirsdag"),
                            (2, "onsdag"),
                            (3, "torsdag"),
                            (4, "fredag"),
                            (5, "lørdag"),
                            (6, "søndag"),
                        ],
                        default=3,
                        verbose_name="ugedag",
                    ),
                ),
                (
                    "nth",
                    models.SmallIntegerField(
                        blank=True,
                        choices=[(1, "første"), (2, "anden"), (3, "tredje"), (4, "fjerde"), (-1, "sidste")],
                        default=1,
                        null=True,
                        verbose_name="hvilken i måneden",
                    ),
                ),
                ("counts_from", models.DateField(verbose_name="første gang fra")),
                ("start", models.PositiveSmallIntegerField(default=540, verbose_name="klokkeslæt")),
                ("length", models.PositiveSmallIntegerField(default=120, verbose_name="minutter")),
                (
                    "place",
                    models.CharField(
                        blank=True,
                        max_length=120,
                        validators=[
                            medborger.common.validators.no_personal_number,
                            medborger.common.validators.no_control_characters,
                        ],
                        verbose_name="sted",
                    ),
                ),
                ("holder_until", models.DateField(blank=True, null=True, verbose_name="sidste dag")),
                ("founded_on", models.DateField()),
                ("version", models.PositiveIntegerField(default=1)),
                (
                    "center",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="forum", to="centers.center"
                    ),
                ),
                (
                    "holder",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "room",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="centers.room",
                        verbose_name="lokale",
                    ),
                ),
            ],
            options={
                "verbose_name": "koordinerende forum",
                "verbose_name_plural": "koordinerende fora",
            },
        ),
        migrations.CreateModel(
            name="ForumMember",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("since", models.DateField()),
                ("until", models.DateField(blank=True, null=True)),
                (
                    "actor",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="forum_memberships", to="actors.actor"
                    ),
                ),
                (
                    "forum",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="members", to="forum.forum"
                    ),
                ),
            ],
            options={
                "verbose_name": "forums aktør",
                "verbose_name_plural": "forums aktører",
            },
        ),
        migrations.CreateModel(
            name="ProposedItem",
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
                        verbose_name="overskrift",
                    ),
                ),
                (
                    "text",
                    models.TextField(
                        blank=True,
                        validators=[
                            medborger.common.validators.no_personal_number,
                            django.core.validators.MaxLengthValidator(20000),
                        ],
                        verbose_name="tekst",
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("information", "Orientering"),
                            ("discussion", "Drøftelse"),
                            ("decision", "Beslutning"),
                        ],
                        default="discussion",
                        max_length=11,
                        verbose_name="slags",
                    ),
                ),
                ("minutes_needed", models.PositiveSmallIntegerField(default=15, verbose_name="minutter")),
                ("about", models.CharField(blank=True, max_length=200)),
                ("proposed_at", models.DateTimeField()),
                ("reached_at", models.DateTimeField(blank=True, null=True)),
                ("withdrawn_at", models.DateTimeField(blank=True, null=True)),
                ("declined_at", models.DateTimeField(blank=True, null=True)),
                (
                    "reason",
                    models.CharField(
                        blank=True,
                        max_length=400,
                        validators=[
                            medborger.common.validators.no_personal_number,
                            medborger.common.validators.no_control_characters,
                        ],
                        verbose_name="begrundelse",
                    ),
                ),
                ("form_token", models.UUIDField(editable=False, null=True, unique=True)),
                (
                    "audience",
                    models.ManyToManyField(
                        blank=True, related_name="+", to="actors.actor", verbose_name="hvem skal være der"
                    ),
                ),
                (
                    "center",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="proposed_items", to="centers.center"
                    ),
                ),
                (
                    "declined_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "owner",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="actors.actor",
                        verbose_name="hvem lægger op",
                    ),
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
                    "proposed_for",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="actors.actor",
                    ),
                ),
            ],
            options={
                "verbose_name": "foreslået punkt",
                "verbose_name_plural": "foreslåede punkter",
            },
        ),
        migrations.AddConstraint(
            model_name="forum",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("every__lte", 6), ("nth__in", [1, 2, 3, 4, -1]), ("rhythm", "months")),
                    models.Q(("every__lte", 12), ("nth", None), ("rhythm", "weeks")),
                    _connector="OR",
                ),
                name="forum_nth_of_months",
            ),
        ),
        migrations.AddConstraint(
            model_name="forum",
            constraint=models.CheckConstraint(
                condition=models.Q(("every__gte", 1), ("weekday__lte", 6)), name="forum_meets"
            ),
        ),
        migrations.AddConstraint(
            model_name="forum",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("length__gte", 15),
                    ("length__lte", 720),
                    (
                        "start__lte",
                        django.db.models.expressions.CombinedExpression(models.Value(1440), "-", models.F("length")),
                    ),
                ),
                name="forum_meets_within_a_day",
            ),
        ),
        migrations.AddConstraint(
            model_name="forummember",
            constraint=models.UniqueConstraint(
                condition=models.Q(("until", None)), fields=("forum", "actor"), name="forum_member_once_at_a_time"
            ),
        ),
        migrations.AddConstraint(
            model_name="forummember",
            constraint=models.CheckConstraint(
                condition=models.Q(("until", None), ("until__gte", models.F("since")), _connector="OR"),
                name="forum_member_ends_after_start",
            ),
        ),
        migrations.AddIndex(
            model_name="proposeditem",
            index=models.Index(fields=["center", "-proposed_at"], name="proposed_item_of_house"),
        ),
        migrations.AddConstraint(
            model_name="proposeditem",
            constraint=models.UniqueConstraint(
                condition=models.Q(
                    ("declined_at", None),
                    ("reached_at", None),
                    ("withdrawn_at", None),
                    models.Q(("about", ""), _negated=True),
                ),
                fields=("center", "about"),
                name="proposed_item_waits_once",
            ),
        ),
        migrations.AddConstraint(
            model_name="proposeditem",
            constraint=models.CheckConstraint(
                condition=models.Q(("minutes_needed__gte", 1), ("minutes_needed__lte", 240)),
                name="proposed_item_takes_minutes",
            ),
        ),
        migrations.AddConstraint(
            model_name="proposeditem",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("declined_at", None), ("reason", "")),
                    models.Q(("declined_at__isnull", False), models.Q(("reason", ""), _negated=True)),
                    _connector="OR",
                ),
                name="proposed_item_declined_with_a_reason",
            ),
        ),
    ]
