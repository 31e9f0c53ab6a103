"""An index on the second half of the numbers of items and reports, by which people look for them."""

from django.contrib.postgres.indexes import OpClass
from django.db import migrations, models
from django.db.models.functions import Right


class Migration(migrations.Migration):
    dependencies = [("hotline", "0003_handover_records")]

    operations = [
        migrations.AddIndex(
            model_name="contentitem",
            index=models.Index(OpClass(Right("ref", 4), name="text_pattern_ops"), name="item_second_half"),
        ),
        migrations.AddIndex(
            model_name="report",
            index=models.Index(OpClass(Right("ref", 4), name="text_pattern_ops"), name="report_second_half"),
        ),
    ]
