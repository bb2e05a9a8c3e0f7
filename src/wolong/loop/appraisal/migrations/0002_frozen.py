"""A frozen score is never changed or deleted: the database refuses."""

from django.db import migrations

FORWARD = """
CREATE FUNCTION appraisal_keep_score() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'a frozen score is never changed or deleted (%)', OLD.id USING ERRCODE = 'integrity_constraint_violation';
END $$;
CREATE TRIGGER appraisal_keep_score BEFORE UPDATE OR DELETE ON appraisal_score
    FOR EACH ROW EXECUTE FUNCTION appraisal_keep_score();

CREATE FUNCTION appraisal_keep_scheme() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'a version of a scheme is never changed (%)', OLD.id USING ERRCODE = 'integrity_constraint_violation';
END $$;
CREATE TRIGGER appraisal_keep_scheme BEFORE UPDATE ON appraisal_scheme
    FOR EACH ROW EXECUTE FUNCTION appraisal_keep_scheme();
"""
BACKWARD = """
DROP TRIGGER appraisal_keep_score ON appraisal_score; DROP FUNCTION appraisal_keep_score();
DROP TRIGGER appraisal_keep_scheme ON appraisal_scheme; DROP FUNCTION appraisal_keep_scheme();
"""


class Migration(migrations.Migration):
    dependencies = [("appraisal", "0001_initial")]

    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
