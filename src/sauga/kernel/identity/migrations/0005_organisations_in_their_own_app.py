"""Organisations moved to `kernel.organisations`; later migrations of identity come after that."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("identity", "0004_installation_purpose"), ("organisations", "0001_initial")]

    operations = []
