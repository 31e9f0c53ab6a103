"""Alerts: people called at once, acknowledged by name, escalated to the next."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import sauga.kernel.notifications.models


class Migration(migrations.Migration):
    dependencies = [
        ("notices", "0002_letters_by_name"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Alert",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("ref", models.CharField(default=sauga.kernel.notifications.models.new_alert_reference, max_length=40, unique=True)),
                ("kind", models.CharField(max_length=80)),
                ("params", models.JSONField(default=dict)),
                ("about", models.CharField(max_length=120)),
                ("link", models.CharField(blank=True, max_length=200)),
                ("raised_at", models.DateTimeField()),
                ("step", models.PositiveSmallIntegerField(default=0)),
                ("next_at", models.DateTimeField(null=True)),
                ("acknowledged_at", models.DateTimeField(null=True)),
                ("ended_at", models.DateTimeField(null=True)),
                (
                    "acknowledged_by",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.SET_NULL, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "raised_by",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.SET_NULL, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["about", "-raised_at"], name="notices_alert_about")],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("acknowledged_at__isnull", True), ("ended_at__isnull", True)),
                        fields=("about",),
                        name="notices_alert_once",
                    )
                ],
            },
        ),
        migrations.AddField(model_name="notification", name="is_urgent", field=models.BooleanField(default=False)),
        migrations.AddField(
            model_name="notification",
            name="alert",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.CASCADE, related_name="calls", to="notices.alert"
            ),
        ),
        migrations.AddField(model_name="notification", name="shown_at", field=models.DateTimeField(null=True)),
        migrations.AddConstraint(
            model_name="notification",
            constraint=models.UniqueConstraint(fields=("alert", "person"), name="notices_called_once"),
        ),
    ]
