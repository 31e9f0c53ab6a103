"""When a listening shift lead's page was last heard of: listening ends when it is gone."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("helpline", "0001_initial")]

    operations = [
        migrations.AddField(
            model_name="conversation",
            name="monitor_seen_at",
            field=models.DateTimeField(blank=True, null=True),
        ),
    ]
