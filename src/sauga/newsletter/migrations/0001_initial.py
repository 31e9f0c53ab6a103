import django.contrib.postgres.fields
import django.db.models.deletion
from django.db import migrations, models

import sauga.kernel.ids.references
import sauga.newsletter.models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('portal', '0006_delete_partner'),
    ]

    operations = [
        migrations.CreateModel(
            name='Issue',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('ref', models.CharField(default=sauga.kernel.ids.references.new_reference, max_length=12, unique=True)),
                ('language', models.CharField(max_length=5)),
                ('lists', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=24), default=list)),
                ('title', models.CharField(max_length=120)),
                ('intro', models.TextField(blank=True, max_length=2000)),
                ('state', models.CharField(default='DRAFT', max_length=12)),
                ('editor_id', models.BigIntegerField(blank=True, null=True)),
                ('written_at', models.DateTimeField()),
                ('send_at', models.DateTimeField(blank=True, null=True)),
                ('started_at', models.DateTimeField(blank=True, null=True)),
                ('ended_at', models.DateTimeField(blank=True, null=True)),
                ('total', models.PositiveIntegerField(default=0)),
                ('handed', models.PositiveIntegerField(default=0)),
                ('failed', models.PositiveIntegerField(default=0)),
                ('bounced', models.PositiveIntegerField(default=0)),
            ],
        ),
        migrations.CreateModel(
            name='Subscription',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('ref', models.CharField(default=sauga.newsletter.models.new_ref, max_length=40, unique=True)),
                ('lookup', models.BinaryField(max_length=32, unique=True)),
                ('address', models.BinaryField()),
                ('language', models.CharField(max_length=5)),
                ('lists', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=24), default=list)),
                ('version', models.PositiveSmallIntegerField()),
                ('confirmed_at', models.DateTimeField()),
                ('soft_bounces', models.PositiveSmallIntegerField(default=0)),
                ('is_bounced', models.BooleanField(default=False)),
            ],
        ),
        migrations.CreateModel(
            name='DayCount',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('day', models.DateField()),
                ('language', models.CharField(max_length=5)),
                ('kind', models.CharField(choices=[('confirmed', 'confirmed'), ('left', 'left'), ('bounced', 'bounced'), ('moved_in', 'moved in'), ('moved_out', 'moved out'), ('handed', 'handed'), ('returned', 'returned')], max_length=12)),
                ('n', models.PositiveIntegerField(default=0)),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('day', 'language', 'kind'), name='newsletter_day_once')],
            },
        ),
        migrations.CreateModel(
            name='IssueStep',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('track', models.CharField(max_length=24)),
                ('before', models.CharField(max_length=32)),
                ('after', models.CharField(max_length=32)),
                ('at', models.DateTimeField()),
                ('by', models.CharField(max_length=40)),
                ('why', models.CharField(blank=True, max_length=64)),
                ('subject', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='steps', to='newsletter.issue')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='SignUp',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('ref', models.CharField(default=sauga.newsletter.models.new_ref, max_length=40, unique=True)),
                ('lookup', models.BinaryField(max_length=32)),
                ('address', models.BinaryField()),
                ('language', models.CharField(max_length=5)),
                ('lists', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=24), default=list)),
                ('version', models.PositiveSmallIntegerField()),
                ('asked_at', models.DateTimeField()),
                ('expires_at', models.DateTimeField()),
                ('sent_at', models.DateTimeField(blank=True, null=True)),
                ('used_at', models.DateTimeField(blank=True, null=True)),
            ],
            options={
                'indexes': [models.Index(fields=['lookup'], name='newsletter_signup_lookup'), models.Index(fields=['expires_at'], name='newsletter_signup_expires')],
            },
        ),
        migrations.CreateModel(
            name='IssueItem',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('place', models.PositiveSmallIntegerField()),
                ('title', models.CharField(blank=True, max_length=255)),
                ('summary', models.CharField(blank=True, max_length=300)),
                ('path', models.CharField(blank=True, max_length=400)),
                ('issue', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='items', to='newsletter.issue')),
                ('page', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='portal.portalpage')),
            ],
            options={
                'ordering': ['place', 'pk'],
                'constraints': [models.UniqueConstraint(fields=('issue', 'page'), name='newsletter_page_once')],
            },
        ),
        migrations.CreateModel(
            name='Delivery',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('token', models.CharField(default=sauga.newsletter.models.new_token, max_length=40, unique=True)),
                ('made_at', models.DateTimeField()),
                ('attempts', models.PositiveSmallIntegerField(default=0)),
                ('next_at', models.DateTimeField()),
                ('sent_at', models.DateTimeField(blank=True, null=True)),
                ('failed_at', models.DateTimeField(blank=True, null=True)),
                ('bounced_at', models.DateTimeField(blank=True, null=True)),
                ('issue', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='deliveries', to='newsletter.issue')),
                ('subscription', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='deliveries', to='newsletter.subscription')),
            ],
            options={
                'indexes': [models.Index(condition=models.Q(('failed_at__isnull', True), ('sent_at__isnull', True)), fields=['issue', 'next_at'], name='newsletter_waiting'), models.Index(fields=['issue', 'sent_at'], name='newsletter_sent')],
                'constraints': [models.UniqueConstraint(fields=('issue', 'subscription'), name='newsletter_mail_once')],
            },
        ),
    ]
