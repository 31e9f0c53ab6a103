"""Referrals to services, addresses passed to the hotline, and passes for own pictures. A stranger's row is
404.
"""

from dataclasses import dataclass
from typing import Any

from django.db.models import Count, F, Q, QuerySet
from django.http import Http404

from sauga.helpline.calls.models import Call
from sauga.helpline.chat.models import Conversation
from sauga.helpline.letters.models import Letter
from sauga.helpline.permissions import Permission, sees_all
from sauga.helpline.safeguarding.models import (
    Concern,
    HelpCase,
    HotlineLink,
    Referral,
    ReferralStep,
    SelfImage,
)
from sauga.helpline.safeguarding.queries.access import cases_of, concerns_of, referrals_of, talks_of
from sauga.helpline.states import ReferralState
from sauga.kernel import sealed
from sauga.kernel.identity import PersonActor, names_of

ZONE = sealed.Zone.HELPLINE
TABLE = "helpline.referral"
VIEWS: dict[str, Q] = {
    "open": Q(
        state__in=(
            ReferralState.SUGGESTED,
            ReferralState.CONSENT_ASKED,
            ReferralState.CONSENTED,
            ReferralState.DECLINED,
            ReferralState.WITHDRAWN,
        )
    ),
    "sent": Q(state__in=(ReferralState.SENT, ReferralState.CHASED, ReferralState.ESCALATED)),
    "taken": Q(state__in=(ReferralState.ACKNOWLEDGED, ReferralState.IN_SERVICE, ReferralState.OUTCOME)),
    "closed": Q(state=ReferralState.CLOSED),
}


def referral_for(by: PersonActor, ref: str) -> Referral:
    """The referral, for a person who may see it. Raises Http404."""
    found = (
        Referral.objects.filter(referrals_of(by), ref=ref)
        .select_related("author", "conversation", "letter", "call", "case")
        .first()
    )
    if found is None:
        raise Http404
    return found


def referrals(by: PersonActor, view: str) -> QuerySet[Referral]:
    """The referrals of one view that a person may see, the next clock first."""
    rows = Referral.objects.filter(referrals_of(by), VIEWS[view]).select_related("author")
    order = ("-closed_at",) if view == "closed" else (F("due_at").asc(nulls_last=True),)
    return rows.order_by(*order, "-pk")


def counts(by: PersonActor) -> dict[str, int]:
    """How many referrals stand in each view; one query."""
    wanted = {view: Count("pk", filter=where) for view, where in VIEWS.items() if view != "closed"}
    found: dict[str, int] = Referral.objects.filter(referrals_of(by)).aggregate(**wanted)
    return found


def links(by: PersonActor) -> QuerySet[HotlineLink]:
    """Addresses that were passed to the hotline, the newest first: what they were suspected of and what came
    of it, never the address.
    """
    return HotlineLink.objects.filter(referrals_of(by)).select_related("author").order_by("-pk")


def link_for(by: PersonActor, ref: str) -> HotlineLink:
    """One of them. Raises Http404."""
    found = HotlineLink.objects.filter(referrals_of(by), ref=ref).select_related("author").first()
    if found is None:
        raise Http404
    return found


def passes(by: PersonActor) -> dict[str, int]:
    """Passes for own pictures by state, as numbers: which child got one is not told."""
    if not by.can(Permission.REFER):
        return {}
    return dict(SelfImage.objects.order_by().values_list("state").annotate(n=Count("pk")))


ABOUT = ("conversation", "letter", "call", "case", "concern")


@dataclass(frozen=True)
class About:
    """What a new concern, case or referral is about: one contact, or a case."""

    conversation: Conversation | None = None
    letter: Letter | None = None
    call: Call | None = None
    case: HelpCase | None = None
    concern: Concern | None = None

    @property
    def kind(self) -> str:
        """The field's name."""
        return next(name for name in ABOUT if getattr(self, name))

    @property
    def ref(self) -> str:
        """Its number."""
        return str(getattr(self, self.kind).ref)

    def given(self, *names: str) -> dict[str, Any]:
        """As keyword arguments of an action that takes these."""
        return {name: getattr(self, name) for name in names if getattr(self, name)}


def about_for(by: PersonActor, kind: str, ref: str) -> About:
    """The contact or case named in an address, for a person who may pass something on from it.
    Raises Http404.
    """
    mine = {
        "conversation": (Conversation, talks_of(by)),
        "letter": (Letter, Q() if sees_all(by) else Q(claimed_by_id=by.person_id)),
        "call": (Call, Q() if sees_all(by) else Q(answered_by_id=by.person_id)),
        "case": (HelpCase, cases_of(by)),
        "concern": (Concern, concerns_of(by)),
    }
    if kind not in mine or not (by.can(Permission.REFER) or by.can(Permission.RAISE_CONCERN)):
        raise Http404
    model, where = mine[kind]
    found = model._base_manager.filter(where, ref=ref).first()
    if found is None:
        raise Http404
    named: dict[str, Any] = {kind: found}
    return About(**named)


@dataclass(frozen=True)
class ReferralPage:
    """What the referral's page shows; `words` is None while they cannot be opened."""

    referral: Referral
    steps: list[ReferralStep]
    names: dict[str, str]
    words: str | None


def referral_page(by: PersonActor, referral: Referral) -> ReferralPage:
    """Gather the page."""
    steps = list(referral.steps.order_by("pk"))
    words = None
    if by.vault is not None:
        key = sealed.open_data_keys(ZONE, [referral.holder], by.vault).get(referral.holder)
        words = (
            sealed.unseal(key, table=TABLE, row=referral.ref, field="words", envelope=bytes(referral.words))
            if key
            else None
        )
    return ReferralPage(referral, steps, names_of({step.by for step in steps}), words)


@dataclass(frozen=True)
class Question:
    """What the child is asked: may this be shared with that service?

    `agreed` once the answer was yes, which can still be taken back.
    """

    ref: str
    target: str
    words: str
    agreed: bool


def questions_for_child(conversation: Conversation, key: sealed.DataKey) -> list[Question]:
    """What waits for the child's answer in a conversation, opened with the child's own key."""
    rows = (
        conversation.referrals.filter(state__in=(ReferralState.CONSENT_ASKED, ReferralState.CONSENTED))
        .exclude(asked=b"")
        .order_by("pk")
    )
    return [
        Question(
            row.ref,
            row.target,
            sealed.unseal(key, table=TABLE, row=row.ref, field="asked", envelope=bytes(row.asked)),
            row.state == ReferralState.CONSENTED,
        )
        for row in rows
    ]


def referral_of_child(conversation: Conversation, ref: str) -> Referral | None:
    """The referral that a child answers about, if it belongs to the child's conversation."""
    return conversation.referrals.filter(ref=ref).select_related("author", "conversation").first()
