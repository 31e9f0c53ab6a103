"""Flags: what waits in the queue, whose they are, and what words of risk a text holds."""

from datetime import datetime
from functools import lru_cache
from json import dumps, loads

from django.db.models import Count, Q, QuerySet
from django.http import Http404

from sauga.kernel import vocab
from sauga.kernel.i18n.phrases import Phrasebook
from sauga.kernel.identity import PersonActor
from sauga.panel.members.models import Flag, Member
from sauga.panel.members.rules import risk_words
from sauga.panel.members.rules.hours import POLICY, Hours
from sauga.panel.permissions import Permission as P
from sauga.panel.states import FlagState as F

WAITING, MINE, DONE = "waiting", "taken", "answered"
_VIEWS = {WAITING: Q(state=F.OPEN), MINE: Q(state=F.TAKEN), DONE: Q(state=F.ANSWERED)}


def hours() -> Hours:
    """When the centre answers."""
    return Hours.read(dict(vocab.policy(POLICY)))


def risk_words_in(text: str) -> list[str]:
    """The kinds of risk that a text mentions, such as "SECRET"; empty for nearly every text."""
    return risk_words.concepts_in(
        _book(dumps(vocab.policy(risk_words.POLICY)["concepts"], default=dict)), text
    )


@lru_cache(maxsize=4)
def _book(concepts: str) -> Phrasebook:
    return risk_words.phrasebook({"concepts": loads(concepts)})


def seen_by(by: PersonActor) -> QuerySet[Flag]:
    """The flags that somebody may see: those about an adult of the panel only the safeguarding lead."""
    rows = Flag.objects.select_related("member", "member__account", "taken_by")
    if not by.can(P.ANSWER_FLAGS):
        return rows.none()
    return rows if by.can(P.SEE_PATTERNS) else rows.filter(about_adult=False)


def flag_for(by: PersonActor, ref: str) -> Flag:
    """One flag. Raises Http404, also for whoever may not see it."""
    found = seen_by(by).filter(ref=ref).first()
    if found is None:
        raise Http404
    return found


def flags(by: PersonActor, view: str) -> QuerySet[Flag]:
    """The queue: whatever is due first is at the top."""
    rows = seen_by(by).filter(_VIEWS[view])
    return rows.order_by("-answered_at", "-pk") if view == DONE else rows.order_by("due_at", "pk")


def counts(by: PersonActor) -> dict[str, int]:
    """How many are in each view."""
    return seen_by(by).aggregate(**{name: Count("pk", filter=held) for name, held in _VIEWS.items()})


def count_open(by: PersonActor, _at: datetime) -> int:
    """How many wait for a person."""
    return seen_by(by).filter(state=F.OPEN).count()


def own(member: Member) -> QuerySet[Flag]:
    """What a member raised by the button, the newest first. What words of risk raised is no page of the
    member's."""
    return (
        Flag.objects.select_related("member", "member__account")
        .filter(member=member, kind="BUTTON")
        .order_by("-pk")
    )


def own_flag(member: Member, ref: str) -> Flag:
    """One of the member's own. Raises Http404."""
    found = own(member).filter(ref=ref).first()
    if found is None:
        raise Http404
    return found
