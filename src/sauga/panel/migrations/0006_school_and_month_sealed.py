# School and month of birth of members are known to their accounts only, sealed under the accounts' keys.

from typing import Any

from django.db import migrations, models

from sauga.kernel.sealed import ServiceOpener, Zone, open_data_key, seal


def seal_schools(apps: Any, _editor: Any) -> None:
    rows = apps.get_model("panel", "Member").objects.select_related("account")
    for row in rows.filter(account__isnull=False, organisation__isnull=False).order_by("pk"):
        holder = f"member:{row.account.ref}"
        key = open_data_key(zone=Zone.MEMBERS, holder=holder, opener=ServiceOpener(Zone.MEMBERS))
        row.school = seal(key, table="member", row=row.ref, field="school", text=str(row.organisation_id))
        row.save(update_fields=["school"])


class Migration(migrations.Migration):
    dependencies = [
        ("panel", "0005_ballot_key_marks"),
        ("members", "0004_birth_month_sealed"),
        ("sealed", "0003_members_zone"),
    ]

    operations = [
        migrations.AddField(
            model_name="member",
            name="school",
            field=models.BinaryField(default=bytes),
        ),
        migrations.RunPython(seal_schools),
        migrations.RemoveField(model_name="member", name="organisation"),
        migrations.RemoveField(model_name="member", name="birth_month"),
        migrations.RemoveField(model_name="member", name="confirmed_by"),
    ]
