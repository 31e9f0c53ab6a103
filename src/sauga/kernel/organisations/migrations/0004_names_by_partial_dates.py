"""What every row has by now is required, and found by index; instants of names are gone."""

import django.contrib.postgres.fields.ranges
import django.contrib.postgres.indexes
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("organisations", "0003_names_as_search_needs_them")]

    operations = [
        migrations.AlterField("organisation", "changed_at", models.DateTimeField()),
        migrations.AlterField("organisationname", "during", django.contrib.postgres.fields.ranges.DateRangeField()),
        migrations.RemoveField("organisationname", "valid_from"),
        migrations.RemoveField("organisationname", "valid_to"),
        migrations.AddIndex(
            "organisation", django.contrib.postgres.indexes.GinIndex(fields=["kinds"], name="organisation_kinds")
        ),
        migrations.AddIndex("organisation", models.Index(fields=["municipality"], name="organisation_municipality")),
        migrations.AddIndex("organisation", models.Index(fields=["order_key", "id"], name="organisation_in_order")),
        migrations.AddIndex(
            "organisationname",
            django.contrib.postgres.indexes.GinIndex(
                fields=["folded"], name="organisation_name_like", opclasses=["gin_trgm_ops"]
            ),
        ),
        migrations.AddIndex(
            "organisationname",
            models.Index(fields=["folded"], name="organisation_name_start", opclasses=["varchar_pattern_ops"]),
        ),
    ]
