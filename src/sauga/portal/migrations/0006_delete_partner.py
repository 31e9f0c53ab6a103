"""The site's own list of partners is gone: it stands in the register of organisations."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("portal", "0005_partners_in_the_register")]

    operations = [migrations.DeleteModel(name="Partner")]
