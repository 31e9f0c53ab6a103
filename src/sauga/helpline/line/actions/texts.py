"""Texts of the line: canned answers and resource cards.

They come with the program once; then staff keep them, and the trail says who.

Nothing is deleted: a text that is retired is not offered any more and can be brought back.
"""

import hashlib
import json
from datetime import date, datetime
from pathlib import Path
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from sauga.helpline.line.models import CannedAnswer, ResourceCard
from sauga.helpline.permissions import Permission
from sauga.helpline.trail import Trail
from sauga.kernel import audit, sealed
from sauga.kernel.clock import VILNIUS
from sauga.kernel.identity import PersonActor, require
from sauga.kernel.refusals import ActionRefused, ChangedMeanwhile
from sauga.kernel.states import lock

ZONE = sealed.Zone.HELPLINE
FILE = Path(__file__).parents[2] / "data" / "helpline_texts.json"
CANNED = ("title", "body")
CARD = (
    "name",
    "words",
    "phone",
    "address",
    "region",
    "age_from",
    "age_to",
    "hours",
    "is_confirmed",
)
OWN_LINE = "CHILDLINE"


class CodeTaken(ActionRefused):
    """Another text has this code, perhaps a retired one."""

    message = _("There is a text with this code already, perhaps retired. Choose another code.")


class HoursOfTheRota(ActionRefused):
    """The card is the line's own: its hours are those of the rota and are not written a second time."""

    message = _("The hours of our own line are those of the rota. Leave the fields of hours empty.")


class AgesReversed(ActionRefused):
    """The first age lies above the last."""

    message = _("The first age lies above the last.")
    field = "age_to"


def load_texts(at: datetime) -> str:
    """Load the texts that come with the program.

    Repeatable; a text that stands is left as it is. Returns one line for the operator.
    """
    given = json.loads(FILE.read_text(encoding="utf-8"))
    canned = [
        CannedAnswer(code=text["code"], language=language, **words)
        for text in given["canned"]
        for language, words in text.items()
        if language != "code"
    ]
    cards = [
        ResourceCard(**card, checked_date=date.fromisoformat(given["checked"])) for card in given["cards"]
    ]
    with transaction.atomic():
        before = CannedAnswer.objects.count() + ResourceCard.objects.count()
        CannedAnswer.objects.bulk_create(canned, ignore_conflicts=True)
        ResourceCard.objects.bulk_create(cards, ignore_conflicts=True)
        made = CannedAnswer.objects.count() + ResourceCard.objects.count() - before
    return f"texts of the line: {made} new, {len(canned) + len(cards) - made} as they were"


def add_canned(
    *, by: PersonActor, code: str, language: str, title: str, body: str, at: datetime
) -> CannedAnswer:
    """Add a canned answer. Raises CodeTaken."""
    return _add(by, CannedAnswer(code=code, language=language, title=title, body=body), "CANNED_ADDED", at)


def edit_canned(
    *, by: PersonActor, canned: CannedAnswer, title: str, body: str, seen: str, at: datetime
) -> CannedAnswer:
    """Change a canned answer. `seen` is the `state_of` it that the editor opened. Raises ChangedMeanwhile."""
    return _change(by, canned, "CANNED_EDITED", at, seen=seen, title=title, body=body)


def add_card(*, by: PersonActor, code: str, at: datetime, **fields: Any) -> ResourceCard:
    """Add a resource card, checked today. Raises CodeTaken, AgesReversed."""
    require(by, Permission.EDIT_TEXTS)
    _check_ages(fields)
    return _add(by, ResourceCard(code=code, checked_date=_day(at), **fields), "CARD_ADDED", at)


def edit_card(*, by: PersonActor, card: ResourceCard, seen: str, at: datetime, **fields: Any) -> ResourceCard:
    """Change a resource card; who saves it has checked it today.

    Raises ChangedMeanwhile, AgesReversed, HoursOfTheRota.
    """
    require(by, Permission.EDIT_TEXTS)
    _check_ages(fields)
    if card.code == OWN_LINE and any(fields.get("hours", {}).values()):
        raise HoursOfTheRota
    return _change(by, card, "CARD_EDITED", at, seen=seen, checked_date=_day(at), **fields)


def check_card(*, by: PersonActor, card: ResourceCard, at: datetime) -> ResourceCard:
    """A person called or looked, and the card is still right: it carries today's date."""
    return _change(by, card, "CARD_CHECKED", at, checked_date=_day(at))


def retire_text[Text: (CannedAnswer, ResourceCard)](*, by: PersonActor, text: Text, at: datetime) -> Text:
    """Take a text out of what is offered."""
    return _change(by, text, "RETIRED", at, is_retired=True)


def bring_back[Text: (CannedAnswer, ResourceCard)](*, by: PersonActor, text: Text, at: datetime) -> Text:
    """Offer a retired text again."""
    return _change(by, text, "BROUGHT_BACK", at, is_retired=False)


def state_of(text: CannedAnswer | ResourceCard) -> str:
    """A fingerprint of a text; it goes into the form and comes back with it, to notice other people's
    changes.
    """
    names = CANNED if isinstance(text, CannedAnswer) else (*CARD, "checked_date")
    said = json.dumps([getattr(text, name) for name in names], sort_keys=True, default=str)
    return hashlib.blake2b(said.encode(), digest_size=8).hexdigest()


def _change[Text: (CannedAnswer, ResourceCard)](
    by: PersonActor, text: Text, what: str, at: datetime, *, seen: str | None = None, **values: Any
) -> Text:
    """Write new values; `seen` is the state that its editor saw, where that must still be so."""
    require(by, Permission.EDIT_TEXTS)
    with transaction.atomic():
        text = lock(text)
        if seen is not None and state_of(text) != seen:
            raise ChangedMeanwhile
        for name, value in values.items():
            setattr(text, name, value)
        text.save(update_fields=list(values))
        audit.record(by, Trail.TEXT_CHANGED, text, zone=ZONE, at=at, facts={"what": what})
        return text


def _add[Text: (CannedAnswer, ResourceCard)](by: PersonActor, made: Text, what: str, at: datetime) -> Text:
    require(by, Permission.EDIT_TEXTS)
    with transaction.atomic():
        try:
            with transaction.atomic():
                made.save(force_insert=True)
        except IntegrityError as taken:
            raise CodeTaken from taken
        audit.record(by, Trail.TEXT_CHANGED, made, zone=ZONE, at=at, facts={"what": what})
        return made


def _check_ages(fields: dict[str, Any]) -> None:
    first, last = fields.get("age_from"), fields.get("age_to")
    if first is not None and last is not None and first > last:
        raise AgesReversed


def _day(at: datetime) -> date:
    return at.astimezone(VILNIUS).date()
