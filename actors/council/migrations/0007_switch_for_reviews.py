from django.db import migrations, models

LABEL = "en husregel kan få en dag, hvor rådet tager den op igen"

# What has been put to the vote stays as its chain has it.
# A council that has given a rule a day, or proposes to, has used it. All versions of its orders allow it: no vote has changed it.
FILL = """
    ALTER TABLE council_standingorders DISABLE TRIGGER append_only;
    UPDATE council_standingorders SET reviews = TRUE FROM council_council AS council
    WHERE council.id = council_id AND (EXISTS (
        SELECT FROM council_houseruleversion AS version JOIN council_houserule AS rule ON rule.id = version.rule_id
        WHERE rule.center_id = council.center_id AND version.review_on IS NOT NULL
    ) OR EXISTS (
        SELECT FROM council_motion AS motion
        WHERE motion.council_id = council.id AND motion.kind <> 'dispute' AND motion.review_on IS NOT NULL
    ));
    ALTER TABLE council_standingorders ENABLE TRIGGER append_only;
    UPDATE council_proposedorders SET reviews = TRUE
    FROM council_motion AS motion JOIN council_standingorders AS orders USING (council_id)
    WHERE motion.id = council_proposedorders.motion_id AND orders.reviews AND motion.state IN ('draft', 'open');
"""


class Migration(migrations.Migration):
    """Days of review for house rules are off unless the standing orders turn them on, and stay on where they are used."""

    dependencies = [("council", "0006_end_proposals_of_recusal")]

    operations = [
        *(
            migrations.AddField(model, "reviews", models.BooleanField(LABEL, default=False))
            for model in ("standingorders", "proposedorders")
        ),
        migrations.RunSQL(FILL, migrations.RunSQL.noop),
    ]
