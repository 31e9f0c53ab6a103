from django.db import migrations, models

ZONES = [
    ('hotline', 'hotline'),
    ('helpline', 'helpline'),
    ('panel', 'panel'),
    ('awareness', 'awareness'),
    ('members', 'members'),
]


class Migration(migrations.Migration):

    dependencies = [
        ('sealed', '0002_awareness_zone'),
    ]

    operations = [
        migrations.AlterField(
            model_name='wrappedkey',
            name='zone',
            field=models.CharField(choices=ZONES, max_length=16),
        ),
        migrations.AlterField(
            model_name='zonekey',
            name='zone',
            field=models.CharField(choices=ZONES, max_length=16),
        ),
    ]
