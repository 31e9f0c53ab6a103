"""Resource cards say whether they are confirmed; the shipped ones without a number are not, and the line's own card has no hours of its own."""

from typing import Any

from django.db import migrations, models

PLACEHOLDERS = {
    "YOUTH_LINE": (" Numerį ir laiką patvirtina tarnybos administratorius.", " Number and hours to be confirmed by the service administrator."),
    "OTHER_LINE": (" Sąrašą pildo tarnybos administratorius.", " The service administrator keeps the list."),
}


def mark_unconfirmed(apps: Any, schema_editor: Any) -> None:
    ResourceCard = apps.get_model("helpline", "ResourceCard")
    for code, (lt, en) in PLACEHOLDERS.items():
        for card in ResourceCard.objects.filter(code=code):
            if lt in card.words_lt or en in card.words_en:
                card.is_confirmed = False
                card.words_lt, card.words_en = card.words_lt.replace(lt, ""), card.words_en.replace(en, "")
                card.save(update_fields=["is_confirmed", "words_lt", "words_en"])
    ResourceCard.objects.filter(code="CHILDLINE").update(hours_lt="", hours_en="")


class Migration(migrations.Migration):
    dependencies = [("helpline", "0002_listening_seen")]

    operations = [
        migrations.AddField("resourcecard", "is_confirmed", models.BooleanField(default=True)),
        migrations.RunPython(mark_unconfirmed, migrations.RunPython.noop, elidable=True),
    ]
