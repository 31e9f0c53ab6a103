"""Writing a proposal: the draft, its authors, sending it to be read, withdrawing it."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from sauga.kernel import audit, live
from sauga.kernel.identity import PermissionRefused
from sauga.kernel.refusals import ActionRefused, NothingChanged
from sauga.kernel.states import Actor, lock
from sauga.panel.members.models import Member
from sauga.panel.members.queries.members import active_members
from sauga.panel.trail import VOICE_CHANNEL, ZONE, Trail
from sauga.panel.voice.actions import risk_checks
from sauga.panel.voice.actions.moves import authors_of, go, refuse_if, require_state
from sauga.panel.voice.actions.people import acting, checked, require_awake
from sauga.panel.voice.models import Author, Proposal, ProposalVersion
from sauga.panel.voice.queries.cycles import cycle_on
from sauga.panel.voice.rules import decisions
from sauga.panel.voice.rules.hours import read_by
from sauga.panel.voice.rules.states import BEFORE_VOTE, DRAFTS, ProposalState
from sauga.panel.voice.rules.words import LONGEST_PART, LONGEST_TITLE

PARTS = ("problem", "wish", "why")
MOST_AUTHORS, MOST_DRAFTS = 5, 5


class DraftRefused(ActionRefused):
    """A draft that cannot be so, or be sent."""

    messages = {
        "cycle": _("There is no cycle just now. You can write a proposal when the next one begins."),
        "many": _("You have five drafts. Send or withdraw one first."),
        "authors": _("A proposal has at most five authors."),
        "whom": _("Choose a member of the panel."),
        "there": _("This member writes with you already, or was asked."),
        "incomplete": _("Fill in every part first: what is wrong, what you want, and why it matters."),
    }
    fields = {"whom": "member", "there": "member", "authors": "member"}


@dataclass(frozen=True)
class Words:
    """The parts of a proposal."""

    title: str
    problem: str = ""
    wish: str = ""
    why: str = ""


def require_author(by: Actor, proposal: Proposal, at: datetime) -> Member:
    """The author who acts. Raises PermissionRefused for everybody else."""
    member = acting(by, at)
    if not proposal.authors.filter(member=member, joined_at__isnull=False).exists():
        raise PermissionRefused("panel.author")
    return member


def start_proposal(*, by: Actor, words: Words, at: datetime) -> Proposal:
    """Begin a draft: only its authors see it. At night, too: a draft is not sent to anybody. Raises
    PermissionRefused, DraftRefused, TextRefused."""
    member = acting(by, at)
    fit = _fit(words)
    cycle = cycle_on(at)
    if cycle is None:
        raise DraftRefused("cycle")
    with transaction.atomic():
        lock(member)
        mine = Proposal.objects.filter(authors__member=member, authors__joined_at__isnull=False)
        if mine.filter(state__in=DRAFTS).count() >= MOST_DRAFTS:
            raise DraftRefused("many")
        row = Proposal.objects.create(cycle=cycle, language=member.language, created_at=at)
        ProposalVersion.objects.create(proposal=row, number=1, made_at=at, **fit)
        Author.objects.create(proposal=row, member=member, invited_at=at, joined_at=at)
        audit.record(by, Trail.PROPOSAL_STARTED, row, zone=ZONE, at=at)
        return row


def save_draft(*, by: Actor, proposal: Proposal, words: Words, at: datetime) -> Proposal:
    """Change the text of a draft, or of a proposal that came back. Raises PermissionRefused, TextRefused,
    MoveNotAllowed."""
    require_author(by, proposal, at)
    fit = _fit(words)
    with transaction.atomic():
        row = lock(proposal)
        require_state(row, *DRAFTS)
        held = row.versions.get(number=row.version)
        is_changed = any(getattr(held, name) != text for name, text in fit.items())
        for name, text in fit.items():
            setattr(held, name, text)
        held.made_at = at
        held.save()
        if is_changed and row.state == ProposalState.RETURNED:
            row.submitted_at = None
            row.save(update_fields=["submitted_at"])
        return row


def submit_proposal(*, by: Actor, proposal: Proposal, at: datetime) -> Proposal:
    """Send a proposal to be read. A returned one must have changed. Raises PermissionRefused, Resting,
    DraftRefused, NothingChanged, MoveNotAllowed."""
    member = require_author(by, proposal, at)
    require_awake(member, at)
    with transaction.atomic():
        row = lock(proposal)
        held = row.versions.get(number=row.version)
        is_whole = all(getattr(held, name) for name in PARTS)
        is_as_returned = row.submitted_at is not None
        why = decisions.why_not_submitted(row.state, is_whole=is_whole, is_as_returned=is_as_returned)
        if why == "same":
            raise NothingChanged
        refuse_if(why, row, DraftRefused)
        row.submitted_at, row.read_by = at, read_by(at)
        text = "\n".join((held.title, *(getattr(held, name) for name in PARTS)))
        row.flag = risk_checks.looked_after(member, text, f"proposal:{row.ref}", at) or row.flag
        row.save(update_fields=["submitted_at", "read_by", "flag"])
        return go(by, row, ProposalState.PRE_MODERATION, at)


def withdraw_proposal(*, by: Actor, proposal: Proposal, at: datetime) -> Proposal:
    """Take a proposal back, as long as no vote is open. Raises PermissionRefused, MoveNotAllowed."""
    require_author(by, proposal, at)
    with transaction.atomic():
        row = lock(proposal)
        refuse_if(decisions.why_not_withdrawn(row.state), row, DraftRefused)
        return go(by, row, ProposalState.WITHDRAWN, at)


def invite_author(*, by: Actor, proposal: Proposal, member: Member, at: datetime) -> Author:
    """Ask another member to write along, before the vote. Raises PermissionRefused, DraftRefused,
    MoveNotAllowed."""
    require_author(by, proposal, at)
    with transaction.atomic():
        row = lock(proposal)
        require_state(row, *BEFORE_VOTE)
        if not active_members().filter(pk=member.pk).exists():
            raise DraftRefused("whom")
        if row.authors.filter(member=member).exists():
            raise DraftRefused("there")
        if row.authors.count() >= MOST_AUTHORS:
            raise DraftRefused("authors")
        asked = Author.objects.create(proposal=row, member=member, invited_at=at)
        risk_checks.tell([member], "INVITED", at, row)
        return asked


def answer_invitation(*, by: Actor, proposal: Proposal, joins: bool, at: datetime) -> bool:
    """Write along, or not. Raises PermissionRefused, MoveNotAllowed."""
    member = acting(by, at)
    with transaction.atomic():
        row = lock(proposal)
        asked = row.authors.select_for_update().filter(member=member, joined_at__isnull=True).first()
        if asked is None:
            raise PermissionRefused("panel.author")
        require_state(row, *BEFORE_VOTE)
        if not joins:
            asked.delete()
            return False
        asked.joined_at = at
        asked.save(update_fields=["joined_at"])
        risk_checks.tell([one for one in authors_of(row) if one.pk != member.pk], "JOINED", at, row)
        live.signal(VOICE_CHANNEL)
        return True


def _fit(words: Words) -> dict[str, str]:
    fit = {"title": checked(words.title, most=LONGEST_TITLE, field="title")}
    for name in PARTS:
        fit[name] = checked(getattr(words, name), most=LONGEST_PART, field=name, may_be_empty=True)
    return fit
