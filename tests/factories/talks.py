"""Conversations for tests, brought to a state by real actions on an open line."""

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from sauga.helpline.chat.actions import conversations as talk
from sauga.helpline.chat.actions import queue
from sauga.helpline.chat.models import Conversation
from sauga.helpline.chat.queries.conversations import ZONE, key_for_receipt, keys_at_desk
from sauga.kernel import sealed
from sauga.kernel.identity import PersonActor
from sauga.kernel.states import SystemActor
from tests.centre import Centre
from tests.factories.line import open_line

AT = datetime.fromisoformat("2026-11-24T16:00:00+02:00")
CHILD, QUEUE = SystemActor("child"), SystemActor("queue")
SECOND, MINUTE = timedelta(seconds=1), timedelta(minutes=1)


@dataclass
class Talk:
    """A conversation with what its child holds."""

    conversation: Conversation
    receipt: sealed.ReceiptKeys

    @property
    def key(self) -> sealed.DataKey:
        """The key of the words, opened by the receipt."""
        return key_for_receipt(self.conversation, self.receipt)

    def fresh(self) -> Conversation:
        """The row as it is stored now."""
        self.conversation = Conversation.objects.get(pk=self.conversation.pk)
        return self.conversation

    @property
    def state(self) -> str:
        """The stored state."""
        return self.fresh().state

    def desk_key(self, by: PersonActor) -> sealed.DataKey:
        """The key of what only counsellors read."""
        assert by.vault is not None
        return keys_at_desk(self.conversation, by.vault)[1]


def fake_receipt() -> sealed.ReceiptKeys:
    """Keys as a receipt would give them, without the slow derivation."""
    return sealed.ReceiptKeys(ZONE, lookup=secrets.token_bytes(32), key=secrets.token_bytes(32))


def nonce() -> bytes:
    """What a page sends along with each message."""
    return secrets.token_bytes(16)


def begun(
    centre: Centre,
    at: datetime = AT,
    *,
    language: str = "lt",
    audience: str = "CHILD",
    open_first: bool = True,
) -> Talk:
    """PRECHAT, on a line that is open."""
    if open_first:
        open_line(centre, at)
    receipt = fake_receipt()
    made = talk.start_conversation(by=CHILD, receipt=receipt, language=language, audience=audience, at=at)
    return Talk(made, receipt)


def queued(
    centre: Centre,
    at: datetime = AT,
    *,
    text: str = "Labas, ar galiu paklausti?",
    band: str = "",
    **more: object,
) -> Talk:
    """QUEUED, with a first message; `band` as a person would have set it."""
    made = begun(centre, at, **more)  # type: ignore[arg-type]  # passed through
    made.conversation = talk.enqueue(
        by=CHILD, conversation=made.conversation, key=made.key, text=text, nonce=nonce(), at=at
    )
    if band:
        Conversation.objects.filter(pk=made.conversation.pk).update(band=band)
        made.fresh()
    return made


def active(centre: Centre, at: datetime = AT, by: PersonActor | None = None, **more: object) -> Talk:
    """ACTIVE with the COUNSELLOR, ten seconds after the first message."""
    made = queued(centre, at, **more)  # type: ignore[arg-type]  # passed through
    by = by or centre.actor("COUNSELLOR", at)
    offer = queue.next_contact(by=by, at=at + 5 * SECOND)
    assert offer is not None and offer.conversation_id == made.conversation.pk
    made.conversation = queue.accept_offer(by=by, offer=offer, at=at + 10 * SECOND)
    return made
