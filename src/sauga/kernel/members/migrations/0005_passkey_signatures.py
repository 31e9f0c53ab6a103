from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("members", "0004_birth_month_sealed"),
    ]

    operations = [
        migrations.AddField(
            model_name="memberpasskey",
            name="signatures",
            field=models.PositiveBigIntegerField(default=0),
        ),
    ]
