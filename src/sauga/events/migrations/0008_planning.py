import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('events', '0003_activities'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='TeamMember',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('role', models.CharField(max_length=40)),
                ('added_at', models.DateTimeField()),
                ('event', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='team', to='events.event')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['role', 'pk'],
                'indexes': [models.Index(fields=['person'], name='events_team_person')],
                'constraints': [models.UniqueConstraint(fields=('event', 'person', 'role'), name='events_team_once'), models.CheckConstraint(condition=models.Q(('role__in', ('ORGANISER', 'PROGRAMME_COMMITTEE', 'DOOR_STAFF', 'PHOTOGRAPHER'))), name='events_team_role')],
            },
        ),
    ]
