"""Observations are facts: once their visit is submitted, the database refuses to change or delete them."""

from django.db import migrations

FORWARD = """
CREATE FUNCTION fieldwork_keep_visit() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'a submitted visit is never changed or deleted (%)', OLD.id;
END $$;
CREATE TRIGGER fieldwork_keep_visit BEFORE UPDATE OR DELETE ON fieldwork_visit
    FOR EACH ROW WHEN (OLD.state = 'submitted') EXECUTE FUNCTION fieldwork_keep_visit();

CREATE FUNCTION fieldwork_keep_observation() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    of_visit bigint;
BEGIN
    of_visit := CASE WHEN TG_OP = 'INSERT' THEN NEW.visit_id ELSE OLD.visit_id END;
    IF EXISTS (SELECT 1 FROM fieldwork_visit WHERE id = of_visit AND state = 'submitted') THEN
        RAISE EXCEPTION 'what was seen in a submitted visit is never changed (%)', of_visit;
    END IF;
    RETURN COALESCE(NEW, OLD);
END $$;
CREATE TRIGGER fieldwork_keep_observation BEFORE INSERT OR UPDATE OR DELETE ON fieldwork_observation
    FOR EACH ROW EXECUTE FUNCTION fieldwork_keep_observation();

CREATE FUNCTION fieldwork_keep_evidence() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    of_observation bigint;
BEGIN
    of_observation := CASE WHEN TG_OP = 'INSERT' THEN NEW.observation_id ELSE OLD.observation_id END;
    IF EXISTS (
        SELECT 1 FROM fieldwork_observation o JOIN fieldwork_visit v ON v.id = o.visit_id
        WHERE o.id = of_observation AND v.state = 'submitted'
    ) THEN
        RAISE EXCEPTION 'the evidence of a submitted visit is never changed (%)', of_observation;
    END IF;
    RETURN COALESCE(NEW, OLD);
END $$;
CREATE TRIGGER fieldwork_keep_evidence BEFORE INSERT OR UPDATE OR DELETE ON fieldwork_observation_evidence
    FOR EACH ROW EXECUTE FUNCTION fieldwork_keep_evidence();
"""
BACKWARD = """
DROP TRIGGER fieldwork_keep_evidence ON fieldwork_observation_evidence; DROP FUNCTION fieldwork_keep_evidence();
DROP TRIGGER fieldwork_keep_observation ON fieldwork_observation; DROP FUNCTION fieldwork_keep_observation();
DROP TRIGGER fieldwork_keep_visit ON fieldwork_visit; DROP FUNCTION fieldwork_keep_visit();
"""


class Migration(migrations.Migration):
    dependencies = [("fieldwork", "0001_initial")]

    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
