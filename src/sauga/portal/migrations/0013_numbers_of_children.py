"""Loading starter content saved pages over the number of their children; the editors' tool then showed them as
pages without any."""

from django.db import migrations

COUNT = """
UPDATE wagtailcore_page page SET numchild = found.children
FROM (
    SELECT parent.id, count(child.id) AS children
    FROM wagtailcore_page parent
    LEFT JOIN wagtailcore_page child
        ON child.depth = parent.depth + 1 AND left(child.path, length(parent.path)) = parent.path
    GROUP BY parent.id
) found
WHERE found.id = page.id AND found.children <> page.numchild
"""


class Migration(migrations.Migration):
    dependencies = [("portal", "0012_prepared_blocks")]
    operations = [migrations.RunSQL(COUNT, migrations.RunSQL.noop)]
