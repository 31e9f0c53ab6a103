"""A young person tells the helpline: what they write is sealed for the helpline at once, and no adult of the
panel reads it. What comes back is a code.

Who they are is not told: only the words, the name and the number that they write themselves.
"""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from sauga.kernel import audit, integration, live
from sauga.kernel.identity import require
from sauga.kernel.integration import Kind, Progress, code, text
from sauga.kernel.members import MemberActor
from sauga.kernel.notifications import notify
from sauga.kernel.refusals import ActionRefused
from sauga.kernel.sealed import ZoneMissing
from sauga.kernel.states import Actor, SystemActor, lock
from sauga.panel.members.actions.membership import NotYours
from sauga.panel.members.models import Flag
from sauga.panel.members.rules.ages import age_layer
from sauga.panel.members.rules.helpline import ENDED, LONGEST_NAME, LONGEST_WHEN, LONGEST_WORDS, PHONE, Told
from sauga.panel.members.rules.purposes import PANEL
from sauga.panel.permissions import Permission
from sauga.panel.trail import FLAGS_CHANNEL, ZONE, Trail

CHILD = Kind(
    "panel.child",
    "panel",
    "helpline",
    {
        "age_layer": code(),
        "language": code(),
        "reach": code(),
        "name": text(60),
        "words": text(2000, required=False),
        "phone": text(40, required=False),
        "when": text(200, required=False),
    },
)
"""What the helpline gets: codes, and sealed what the young person wrote for it. The helpline declares the
same."""
WITHDRAWAL = Kind("panel.child_withdrawn", "panel", "helpline", {"of": code()})
FOLLOWER = SystemActor(PANEL)


class PhoneMissing(ActionRefused):
    """A member who wants to be called says where."""

    message = _("Write the number that they can call.")
    field = "phone"


class HelplineNotThere(ActionRefused):
    """This installation cannot reach the helpline."""

    message = _("We cannot tell them from here now. Call 116 111: it is free of charge.")


class ToldAlready(ActionRefused):
    """One message about one thing."""

    message = _("The helpline has it already.")


@dataclass(frozen=True)
class Message:
    """What a young person writes for the helpline. `reach` is SELF (calls or writes by themselves) or PHONE
    (wants to be called)."""

    reach: str
    words: str = ""
    name: str = ""
    phone: str = ""
    when: str = ""


def tell_helpline(*, by: MemberActor, flag: Flag, message: Message, at: datetime) -> Flag:
    """Tell the helpline, with exactly what the young person wrote for it. Raises NotYours, PhoneMissing,
    ToldAlready, HelplineNotThere."""
    phone = message.phone.strip() if message.reach == PHONE else ""
    if message.reach == PHONE and not phone:
        raise PhoneMissing
    with transaction.atomic():
        row = _own(by, flag)
        if row.referral and row.referral_state != Told.WITHDRAWN:
            raise ToldAlready
        payload = {
            "age_layer": age_layer(row.member, at),
            "language": row.member.language,
            "reach": message.reach,
            "name": (message.name.strip() or row.member.pseudonym)[:LONGEST_NAME],
            "words": message.words.strip()[:LONGEST_WORDS],
            "phone": phone,
            "when": message.when.strip()[:LONGEST_WHEN] if phone else "",
        }
        try:
            sent = integration.send(kind=CHILD, payload=payload, by=by, at=at)
        except ZoneMissing:
            raise HelplineNotThere from None
        row.wants_helpline, row.referral = True, sent.ref
        row.referral_state, row.referral_outcome = Told.SENT, ""
        row.save(update_fields=["wants_helpline", "referral", "referral_state", "referral_outcome"])
        audit.record(by, Trail.HELPLINE_TOLD, row, zone=ZONE, at=at, facts={"reach": message.reach})
        if row.taken_by is not None:
            link = f"/desk/panel/flags/{row.ref}/"
            notify(to=row.taken_by, template="panel.helpline_told", link=link, at=at)
        live.signal(FLAGS_CHANNEL)
    return row


def do_not_tell(*, by: MemberActor, flag: Flag, at: datetime) -> Flag:
    """The young person does not want it, or takes it back: what is on its way or was not settled is destroyed
    at the helpline. Once it was settled nothing changes. Raises NotYours."""
    with transaction.atomic():
        row = _own(by, flag)
        if row.referral_state in (Told.SETTLED, Told.DECLINED):
            return row
        row.wants_helpline = False
        if row.referral and row.referral_state != Told.WITHDRAWN:
            integration.send(kind=WITHDRAWAL, payload={"of": row.referral}, by=by, at=at)
            row.referral_state, row.referral_outcome = Told.WITHDRAWN, ""
            audit.record(by, Trail.HELPLINE_MOVED, row, zone=ZONE, at=at, facts={"to": str(Told.WITHDRAWN)})
        row.save(update_fields=["wants_helpline", "referral_state", "referral_outcome"])
        live.signal(FLAGS_CHANNEL)
    return row


def follow(*, by: Actor = FOLLOWER, progress: Progress, at: datetime) -> Flag | None:
    """The helpline has moved on; called by `kernel.integration`, perhaps twice, perhaps late. None where the
    flag is gone, or the young person has taken it back."""
    require(by, Permission.FOLLOW_REFERRAL)
    with transaction.atomic():
        row = Flag.objects.select_for_update(of=("self",)).filter(referral=progress.ref).first()
        if row is None or row.referral_state in ENDED or progress.state not in set(Told):
            return None
        to = Told(progress.state)
        if list(Told).index(to) <= list(Told).index(Told(row.referral_state)):
            return row
        row.referral_state, row.referral_outcome = to, progress.outcome[:24]
        row.save(update_fields=["referral_state", "referral_outcome"])
        facts = {"to": str(to), **({"outcome": row.referral_outcome} if row.referral_outcome else {})}
        audit.record(by, Trail.HELPLINE_MOVED, row, zone=ZONE, at=at, facts=facts)
        live.signal(FLAGS_CHANNEL)
    return row


def _own(by: MemberActor, flag: Flag) -> Flag:
    row = lock(flag)
    if row.member.account_id is None or row.member.account_id != by.member_id:
        raise NotYours
    return row
