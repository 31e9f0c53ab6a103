"""Support and amendments. An amendment is read first; then all authors must accept it, which makes a new
version, and those who supported the old one are asked again."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from sauga.kernel import audit, live
from sauga.kernel.identity import PermissionRefused
from sauga.kernel.refusals import ActionRefused, NothingChanged, ReasonMissing
from sauga.kernel.states import Actor, MoveNotAllowed, lock, move
from sauga.panel.members.models import Member
from sauga.panel.trail import VOICE_CHANNEL, ZONE, Trail
from sauga.panel.voice.actions import risk_checks
from sauga.panel.voice.actions.drafts import PARTS, require_author
from sauga.panel.voice.actions.moves import authors_of, lapse, refuse_if, require_state
from sauga.panel.voice.actions.people import acting, checked, require_awake
from sauga.panel.voice.models import Amendment, AmendmentAccept, Proposal, ProposalVersion, Support
from sauga.panel.voice.rules import decisions
from sauga.panel.voice.rules.hours import read_by
from sauga.panel.voice.rules.moderation import DeclineReason
from sauga.panel.voice.rules.states import DISCUSSED, AmendmentState
from sauga.panel.voice.rules.words import LONGEST_NOTE, LONGEST_PART

MOST_OPEN = 5


class AmendmentRefused(ActionRefused):
    """An amendment that cannot be so."""

    messages = {
        "part": _("Choose which part you would change."),
        "many": _("You have five open amendments to this proposal. Wait until they are decided."),
    }
    fields = {"part": "part"}


class SupportRefused(ActionRefused):
    """Support for a text that is not the present one."""

    message = _("The text has changed meanwhile. Read it again, then say whether you support it.")


def support(*, by: Actor, proposal: Proposal, version: int, supports: bool, at: datetime) -> None:
    """Support the version that was read, or no longer. Raises PermissionRefused, SupportRefused,
    MoveNotAllowed."""
    member = acting(by, at)
    with transaction.atomic():
        row = lock(proposal)
        why = decisions.why_not_supported(row.state, version, row.version, supports=supports)
        refuse_if(why, row, SupportRefused)
        if not supports:
            Support.objects.filter(proposal=row, member=member).delete()
            return
        Support.objects.update_or_create(proposal=row, member=member, defaults={"version": version})


def suggest_amendment(
    *, by: Actor, proposal: Proposal, part: str, text: str, why: str, at: datetime
) -> Amendment:
    """Suggest another text for one part. Raises PermissionRefused, Resting, TextRefused, AmendmentRefused,
    NothingChanged, MoveNotAllowed."""
    member = acting(by, at)
    require_awake(member, at)
    fit, reason = _fit(part, text, why)
    with transaction.atomic():
        row = lock(proposal)
        require_state(row, *DISCUSSED)
        if getattr(row.versions.get(number=row.version), part) == fit:
            raise NothingChanged
        if row.amendments.filter(member=member).exclude(state__in=_ends()).count() >= MOST_OPEN:
            raise AmendmentRefused("many")
        made = Amendment.objects.create(
            proposal=row,
            member=member,
            base=row.version,
            part=part,
            text=fit,
            why=reason,
            submitted_at=at,
            read_by=read_by(at),
        )
        made.flag = risk_checks.looked_after(member, f"{fit}\n{reason}", f"amendment:{made.ref}", at)
        made.save(update_fields=["flag"])
        _note(by, made, at)
        return made


def change_amendment(*, by: Actor, amendment: Amendment, text: str, why: str, at: datetime) -> Amendment:
    """Change one that came back, and send it again. Raises PermissionRefused, Resting, TextRefused,
    NothingChanged, MoveNotAllowed."""
    member = acting(by, at)
    if amendment.member_id != member.pk:
        raise PermissionRefused("panel.amendment")
    require_awake(member, at)
    fit, reason = _fit(amendment.part, text, why)
    with transaction.atomic():
        row = lock(amendment)
        if (row.text, row.why) == (fit, reason):
            raise NothingChanged
        move(row, to=AmendmentState.WAITING, by=by, at=at)
        row.text, row.why, row.submitted_at, row.read_by = fit, reason, at, read_by(at)
        row.flag = (
            risk_checks.looked_after(member, f"{fit}\n{reason}", f"amendment:{row.ref}", at) or row.flag
        )
        row.save(update_fields=["text", "why", "submitted_at", "read_by", "flag"])
        _note(by, row, at)
        return row


def accept_amendment(*, by: Actor, amendment: Amendment, at: datetime) -> Amendment:
    """One author accepts. With the last of them the proposal has a new version. Raises PermissionRefused,
    MoveNotAllowed."""
    member = require_author(by, amendment.proposal, at)
    with transaction.atomic():
        proposal = lock(amendment.proposal)
        row = lock(amendment)
        require_state(proposal, *DISCUSSED)
        if row.state != AmendmentState.OFFERED:
            raise MoveNotAllowed(str(row.state), str(AmendmentState.ACCEPTED))
        AmendmentAccept.objects.get_or_create(amendment=row, member=member)
        agreed = set(row.accepts.values_list("member", flat=True))
        if decisions.is_agreed([one.pk for one in authors_of(proposal)], agreed, row.member_id):
            move(row, to=AmendmentState.ACCEPTED, by=by, at=at)
            _renew(by, proposal, row, at)
        _note(by, row, at)
        return row


def decline_amendment(*, by: Actor, amendment: Amendment, reason: str, at: datetime) -> Amendment:
    """One author declines, which decides it; the reason is one of the list. Raises PermissionRefused,
    ReasonMissing, MoveNotAllowed."""
    require_author(by, amendment.proposal, at)
    if reason not in DeclineReason.values:
        raise ReasonMissing
    with transaction.atomic():
        row = lock(amendment)
        move(row, to=AmendmentState.DECLINED, by=by, at=at, why=reason)
        row.declined = reason
        row.save(update_fields=["declined"])
        if row.member is not None:
            risk_checks.tell([row.member], "AMENDMENT_DECLINED", at, row.proposal)
        _note(by, row, at)
        return row


def _renew(by: Actor, proposal: Proposal, row: Amendment, at: datetime) -> None:
    held = proposal.versions.get(number=proposal.version)
    parts = {name: getattr(held, name) for name in ("title", *PARTS)} | {row.part: row.text}
    proposal.version += 1
    proposal.save(update_fields=["version"])
    ProposalVersion.objects.create(proposal=proposal, number=proposal.version, made_at=at, **parts)
    lapse(by, proposal, at, part=row.part)
    asked = Member.objects.filter(pk__in=proposal.supports.values("member"))
    risk_checks.tell(asked, "SUPPORT_AGAIN", at, proposal)
    if row.member is not None:
        risk_checks.tell([row.member], "AMENDMENT_ACCEPTED", at, proposal)


def _fit(part: str, text: str, why: str) -> tuple[str, str]:
    if part not in PARTS:
        raise AmendmentRefused("part")
    return checked(text, most=LONGEST_PART, field="text"), checked(why, most=LONGEST_NOTE, field="why")


def _ends() -> list[str]:
    return [AmendmentState.ACCEPTED, AmendmentState.DECLINED, AmendmentState.LAPSED]


def _note(by: Actor, row: Amendment, at: datetime) -> None:
    audit.record(by, Trail.AMENDMENT_MOVED, row, zone=ZONE, at=at, facts={"to": str(row.state)})
    live.signal(VOICE_CHANNEL)
