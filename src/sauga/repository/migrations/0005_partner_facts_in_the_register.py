"""Name, kind and place of a partner are gone from here; each partner has its row in the register."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("repository", "0004_partners_of_the_register")]

    operations = [
        migrations.AlterField(
            "partner",
            "registered_as",
            models.OneToOneField(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="organisations.organisation"
            ),
        ),
        migrations.RemoveField("partner", "country"),
        migrations.RemoveField("partner", "kind"),
        migrations.RemoveField("partner", "municipality"),
        migrations.RemoveField("partner", "name"),
    ]
