"""Flags: what waits in the queue, whose they are, and what words of risk a text holds."""

from datetime import datetime
from functools import lru_cache
from json import dumps, loads

from django.db.models import Count, Q, QuerySet
from django.http import Http404

from sauga.kernel import vocab
from sauga.kernel.i18n.phrases import Phrasebook
from sauga.kernel.identity import PersonActor, home
from sauga.kernel.identity.models import Person
from sauga.kernel.identity.queries import holders_of
from sauga.panel.members.models import Flag, Member
from sauga.panel.members.rules import risk_words
from sauga.panel.members.rules.hours import POLICY, Hours
from sauga.panel.members.rules.purposes import PANEL
from sauga.panel.permissions import FACILITATOR, LEAD, STAND_IN, Permission
from sauga.panel.states import FlagState

WAITING, MINE, DONE = "waiting", "taken", "answered"
_VIEWS = {WAITING: Q(state=FlagState.OPEN), MINE: Q(state=FlagState.TAKEN), DONE: Q(state=FlagState.ANSWERED)}


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
    """The flags that the person may see: those about an adult of the panel only the safeguarding lead, and
    the coordinator where no lead could; never the adult whom the member named."""
    rows = Flag.objects.select_related("member", "member__account", "taken_by")
    if not by.can(Permission.ANSWER_FLAGS):
        return rows.none()
    seen = Q(pk__in=())
    if by.can(Permission.SEE_MEMBERS):
        seen |= Q(about_adult=False)
    if by.can(Permission.SEE_PATTERNS):
        seen |= Q(about_adult=True)
    if by.can(Permission.STAND_IN):
        seen |= Q(about_adult=True, stood_in_at__isnull=False)
    return rows.filter(seen).exclude(adult=by.person_id)


def leads_for(flag: Flag, at: datetime) -> list[Person]:
    """The safeguarding leads who may see a flag about an adult: all but whom the member named."""
    return [one for one in holders_of(LEAD, PANEL, at) if one.pk != flag.adult_id]


def stand_ins_for(flag: Flag, at: datetime) -> list[Person]:
    """Who answers it where no lead can."""
    return [one for one in holders_of(STAND_IN, PANEL, at) if one.pk != flag.adult_id]


def adults_to_name(at: datetime) -> list[Person]:
    """Whom a member can name: the adults of the panel, by name."""
    roles = (FACILITATOR, LEAD)
    found = {one.pk: one for role in roles for one in holders_of(role, PANEL, at)}
    return sorted(found.values(), key=lambda one: one.name)


def unanswered_by_leads(at: datetime) -> QuerySet[Flag]:
    """Flags about an adult that no lead has taken in time and that have no stand-in yet."""
    return Flag.objects.filter(
        about_adult=True, state=FlagState.OPEN, due_at__lt=at, stood_in_at__isnull=True
    )


def flag_for(by: PersonActor, ref: str) -> Flag:
    """One flag. Raises Http404, also where the actor may not see it."""
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
    return home.count_of(seen_by(by).filter(state=FlagState.OPEN))


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
