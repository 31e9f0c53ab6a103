"""The number of uses stands in the resource; which resources have which codes stands in bitmaps, kept by a trigger; each order of the list has its index.

`repository_public_codes` says which codes a resource has for visitors: the trigger and the first filling ask it. Writers of
the bitmaps wait for each other (an advisory lock until the end of the transaction): publishing is rare, and two
transactions that publish several resources cannot block each other.
"""

from typing import Any

import django.db.models.fields.json
from django.db import migrations, models

from sauga.repository.catalogue.models import BlockOfBits

LIVE = ["published", "review_due"]
IS_LIVE = models.Q(("state__in", LIVE))
KEEP = """
CREATE FUNCTION repository_public_codes(one repository_resource) RETURNS text[] LANGUAGE sql STABLE AS $$
    SELECT CASE WHEN one.state IN ('published', 'review_due') AND one.sensitivity <> 'restricted' THEN
        ARRAY['all:', 'type:' || one.type]
        || ARRAY(SELECT DISTINCT 'for:' || code FROM unnest(one.audiences) code)
        || ARRAY(SELECT DISTINCT 'topic:' || code FROM unnest(one.topics) code)
        || ARRAY(SELECT DISTINCT 'lang:' || code FROM unnest(one.languages) code)
        || ARRAY(SELECT DISTINCT 'access:' || left(code, 40) FROM jsonb_array_elements_text(
            CASE jsonb_typeof(one.accessibility -> 'features') WHEN 'array' THEN one.accessibility -> 'features' ELSE '[]' END) code)
        || CASE WHEN one.age_min IS NULL THEN '{}'::text[] ELSE ARRAY[
            'from:' || lpad(one.age_min::text, 3, '0'), 'to:' || lpad(coalesce(one.age_max, 999)::text, 3, '0')] END
    ELSE '{}'::text[] END
$$;
CREATE FUNCTION repository_note_codes() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    had text[] := '{}';
    has text[] := '{}';
    key bigint;
BEGIN
    IF TG_OP <> 'INSERT' THEN
        had := repository_public_codes(OLD);
        key := OLD.id;
    END IF;
    IF TG_OP <> 'DELETE' THEN
        has := repository_public_codes(NEW);
        key := NEW.id;
    END IF;
    IF had <@ has AND has <@ had THEN
        RETURN NULL;
    END IF;
    PERFORM pg_advisory_xact_lock('repository_codebitmap'::regclass::oid::bigint);
    UPDATE repository_codebitmap SET bits = set_bit(bits, (key % 8192)::int, 0)
    WHERE block = key / 8192 AND code = ANY(had) AND code <> ALL(has);
    INSERT INTO repository_codebitmap (code, block, bits)
    SELECT code, key / 8192, set_bit(0::bit(8192), (key % 8192)::int, 1) FROM unnest(has) code WHERE code <> ALL(had)
    ON CONFLICT (code, block) DO UPDATE SET bits = set_bit(repository_codebitmap.bits, (key % 8192)::int, 1);
    RETURN NULL;
END $$;
CREATE TRIGGER repository_note_codes AFTER INSERT OR UPDATE OR DELETE ON repository_resource
FOR EACH ROW EXECUTE FUNCTION repository_note_codes();
INSERT INTO repository_codebitmap (code, block, bits)
SELECT code, one.id / 8192, bit_or(set_bit(0::bit(8192), (one.id % 8192)::int, 1))
FROM repository_resource one, unnest(repository_public_codes(one)) code GROUP BY 1, 2;
UPDATE repository_resource one SET uses = held.n
FROM (SELECT resource_id, count(*) AS n FROM repository_usereport GROUP BY 1) held WHERE held.resource_id = one.id;
"""
FORGET = """
DROP TRIGGER repository_note_codes ON repository_resource;
DROP FUNCTION repository_note_codes();
DROP FUNCTION repository_public_codes(repository_resource);
"""


def _index(name: str, *order: Any) -> migrations.AddIndex:
    return migrations.AddIndex("resource", models.Index(*order, "id", name=name, condition=IS_LIVE))


class Migration(migrations.Migration):
    dependencies = [("repository", "0005_partner_facts_in_the_register")]

    operations = [
        migrations.AddField("resource", "uses", models.PositiveIntegerField(default=0, editable=False)),
        migrations.CreateModel(
            name="CodeBitmap",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("code", models.CharField(db_collation="C", max_length=60)),
                ("block", models.PositiveIntegerField()),
                ("bits", BlockOfBits()),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("code", "block"), name="code_bitmap_once")],
            },
        ),
        _index("resource_most_used", models.F("uses").desc(), models.F("published_at").desc()),
        _index("resource_newest", models.F("published_at").desc()),
        migrations.AddIndex(
            "resource", models.Index(fields=["learning_minutes", "id"], name="resource_shortest", condition=IS_LIVE)
        ),
        _index("resource_title_lt", django.db.models.fields.json.KeyTextTransform("lt", "title")),
        _index("resource_title_en", django.db.models.fields.json.KeyTextTransform("en", "title")),
        migrations.RunSQL(KEEP, FORGET),
    ]
