"""When people wish to be mailed about their notifications."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('notices', '0004_alerts_ended_by_people'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='MailPreference',
            fields=[
                ('person', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name='mail_preference', serialize=False, to=settings.AUTH_USER_MODEL)),
                ('time', models.CharField(choices=[('SOON', 'Within a few minutes, several in one email'), ('DAILY', 'Once a day, at 8 in the morning, all in one email'), ('URGENT', 'Never: only the bell, and email for what is urgent')], max_length=8)),
                ('changed_at', models.DateTimeField()),
            ],
        ),
    ]
