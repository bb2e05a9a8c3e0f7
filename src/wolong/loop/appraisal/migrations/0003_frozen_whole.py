"""Frozen scores cannot be emptied away as a whole table either."""

from django.db import migrations

FORWARD = """
CREATE FUNCTION appraisal_keep_scores() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'frozen scores are never deleted' USING ERRCODE = 'integrity_constraint_violation';
END $$;
CREATE TRIGGER appraisal_score_whole BEFORE TRUNCATE ON appraisal_score
    FOR EACH STATEMENT EXECUTE FUNCTION appraisal_keep_scores();
"""
BACKWARD = "DROP TRIGGER appraisal_score_whole ON appraisal_score; DROP FUNCTION appraisal_keep_scores();"


class Migration(migrations.Migration):
    dependencies = [("appraisal", "0002_frozen")]

    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
