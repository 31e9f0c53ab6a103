# The machine's mark over the public key of a ballot.

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("panel", "0004_guardians_cycles_helpline")]

    operations = [
        migrations.AddField(
            model_name="ballot",
            name="key_mark",
            field=models.BinaryField(blank=True, default=bytes),
        ),
    ]
