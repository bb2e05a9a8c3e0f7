"""What was drawn is never changed or deleted: the database refuses it."""

from django.db import migrations

FORWARD = """
CREATE FUNCTION plans_keep_draw() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'a draw that was made is never changed or deleted (%)', OLD.id;
END $$;
CREATE TRIGGER plans_keep_draw BEFORE UPDATE OR DELETE ON plans_draw
    FOR EACH ROW WHEN (OLD.drawn_at IS NOT NULL) EXECUTE FUNCTION plans_keep_draw();
CREATE FUNCTION plans_keep_seed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'a seed that was given is never changed or deleted (%)', OLD.id;
END $$;
CREATE TRIGGER plans_keep_seed BEFORE UPDATE OR DELETE ON plans_seed
    FOR EACH ROW EXECUTE FUNCTION plans_keep_seed();
"""
BACKWARD = """
DROP TRIGGER plans_keep_seed ON plans_seed; DROP FUNCTION plans_keep_seed();
DROP TRIGGER plans_keep_draw ON plans_draw; DROP FUNCTION plans_keep_draw();
"""


class Migration(migrations.Migration):
    dependencies = [("plans", "0001_initial")]

    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
