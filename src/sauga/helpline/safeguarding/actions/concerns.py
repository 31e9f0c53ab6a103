"""A concern about a child: raised, discussed within five minutes, decided. Disclosure needs a second person
(`disclosure.py`).
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from sauga.helpline.calls.models import Call
from sauga.helpline.chat.models import Conversation
from sauga.helpline.letters.models import Letter
from sauga.helpline.permissions import Permission
from sauga.helpline.rota.models import Duty
from sauga.helpline.safeguarding.models import Concern, ConcernNote
from sauga.helpline.safeguarding.rules import deadlines
from sauga.helpline.states import CONCERN, ConcernState
from sauga.helpline.trail import Trail
from sauga.kernel import audit, live, notifications, sealed, vocab
from sauga.kernel.identity import PersonActor, require
from sauga.kernel.refusals import ActionRefused, TextMissing
from sauga.kernel.sealed import VaultLocked
from sauga.kernel.states import Actor, MoveNotAllowed, lock, move

ZONE = sealed.Zone.HELPLINE
CHANNEL = "helpline.safety"
TABLE, NOTE_TABLE = "helpline.concern", "helpline.concernnote"
DECISIONS = {
    "SG_WITH_CONSENT": ConcernState.ACT_WITH_CONSENT,
    "SG_WITHOUT_CONSENT": ConcernState.ACT_WITHOUT_CONSENT,
}
NO_SERVICE = "RT_HOTLINE"  # the hotline takes addresses, never a child


class NothingToWorryAbout(ActionRefused):
    """A concern is about one conversation, one letter or one call."""

    message = _("Choose the conversation, letter or call that the concern is about.")


class ProposalIncomplete(ActionRefused):
    """A field that a proposal needs is missing or no code of its list; `field` names it."""

    message = _("Something is missing. Check every field.")

    def __init__(self, field: str) -> None:
        super().__init__(field)
        self.field = field


@dataclass(frozen=True)
class Proposal:
    """What a shift lead proposes to do: the decision, its ground, whom to tell what by which clock, and how
    the child is told.
    """

    decision: str
    ground: str
    target: str
    facts: str
    told_plan: str
    clock: str = ""

    def check(self) -> None:
        """Raise ProposalIncomplete for the first field that is missing or unknown."""
        for field, vocabulary in (("ground", "confidentiality_ground"), ("target", "referral_target")):
            if not vocab.has_term(vocabulary, getattr(self, field)):
                raise ProposalIncomplete(field)
        if self.decision not in DECISIONS:
            raise ProposalIncomplete("decision")
        timed = bool(vocab.term("referral_target", self.target).extra.get("legal_clock"))
        if (
            self.target == NO_SERVICE
            or timed != vocab.has_term("legal_clock", self.clock)
            or (self.clock and not timed)
        ):
            raise ProposalIncomplete("target" if self.target == NO_SERVICE else "clock")
        for field in ("facts", "told_plan"):
            if not getattr(self, field).strip():
                raise ProposalIncomplete(field)


def raise_concern(
    *,
    by: PersonActor,
    conversation: Conversation | None = None,
    letter: Letter | None = None,
    call: Call | None = None,
    consult: bool = True,
    at: datetime,
) -> Concern:
    """Record that a child may be in danger, and alert the shift leads to discuss it within five minutes
    (`consult`).

    While a concern about the same contact is open, it is returned instead of a second one. Raises
    NothingToWorryAbout.
    """
    require(by, Permission.RAISE_CONCERN)
    about: dict[str, Any] = {
        name: row for name, row in (("conversation", conversation), ("letter", letter), ("call", call)) if row
    }
    if len(about) != 1:
        raise NothingToWorryAbout
    with transaction.atomic():
        for row in about.values():
            lock(row)  # two who worry at once raise one concern
        there = Concern.objects.filter(**about).exclude(state=ConcernState.REVIEWED).order_by("pk").last()
        if there is None:
            limit = timedelta(minutes=vocab.policy("policy.safeguarding", at=at)["consult_minutes"])
            there = Concern(**about, raised_by_id=by.person_id, raised_at=at, consult_by=at + limit)
            there.save(force_insert=True)
            sealed.new_data_key(zone=ZONE, holder=there.holder, recipients=[sealed.Recipient.TEAM])
            there.steps.create(track="state", before="", after=str(there.state), at=at, by=by.pseudonym)
            audit.record(by, Trail.CONCERN_RAISED, there, zone=ZONE, at=at)
            if conversation is not None:
                Conversation.objects.filter(pk=conversation.pk).update(is_escalated=True)
                live.signal(conversation.channel)
            live.signal(CHANNEL)
        return _consult(by, there, at) if consult and there.state == ConcernState.CONCERN else there


def ask_consult(*, by: PersonActor, concern: Concern, at: datetime) -> Concern:
    """Alert the shift leads to decide within five minutes; also from WATCH, when the worry is back."""
    require(by, Permission.RAISE_CONCERN, concern)
    with transaction.atomic():
        return _consult(by, concern, at)


def _consult(by: PersonActor, concern: Concern, at: datetime) -> Concern:
    concern = lock(concern)
    go(concern, ConcernState.CONSULT, by=by, at=at)
    concern.consult_by = concern.due_at or at
    concern.save(update_fields=["consult_by"])
    link, context = f"/desk/helpline/concerns/{concern.ref}/", {"ref": concern.ref}
    alert = notifications.raise_alert(
        by=by, kind="helpline.consult", about=concern.about, context=context, link=link, at=at
    )
    if (
        alert.kind != "helpline.consult"
    ):  # the leads are being called to this conversation already; the bell leads to the concern
        call_leads(concern, "helpline.consult", at)
    return concern


def watch(*, by: PersonActor, concern: Concern, note: str, at: datetime) -> Concern:
    """Decide that no outside service is informed for now; the concern is looked at again within five working
    days.

    Says why in a note.
    """
    require(by, Permission.PROPOSE_BREAK)
    with transaction.atomic():
        concern = lock(concern)
        write_note(concern, by=by, kind="WATCH", text=note, at=at)
        plan_review(concern, at)
        go(concern, ConcernState.WATCH, by=by, at=at, why="SG_WATCH")
        audit.record(by, Trail.CONCERN_DECIDED, concern, zone=ZONE, at=at, facts={"decision": "SG_WATCH"})
        notifications.acknowledge_about(by=by, about=concern.about, at=at)
        return concern


def propose_disclosure(*, by: PersonActor, concern: Concern, proposal: Proposal, at: datetime) -> Concern:
    """Propose to inform an outside service. Nothing leaves before another person approves.

    An earlier proposal that was refused is kept as a note. Raises ProposalIncomplete, VaultLocked,
    MoveNotAllowed.
    """
    require(by, Permission.PROPOSE_BREAK)
    proposal.check()
    with transaction.atomic():
        concern = lock(concern)
        if not CONCERN.allows(concern.state, DECISIONS[proposal.decision]):  # before anything is overwritten
            raise MoveNotAllowed(concern.state, DECISIONS[proposal.decision])
        key = open_key(by, concern)
        if concern.facts:
            earlier = sealed.unseal(
                key, table=TABLE, row=concern.ref, field="facts", envelope=bytes(concern.facts)
            )
            write_note(concern, by=by, kind="EARLIER", text=earlier, at=at)
        concern.ground, concern.target, concern.clock = proposal.ground, proposal.target, proposal.clock
        concern.facts = sealed.seal(
            key, table=TABLE, row=concern.ref, field="facts", text=proposal.facts.strip()
        )
        concern.told_plan = sealed.seal(
            key, table=TABLE, row=concern.ref, field="told_plan", text=proposal.told_plan.strip()
        )
        concern.proposed_by_id, concern.approved_by_id = by.person_id, None
        concern.save(
            update_fields=["ground", "target", "clock", "facts", "told_plan", "proposed_by", "approved_by"]
        )
        plan_review(concern, at)
        go(concern, DECISIONS[proposal.decision], by=by, at=at, why=proposal.ground)
        audit.record(
            by, Trail.CONCERN_DECIDED, concern, zone=ZONE, at=at, facts={"decision": proposal.decision}
        )
        notifications.acknowledge_about(by=by, about=concern.about, at=at)
        tell("SAFEGUARDING_LEAD", concern, "helpline.break_proposed", at)
        return concern


def add_note(*, by: PersonActor, concern: Concern, text: str, at: datetime) -> ConcernNote:
    """Write down something beside the steps. Raises TextMissing, VaultLocked."""
    require(by, Permission.RAISE_CONCERN, concern)
    with transaction.atomic():
        return write_note(lock(concern), by=by, kind="NOTE", text=text, at=at)


def open_concern(*, by: PersonActor, concern: Concern, at: datetime) -> None:
    """Leave a line in the trail that the concern was read."""
    require(by, Permission.RAISE_CONCERN, concern)
    audit.record(by, Trail.CONCERN_OPENED, concern, zone=ZONE, at=at)


# Shared with `breaking` and `chasing`
# -----------------------------------------------------------------------------------------
def go(concern: Concern, to: ConcernState, *, by: Actor, at: datetime, why: str = "") -> None:
    """Move a locked concern and set the clock of its next step."""
    move(concern, to=to, by=by, at=at, why=why)
    clock = vocab.term("legal_clock", concern.clock).extra if concern.clock else {}
    policy = vocab.policy("policy.safeguarding", at=at)
    concern.due_at = deadlines.concern_due(to, at, policy, clock=clock, review_by=concern.review_by)
    concern.chased_at, concern.escalated_at = None, None
    concern.save(update_fields=["due_at", "chased_at", "escalated_at"])
    live.signal(CHANNEL)


def plan_review(concern: Concern, at: datetime) -> None:
    """The five working days until the review begin with the first decision."""
    if concern.review_by is None:
        days = vocab.policy("policy.safeguarding", at=at)["review_working_days"]
        concern.review_by = deadlines.working_days_after(at, days)
        concern.save(update_fields=["review_by"])


def open_key(by: PersonActor, concern: Concern) -> sealed.DataKey:
    """The concern's key. Raises VaultLocked, KeyNotAvailable."""
    if by.vault is None:
        raise VaultLocked
    return sealed.open_data_key(zone=ZONE, holder=concern.holder, opener=by.vault)


def write_note(concern: Concern, *, by: PersonActor, kind: str, text: str, at: datetime) -> ConcernNote:
    """Seal and store one note. Raises TextMissing, VaultLocked."""
    if not text.strip():
        raise TextMissing
    key = open_key(by, concern)
    note = ConcernNote(concern=concern, kind=kind, author_id=by.person_id, at=at)
    note.body = sealed.seal(key, table=NOTE_TABLE, row=note.ref, field="body", text=text.strip())
    note.save(force_insert=True)
    return note


def tell(to: Any, concern: Concern, template: str, at: datetime) -> None:
    """Send a notification without content at once."""
    link = f"/desk/helpline/concerns/{concern.ref}/"
    notifications.notify(
        to=to, template=template, context={"ref": concern.ref}, link=link, urgent=True, at=at
    )


def call_leads(concern: Concern, template: str, at: datetime) -> None:
    """Tell the shift leads who are on duty; where none is, every shift lead."""
    on_duty: list[Any] = [
        duty.person
        for duty in Duty.objects.present().filter(is_lead=True).select_related("person").order_by("pk")
    ]
    for to in on_duty or ["SHIFT_LEAD"]:
        tell(to, concern, template, at)
