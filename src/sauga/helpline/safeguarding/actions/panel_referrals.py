"""Young people of the youth panel who asked that the helpline is told about them: received, taken by a
counsellor, read, settled; the state goes back to the panel as a code.

Only what the young person wrote for us comes here. Who they are the panel does not tell.
"""

from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from sauga.helpline.permissions import Permission, sees_all
from sauga.helpline.safeguarding.models import IncomingReferral
from sauga.helpline.states import IncomingState
from sauga.helpline.trail import Trail
from sauga.kernel import audit, integration, live, notifications, sealed, vocab
from sauga.kernel.identity import PersonActor, require
from sauga.kernel.integration import Kind, Received, ReferralState, code, text
from sauga.kernel.refusals import ActionRefused, ReasonMissing
from sauga.kernel.sealed import VaultLocked
from sauga.kernel.states import Actor, SystemActor, lock, move

ZONE = sealed.Zone.HELPLINE
HELPLINE, CHANNEL = "helpline", "helpline.safety"
RECEIVER = SystemActor("referrer")
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
"""What the youth panel tells us: codes, and sealed what the young person wrote for us. The panel declares the
same."""
WITHDRAWAL = Kind("panel.child_withdrawn", "panel", "helpline", {"of": code()})
INCOMING_MINUTES = 60
"""How soon somebody takes a young person, where the centre's own version of the policy is older than the key
`incoming_minutes`: what a child sent must arrive."""
OUTCOMES = ("TALKED", "CAME_SELF", "NOT_REACHED", "NOT_NEEDED")


class NotYours(ActionRefused):
    """The person who took a young person settles it, or gives it back."""

    message = _("Somebody else has taken this. They settle it, or give it back.")


class TakeFirst(ActionRefused):
    """What a young person wrote is read by the counsellor who helps."""

    message = _("Take it first. Only the person who helps reads it, and the shift lead.")


def receive(*, received: Received, at: datetime) -> IncomingReferral:
    """A young person wants us to know: calls the shift leads. Runs in the delivery's transaction."""
    require(RECEIVER, Permission.RECEIVE_INCOMING)
    policy = vocab.policy("policy.referral", at=at)
    limit = timedelta(minutes=policy.get("incoming_minutes", INCOMING_MINUTES))
    row = IncomingReferral.objects.create(
        sent=received.ref,
        age_layer=received.plain["age_layer"][:8],
        language=received.plain["language"][:5],
        reach=received.plain["reach"][:12],
        received_at=at,
        due_at=at + limit,
    )
    row.steps.create(track="state", before="", after=str(row.state), at=at, by=RECEIVER.pseudonym)
    audit.record(RECEIVER, Trail.INCOMING_MOVED, row, zone=ZONE, at=at, facts={"to": str(row.state)})
    _call(RECEIVER, row, at)
    live.signal(CHANNEL)
    return row


def receive_withdrawal(*, received: Received, at: datetime) -> IncomingReferral | None:
    """The young person took it back: it can no longer be read, and the person who took it is notified. None
    when it was settled or is gone. Runs in the delivery's transaction."""
    require(RECEIVER, Permission.RECEIVE_INCOMING)
    rows = IncomingReferral.objects.select_for_update(of=("self",)).filter(sent=received.plain["of"])
    row = (
        rows.filter(state__in=(IncomingState.RECEIVED, IncomingState.TAKEN))
        .select_related("taken_by")
        .first()
    )
    if row is None:
        return None
    move(row, to=IncomingState.WITHDRAWN, by=RECEIVER, at=at)
    row.closed_at = at
    row.save(update_fields=["closed_at"])
    sealed.destroy_keys([row.holder])
    notifications.end_alerts(by=RECEIVER, about=row.about, at=at)
    if row.taken_by is not None:
        notifications.notify(
            to=row.taken_by,
            template="helpline.incoming_withdrawn",
            context={"ref": row.ref},
            link=_link(row),
            at=at,
        )
    _moved(RECEIVER, row, at)
    integration.report_back(
        ref=row.sent, receiver=HELPLINE, to=ReferralState.DECLINED, outcome="WITHDRAWN", by=RECEIVER, at=at
    )
    return row


def take(*, by: PersonActor, row: IncomingReferral, at: datetime) -> IncomingReferral:
    """A counsellor helps: no other person is called, and the young person sees that help is coming. Raises
    MoveNotAllowed."""
    with transaction.atomic():
        row = lock(row)
        require(by, Permission.TAKE_INCOMING, row)
        move(row, to=IncomingState.TAKEN, by=by, at=at)
        row.taken_by_id, row.taken_at = by.person_id, at
        row.save(update_fields=["taken_by", "taken_at"])
        notifications.acknowledge_about(by=by, about=row.about, at=at)
        _moved(by, row, at)
        if integration.state_of(row.sent, sender=CHILD.sender).state == ReferralState.RECEIVED:
            integration.report_back(
                ref=row.sent, receiver=HELPLINE, to=ReferralState.IN_WORK, by=by, at=at, outcome="TAKEN"
            )
        return row


def give_back(*, by: PersonActor, row: IncomingReferral, at: datetime) -> IncomingReferral:
    """A colleague is to help; the shift leads are called again. Raises NotYours, MoveNotAllowed."""
    with transaction.atomic():
        row = _own(by, row)
        move(row, to=IncomingState.RECEIVED, by=by, at=at)
        row.taken_by, row.taken_at = None, None
        row.save(update_fields=["taken_by", "taken_at"])
        notifications.end_alerts(by=by, about=row.about, at=at)
        _call(by, row, at)
        _moved(by, row, at)
        return row


def open_words(*, by: PersonActor, row: IncomingReferral, at: datetime) -> dict[str, str]:
    """What the young person wrote for us; recorded. For the person who took it, and for leads. Raises
    TakeFirst, VaultLocked, KeyNotAvailable."""
    require(by, Permission.TAKE_INCOMING, row)
    if row.taken_by_id != by.person_id and not sees_all(by):
        raise TakeFirst
    if by.vault is None:
        raise VaultLocked
    return integration.open_payload(ref=row.sent, receiver=HELPLINE, opener=by.vault, by=by, at=at)


def settle(*, by: PersonActor, row: IncomingReferral, outcome: str, at: datetime) -> IncomingReferral:
    """Say what came of it; the young person reads it in the panel's space, in words for their age. Raises
    NotYours, ReasonMissing, MoveNotAllowed."""
    if outcome not in OUTCOMES:
        raise ReasonMissing
    with transaction.atomic():
        row = _own(by, row)
        move(row, to=IncomingState.SETTLED, by=by, at=at, why=outcome)
        row.outcome, row.closed_at = outcome, at
        row.save(update_fields=["outcome", "closed_at"])
        notifications.end_alerts(by=by, about=row.about, at=at)
        _moved(by, row, at, outcome)
        integration.report_back(
            ref=row.sent, receiver=HELPLINE, to=ReferralState.SETTLED, outcome=outcome, by=by, at=at
        )
        return row


def _own(by: PersonActor, row: IncomingReferral) -> IncomingReferral:
    row = lock(row)
    require(by, Permission.TAKE_INCOMING, row)
    if row.state == IncomingState.TAKEN and row.taken_by_id != by.person_id:
        raise NotYours
    return row


def _call(by: Actor, row: IncomingReferral, at: datetime) -> None:
    notifications.raise_alert(
        by=by, kind="helpline.incoming", about=row.about, context={"ref": row.ref}, link=_link(row), at=at
    )


def _link(row: IncomingReferral) -> str:
    return f"/desk/helpline/incoming/{row.ref}/"


def _moved(by: Actor, row: IncomingReferral, at: datetime, outcome: str = "") -> None:
    facts = {"to": str(row.state), **({"outcome": outcome} if outcome else {})}
    audit.record(by, Trail.INCOMING_MOVED, row, zone=ZONE, at=at, facts=facts)
    live.signal(CHANNEL)
