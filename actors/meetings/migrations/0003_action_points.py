import django.db.models.deletion
import medborger.common.validators
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("actors", "0001_first"),
        ("centers", "0002_parts_one_level_deep"),
        ("meetings", "0002_house_and_approval"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="ActionPoint",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "title",
                    models.CharField(
                        max_length=200,
                        validators=[
                            medborger.common.validators.no_personal_number,
                            medborger.common.validators.no_control_characters,
                        ],
                        verbose_name="opgave",
                    ),
                ),
                ("owner_house", models.BooleanField(default=False, verbose_name="husets")),
                ("agreed", models.BooleanField(default=False, verbose_name="har selv sagt ja")),
                ("due_on", models.DateField(verbose_name="senest")),
                ("reminded_on", models.DateField(blank=True, null=True)),
                ("done_at", models.DateTimeField(blank=True, null=True)),
                ("form_token", models.UUIDField(editable=False, null=True, unique=True)),
                ("version", models.PositiveIntegerField(default=1)),
                ("created_at", models.DateTimeField()),
            ],
            options={
                "verbose_name": "opgave",
                "verbose_name_plural": "opgaver",
                "ordering": ["due_on", "id"],
            },
        ),
        migrations.AddField(
            model_name="meeting",
            name="minutes_sent_at",
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddConstraint(
            model_name="agendaitem",
            constraint=models.UniqueConstraint(fields=("meeting", "id"), name="agenda_item_of_meeting"),
        ),
        migrations.AddConstraint(
            model_name="meeting",
            constraint=models.UniqueConstraint(fields=("center", "id"), name="meeting_of_house"),
        ),
        migrations.AddConstraint(
            model_name="meeting",
            constraint=models.CheckConstraint(
                condition=models.Q(("minutes_sent_at", None), ("minutes_approved_at__isnull", False), _connector="OR"),
                name="meeting_sent_was_approved",
            ),
        ),
        migrations.AddField(
            model_name="actionpoint",
            name="center",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="action_points", to="centers.center"
            ),
        ),
        migrations.AddField(
            model_name="actionpoint",
            name="created_by",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="actionpoint",
            name="done_by",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="actionpoint",
            name="item",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="action_points", to="meetings.agendaitem"
            ),
        ),
        migrations.AddField(
            model_name="actionpoint",
            name="meeting",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="action_points", to="meetings.meeting"
            ),
        ),
        migrations.AddField(
            model_name="actionpoint",
            name="owner_actor",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="action_points",
                to="actors.actor",
                verbose_name="aktør",
            ),
        ),
        migrations.AddField(
            model_name="actionpoint",
            name="owner_user",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="person",
            ),
        ),
        migrations.AddIndex(
            model_name="actionpoint",
            index=models.Index(fields=["center", "due_on"], name="action_point_of_house"),
        ),
        migrations.AddIndex(
            model_name="actionpoint",
            index=models.Index(condition=models.Q(("done_at", None)), fields=["due_on"], name="action_point_open"),
        ),
        migrations.AddConstraint(
            model_name="actionpoint",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("owner_actor__isnull", False), ("owner_house", False), ("owner_user", None)),
                    models.Q(("owner_actor", None), ("owner_house", False), ("owner_user__isnull", False)),
                    models.Q(("owner_actor", None), ("owner_house", True), ("owner_user", None)),
                    _connector="OR",
                ),
                name="action_point_has_one_owner",
            ),
        ),
        migrations.AddConstraint(
            model_name="actionpoint",
            constraint=models.CheckConstraint(
                condition=models.Q(("done_by", None), ("done_at__isnull", False), _connector="OR"),
                name="action_point_done_by_somebody_then",
            ),
        ),
    ]
