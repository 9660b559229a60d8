"""Votes, results and rule versions are never changed, and a row names things of its own house and council only.

The application's role has neither UPDATE nor DELETE on these tables; the trigger holds for every other role that forgets it.
"""

from django.db import migrations

TABLES = [
    "council_voteevent",
    "council_result",
    "council_secretvote",
    "council_standingorders",
    "council_houseruleversion",
    "council_ruleroom",
    "council_commentedit",
]

FUNCTION = """
CREATE FUNCTION council_is_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '% is append-only', TG_TABLE_NAME USING ERRCODE = 'insufficient_privilege';
END $$;
"""
TRIGGERS = "".join(
    f"CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON {table} FOR EACH ROW EXECUTE FUNCTION council_is_append_only();\n"
    for table in TABLES
)
KEYS = """
ALTER TABLE council_motion ADD CONSTRAINT motion_mover_of_council
    FOREIGN KEY (council_id, mover_id) REFERENCES council_seat (council_id, id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE council_ballot ADD CONSTRAINT ballot_motion_of_council
    FOREIGN KEY (council_id, motion_id) REFERENCES council_motion (council_id, id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE council_rulenotice ADD CONSTRAINT rule_notice_room_of_house
    FOREIGN KEY (center_id, room_id) REFERENCES centers_room (center_id, id) DEFERRABLE INITIALLY DEFERRED;
"""
BACKWARDS = (
    """
ALTER TABLE council_rulenotice DROP CONSTRAINT rule_notice_room_of_house;
ALTER TABLE council_ballot DROP CONSTRAINT ballot_motion_of_council;
ALTER TABLE council_motion DROP CONSTRAINT motion_mover_of_council;
"""
    + "".join(f"DROP TRIGGER append_only ON {table};\n" for table in TABLES)
    + "DROP FUNCTION council_is_append_only();"
)


class Migration(migrations.Migration):
    dependencies = [("council", "0001_first")]
    operations = [migrations.RunSQL(FUNCTION + TRIGGERS + KEYS, BACKWARDS)]
