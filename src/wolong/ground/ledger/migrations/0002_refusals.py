"""What the database itself refuses, and the transaction that each entry belongs to."""

from django.db import migrations

FORWARDS = """
CREATE FUNCTION ledger_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'ledger: % is append-only, % is refused', TG_TABLE_NAME, TG_OP USING ERRCODE = 'integrity_constraint_violation';
END $$;

-- Which cluster this is: a dump restored elsewhere meets another number, and transaction numbers that begin anew.
CREATE FUNCTION ledger_cluster() RETURNS bigint LANGUAGE sql STABLE AS $$
    SELECT system_identifier FROM pg_control_system()
$$;

CREATE FUNCTION ledger_epoch_now() RETURNS integer LANGUAGE plpgsql AS $$
DECLARE
    latest record;
    here bigint := ledger_cluster();
BEGIN
    SELECT number, cluster INTO latest FROM ledger_epoch ORDER BY number DESC LIMIT 1;
    IF FOUND AND latest.cluster = here THEN
        RETURN latest.number;
    END IF;
    -- Two writers at once: the second waits for the first, once in the life of a cluster.
    INSERT INTO ledger_epoch (number, cluster, begun_at) VALUES (coalesce(latest.number + 1, 0), here, now())
        ON CONFLICT (number) DO NOTHING;
    SELECT number INTO latest FROM ledger_epoch ORDER BY number DESC LIMIT 1;
    RETURN latest.number;
END $$;

-- Every transaction of this database with a lower number is over. Those of other databases on the same server can't write
-- here, so they hold nothing back; one whose database can't be seen counts as ours.
CREATE FUNCTION ledger_oldest_running() RETURNS bigint LANGUAGE sql VOLATILE AS $$
    SELECT least(
        coalesce(pg_current_xact_id_if_assigned()::text::bigint, pg_snapshot_xmax(now_seen)::text::bigint),
        (
            SELECT min(running::text::bigint)
            FROM pg_snapshot_xip(now_seen) AS running
            WHERE (running::text::bigint & 4294967295) NOT IN (
                SELECT backend_xid::text::bigint
                FROM pg_stat_activity
                WHERE backend_xid IS NOT NULL
                AND datid <> (SELECT oid FROM pg_database WHERE datname = current_database())
            )
        )
    )
    FROM pg_current_snapshot() AS now_seen
$$;

CREATE FUNCTION ledger_stamp() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    NEW.xid := pg_current_xact_id()::text::bigint;
    NEW.epoch := ledger_epoch_now();
    RETURN NEW;
END $$;

CREATE TRIGGER ledger_entry_stamp BEFORE INSERT ON ledger_entry FOR EACH ROW EXECUTE FUNCTION ledger_stamp();
"""
BACKWARDS = """
DROP TRIGGER ledger_entry_stamp ON ledger_entry;
"""
TABLES = ("ledger_entry", "ledger_seal", "ledger_epoch", "ledger_verification")
for table in TABLES:
    FORWARDS += f"""
CREATE TRIGGER {table}_keep BEFORE UPDATE OR DELETE ON {table} FOR EACH ROW EXECUTE FUNCTION ledger_refuse();
CREATE TRIGGER {table}_whole BEFORE TRUNCATE ON {table} FOR EACH STATEMENT EXECUTE FUNCTION ledger_refuse();
"""
    BACKWARDS += f"""
DROP TRIGGER {table}_keep ON {table};
DROP TRIGGER {table}_whole ON {table};
"""
# The first epoch begins now, so that the first two writers don't meet over it.
FORWARDS += """
SELECT ledger_epoch_now();
"""
BACKWARDS += """
DROP FUNCTION ledger_stamp();
DROP FUNCTION ledger_oldest_running();
DROP FUNCTION ledger_epoch_now();
DROP FUNCTION ledger_cluster();
DROP FUNCTION ledger_refuse();
"""


class Migration(migrations.Migration):
    dependencies = [("ledger", "0001_initial")]
    operations = [migrations.RunSQL(FORWARDS, BACKWARDS)]
