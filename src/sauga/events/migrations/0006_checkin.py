# Check-in: states of the day, how many came.

from django.db import migrations, models

OPEN = (
    "STARTED",
    "GUARDIAN_PENDING",
    "PENDING_APPROVAL",
    "WAITLISTED",
    "CONFIRMED",
    "OFFERED",
    "CHECKED_IN",
    "OFFER_EXPIRED",
)


class Migration(migrations.Migration):
    dependencies = [("events", "0005_speaking")]

    operations = [
        migrations.AddField(
            model_name="registration",
            name="attended_heads",
            field=models.PositiveSmallIntegerField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="registration",
            name="attended_groups",
            field=models.JSONField(blank=True, default=dict),
        ),
        migrations.AddConstraint(
            model_name="registration",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("attended_heads__isnull", True),
                    ("attended_heads__lte", models.F("heads")),
                    _connector="OR",
                ),
                name="events_registration_attended",
            ),
        ),
        migrations.RemoveConstraint(model_name="registration", name="events_registration_once"),
        migrations.AddConstraint(
            model_name="registration",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state__in", OPEN)),
                fields=("event", "person"),
                name="events_registration_once",
            ),
        ),
    ]
