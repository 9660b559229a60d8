import django.core.validators
import django.db.models.deletion
import medborger.common.validators
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("bookings", "0005_requests_alone_expire"),
        ("centers", "0002_parts_one_level_deep"),
    ]

    operations = [
        migrations.CreateModel(
            name="Clash",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("open", "Ingen har gjort noget endnu"),
                            ("asked", "Den ene har spurgt den anden"),
                            ("left", "Står, som de er"),
                            ("moved", "Flyttet"),
                            ("merged", "Laves sammen"),
                            ("gone", "Mødes ikke længere"),
                        ],
                        default="open",
                        max_length=6,
                    ),
                ),
                ("found_at", models.DateTimeField()),
                ("changed_at", models.DateTimeField()),
                (
                    "message",
                    models.TextField(
                        blank=True,
                        validators=[
                            medborger.common.validators.no_personal_number,
                            medborger.common.validators.no_hidden_characters,
                            django.core.validators.MaxLengthValidator(1000),
                        ],
                        verbose_name="besked",
                    ),
                ),
                (
                    "answer",
                    models.TextField(
                        blank=True,
                        validators=[
                            medborger.common.validators.no_personal_number,
                            medborger.common.validators.no_hidden_characters,
                            django.core.validators.MaxLengthValidator(400),
                        ],
                        verbose_name="svar",
                    ),
                ),
                ("version", models.PositiveIntegerField(default=1)),
                (
                    "center",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="centers.center",
                    ),
                ),
                (
                    "declined",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="bookings.booking",
                    ),
                ),
                (
                    "first",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="bookings.booking",
                        verbose_name="det første",
                    ),
                ),
                (
                    "first_center",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="centers.center",
                    ),
                ),
                (
                    "kept",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="bookings.booking",
                    ),
                ),
                (
                    "second",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="bookings.booking",
                        verbose_name="det andet",
                    ),
                ),
                (
                    "side",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="bookings.booking",
                    ),
                ),
            ],
            options={
                "verbose_name": "sammenfald",
                "verbose_name_plural": "sammenfald",
                "indexes": [
                    models.Index(fields=["center", "-changed_at", "-id"], name="clash_of_house"),
                    models.Index(fields=["first_center", "-changed_at", "-id"], name="clash_of_first_house"),
                ],
                "constraints": [
                    models.UniqueConstraint(fields=("first", "second"), name="clash_once"),
                    models.CheckConstraint(
                        condition=models.Q(("first__lt", models.F("second"))), name="clash_in_one_order"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("side", None), ("side", models.F("first")), ("side", models.F("second")), _connector="OR"
                        ),
                        name="clash_side_is_one_of_them",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("kept", None), ("kept", models.F("first")), ("kept", models.F("second")), _connector="OR"
                        ),
                        name="clash_kept_is_one_of_them",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("declined", None),
                            ("declined", models.F("first")),
                            ("declined", models.F("second")),
                            _connector="OR",
                        ),
                        name="clash_declined_is_one_of_them",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("state", "gone"),
                            models.Q(("side", None), ("state", "open")),
                            models.Q(models.Q(("state__in", ["open", "gone"]), _negated=True), ("side__isnull", False)),
                            _connector="OR",
                        ),
                        name="clash_done_by_a_side",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("kept__isnull", False), ("state__in", ["asked", "merged"])),
                            models.Q(models.Q(("state__in", ["asked", "merged"]), _negated=True), ("kept", None)),
                            _connector="OR",
                        ),
                        name="clash_keeps_one_when_made_one",
                    ),
                ],
            },
        ),
    ]
