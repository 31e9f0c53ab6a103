"""Columns by their standard names: `audience` (a child or an adult writes) and `case_worker`."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("helpline", "0003_resource_cards_confirmed")]
    operations = [
        migrations.RenameField("conversation", "door", "audience"),
        migrations.RenameField("letter", "door", "audience"),
        migrations.RenameField("attempt", "door", "audience"),
        migrations.RenameField("helpcase", "keeper", "case_worker"),
    ]
