"""Answering a letter: screened for risk, claimed, drafted by one person, approved or returned by another,
delivered.

Author and reviewer are never the same; the table of drafts refuses it as well. Who may act on which letter is
said in `rules.letters`.
"""

from datetime import datetime

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from sauga.helpline.letters import rules
from sauga.helpline.letters.actions.letters import CHANNEL, TABLE, ZONE, about, alert_leads, row_of, terms
from sauga.helpline.letters.actions.timeouts import keep_the_day_only
from sauga.helpline.letters.models import Letter, LetterDraft, LetterPart
from sauga.helpline.letters.queries.letters import APPROVED, authors_of
from sauga.helpline.letters.queries.thread import asked_at
from sauga.helpline.permissions import Permission
from sauga.helpline.records import actions as records
from sauga.helpline.records.models import Attempt
from sauga.helpline.states import LetterState
from sauga.helpline.trail import Trail
from sauga.kernel import audit, ids, live, notifications, sealed
from sauga.kernel.identity import PermissionRefused, PersonActor, require
from sauga.kernel.refusals import ActionRefused, TextMissing
from sauga.kernel.states import lock, move

DRAFTS = "helpline.letterdraft"
RETURNED = "RETURNED"


class NotInYourHand(ActionRefused):
    """The letter is claimed by another person, or not claimed."""

    message = _("You no longer have this letter.")


class OwnAnswer(ActionRefused):
    """An author of any version of an answer does not review it."""

    message = _("Nobody reviews an answer of which they wrote a version.")


class RemarkMissing(ActionRefused):
    """An answer is returned with a remark on what to change."""

    message = _("Say what should change.")


class WrittenMeanwhile(ActionRefused):
    """The child has written more than the reviewer's page showed."""

    message = _("More words came meanwhile. Read them, then decide.")


class RiskStands(ActionRefused):
    """A letter that sounds of high risk is answered, never put aside."""

    message = _("A letter of high risk is answered, not put aside.")


class BandUnknown(ActionRefused):
    """No such band of risk."""

    message = _("Choose one of the levels of risk.")


def screen_letter(*, by: PersonActor, letter: Letter, band: str, at: datetime) -> Letter:
    """A person has read the letter for risk and says how grave it is; the rules' word is only a proposal.

    Raises BandUnknown.

    The due time follows the band, counted from when the words came in.
    """
    require(by, Permission.ANSWER_LETTER)
    if band not in rules.BANDS:
        raise BandUnknown
    with transaction.atomic():
        letter = lock(letter)
        why = (
            "CONFIRMED"
            if band == letter.band
            else "RAISED"
            if rules.graver(band, letter.band) == band
            else "LOWERED"
        )
        move(letter, to=LetterState.SCREENED, by=by, at=at, why=why)
        letter.band, letter.due_at = band, rules.due_at(band, asked_at(letter), terms())
        letter.save(update_fields=["band", "due_at"])
        letter.attempts.filter(outcome="").update(band=band)
        if why == "RAISED":
            alert_leads(letter, by=by, at=at)
        elif why == "LOWERED":
            notifications.end_alerts(by=by, about=about(letter), at=at)
        live.signal(CHANNEL)
        return letter


def claim_letter(*, by: PersonActor, letter: Letter, at: datetime) -> Letter:
    """Claim a letter.

    Raises MoveNotAllowed when a colleague was faster, or it has not been screened for risk.
    """
    require(by, Permission.ANSWER_LETTER)
    with transaction.atomic():
        letter = lock(letter)
        move(letter, to=LetterState.CLAIMED, by=by, at=at)
        letter.claimed_by_id = by.person_id
        _keep(letter, at)
        audit.record(by, Trail.LETTER_CLAIMED, letter, zone=ZONE, at=at)
        notifications.acknowledge_about(by=by, about=about(letter), at=at)
        live.signal(CHANNEL)
        return letter


def claim_next(*, by: PersonActor, at: datetime) -> Letter | None:
    """Take the letter that is first in order: immediate danger, then children, then by due time.

    None when nothing waits.
    """
    require(by, Permission.ANSWER_LETTER)
    with transaction.atomic():
        found = (
            Letter.objects.filter(state__in=rules.CLAIMABLE)
            .in_order()
            .select_for_update(skip_locked=True, of=("self",))
            .first()
        )
        return claim_letter(by=by, letter=found, at=at) if found is not None else None


def _keep(letter: Letter, at: datetime) -> None:
    letter.claimed_until = at + terms().claim
    letter.save(update_fields=["claimed_by", "claimed_until"])


def _mine(by: PersonActor, letter: Letter) -> Letter:
    letter = lock(letter)
    if letter.claimed_by_id != by.person_id:
        raise NotInYourHand
    return letter


def give_back(*, by: PersonActor, letter: Letter, at: datetime) -> Letter:
    """Release the letter for others; a draft stays with it. Raises NotInYourHand, MoveNotAllowed."""
    require(by, Permission.ANSWER_LETTER)
    with transaction.atomic():
        letter = _mine(by, letter)
        move(letter, to=LetterState.SCREENED, by=by, at=at, why="GIVEN_BACK")
        letter.claimed_by = letter.claimed_until = None
        letter.save(update_fields=["claimed_by", "claimed_until"])
        live.signal(CHANNEL)
        return letter


def save_draft(
    *, by: PersonActor, letter: Letter, desk_key: sealed.DataKey, text: str, at: datetime
) -> LetterDraft:
    """Keep the answer as it stands.

    One's own unreviewed version is written over; after a return, or another's, a new one begins.

    Raises TextMissing, NotInYourHand, MoveNotAllowed.
    """
    require(by, Permission.ANSWER_LETTER)
    text = text.strip()[: rules.LONGEST]
    if not text:
        raise TextMissing
    with transaction.atomic():
        letter = _mine(by, letter)
        if letter.state != LetterState.DRAFTED:
            move(letter, to=LetterState.DRAFTED, by=by, at=at)
        draft = letter.drafts.order_by("-version").first()
        if draft is None or draft.verdict or draft.author_id != by.person_id:
            draft = LetterDraft(
                ref=ids.new_reference(),
                letter=letter,
                version=draft.version + 1 if draft else 1,
                author_id=by.person_id,
            )
        draft.body = sealed.seal(desk_key, table=DRAFTS, row=draft.ref, field="body", text=text)
        draft.saved_at = at
        draft.save()
        _keep(letter, at)
        live.signal(CHANNEL)
        return draft


def send_for_review(*, by: PersonActor, letter: Letter, at: datetime) -> Letter:
    """Send the draft for review by a colleague. Raises NotInYourHand, MoveNotAllowed without a draft."""
    require(by, Permission.ANSWER_LETTER)
    with transaction.atomic():
        letter = _mine(by, letter)
        move(letter, to=LetterState.IN_REVIEW, by=by, at=at)
        live.signal(CHANNEL)
        return letter


def take_back(*, by: PersonActor, letter: Letter, at: datetime) -> Letter:
    """Undo the sending before anybody has decided. Raises NotInYourHand, MoveNotAllowed."""
    require(by, Permission.ANSWER_LETTER)
    with transaction.atomic():
        letter = _mine(by, letter)
        move(letter, to=LetterState.RETURNED, by=by, at=at, why="TAKEN_BACK")
        _keep(letter, at)
        live.signal(CHANNEL)
        return letter


def _reviewed(by: PersonActor, letter: Letter) -> tuple[Letter, LetterDraft]:
    letter = lock(letter)
    if not rules.may_review(person_id=by.person_id, authors=authors_of(letter)):
        raise OwnAnswer
    return letter, letter.drafts.order_by("-version").select_for_update().get(version=letter.drafts.count())


def return_answer(
    *, by: PersonActor, letter: Letter, desk_key: sealed.DataKey, remark: str, at: datetime
) -> Letter:
    """Give the answer back to its author with a remark; the author has the full time of a claim again.

    Raises OwnAnswer, RemarkMissing.
    """
    require(by, Permission.REVIEW_LETTER)
    remark = remark.strip()
    if not remark:
        raise RemarkMissing
    with transaction.atomic():
        letter, draft = _reviewed(by, letter)
        move(letter, to=LetterState.RETURNED, by=by, at=at)
        draft.remark = sealed.seal(desk_key, table=DRAFTS, row=draft.ref, field="remark", text=remark)
        _decide(draft, RETURNED, by, at)
        _keep(letter, at)
        audit.record(by, Trail.LETTER_REVIEWED, letter, zone=ZONE, at=at, facts={"approved": False})
        live.signal(CHANNEL)
        return letter


def approve_answer(
    *, by: PersonActor, letter: Letter, key: sealed.DataKey, desk_key: sealed.DataKey, seen: int, at: datetime
) -> LetterPart:
    """Approve the answer, which delivers it to the child. `seen` is the last part that the page showed.

    Raises OwnAnswer, WrittenMeanwhile, MoveNotAllowed.
    """
    require(by, Permission.REVIEW_LETTER)
    with transaction.atomic():
        letter, draft = _reviewed(by, letter)
        move(letter, to=LetterState.APPROVED, by=by, at=at)
        if letter.last_number != seen:
            raise WrittenMeanwhile
        _decide(draft, APPROVED, by, at)
        audit.record(by, Trail.LETTER_REVIEWED, letter, zone=ZONE, at=at, facts={"approved": True})
        text = sealed.unseal(desk_key, table=DRAFTS, row=draft.ref, field="body", envelope=bytes(draft.body))
        return _deliver(by, letter, key, text, at)


def _decide(draft: LetterDraft, verdict: str, by: PersonActor, at: datetime) -> None:
    draft.verdict, draft.reviewer_id, draft.reviewed_at = verdict, by.person_id, at
    draft.save(update_fields=["verdict", "reviewer", "reviewed_at", "remark"])


def _deliver(by: PersonActor, letter: Letter, key: sealed.DataKey, text: str, at: datetime) -> LetterPart:
    minutes = int((at - asked_at(letter)).total_seconds() // 60)
    letter.last_number += 1
    letter.delivered_at, letter.claimed_until = at, None
    letter.save(update_fields=["last_number", "delivered_at", "claimed_until"])
    body = sealed.seal(key, table=TABLE, row=row_of(letter, letter.last_number), field="body", text=text)
    part = LetterPart.objects.create(
        letter=letter, number=letter.last_number, from_child=False, body=body, at=at
    )
    move(letter, to=LetterState.DELIVERED, by=by, at=at)
    open_attempts(letter).update(outcome="ANSWERED", reason="LETTER_DELIVERED", answer_minutes=minutes)
    audit.record(by, Trail.LETTER_DELIVERED, letter, zone=ZONE, at=at)
    live.signal(CHANNEL)
    return part


def open_attempts(letter: Letter) -> QuerySet[Attempt]:
    """The attempt that still waits for its outcome: one, or none once it is answered."""
    return Attempt.objects.filter(letter=letter, outcome="")


def put_aside(*, by: PersonActor, letter: Letter, kind: str, at: datetime) -> Letter:
    """Close a letter that asks for no counselling (a joke, thanks, a question about the line), with its type.

    Raises RiskStands where the band is HIGH or IMMEDIATE, RecordRefused for a type that letters do not
    have, NotInYourHand.
    """
    require(by, Permission.ANSWER_LETTER)
    with transaction.atomic():
        letter = lock(letter)
        if letter.band in {"HIGH", "IMMEDIATE"}:
            raise RiskStands
        letter = (
            claim_letter(by=by, letter=letter, at=at)
            if letter.state in rules.CLAIMABLE
            else _mine(by, letter)
        )
        records.close_nondata(by=by, attempt=open_attempts(letter).get(), kind=kind, at=at, seconds=0)
        return keep_the_day_only(lock(letter), at)


def note_opened(*, by: PersonActor, letter: Letter, reason: str, at: datetime) -> None:
    """Log that a letter was opened: who, which, and on what ground."""
    if not (by.can(Permission.ANSWER_LETTER) or by.can(Permission.REVIEW_LETTER)):
        raise PermissionRefused(str(Permission.ANSWER_LETTER))
    with transaction.atomic():
        audit.record(by, Trail.LETTER_OPENED, letter, zone=ZONE, at=at, facts={"reason": reason})
