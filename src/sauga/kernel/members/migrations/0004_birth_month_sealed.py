# The month of birth of young members is sealed under their own key.

from typing import Any

from django.db import migrations, models

from sauga.kernel.sealed import ServiceOpener, Zone, open_data_key, seal


def seal_months(apps: Any, _editor: Any) -> None:
    for row in apps.get_model("members", "Member").objects.filter(birth_month__isnull=False).order_by("pk"):
        key = open_data_key(
            zone=Zone.MEMBERS, holder=f"member:{row.ref}", opener=ServiceOpener(Zone.MEMBERS)
        )
        text = f"{row.birth_month:%Y-%m}"
        row.born = seal(key, table="member", row=row.ref, field="born", text=text)
        row.save(update_fields=["born"])


class Migration(migrations.Migration):
    dependencies = [("members", "0003_guardian_child"), ("sealed", "0003_members_zone")]

    operations = [
        migrations.AddField(
            model_name="member",
            name="born",
            field=models.BinaryField(default=bytes),
        ),
        migrations.RunPython(seal_months),
        migrations.RemoveField(model_name="member", name="birth_month"),
    ]
