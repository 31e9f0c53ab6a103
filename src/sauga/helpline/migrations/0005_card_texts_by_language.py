"""Texts of resource cards by language, in one column each instead of one for each language."""

from typing import Any

from django.db import migrations, models

PARTS = ("name", "words", "hours")


def gather(apps: Any, schema_editor: Any) -> None:
    """What stood in the columns of Lithuanian and English."""
    for card in apps.get_model("helpline", "ResourceCard").objects.all():
        for part in PARTS:
            texts = {code: getattr(card, f"{part}_{code}") for code in ("lt", "en")}
            setattr(card, part, {code: text for code, text in texts.items() if text})
        card.save(update_fields=PARTS)


def scatter(apps: Any, schema_editor: Any) -> None:
    """Back into columns; texts of other languages have none and are lost."""
    for card in apps.get_model("helpline", "ResourceCard").objects.all():
        names = [f"{part}_{code}" for part in PARTS for code in ("lt", "en")]
        for name in names:
            part, _, code = name.partition("_")
            setattr(card, name, getattr(card, part).get(code, ""))
        card.save(update_fields=names)


class Migration(migrations.Migration):
    dependencies = [("helpline", "0004_standard_names")]

    operations = [
        migrations.AddField("resourcecard", "name", models.JSONField(default=dict)),
        migrations.AddField("resourcecard", "words", models.JSONField(default=dict)),
        migrations.AddField("resourcecard", "hours", models.JSONField(blank=True, default=dict)),
        *(
            migrations.AlterField("resourcecard", f"{part}_{code}", models.TextField(blank=True, default=""))
            for part in PARTS
            for code in ("lt", "en")
        ),
        migrations.RunPython(gather, scatter),
        *(migrations.RemoveField("resourcecard", f"{part}_{code}") for part in PARTS for code in ("lt", "en")),
    ]
