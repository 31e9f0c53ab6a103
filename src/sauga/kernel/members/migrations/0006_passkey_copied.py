from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("members", "0005_passkey_signatures"),
    ]

    operations = [
        migrations.AddField(
            model_name="memberpasskey",
            name="copied_at",
            field=models.DateTimeField(blank=True, null=True),
        ),
    ]
