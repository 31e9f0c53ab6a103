"""Adding one message to a conversation: numbered under the row's lock, encrypted, signalled to both sides at
commit.
"""

from datetime import datetime
from typing import Any

from django.db import connection
from django.utils.translation import gettext_lazy as _

from sauga.helpline.chat.models import Conversation, Message
from sauga.helpline.chat.queries.conversations import MESSAGE
from sauga.helpline.chat.rules import time_limits
from sauga.helpline.chat.rules.events import Author, Event
from sauga.helpline.chat.rules.messages import Snapshot
from sauga.kernel import live, sealed
from sauga.kernel.i18n import typed_text
from sauga.kernel.refusals import ActionRefused, TextMissing

LONGEST = 4000

# A message from a person is a sign of life of its side, one from the line is not. A recent sign of
# life is left alone: the row then keeps its place in every index, and the message costs the database
# a good deal less.
STORE = """
    WITH stored AS (
        INSERT INTO helpline_message (conversation_id, number, author, event, body, nonce, at)
        VALUES (%(talk)s, %(number)s, %(author)s::text, %(event)s, %(body)s, %(nonce)s,
          %(at)s::timestamptz) RETURNING id
    ), counted AS (
        UPDATE helpline_conversation SET
            last_number = %(number)s,
            last_word_at = CASE WHEN %(author)s::text = 'LINE' THEN last_word_at ELSE %(at)s::timestamptz END,
            prompts = CASE WHEN %(author)s::text = 'LINE' THEN prompts ELSE 0 END,
            child_seen_at = CASE WHEN %(author)s::text <> 'CHILD'
              OR %(at)s::timestamptz < child_seen_at + %(soon)s::interval
                THEN child_seen_at ELSE %(at)s::timestamptz END,
            staff_seen_at = CASE WHEN %(author)s::text <> 'COUNSELLOR'
              OR %(at)s::timestamptz < staff_seen_at + %(soon)s::interval
                THEN staff_seen_at ELSE %(at)s::timestamptz END
        WHERE id = %(talk)s
    )
    SELECT id FROM stored
"""


class NothingToSay(TextMissing):
    """The message is empty."""


class TooLong(ActionRefused):
    """The message is longer than 4,000 characters; it is not cut, because no word may be lost."""

    message = _("At most 4,000 characters. Send it in two parts.")


def clean(text: str) -> str:
    """The text as it is sent (`i18n.typed_text`). Raises NothingToSay, TooLong."""
    text = typed_text(text)
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
    """Add a person's message to a locked conversation and count it."""
    number = conversation.last_number + 1
    body = sealed.seal(key, table=MESSAGE, row=f"{conversation.ref}-{number}", field="body", text=text)
    return _store(conversation, Message(number=number, author=author, body=body, nonce=nonce, at=at))


def tell(conversation: Conversation, event: Event, at: datetime) -> Message:
    """Add a message of the line itself to a locked conversation: a code without text."""
    return _store(
        conversation, Message(number=conversation.last_number + 1, author=Author.LINE, event=event, at=at)
    )


def snapshot(conversation: Conversation) -> Snapshot:
    """What `rules/messages.decide` is asked with."""
    row = conversation
    return Snapshot(str(row.state), row.owner_id, row.last_number, row.child_read, row.staff_read)


def _store(conversation: Conversation, message: Message) -> Message:
    """Insert the message and count it on its conversation with one statement, since this is done more often
    than anything else.
    """
    author, at = str(message.author), message.at
    values: dict[str, Any] = {
        "talk": conversation.pk,
        "number": message.number,
        "author": author,
        "event": str(message.event),
        "body": bytes(message.body),
        "nonce": bytes(message.nonce) if message.nonce else None,
        "at": at,
        "soon": time_limits.SEEN_EVERY / 2,
    }
    with connection.cursor() as cursor:
        cursor.execute(STORE, values)
        (message.pk,) = cursor.fetchone()
    message.conversation, conversation.last_number = conversation, message.number
    if author != Author.LINE:
        conversation.last_word_at, conversation.prompts = at, 0
    if author == Author.CHILD:
        conversation.child_seen_at = at
    elif author == Author.COUNSELLOR:
        conversation.staff_seen_at = at
    live.signal(conversation.channel, message.number - 1)
    return message


def changed(conversation: Conversation) -> None:
    """Signal to both sides and to the queue that the conversation's state has changed."""
    live.signal(conversation.channel, conversation.last_number)
    live.signal("helpline.queue")
