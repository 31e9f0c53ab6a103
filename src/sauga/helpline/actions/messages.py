"""Adding one message to a conversation: numbered under the row's lock, sealed, told to both sides at commit."""

import re
import unicodedata
from datetime import datetime

from django.db import connection
from django.utils.translation import gettext_lazy as _

from sauga.helpline.actions.storing import STORE, Count, Line, stored
from sauga.helpline.models import Conversation, Message
from sauga.helpline.queries.conversation import MESSAGE
from sauga.helpline.rules.events import Author, Event
from sauga.helpline.states import TALKING, WAITING
from sauga.kernel import live, sealed
from sauga.kernel.i18n import normalised
from sauga.kernel.identity import PersonActor
from sauga.kernel.refusals import ActionRefused, TextMissing
from sauga.kernel.states import Actor

LONGEST = 4000
KEPT = {"\n", "\t", "\u200d", "\ufe0f"}  # the last two hold composed pictures together


class NothingToSay(TextMissing):
    """The message is empty."""


class TooLong(ActionRefused):
    """The message is longer than 4,000 characters; it is not cut, because no word may be lost."""

    message = _("At most 4,000 characters. Send it in two parts.")


class ConversationOver(ActionRefused):
    """The conversation has ended: nothing can be said or done in it any more."""

    message = _("The conversation has ended.")


class ConversationMovedOn(ConversationOver):
    """The conversation is not where the lead's page showed it: taken, handed over or ended."""

    message = _("The conversation has moved on; look at it again.")


class NotYours(ActionRefused):
    """Somebody else has this conversation."""

    message = _("A colleague has this conversation now.")


def clean(text: str) -> str:
    """The text without what nobody sees (controls, direction marks, half characters). Raises NothingToSay, TooLong."""
    text = normalised(text.encode("utf-8", "replace").decode())
    text = re.sub(r"\r\n?", "\n", text)
    text = "".join(sign for sign in text if sign in KEPT or unicodedata.category(sign) not in {"Cc", "Cf", "Cs"}).strip()
    if not text:
        raise NothingToSay
    if len(text) > LONGEST:
        raise TooLong
    return text


def said_before(conversation: Conversation, nonce: bytes) -> Message | None:
    """The message that this nonce stored already."""
    return Message.objects.filter(conversation=conversation, nonce=nonce).first()


def add(
    conversation: Conversation,
    *,
    author: Author,
    at: datetime,
    key: sealed.DataKey,
    text: str,
    nonce: bytes,
) -> Message:
    """Add a person's words to a locked conversation, and count them."""
    number = conversation.last_number + 1
    body = seal_words(conversation.ref, number, key, text)
    return _store(conversation, Message(number=number, author=author, body=body, nonce=nonce, at=at))


def seal_words(ref: str, number: int, key: sealed.DataKey, text: str) -> bytes:
    """What is stored of the words of a message, bound to its place."""
    return sealed.seal(key, table=MESSAGE, row=f"{ref}-{number}", field="body", text=text)


def tell(conversation: Conversation, event: Event, at: datetime) -> Message:
    """Let the line itself say something in a locked conversation: a code, no text."""
    return _store(conversation, Message(number=conversation.last_number + 1, author=Author.LINE, event=event, at=at))


def may_say(by: Actor, state: str, owner_id: int | None) -> None:
    """Pass in silence where `by` may say something: the owner while talking, the child while waiting too.

    Raises NotYours, ConversationOver.
    """
    if isinstance(by, PersonActor):
        if owner_id != by.person_id:
            raise NotYours
        if state not in TALKING:
            raise ConversationOver
    elif state not in (*TALKING, *WAITING):
        raise ConversationOver


def _store(conversation: Conversation, message: Message) -> Message:
    """Insert the message and count it on its conversation with one statement, since this is done more often than anything else."""
    message.conversation = conversation
    count = Count(conversation.pk, message.number)
    count.heard(str(message.author), message.at)
    nonce = bytes(message.nonce) if message.nonce else None
    line = Line(conversation.pk, message.number, str(message.author), str(message.event), bytes(message.body), nonce, message.at)
    with connection.cursor() as cursor:
        cursor.execute(STORE, stored([line], [count]))
        message.pk = cursor.fetchone()[0]
    conversation.last_number = message.number
    if count.word_at is not None:
        conversation.last_word_at, conversation.prompts = count.word_at, 0
    conversation.child_seen_at = count.child_at or conversation.child_seen_at
    conversation.staff_seen_at = count.staff_at or conversation.staff_seen_at
    live.signal(conversation.channel, message.number - 1)
    return message


def changed(conversation: Conversation) -> None:
    """Tell both sides, and the queue, that the conversation's state is another one."""
    live.signal(conversation.channel, conversation.last_number)
    live.signal("helpline.queue")
