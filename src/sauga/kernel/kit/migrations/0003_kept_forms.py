from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('kit', '0002_sent_forms'),
    ]

    operations = [
        migrations.CreateModel(
            name='KeptForm',
            fields=[
                ('key', models.UUIDField(primary_key=True, serialize=False)),
                ('kept_at', models.DateTimeField(db_index=True)),
                ('content', models.BinaryField()),
            ],
        ),
    ]
