from django.db import migrations, models
from django.db.models import Q

END = "UPDATE council_recusal SET state = 'rejected' WHERE state = 'proposed'"


class Migration(migrations.Migration):
    """No ballot is held on another's recusal any more (docs/adr/0018). What was proposed and not decided is rejected."""

    dependencies = [("council", "0005_hand_vote")]

    operations = [
        migrations.RunSQL(END, migrations.RunSQL.noop),
        migrations.RemoveConstraint("recusal", "recusal_once"),
        migrations.AlterField(
            "recusal",
            "state",
            models.CharField(choices=[("in_force", "Inhabil"), ("rejected", "Afvist")], max_length=8),
        ),
        migrations.AddConstraint(
            "recusal",
            models.UniqueConstraint(name="recusal_once", fields=["motion", "seat"], condition=Q(state="in_force")),
        ),
        migrations.AddConstraint(
            "ballot",
            models.CheckConstraint(
                name="ballot_on_recusal_is_closed", condition=Q(recusal=None) | Q(closed_at__isnull=False)
            ),
        ),
    ]
