"""What members write besides proposals: comments, topics, what they learned, questions. A draft is kept also
at night; sending it waits for the morning where the member is under 16."""

from dataclasses import dataclass
from datetime import date, datetime
from io import BytesIO
from pathlib import PurePath

from django.core.files.base import File
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from sauga.kernel import audit, live, media
from sauga.kernel.clock import local_day
from sauga.kernel.i18n import readability
from sauga.kernel.identity import PermissionRefused, require
from sauga.kernel.refusals import ActionRefused, NothingChanged
from sauga.kernel.states import Actor, MoveNotAllowed, lock, move
from sauga.panel.members.models import Member
from sauga.panel.permissions import Permission
from sauga.panel.trail import VOICE_CHANNEL, ZONE, Trail
from sauga.panel.voice.actions import risk_checks
from sauga.panel.voice.actions.people import (
    AdultTextRefused,
    acting,
    checked,
    checked_by_adult,
    require_awake,
)
from sauga.panel.voice.models import PICTURES, Contribution, ContributionKind, Proposal
from sauga.panel.voice.queries.cycles import cycle_on
from sauga.panel.voice.rules.answers import ANSWER_WITHIN, LONGEST_REASON, LONGEST_WHO
from sauga.panel.voice.rules.hours import read_by
from sauga.panel.voice.rules.states import DISCUSSED, ContributionState
from sauga.panel.voice.rules.words import LONGEST_COMMENT, LONGEST_NOTE

MOST_WAITING = 10


class ContributionRefused(ActionRefused):
    """What a member wrote cannot be sent so."""

    messages = {
        "kind": _("Choose what it is."),
        "cycle": _("There is no cycle just now. You can write when the next one begins."),
        "closed": _("Nobody discusses this proposal any more."),
        "many": _("Ten of your texts wait to be read. Wait until some of them are."),
        "alt": _("Say in one sentence what can be seen, for people who cannot see the picture."),
        "picture": _("A picture goes with what you learned, not with other texts."),
        "due": _("Choose a day within the next ninety days."),
        "question": _("Only a published question is answered."),
        "hard": _("Write it so that a 12-year-old understands it: shorter sentences and words."),
    }
    fields = {"alt": "alt", "picture": "picture", "due": "due", "hard": "reply"}


@dataclass(frozen=True)
class Picture:
    """A member's own picture, as it was uploaded, and what can be seen in it."""

    name: str
    content: bytes
    alt: str


def write(
    *,
    by: Actor,
    kind: str,
    text: str,
    proposal: Proposal | None = None,
    picture: Picture | None = None,
    at: datetime,
) -> Contribution:
    """Keep a draft. Raises PermissionRefused, ContributionRefused, TextRefused, FileRefused."""
    member = acting(by, at)
    if kind not in ContributionKind.values or (kind == ContributionKind.COMMENT) != (proposal is not None):
        raise ContributionRefused("kind")
    fit = checked(text, most=LONGEST_COMMENT, field="text")
    if picture is not None and kind != ContributionKind.LEARNED:
        raise ContributionRefused("picture")
    cycle = cycle_on(at)
    if cycle is None:
        raise ContributionRefused("cycle")
    upload, alt = None, ""
    if picture is not None:
        if not picture.alt.strip():
            raise ContributionRefused("alt")
        alt = checked(picture.alt, most=LONGEST_NOTE, field="alt")
        # What the member's own file is called may say who they are.
        name = f"picture{PurePath(picture.name).suffix[:6]}"
        upload = media.check_upload(File(BytesIO(picture.content), name=name), kinds=PICTURES.kinds, by=by)
    with transaction.atomic():
        if proposal is not None and lock(proposal).state not in DISCUSSED:
            raise ContributionRefused("closed")
        row = Contribution(
            kind=kind, cycle=cycle, proposal=proposal, member=member, text=fit, alt=alt, written_at=at
        )
        if upload is not None:
            row.picture = upload
        row.save()
        return row


def change(*, by: Actor, contribution: Contribution, text: str, at: datetime) -> Contribution:
    """Change a draft, or what came back. Raises PermissionRefused, TextRefused, MoveNotAllowed."""
    _own(by, contribution, at)
    fit = checked(text, most=LONGEST_COMMENT, field="text")
    with transaction.atomic():
        row = lock(contribution)
        if row.state not in (ContributionState.DRAFT, ContributionState.RETURNED):
            raise MoveNotAllowed(str(row.state), str(ContributionState.WAITING))
        if row.text != fit:
            row.text, row.submitted_at = fit, None
            row.save(update_fields=["text", "submitted_at"])
        return row


def send(*, by: Actor, contribution: Contribution, at: datetime) -> Contribution:
    """Send it to be read. What came back must have changed. Raises PermissionRefused, Resting,
    ContributionRefused, NothingChanged, MoveNotAllowed."""
    member = _own(by, contribution, at)
    require_awake(member, at)
    with transaction.atomic():
        lock(member)
        row = lock(contribution)
        if row.state == ContributionState.RETURNED and row.submitted_at is not None:
            raise NothingChanged
        if row.proposal is not None and row.proposal.state not in DISCUSSED:
            raise ContributionRefused("closed")
        if (
            Contribution.objects.filter(member=member, state=ContributionState.WAITING).count()
            >= MOST_WAITING
        ):
            raise ContributionRefused("many")
        move(row, to=ContributionState.WAITING, by=by, at=at)
        row.submitted_at, row.read_by = at, read_by(at)
        row.flag = risk_checks.looked_after(
            member, f"{row.text}\n{row.alt}", f"{row.kind.lower()}:{row.ref}", at
        )
        row.save(update_fields=["submitted_at", "read_by", "flag"])
        _note(by, row, at)
        return row


def withdraw(*, by: Actor, contribution: Contribution, at: datetime) -> Contribution:
    """Take back what one wrote; the picture is deleted. Raises PermissionRefused, MoveNotAllowed."""
    _own(by, contribution, at)
    with transaction.atomic():
        row = lock(contribution)
        move(row, to=ContributionState.WITHDRAWN, by=by, at=at)
        forget_picture(row)
        _note(by, row, at)
        return row


def add_topic(*, by: Actor, asker: str, text: str, at: datetime) -> Contribution:
    """A topic of a person who asks the panel, written down by a facilitator: members see it at once. Raises
    PermissionRefused, ContributionRefused, TextRefused."""
    require(by, Permission.RUN_CYCLES)
    fit = checked_by_adult(text, most=LONGEST_COMMENT, field="text")
    name = " ".join(asker.split())[:LONGEST_WHO]
    if not name:
        raise AdultTextRefused("missing", "asker")
    cycle = cycle_on(at)
    if cycle is None:
        raise ContributionRefused("cycle")
    with transaction.atomic():
        row = Contribution.objects.create(
            kind=ContributionKind.TOPIC,
            cycle=cycle,
            asker=name,
            text=fit,
            written_at=at,
            submitted_at=at,
            published_at=at,
        )
        move(row, to=ContributionState.WAITING, by=by, at=at)
        move(row, to=ContributionState.PUBLISHED, by=by, at=at)
        risk_checks.seen_by_two(by, "ADDED_TOPIC", f"text:{row.ref}", at)
        _note(by, row, at)
        return row


def promise_reply(*, by: Actor, contribution: Contribution, due: date, at: datetime) -> Contribution:
    """Say until when an expert answers a question. Raises PermissionRefused, ContributionRefused."""
    require(by, Permission.MODERATE)
    today = local_day(at)
    if not today < due <= today + 3 * ANSWER_WITHIN:
        raise ContributionRefused("due")
    with transaction.atomic():
        row = lock(contribution)
        if (
            row.kind != ContributionKind.QUESTION
            or row.state != ContributionState.PUBLISHED
            or row.replied_on is not None
        ):
            raise ContributionRefused("question")
        row.reply_due = due
        row.save(update_fields=["reply_due"])
        risk_checks.seen_by_two(by, "PROMISED_REPLY", f"text:{row.ref}", at, row.member)
        _note(by, row, at)
        return row


def reply_to_question(
    *, by: Actor, contribution: Contribution, reply: str, who: str, at: datetime
) -> Contribution:
    """An expert's answer, in words that the youngest understand. Raises PermissionRefused,
    ContributionRefused, TextRefused."""
    require(by, Permission.MODERATE)
    fit = checked_by_adult(reply, most=LONGEST_REASON, field="reply")
    name = " ".join(who.split())[:LONGEST_WHO]
    if not name:
        raise AdultTextRefused("missing", "who")
    if any(one.why == "whole" for one in readability.troubles(fit, "lt", readability.Level.TEEN)):
        raise ContributionRefused("hard")
    with transaction.atomic():
        row = lock(contribution)
        if row.kind != ContributionKind.QUESTION or row.state != ContributionState.PUBLISHED:
            raise ContributionRefused("question")
        row.reply, row.replied_by, row.replied_on = fit, name, local_day(at)
        row.save(update_fields=["reply", "replied_by", "replied_on"])
        if row.member is not None:
            risk_checks.tell([row.member], "REPLIED", at)
        risk_checks.seen_by_two(by, "ANSWERED_TEXT", f"text:{row.ref}", at, row.member)
        _note(by, row, at)
        return row


def forget_picture(row: Contribution) -> None:
    """Delete the picture of a contribution with its file."""
    if row.picture:
        name = str(row.picture.name)
        row.picture = ""
        row.save(update_fields=["picture"])
        PICTURES.delete(name)


def _own(by: Actor, contribution: Contribution, at: datetime) -> Member:
    member = acting(by, at)
    if contribution.member_id != member.pk:
        raise PermissionRefused("panel.contribution")
    return member


def _note(by: Actor, row: Contribution, at: datetime) -> None:
    audit.record(
        by,
        Trail.CONTRIBUTION_MOVED,
        row,
        zone=ZONE,
        at=at,
        facts={"to": str(row.state), "kind": str(row.kind)},
    )
    live.signal(VOICE_CHANNEL)
