"""Help entries say whether they are confirmed; the helpline's hours come from its rota and are no longer written in the list."""

from typing import Any

from django.db import migrations, models

SHIPPED_HOURS = {"hours_lt": "kasdien 11:00–23:00", "hours_en": "every day 11:00–23:00"}


def clear_hours(apps: Any, schema_editor: Any) -> None:
    HelpEntry = apps.get_model("portal", "HelpEntry")
    for name, text in SHIPPED_HOURS.items():
        HelpEntry.objects.filter(code="child_helpline", **{name: text}).update(**{name: ""})


class Migration(migrations.Migration):
    dependencies = [("portal", "0001_squashed_0003_outside_links")]

    operations = [
        migrations.AddField(
            "helpentry",
            "confirmed",
            models.BooleanField(
                default=True, help_text="Visitors see only what somebody has confirmed.", verbose_name="number and hours are confirmed"
            ),
        ),
        migrations.AlterField(
            "helpentry",
            "hours_lt",
            models.CharField(
                blank=True,
                help_text="Leave empty where a service of this installation keeps its hours: pages take them from its rota.",
                max_length=160,
                verbose_name="hours in Lithuanian",
            ),
        ),
        migrations.RunPython(clear_hours, migrations.RunPython.noop, elidable=True),
    ]
