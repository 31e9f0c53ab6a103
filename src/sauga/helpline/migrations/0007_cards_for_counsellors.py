from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("helpline", "0006_incoming_referrals")]
    operations = [migrations.RemoveField("resourcecard", "shown_when_closed")]
