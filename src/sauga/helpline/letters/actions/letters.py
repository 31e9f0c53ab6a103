"""Receiving letters and their replies, and what the child does with the answer.

The costly work (keys, sealing) comes first, one short transaction stores all, and only then are the words of
the receipt shown.
"""

from collections.abc import Mapping
from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from sauga.helpline.letters import rules
from sauga.helpline.letters.models import UNANSWERED, Letter, LetterPart, LetterStep
from sauga.helpline.line.rules import triage
from sauga.helpline.permissions import Permission
from sauga.helpline.records.actions import StillGoingOn, give_feedback
from sauga.helpline.records.models import Attempt, Feedback
from sauga.helpline.states import LetterState
from sauga.helpline.trail import Trail
from sauga.kernel import audit, clock, ids, live, notifications, sealed, vocab
from sauga.kernel.identity import PersonActor, require
from sauga.kernel.refusals import ActionRefused, TextMissing
from sauga.kernel.states import Actor, lock, move

ZONE = sealed.Zone.HELPLINE
TABLE = "helpline.letterpart"
CHANNEL = "helpline.letters"
ATTEMPTS = 3  # a reference drawn by chance may be taken


class LetterOver(ActionRefused):
    """The thread has ended; a new letter can be written."""

    message = _("This letter is finished. You can write a new one.")


def terms() -> rules.Terms:
    """The time limits in force."""
    return rules.terms(vocab.policy(rules.POLICY))


def row_of(letter: Letter, number: int) -> str:
    """The name of a part inside the seal."""
    return f"{letter.ref}-{number}"


def receive_letter(
    *,
    by: Actor,
    receipt: sealed.ReceiptKeys,
    language: str,
    audience: str,
    text: str,
    at: datetime,
    from_chat: bool = False,
) -> Letter:
    """Store a whole letter and return it; called again with the same receipt, return the letter that
    is there already.

    `receipt` comes from the form's ticket, so a double click or a retry after a lost answer changes nothing.
    `audience` is CHILD or ADULT. Raises TextMissing.
    """
    require(by, Permission.VISIT)
    text = _said(text)
    band, why = _judged(text, language)
    for left in reversed(range(ATTEMPTS)):
        letter = Letter(
            ref=ids.new_reference(),
            receipt=receipt.lookup,
            audience=audience,
            language=language,
            band=band,
            band_rules=why,
            received_at=at,
            due_at=rules.due_at(band, at, terms()),
            from_chat=from_chat,
        )
        keys = _keys(letter, receipt)
        body = sealed.seal(keys[0].key, table=TABLE, row=row_of(letter, 1), field="body", text=text)
        try:
            with transaction.atomic():
                return _store(letter, keys, body, by=by, at=at)
        except IntegrityError:
            stored = Letter.objects.filter(receipt=receipt.lookup).first()
            if stored is not None:
                return stored
            if not left:
                raise
    raise AssertionError("unreachable")


def _said(text: str) -> str:
    text = text.strip()[: rules.LONGEST]
    if not text:
        raise TextMissing
    return text


def _judged(text: str, language: str) -> tuple[str, list[str]]:
    """The band that the rules propose and their codes; nothing of the text is kept beside them."""
    judged = triage.judge(text, language)
    return str(judged.band), list(judged.rules)


def _keys(letter: Letter, receipt: sealed.ReceiptKeys) -> tuple[sealed.PreparedKey, sealed.PreparedKey]:
    """The key of the thread, which the receipt opens too, and the key of drafts and remarks, which only
    the team opens.
    """
    both = (sealed.Recipient.TEAM, sealed.Recipient.RECEIPT)
    return (
        sealed.prepare_data_key(zone=ZONE, holder=letter.holder, recipients=both, receipt=receipt),
        sealed.prepare_data_key(zone=ZONE, holder=letter.desk_holder, recipients=(sealed.Recipient.TEAM,)),
    )


def _store(
    letter: Letter,
    keys: tuple[sealed.PreparedKey, sealed.PreparedKey],
    body: bytes,
    *,
    by: Actor,
    at: datetime,
) -> Letter:
    letter.last_number = 1
    letter.save(force_insert=True)
    sealed.store_keys(keys)
    LetterPart.objects.create(letter=letter, number=1, from_child=True, body=body, at=at)
    LetterStep.objects.create(
        subject=letter, track="state", before="", after=letter.state, at=at, by=by.pseudonym
    )
    begin_attempt(letter, at)
    alert_leads(letter, by=by, at=at)
    audit.record(
        by,
        Trail.LETTER_RECEIVED,
        letter,
        zone=ZONE,
        at=at,
        facts={"language": letter.language, "band": letter.band},
    )
    live.signal(CHANNEL)
    return letter


def begin_attempt(letter: Letter, at: datetime) -> Attempt:
    """Each text that the line has to answer is one attempt."""
    here = at.astimezone(clock.VILNIUS)
    return Attempt.objects.create(
        channel="LETTER",
        audience=letter.audience,
        language=letter.language,
        day=here.date(),
        hour=here.hour,
        band=letter.band,
        letter=letter,
    )


def about(letter: Letter) -> str:
    """What an alert about this letter is about."""
    return f"helpline.letter.{letter.ref}"


def alert_leads(letter: Letter, *, by: Actor, at: datetime) -> None:
    """Immediate danger: the shift leads are alerted. The line says nothing of the letter."""
    if letter.band == "IMMEDIATE":
        link, context = f"/desk/helpline/letters/{letter.ref}/", {"ref": letter.ref}
        notifications.raise_alert(
            by=by, kind="helpline.letter_immediate", about=about(letter), context=context, link=link, at=at
        )


def write_more(
    *, by: Actor, letter: Letter, key: sealed.DataKey, text: str, after: int, at: datetime
) -> LetterPart:
    """Add the child's words to the thread.

    An answered letter is then to be answered anew; a waiting one keeps its place.

    `after` is the number of the last part that the page showed: the same words sent twice from one page are
    stored once. Words that sound graver than those before raise the band and bring the due time forward,
    never back. Raises TextMissing, LetterOver.
    """
    require(by, Permission.VISIT)
    text = _said(text)
    judged = _judged(text, letter.language)
    with transaction.atomic():
        letter = lock(letter)
        if letter.state in rules.OVER:
            raise LetterOver
        if twice := _already_said(letter, key, text, after):
            return twice
        _reckon(letter, judged, by=by, at=at)
        letter.last_number += 1
        letter.save(
            update_fields=["last_number", "band", "band_rules", "due_at", "claimed_by", "claimed_until"]
        )
        body = sealed.seal(key, table=TABLE, row=row_of(letter, letter.last_number), field="body", text=text)
        part = LetterPart.objects.create(
            letter=letter, number=letter.last_number, from_child=True, body=body, at=at
        )
        audit.record(
            by,
            Trail.LETTER_RECEIVED,
            letter,
            zone=ZONE,
            at=at,
            facts={"language": letter.language, "band": letter.band},
        )
        live.signal(CHANNEL)
        return part


def _already_said(letter: Letter, key: sealed.DataKey, text: str, after: int) -> LetterPart | None:
    """The part that a double click or a repeated post has stored before."""
    part = letter.parts.filter(number=after + 1, from_child=True).first()
    if part is None:
        return None
    row = row_of(letter, part.number)
    stored = sealed.unseal(key, table=TABLE, row=row, field="body", envelope=bytes(part.body))
    return part if stored == text else None


def _reckon(letter: Letter, judged: tuple[str, list[str]], *, by: Actor, at: datetime) -> None:
    """Band, deadline and attempt after a new text. After an answer triage begins anew; before it, it only
    gets more urgent.
    """
    if letter.state in UNANSWERED:
        band = rules.graver(letter.band, judged[0])
        if band != letter.band:
            letter.band, letter.band_rules = band, judged[1]
            letter.due_at = min(letter.due_at, rules.due_at(band, at, terms()))
            letter.attempts.filter(outcome="").update(band=band)
            alert_leads(letter, by=by, at=at)
        return
    move(letter, to=LetterState.REPLIED, by=by, at=at)
    letter.band, letter.band_rules = judged
    letter.due_at = rules.due_at(letter.band, at, terms())
    letter.claimed_by = letter.claimed_until = None
    begin_attempt(letter, at)
    alert_leads(letter, by=by, at=at)


def mark_read(*, by: Actor, letter: Letter, at: datetime) -> Letter:
    """The child has the answer before them. Does nothing twice."""
    require(by, Permission.VISIT)
    with transaction.atomic():
        letter = lock(letter)
        if (
            letter.parts.filter(from_child=False, read_at=None).update(read_at=at)
            and letter.state == LetterState.DELIVERED
        ):
            move(letter, to=LetterState.READ, by=by, at=at)
            live.signal(CHANNEL)
        return letter


# With a record
# ------------------------------------------------------------------------------------------------------------
IN_HAND = {LetterState.CLAIMED, LetterState.DRAFTED, LetterState.RETURNED}
UNREAD = {LetterState.SCREENED, LetterState.REPLIED}


def close_with_record(*, by: PersonActor, contact: Letter, to: str, at: datetime) -> None:
    """Close a locked letter without counselling; one that was answered closes with its thread.

    Raises StillGoingOn.
    """
    if to != LetterState.CLOSED_NONDATA:
        return
    if contact.state in IN_HAND:
        move(contact, to=LetterState.SCREENED, by=by, at=at)
    if contact.state not in UNREAD:
        raise StillGoingOn
    move(contact, to=LetterState.CLOSED_NONDATA, by=by, at=at)
    contact.claimed_by, contact.claimed_until, contact.closed_at = None, None, at
    contact.save(update_fields=["claimed_by", "claimed_until", "closed_at"])
    live.signal("helpline.letters")


def may_rate(letter: Letter) -> bool:
    """Whether an answer has come about which nothing was ticked yet."""
    return _last_answer(letter) > letter.rated


def rate_letter(
    *, by: Actor, letter: Letter, mood: str, answers: Mapping[str, str], at: datetime
) -> Feedback | None:
    """Store feedback on the last answer, once; sent again it is ignored (None). Raises AnswerUnknown."""
    require(by, Permission.VISIT)
    with transaction.atomic():
        letter = lock(letter)
        if not may_rate(letter):
            return None
        letter.rated = _last_answer(letter)
        letter.save(update_fields=["rated"])
        return give_feedback(
            by=by, channel="LETTER", language=letter.language, mood_after=mood, answers=answers, at=at
        )


def _last_answer(letter: Letter) -> int:
    """The number of the last answer that was delivered; 0 when none was."""
    return (
        letter.parts.filter(from_child=False).order_by("-number").values_list("number", flat=True).first()
        or 0
    )
