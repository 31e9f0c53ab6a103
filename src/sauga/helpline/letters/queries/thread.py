"""What the holder of a letter's receipt may see: its stage, the thread, when an answer is due.

No names.
"""

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from sauga.helpline.letters import rules
from sauga.helpline.letters.models import Letter
from sauga.helpline.states import LetterState
from sauga.kernel import sealed

ZONE = sealed.Zone.HELPLINE
TABLE = "helpline.letterpart"


class Stage(StrEnum):
    """Where a letter stands, as far as its writer needs to know. The page words each."""

    WAITING = "waiting"
    LATE = "late"
    ANSWERED = "answered"
    OVER = "over"


@dataclass(frozen=True)
class Part:
    """One text of the thread. `is_new`: an answer that is shown for the first time."""

    number: int
    text: str
    from_child: bool
    at: datetime
    is_new: bool


@dataclass(frozen=True)
class Thread:
    """Everything the page shows."""

    letter: Letter
    key: sealed.DataKey = field(repr=False)
    stage: Stage
    parts: list[Part] = field(repr=False)

    @property
    def has_new(self) -> bool:
        """An answer is shown for the first time."""
        return any(part.is_new for part in self.parts)

    @property
    def is_open(self) -> bool:
        """Whether more can be written."""
        return self.stage is not Stage.OVER


def letter_behind(receipt: sealed.ReceiptKeys) -> Letter | None:
    """The letter a receipt belongs to; None when there is none, without saying why."""
    return Letter.objects.filter(receipt=receipt.lookup).first()


def thread_behind(receipt: sealed.ReceiptKeys, at: datetime) -> Thread | None:
    """Open a letter with its receipt; None when nothing is there or its key has been destroyed.

    Both cost the same work.
    """
    letter = letter_behind(receipt)
    try:
        key = sealed.open_data_key(
            zone=ZONE, holder=letter.holder if letter else "none", opener=sealed.ReceiptOpener(receipt)
        )
    except sealed.KeyNotAvailable:
        return None
    if letter is None:
        return None
    return Thread(letter=letter, key=key, stage=stage_of(letter, at), parts=read_parts(letter, key))


def stage_of(letter: Letter, at: datetime) -> Stage:
    """The stage in plain words."""
    if letter.state in rules.OVER:
        return Stage.OVER
    if LetterState(letter.state) in rules.ANSWERED:
        return Stage.ANSWERED
    return Stage.LATE if letter.due_at < at else Stage.WAITING


def read_parts(letter: Letter, key: sealed.DataKey) -> list[Part]:
    """The thread in its order, opened."""
    return [
        Part(
            number=part.number,
            text=sealed.unseal(
                key, table=TABLE, row=f"{letter.ref}-{part.number}", field="body", envelope=bytes(part.body)
            ),
            from_child=part.from_child,
            at=part.at,
            is_new=not part.from_child and part.read_at is None,
        )
        for part in letter.parts.order_by("number")
    ]


def asked_at(letter: Letter) -> datetime:
    """When the words came in that wait for an answer: the first of the child's after the last answer."""
    answered = (
        letter.parts.filter(from_child=False).order_by("-number").values_list("number", flat=True).first()
        or 0
    )
    return (
        letter.parts.filter(number__gt=answered).order_by("number").values_list("at", flat=True).first()
        or letter.received_at
    )
