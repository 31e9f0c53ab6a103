"""The police entry leads to the electronic report; 112 stays with the entry for emergencies. Only what was
shipped before and nobody has changed.
"""

from typing import Any

from django.db import migrations

REPORT = "https://www.epolicija.lt/"


def lead_to_the_report(apps: Any, schema_editor: Any) -> None:
    HelpEntry = apps.get_model("portal", "HelpEntry")
    HelpEntry.objects.filter(code="police", phone="112", website="").update(
        phone="",
        website=REPORT,
        source=REPORT,
        open_times="",
        hours_lt="pranešti galima visą parą",
        hours_en="report at any time",
        languages="lt",
    )


class Migration(migrations.Migration):

    dependencies = [
        ("portal", "0015_lines_of_others"),
    ]

    operations = [
        migrations.RunPython(lead_to_the_report, migrations.RunPython.noop),
    ]
