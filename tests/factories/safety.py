"""Contacts that the safeguarding tests begin with: a conversation of one counsellor, with its keys.

Bare rows.
"""

from datetime import UTC, datetime

from sauga.helpline.chat.models import Conversation
from sauga.helpline.letters.models import Letter
from sauga.kernel import sealed
from sauga.kernel.identity import PersonActor

AT = datetime(2026, 11, 24, 9, 30, tzinfo=UTC)
ZONE = sealed.Zone.HELPLINE


def talking(
    owner: PersonActor, *, receipt: sealed.Receipt | None = None, at: datetime = AT
) -> tuple[Conversation, sealed.ReceiptKeys]:
    """A conversation that `owner` leads, and the keys of the child's receipt."""
    keys = sealed.receipt_keys(receipt or sealed.new_receipt(None, "lt"), ZONE)
    row = Conversation.objects.create(
        receipt=keys.lookup,
        language="lt",
        state="ACTIVE",
        owner_id=owner.person_id,
        started_at=at,
        since=at,
        taken_at=at,
        child_seen_at=at,
    )
    sealed.new_data_key(zone=ZONE, holder=row.holder, recipients=[sealed.Recipient.TEAM], receipt=keys)
    sealed.new_data_key(zone=ZONE, holder=row.desk_holder, recipients=[sealed.Recipient.TEAM])
    return row, keys


def letter(*, at: datetime = AT) -> Letter:
    """A letter with its key."""
    keys = sealed.receipt_keys(sealed.new_receipt(None, "lt"), ZONE)
    row = Letter.objects.create(receipt=keys.lookup, language="lt", received_at=at, due_at=at)
    sealed.new_data_key(zone=ZONE, holder=row.holder, recipients=[sealed.Recipient.TEAM], receipt=keys)
    return row
