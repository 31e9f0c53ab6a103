import django.db.models.functions.comparison
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("repository", "0002_exchange"),
    ]

    operations = [
        migrations.AddIndex(
            model_name="resource",
            index=models.Index(
                django.db.models.functions.comparison.Greatest("modified_at", "state_since"), models.F("id"), name="resource_changed"
            ),
        ),
    ]
