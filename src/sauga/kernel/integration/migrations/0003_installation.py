"""`house` is called what it names: the other installation."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("referrals", "0002_between_houses")]
    operations = [migrations.RenameField("referral", "house", "installation")]
