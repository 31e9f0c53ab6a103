"""Events as the desk shows them."""

from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from sauga.events.programme.actions.publication import MISSING, shown
from sauga.events.programme.models import Event, EventFormat
from sauga.events.programme.presenters.public import programme, when, where
from sauga.events.programme.queries import events as queries
from sauga.events.programme.rules.readiness import missing
from sauga.kernel import vocab
from sauga.kernel.i18n import and_list, languages
from sauga.kernel.identity import PersonActor
from sauga.kernel.kit.lists import Cell
from sauga.kernel.refusals import Text


def desk_facts(row: Event) -> Iterator[tuple[Text, Cell]]:
    """What is known of an event, as names and cells."""
    yield pgettext_lazy("event", "When"), when(row)
    yield pgettext_lazy("event", "Where"), where(row) or _("not known")
    yield pgettext_lazy("event", "Kind"), vocab.label("event_kinds", row.kind)
    if row.series:
        yield pgettext_lazy("event", "Series"), str(row.series)
    yield _("Organiser"), row.organiser.name_at(row.starts)
    lists = (
        (pgettext_lazy("audience", "For"), "audiences", row.audiences),
        (_("Topics"), "topics", row.topics),
        (pgettext_lazy("event", "Languages"), "languages", row.languages),
        (_("Accessibility of the event"), "event_access", row.access),
    )
    for name, vocabulary, codes in lists:
        if codes:
            yield name, and_list([vocab.label(vocabulary, code) for code in codes])
    if row.photo_policy:
        yield _("Photos and recording"), vocab.label("photo_policies", row.photo_policy)
    if row.cancel_reason:
        yield _("Reason"), vocab.label("event_cancel_reasons", row.cancel_reason)


def desk_programme(row: Event) -> dict[str, Any]:
    """The sessions by day, the tracks, streams and speakers."""
    return {
        "days": programme(queries.sessions(row)),
        "unscheduled": queries.unscheduled(row),
        "tracks": list(row.tracks.all()),
        "streams": list(row.streams.all()),
        "speakers": list(row.speakers.all()),
    }


def missing_words(row: Event) -> list[Text]:
    """What visitors would look for in vain, in words."""
    return [MISSING[code] for code in missing(shown(row), languages.DEFAULT)]


def first_values(by: PersonActor) -> dict[str, Any]:
    """What the form of a new event begins with: the organisation of the person who begins it."""
    return {
        "format": EventFormat.ONSITE,
        "languages": [languages.DEFAULT],
        "organiser": queries.own_organisation(by),
    }
