# Check-in: tickets with a code of their own, entrances, lists, devices, scans, and how many came.

from typing import Any

import django.db.models.deletion
from django.db import migrations, models

import sauga.events.registration.models
import sauga.kernel.ids.references


def draw_codes(apps: Any, _schema_editor: Any) -> None:
    """Every registration gets a token and a short code of its own."""
    new = sauga.events.registration.models
    rows = apps.get_model("events", "Registration").objects.order_by("pk")
    taken = set()
    for row in rows.iterator():
        code = new.new_code()
        while (row.event_id, code) in taken:
            code = new.new_code()
        taken.add((row.event_id, code))
        row.entry_token, row.entry_code = new.new_token(), code
        row.save(update_fields=["entry_token", "entry_code"])


def add_main_lists(apps: Any, _schema_editor: Any) -> None:
    """Every event that was published has the list of the whole event."""
    events = apps.get_model("events", "Event").objects.exclude(state="DRAFT")
    lists = apps.get_model("events", "CheckList").objects
    for event in events.iterator():
        lists.create(event=event, is_main=True)


class Migration(migrations.Migration):
    dependencies = [("events", "0007_planning")]

    operations = [
        migrations.AddField(
            model_name="registration",
            name="entry_token",
            field=models.CharField(max_length=16, null=True),
        ),
        migrations.AddField(
            model_name="registration",
            name="entry_code",
            field=models.CharField(max_length=8, null=True),
        ),
        migrations.RunPython(draw_codes, migrations.RunPython.noop),
        migrations.AlterField(
            model_name="registration",
            name="entry_token",
            field=models.CharField(
                default=sauga.events.registration.models.new_token, max_length=16, unique=True
            ),
        ),
        migrations.AlterField(
            model_name="registration",
            name="entry_code",
            field=models.CharField(default=sauga.events.registration.models.new_code, max_length=8),
        ),
        migrations.AddConstraint(
            model_name="registration",
            constraint=models.UniqueConstraint(
                fields=("event", "entry_code"), name="events_registration_entry_code"
            ),
        ),
        migrations.CreateModel(
            name="Entrance",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "ref",
                    models.CharField(
                        default=sauga.kernel.ids.references.new_reference, max_length=12, unique=True
                    ),
                ),
                ("name", models.JSONField(default=dict)),
                ("place", models.PositiveSmallIntegerField(default=0)),
                (
                    "event",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="entrances",
                        to="events.event",
                    ),
                ),
            ],
            options={"ordering": ["place", "pk"]},
        ),
        migrations.CreateModel(
            name="Device",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("code", models.CharField(max_length=12)),
                ("seen_at", models.DateTimeField()),
                ("unsent", models.PositiveIntegerField(default=0)),
                ("slow_by", models.IntegerField(default=0)),
                (
                    "entrance",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="events.entrance",
                    ),
                ),
                (
                    "event",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="check_devices",
                        to="events.event",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("event", "code"), name="events_checkdevice_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="CheckList",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "ref",
                    models.CharField(
                        default=sauga.kernel.ids.references.new_reference, max_length=12, unique=True
                    ),
                ),
                ("is_main", models.BooleanField(default=False)),
                ("opens_before", models.PositiveSmallIntegerField(default=120)),
                (
                    "event",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="check_lists",
                        to="events.event",
                    ),
                ),
                (
                    "session",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="events.session",
                    ),
                ),
                ("tickets", models.ManyToManyField(blank=True, related_name="+", to="events.ticket")),
            ],
            options={
                "ordering": ["-is_main", "pk"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("is_main", True)),
                        fields=("event",),
                        name="events_checklist_one_main",
                    ),
                    models.UniqueConstraint(fields=("event", "session"), name="events_checklist_session"),
                ],
            },
        ),
        migrations.CreateModel(
            name="CheckIn",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("nonce", models.CharField(max_length=32, unique=True)),
                ("device", models.CharField(max_length=12)),
                ("kind", models.CharField(default="IN", max_length=4)),
                ("method", models.CharField(max_length=8)),
                ("undoes", models.CharField(blank=True, max_length=32)),
                ("heads", models.PositiveSmallIntegerField(default=1)),
                ("groups", models.JSONField(blank=True, default=dict)),
                ("scanned_at", models.DateTimeField()),
                ("received_at", models.DateTimeField()),
                ("by", models.CharField(max_length=40)),
                ("outcome", models.CharField(default="COUNTED", max_length=8)),
                ("why", models.CharField(blank=True, max_length=16)),
                ("resolution", models.CharField(blank=True, max_length=4)),
                ("resolved_at", models.DateTimeField(blank=True, null=True)),
                ("resolved_by", models.CharField(blank=True, max_length=40)),
                (
                    "check_list",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="check_ins",
                        to="events.checklist",
                    ),
                ),
                (
                    "entrance",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="events.entrance",
                    ),
                ),
                (
                    "registration",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="check_ins",
                        to="events.registration",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(fields=["registration", "check_list"], name="events_checkin_registration"),
                    models.Index(fields=["check_list", "outcome"], name="events_checkin_outcome"),
                    models.Index(fields=["check_list", "received_at"], name="events_checkin_received"),
                ],
            },
        ),
        migrations.RunPython(add_main_lists, migrations.RunPython.noop),
    ]
