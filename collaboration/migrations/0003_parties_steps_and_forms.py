"""A collaboration has at least two actors, who takes its next step is one of them, and its form is the latest of its history.

The triggers are deferred: within a transaction rows come one after another.
"""

from django.db import migrations

NEEDS_TWO = """
CREATE FUNCTION collaboration_needs_two() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    checked bigint;
BEGIN
    IF TG_TABLE_NAME = 'collaboration_collaboration' THEN checked := NEW.id; ELSE checked := OLD.collaboration_id; END IF;
    -- Two who step out at once are counted one after the other.
    PERFORM FROM collaboration_collaboration WHERE id = checked FOR NO KEY UPDATE;
    IF FOUND AND (SELECT count(*) FROM collaboration_collaborationactor WHERE collaboration_id = checked) < 2 THEN
        RAISE EXCEPTION 'collaboration % has fewer than two actors', checked
            USING ERRCODE = 'check_violation', CONSTRAINT = 'collaboration_needs_two';
    END IF;
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER collaboration_needs_two AFTER INSERT ON collaboration_collaboration
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION collaboration_needs_two();
CREATE CONSTRAINT TRIGGER collaboration_keeps_two
    AFTER DELETE OR UPDATE OF collaboration_id ON collaboration_collaborationactor
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION collaboration_needs_two();
"""
FORM_IS_LATEST = """
CREATE FUNCTION collaboration_form_is_latest() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    checked bigint;
BEGIN
    IF TG_TABLE_NAME = 'collaboration_collaboration' THEN checked := NEW.id;
    ELSIF TG_OP = 'DELETE' THEN checked := OLD.collaboration_id;
    ELSE checked := NEW.collaboration_id;
    END IF;
    IF EXISTS (
        SELECT FROM collaboration_collaboration WHERE id = checked AND form IS DISTINCT FROM (
            SELECT latest.form FROM collaboration_formsince AS latest
            WHERE latest.collaboration_id = checked ORDER BY latest.since DESC LIMIT 1
        )
    ) THEN
        RAISE EXCEPTION 'the form of collaboration % is not the latest of its history', checked
            USING ERRCODE = 'check_violation', CONSTRAINT = 'collaboration_form_is_latest';
    END IF;
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER collaboration_form_is_latest
    AFTER INSERT OR UPDATE OF form ON collaboration_collaboration
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION collaboration_form_is_latest();
CREATE CONSTRAINT TRIGGER formsince_latest_is_form AFTER INSERT OR UPDATE OR DELETE ON collaboration_formsince
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION collaboration_form_is_latest();
"""
STEP_OWNER = """
ALTER TABLE collaboration_collaboration ADD CONSTRAINT collaboration_step_owner_is_party
    FOREIGN KEY (id, next_step_owner_id) REFERENCES collaboration_collaborationactor (collaboration_id, actor_id)
    DEFERRABLE INITIALLY DEFERRED;
"""
BACKWARDS = """
ALTER TABLE collaboration_collaboration DROP CONSTRAINT collaboration_step_owner_is_party;
DROP TRIGGER formsince_latest_is_form ON collaboration_formsince;
DROP TRIGGER collaboration_form_is_latest ON collaboration_collaboration;
DROP FUNCTION collaboration_form_is_latest();
DROP TRIGGER collaboration_keeps_two ON collaboration_collaborationactor;
DROP TRIGGER collaboration_needs_two ON collaboration_collaboration;
DROP FUNCTION collaboration_needs_two();
"""


class Migration(migrations.Migration):
    dependencies = [("collaboration", "0002_gathering_and_answers")]
    operations = [migrations.RunSQL(NEEDS_TWO + FORM_IS_LATEST + STEP_OWNER, BACKWARDS)]
