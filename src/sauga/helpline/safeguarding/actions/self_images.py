"""A single-use pass with which a child takes own pictures to the hotline directly. The pass itself is not
stored here.

The words of the pass are made in memory and shown once; the hotline gets only the value it recognises them
by, and lets it in until its day. So neither service can say which child used which pass.
"""

from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.db import transaction

from sauga.helpline.chat.models import Conversation
from sauga.helpline.permissions import Permission
from sauga.helpline.safeguarding.models import SelfImage
from sauga.helpline.states import SelfImageState
from sauga.helpline.trail import Trail
from sauga.kernel import audit, integration, live, sealed, vocab
from sauga.kernel.clock import VILNIUS
from sauga.kernel.identity import PersonActor, require
from sauga.kernel.integration import Kind, Progress, code
from sauga.kernel.states import Actor, SystemActor, move

ZONE = sealed.Zone.HELPLINE
OWN_PICTURE = Kind("helpline.own_picture", "helpline", "hotline", {"pass": code(), "until": code()})
FOLLOWER = SystemActor("referrer")
AT_END = {"USED": SelfImageState.USED, "EXPIRED": SelfImageState.EXPIRED}


@dataclass(frozen=True)
class Issued:
    """A pass in the one moment when it can be read."""

    row: SelfImage
    code: str = field(repr=False)


def issue_pass(
    *, by: PersonActor, conversation: Conversation | None = None, language: str = "lt", at: datetime
) -> Issued:
    """Make a pass, let the hotline know what to recognise it by, and return it to be shown once."""
    require(by, Permission.REFER)
    receipt = sealed.new_receipt(None, language)
    known_by = sealed.receipt_keys(receipt, sealed.Zone.HOTLINE).lookup.hex()
    until = at + timedelta(days=vocab.policy("policy.own_pictures", at=at)["pass_days"])
    day = until.astimezone(VILNIUS).date().isoformat()
    with transaction.atomic():
        sent = integration.send(kind=OWN_PICTURE, payload={"pass": known_by, "until": day}, by=by, at=at)
        row = SelfImage(conversation=conversation, sent=sent.ref, issued_at=at, expires_at=until)
        row.save(force_insert=True)
        row.steps.create(track="state", before="", after=str(row.state), at=at, by=by.pseudonym)
        audit.record(by, Trail.SELF_IMAGE_ISSUED, row, zone=ZONE, at=at)
        live.signal("helpline.safety")
    return Issued(row, receipt.code)


def follow_pass(*, by: Actor = FOLLOWER, progress: Progress, at: datetime) -> SelfImage | None:
    """The hotline says that a pass was used, or that its day is over. None when the row is gone meanwhile."""
    require(by, Permission.FOLLOW_REFERRAL)
    with transaction.atomic():
        row = SelfImage.objects.select_for_update().filter(sent=progress.ref).first()
        to = AT_END.get(progress.outcome)
        if row is not None and to is not None and row.state == SelfImageState.TOKEN_ISSUED:
            move(row, to=to, by=by, at=at)
            live.signal("helpline.safety")
        return row
