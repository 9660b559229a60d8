"""The audit trail refuses change. Erasing a person and forgetting what is past its time go through two functions of the owner's."""

from django.db import migrations

FORWARDS = """
CREATE FUNCTION audit_is_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF current_setting('medborger.erasing', true) IS DISTINCT FROM 'on' THEN
        RAISE EXCEPTION 'The audit trail is append-only' USING ERRCODE = 'insufficient_privilege';
    END IF;
    RETURN CASE TG_OP WHEN 'DELETE' THEN OLD ELSE NEW END;
END $$;
CREATE TRIGGER audit_is_append_only BEFORE UPDATE OR DELETE ON common_audit
    FOR EACH ROW EXECUTE FUNCTION audit_is_append_only();

CREATE FUNCTION audit_cut_person(person bigint) RETURNS void LANGUAGE plpgsql SECURITY DEFINER SET search_path = public AS $$
BEGIN
    PERFORM set_config('medborger.erasing', 'on', true);
    UPDATE common_audit SET person_id = NULL WHERE person_id = person;
    PERFORM set_config('medborger.erasing', 'off', true);
END $$;
CREATE FUNCTION audit_forget(before timestamptz) RETURNS bigint LANGUAGE plpgsql SECURITY DEFINER SET search_path = public AS $$
DECLARE gone bigint;
BEGIN
    PERFORM set_config('medborger.erasing', 'on', true);
    DELETE FROM common_audit WHERE at < before;
    GET DIAGNOSTICS gone = ROW_COUNT;
    PERFORM set_config('medborger.erasing', 'off', true);
    RETURN gone;
END $$;
"""
BACKWARDS = """
DROP FUNCTION audit_forget(timestamptz);
DROP FUNCTION audit_cut_person(bigint);
DROP TRIGGER audit_is_append_only ON common_audit;
DROP FUNCTION audit_is_append_only;
"""


class Migration(migrations.Migration):
    dependencies = [("common", "0001_first")]
    operations = [migrations.RunSQL(FORWARDS, BACKWARDS)]
