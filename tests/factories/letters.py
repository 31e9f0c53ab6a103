"""Letters that the helpline's tests begin with, made by real actions."""

from datetime import UTC, datetime, timedelta

from sauga.helpline.letters.actions import letter_replies, letters
from sauga.helpline.letters.models import Letter
from sauga.kernel import sealed
from sauga.kernel.states import SystemActor
from tests.centre import Centre

AT = datetime(2026, 11, 24, 9, 30, tzinfo=UTC)
HOUR = timedelta(hours=1)
CHILD, QUEUE = SystemActor("child"), SystemActor("queue")
ZONE = sealed.Zone.HELPLINE
TEXT = "Labas. Noriu paklausti, kaip susirasti draugų naujoje mokykloje."
DANGER = "Jis dabar stovi už durų ir daužosi, labai bijau"
ANSWER = "Labas. Gerai, kad parašei. Tai ne tavo kaltė."


def new_keys(language: str = "lt") -> sealed.ReceiptKeys:
    """Keys of a fresh receipt."""
    return sealed.receipt_keys(sealed.new_receipt(None, language), ZONE)


def written(
    text: str = TEXT, *, audience: str = "CHILD", at: datetime = AT, language: str = "lt"
) -> tuple[Letter, sealed.ReceiptKeys]:
    """A letter that has just come, and the keys of its receipt."""
    keys = new_keys(language)
    return letters.receive_letter(
        by=CHILD, receipt=keys, language=language, audience=audience, text=text, at=at
    ), keys


def key_of(letter: Letter, centre: Centre, role: str = "COUNSELLOR", *, desk: bool = False) -> sealed.DataKey:
    """A data key of the letter as somebody of the team opens it."""
    vault = centre.actor(role).vault
    assert vault is not None
    return sealed.open_data_key(zone=ZONE, holder=letter.desk_holder if desk else letter.holder, opener=vault)


def in_hand(centre: Centre, letter: Letter, role: str = "COUNSELLOR", at: datetime = AT) -> Letter:
    """Read for risk and taken in hand."""
    by = centre.actor(role)
    letter = letter_replies.screen_letter(by=by, letter=letter, band=letter.band, at=at)
    return letter_replies.claim_letter(by=by, letter=letter, at=at)


def in_review(
    centre: Centre, letter: Letter, role: str = "COUNSELLOR", text: str = ANSWER, at: datetime = AT
) -> Letter:
    """Drafted and handed to other eyes."""
    by = centre.actor(role)
    letter = in_hand(centre, letter, role, at)
    letter_replies.save_draft(
        by=by, letter=letter, desk_key=key_of(letter, centre, role, desk=True), text=text, at=at
    )
    return letter_replies.send_for_review(by=by, letter=letter, at=at)


def approve(centre: Centre, letter: Letter, role: str = "LETTER_REVIEWER", at: datetime = AT) -> Letter:
    """Approved by somebody else, which delivers it."""
    keys = {"key": key_of(letter, centre, role), "desk_key": key_of(letter, centre, role, desk=True)}
    letter_replies.approve_answer(
        by=centre.actor(role), letter=letter, **keys, seen=letter.last_number, at=at
    )
    letter.refresh_from_db()
    return letter


def answered(centre: Centre, at: datetime = AT, text: str = TEXT) -> tuple[Letter, sealed.ReceiptKeys]:
    """A letter all the way to its delivered answer, an hour after it came."""
    letter, keys = written(text, at=at)
    return approve(centre, in_review(centre, letter, at=at), at=at + HOUR), keys
