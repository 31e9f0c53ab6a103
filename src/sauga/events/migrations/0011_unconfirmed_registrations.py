# Registrations that wait for the mailed link are open: a person has one of them for an event.

from django.db import migrations, models

OPEN = (
    "STARTED",
    "UNCONFIRMED",
    "GUARDIAN_PENDING",
    "PENDING_APPROVAL",
    "WAITLISTED",
    "CONFIRMED",
    "OFFERED",
    "HELD",
    "CHECKED_IN",
    "OFFER_EXPIRED",
)


class Migration(migrations.Migration):
    dependencies = [("events", "0010_recordings")]

    operations = [
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
