"""Names of organisations, by language and over time."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from sauga.kernel import audit
from sauga.kernel.clock import Overlap
from sauga.kernel.organisations.models import NameWord, Organisation, OrganisationName
from sauga.kernel.organisations.normalised_names import folded, order_key
from sauga.kernel.organisations.rules import Permission
from sauga.kernel.organisations.spans import DateRefused, range_of, span_of
from sauga.kernel.organisations.terms import LANGUAGES
from sauga.kernel.organisations.trail import ZONE, Trail
from sauga.kernel.permissions import require
from sauga.kernel.refusals import ActionRefused
from sauga.kernel.states import Actor, lock

LONGEST, LONGEST_SHORT = 200, 60


class NameRefused(ActionRefused):
    """A name is missing or too long, or its language is not one."""

    messages = {
        "missing": _("Enter the name of the organisation."),
        "long": _("The name is too long. At most 200 characters are kept."),
        "short": _("The short name is too long. At most 60 characters are kept."),
        "language": _("Choose one of the languages."),
        "present": _("The organisation has this name in this language already."),
    }
    fields = {
        "missing": "name",
        "long": "name",
        "short": "short",
        "language": "language",
        "present": "name",
    }


def add_name(
    *,
    by: Actor,
    organisation: Organisation,
    language: str,
    name: str,
    short: str = "",
    since: str = "",
    at: datetime,
) -> OrganisationName:
    """Give it a name from a date on (empty: it always had it). Names in that language that last until then
    end just before.

    Raises NameRefused, DateRefused.
    """
    require(by, Permission.EDIT)
    with transaction.atomic():
        organisation = lock(organisation)
        row = new_name(organisation, language=language, name=name, short=short, since=since)
        for earlier in organisation.names.select_for_update().filter(language=row.language):
            if earlier.span.overlap(row.span) is Overlap.NONE:
                continue
            if earlier.name == row.name and earlier.short == row.short and not earlier.until:
                raise NameRefused("present")
            if row.since and not earlier.until:
                _end(earlier, row.since)
        row.save()
        settle_names(organisation, at)
        facts = {"language": row.language, "since": row.since}
        audit.record(by, Trail.NAMED, organisation, zone=ZONE, at=at, facts=facts)
    return row


def correct_name(
    *,
    by: Actor,
    row: OrganisationName,
    language: str,
    name: str,
    short: str,
    since: str,
    until: str,
    at: datetime,
) -> OrganisationName:
    """Correct a name that was written wrongly, or its dates. Raises NameRefused, DateRefused."""
    require(by, Permission.EDIT)
    with transaction.atomic():
        organisation = lock(row.organisation)
        held = lock(row)
        fresh = new_name(organisation, language=language, name=name, short=short, since=since, until=until)
        fresh.pk = held.pk
        fresh.save()
        settle_names(organisation, at)
        facts = {"language": fresh.language, "since": fresh.since, "until": fresh.until}
        audit.record(by, Trail.NAME_CORRECTED, organisation, zone=ZONE, at=at, facts=facts)
    return fresh


def new_name(organisation: Organisation, **given: str) -> OrganisationName:
    """A checked row that is not stored yet: language, name, and perhaps short, since, until.

    Raises NameRefused, DateRefused.
    """
    name, short = (" ".join(given.get(key, "").split()) for key in ("name", "short"))
    if not name:
        raise NameRefused("missing")
    if len(name) > LONGEST:
        raise NameRefused("long")
    if len(short) > LONGEST_SHORT:
        raise NameRefused("short")
    if given["language"] not in LANGUAGES:
        raise NameRefused("language")
    span = span_of(given.get("since", ""), given.get("until", ""))
    return OrganisationName(
        organisation=organisation,
        language=given["language"],
        name=name,
        short=short,
        since=span.since,
        until=span.until,
        during=range_of(span.possible),
        folded=folded(name, short),
    )


def settle_names(organisation: Organisation, at: datetime) -> None:
    """After names were written: the place in lists, the words that search knows, the time of the change."""
    rows: list[Any] = list(organisation.names.all())
    NameWord.objects.bulk_create(
        [NameWord(word=word) for word in sorted({word for row in rows for word in row.folded.split()})],
        ignore_conflicts=True,
    )
    organisation.order_key = order_key(organisation.name_at(at, "lt"))
    organisation.changed_at = at
    organisation.save(update_fields=["order_key", "changed_at"])


def _end(earlier: OrganisationName, since: str) -> None:
    """Let a lasting name end just before `since`. Raises DateRefused where it began later."""
    try:
        span = earlier.span.ended_before(since)
    except ValueError as wrong:
        raise DateRefused("order") from wrong
    earlier.until, earlier.during = span.until, range_of(span.possible)
    earlier.save(update_fields=["until", "during"])
