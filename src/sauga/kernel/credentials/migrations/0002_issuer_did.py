# A key belongs to the address under which it signed.

from typing import Any
from urllib.parse import quote, urlsplit

from django.conf import settings
from django.db import migrations, models


def name_the_address_of_today(apps: Any, _editor: Any) -> None:
    did = f"did:web:{quote(urlsplit(settings.ENV.base_url).netloc, safe='')}"
    apps.get_model("credentials", "IssuerKey").objects.update(did=did)


class Migration(migrations.Migration):
    dependencies = [("credentials", "0001_initial")]

    operations = [
        migrations.AddField(
            model_name="issuerkey",
            name="did",
            field=models.CharField(default="", max_length=300),
            preserve_default=False,
        ),
        migrations.RunPython(name_the_address_of_today, migrations.RunPython.noop),
    ]
