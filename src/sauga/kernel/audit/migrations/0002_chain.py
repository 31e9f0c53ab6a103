"""The chain as the database keeps it: lines are linked at commit, and nothing is changed or deleted afterwards.

- `audit_chain_line` is a deferred constraint trigger: PostgreSQL runs it for each new line when the transaction commits, so the head
  row is locked from there to the end of the commit and by nothing else. It locks all heads the transaction needs in one order.
- `audit_link_line()` computes the same hash as `sauga.kernel.audit.chain.link_hash`.
- `audit_drop_prefix(zone, upto)` is the one way to delete: up to an anchor, and no line younger than five years.
- TRUNCATE is refused except in a test run's database (its name begins with `test_`), which Django empties that way.
"""

from django.db import migrations

LINK = """
CREATE FUNCTION audit_note_zone() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    noted text := coalesce(current_setting('sauga.trail_zones', true), '');
BEGIN
    IF NOT NEW.zone = ANY (string_to_array(noted, ',')) THEN
        PERFORM set_config('sauga.trail_zones', trim(LEADING ',' FROM noted || ',' || NEW.zone), true);
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER audit_note_zone BEFORE INSERT ON audit_trailline FOR EACH ROW EXECUTE FUNCTION audit_note_zone();

CREATE FUNCTION audit_link_line() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    noted text := coalesce(current_setting('sauga.trail_zones', true), '');
    place bigint;
    sum bytea;
BEGIN
    IF noted <> '' THEN
        INSERT INTO audit_trailhead (zone, sequence, hash)
            SELECT zone, 0, decode(repeat('00', 32), 'hex') FROM unnest(string_to_array(noted, ',')) AS zone ORDER BY zone
            ON CONFLICT DO NOTHING;
        PERFORM 1 FROM audit_trailhead WHERE zone = ANY (string_to_array(noted, ',')) ORDER BY zone FOR UPDATE;
        PERFORM set_config('sauga.trail_zones', '', true);
    END IF;
    UPDATE audit_trailhead
        SET sequence = sequence + 1, hash = sha256(hash || int8send(sequence + 1) || convert_to(NEW.zone, 'UTF8') || NEW.digest)
        WHERE zone = NEW.zone
        RETURNING sequence, hash INTO STRICT place, sum;
    INSERT INTO audit_traillink (zone, sequence, line_id, hash) VALUES (NEW.zone, place, NEW.id, sum);
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER audit_chain_line AFTER INSERT ON audit_trailline
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION audit_link_line();
"""

UNLINK = """
DROP TRIGGER audit_chain_line ON audit_trailline;
DROP TRIGGER audit_note_zone ON audit_trailline;
DROP FUNCTION audit_link_line();
DROP FUNCTION audit_note_zone();
"""

WRITTEN_ONCE = ("audit_trailline", "audit_traillink", "audit_signedhead", "audit_anchor")
KEPT = (*WRITTEN_ONCE, "audit_trailhead")

REFUSE = (
    """
CREATE FUNCTION audit_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'the trail is append-only: % on % refused', TG_OP, TG_TABLE_NAME USING ERRCODE = 'insufficient_privilege';
END $$;

CREATE FUNCTION audit_refuse_truncate() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF current_database() NOT LIKE 'test\\_%' THEN
        RAISE EXCEPTION 'the trail is append-only: % on % refused', TG_OP, TG_TABLE_NAME USING ERRCODE = 'insufficient_privilege';
    END IF;
    RETURN NULL;
END $$;

CREATE FUNCTION audit_refuse_young() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF coalesce(current_setting('sauga.trail_dropping', true), '') <> 'yes' THEN
        RAISE EXCEPTION 'the trail is append-only: % on % refused', TG_OP, TG_TABLE_NAME USING ERRCODE = 'insufficient_privilege';
    END IF;
    IF TG_TABLE_NAME = 'audit_trailline' AND (to_jsonb(OLD) ->> 'hour')::timestamptz > now() - interval '5 years' THEN
        RAISE EXCEPTION 'the trail keeps its lines for five years' USING ERRCODE = 'insufficient_privilege';
    END IF;
    RETURN OLD;
END $$;
"""
    + "".join(
        f"""
CREATE TRIGGER audit_refuse_update BEFORE UPDATE ON {table} FOR EACH ROW EXECUTE FUNCTION audit_refuse();
"""
        for table in WRITTEN_ONCE
    )
    + "".join(
        f"""
CREATE TRIGGER audit_refuse_truncate BEFORE TRUNCATE ON {table} FOR EACH STATEMENT EXECUTE FUNCTION audit_refuse_truncate();
"""
        for table in KEPT
    )
    + """
CREATE TRIGGER audit_refuse_delete BEFORE DELETE ON audit_trailline FOR EACH ROW EXECUTE FUNCTION audit_refuse_young();
CREATE TRIGGER audit_refuse_delete BEFORE DELETE ON audit_traillink FOR EACH ROW EXECUTE FUNCTION audit_refuse_young();
CREATE TRIGGER audit_refuse_delete BEFORE DELETE ON audit_signedhead FOR EACH ROW EXECUTE FUNCTION audit_refuse();
CREATE TRIGGER audit_refuse_delete BEFORE DELETE ON audit_anchor FOR EACH ROW EXECUTE FUNCTION audit_refuse();
CREATE TRIGGER audit_refuse_delete BEFORE DELETE ON audit_trailhead FOR EACH ROW EXECUTE FUNCTION audit_refuse();
"""
)

ALLOW = (
    "".join(f"DROP TRIGGER audit_refuse_delete ON {table}; DROP TRIGGER audit_refuse_truncate ON {table};\n" for table in KEPT)
    + "".join(f"DROP TRIGGER audit_refuse_update ON {table};\n" for table in WRITTEN_ONCE)
    + """
DROP FUNCTION audit_refuse(); DROP FUNCTION audit_refuse_truncate(); DROP FUNCTION audit_refuse_young();
"""
)

DROP_PREFIX = """
CREATE FUNCTION audit_drop_prefix(of_zone text, upto bigint) RETURNS bigint LANGUAGE plpgsql AS $$
DECLARE
    gone bigint;
BEGIN
    IF NOT EXISTS (SELECT 1 FROM audit_anchor a JOIN audit_traillink k USING (zone, sequence, hash) WHERE a.zone = of_zone AND a.sequence = upto) THEN
        RAISE EXCEPTION 'no anchor at % of %', upto, of_zone USING ERRCODE = 'insufficient_privilege';
    END IF;
    PERFORM set_config('sauga.trail_dropping', 'yes', true);
    DELETE FROM audit_trailline WHERE id IN (SELECT line_id FROM audit_traillink WHERE zone = of_zone AND sequence <= upto);
    DELETE FROM audit_traillink WHERE zone = of_zone AND sequence <= upto;
    GET DIAGNOSTICS gone = ROW_COUNT;
    PERFORM set_config('sauga.trail_dropping', '', true);
    RETURN gone;
END $$;
"""


class Migration(migrations.Migration):
    dependencies = [("audit", "0001_initial")]

    operations = [
        migrations.RunSQL(LINK, UNLINK),
        migrations.RunSQL(REFUSE, ALLOW),
        migrations.RunSQL(DROP_PREFIX, "DROP FUNCTION audit_drop_prefix(text, bigint);"),
    ]
