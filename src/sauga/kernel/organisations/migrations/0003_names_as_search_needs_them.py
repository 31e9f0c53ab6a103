"""Names get partial dates and what search and lists read; kinds that decide about others are marked."""

from datetime import datetime, timedelta
from typing import Any

from django.db import migrations

from sauga.kernel.clock import VILNIUS, Span
from sauga.kernel.organisations.normalised_names import folded, order_key
from sauga.kernel.organisations.spans import range_of

PRIVILEGED = ("COORDINATOR", "HOTLINE", "HELPLINE", "AWARENESS")
MOMENT = timedelta(microseconds=1)


def fill(apps: Any, _editor: Any) -> None:
    """From instants to days; a name that was there from the beginning has always been there."""
    organisation, name = (apps.get_model("organisations", one) for one in ("Organisation", "OrganisationName"))
    word, kind = (apps.get_model("organisations", one) for one in ("NameWord", "OrganisationKind"))
    words: set[str] = set()
    for row in name.objects.select_related("organisation").iterator():
        since = "" if row.valid_from <= row.organisation.valid_from else _day(row.valid_from)
        until = _day(row.valid_to - MOMENT) if row.valid_to else ""
        row.since, row.until = since, until if not since or since <= until else since if until else ""
        row.during, row.folded = range_of(Span(row.since, row.until).possible), folded(row.name, row.short)
        row.save(update_fields=["since", "until", "during", "folded"])
        words.update(row.folded.split())
    word.objects.bulk_create([word(word=one) for one in sorted(words)], ignore_conflicts=True, batch_size=1000)
    for row in organisation.objects.iterator():
        names = sorted(name.objects.filter(organisation=row), key=lambda one: (one.language != "lt", one.until != "", one.pk))
        row.order_key, row.changed_at = order_key(names[0].name if names else row.code), row.valid_from
        row.save(update_fields=["order_key", "changed_at"])
    kind.objects.filter(code__in=PRIVILEGED).update(is_privileged=True)


def back(apps: Any, _editor: Any) -> None:
    """Names count from when their organisation does."""
    name = apps.get_model("organisations", "OrganisationName")
    for row in name.objects.filter(valid_from=None).select_related("organisation").iterator():
        row.valid_from = row.organisation.valid_from
        row.save(update_fields=["valid_from"])


def _day(at: datetime) -> str:
    return at.astimezone(VILNIUS).date().isoformat()


class Migration(migrations.Migration):
    dependencies = [("organisations", "0002_register")]

    operations = [migrations.RunPython(fill, back, elidable=True)]
