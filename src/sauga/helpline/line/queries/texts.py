"""Questions about the texts of the line: what a counsellor is offered, and what staff keep."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.http import Http404

from sauga.helpline.line.models import CannedAnswer, ResourceCard
from sauga.helpline.permissions import Permission
from sauga.kernel import audit, sealed, vocab
from sauga.kernel.i18n import languages
from sauga.kernel.i18n.data_texts import in_words
from sauga.kernel.identity import PersonActor, names_of
from sauga.kernel.retention import keep_terms

ZONE = sealed.Zone.HELPLINE
STALE = timedelta(days=180)
"""A resource card that nobody checked for half a year says so."""


@dataclass(frozen=True)
class Resource:
    """A resource card in one language."""

    code: str
    name: str
    words: str
    phone: str
    address: str
    region: str
    hours: str
    age_from: int | None
    age_to: int | None
    checked_date: date
    is_stale: bool

    @property
    def sentence(self) -> str:
        """As it may be put into a message, to be changed there."""
        found = ", ".join(part for part in (self.phone, self.address, self.hours) if part)
        return f"{self.name}{f': {found}' if found else ''}. {self.words}"


@dataclass(frozen=True)
class Change:
    """Who changed a text, and when."""

    at: datetime
    by: str
    what: str


def canned_answers(language: str) -> list[CannedAnswer]:
    """Canned answers offered in a language; in a language that has none, the English ones, which the page
    marks as such."""
    offered = CannedAnswer.objects.filter(is_retired=False)
    rows = list(offered.filter(language=language).order_by("pk"))
    return rows or list(offered.filter(language="en").order_by("pk"))


def resources(day: date, *, language: str | None = None, age: int | None = None) -> list[Resource]:
    """Resource cards that are confirmed, in the given or the page's language; for an age, only
    those meant for it.
    """
    spoken = language or languages.active().code
    rows = ResourceCard.objects.filter(is_retired=False, is_confirmed=True).order_by("pk")
    return [_resource(row, spoken, day) for row in rows if _fits(row, age)]


def every_canned() -> list[CannedAnswer]:
    """All canned answers, retired ones last."""
    return list(CannedAnswer.objects.order_by("is_retired", "code", "language"))


def every_card() -> list[ResourceCard]:
    """All resource cards, retired ones last, the longest unchecked first."""
    return list(ResourceCard.objects.order_by("is_retired", "checked_date", "pk"))


def canned_for(actor: PersonActor, code: str, language: str) -> CannedAnswer:
    """A canned answer for its editor. Raises Http404."""
    found = (
        CannedAnswer.objects.filter(code=code, language=language).first()
        if actor.can(Permission.EDIT_TEXTS)
        else None
    )
    if found is None:
        raise Http404
    return found


def card_for(actor: PersonActor, code: str) -> ResourceCard:
    """A resource card for its editor. Raises Http404."""
    found = ResourceCard.objects.filter(code=code).first() if actor.can(Permission.EDIT_TEXTS) else None
    if found is None:
        raise Http404
    return found


def history(text: CannedAnswer | ResourceCard) -> list[Change]:
    """Who changed it and when, newest first; times to the hour, as the trail keeps them."""
    entries = audit.timeline(text, zone=ZONE)
    names = names_of({entry.actor for entry in entries})
    return [
        Change(entry.hour, names.get(entry.actor, ""), str(entry.facts.get("what", "")))
        for entry in reversed(entries)
    ]


def _fits(row: ResourceCard, age: int | None) -> bool:
    if age is None:
        return True
    return (row.age_from is None or row.age_from <= age) and (row.age_to is None or age <= row.age_to)


def _resource(row: ResourceCard, language: str, day: date) -> Resource:
    return Resource(
        code=row.code,
        name=words_of(row, "name", language),
        words=words_of(row, "words", language),
        phone=row.phone,
        address=row.address,
        region=row.region,
        hours=words_of(row, "hours", language),
        age_from=row.age_from,
        age_to=row.age_to,
        checked_date=row.checked_date,
        is_stale=day - row.checked_date > STALE,
    )


def words_of(card: ResourceCard, name: str, language: str) -> str:
    """The name, the words or the hours of a card in a language."""
    return in_words(f"card:{card.code}:{name}", getattr(card, name), language)


def keep_days() -> int:
    """How long a conversation is kept after its end, in days, as staff set it."""
    return keep_terms()["helpline.chat"].days


def grounds() -> list[str]:
    """When confidentiality ends, each in a child's words; the words are data that staff keep."""
    return [said for term in vocab.terms("confidentiality_ground") if (said := term.says("child"))]
