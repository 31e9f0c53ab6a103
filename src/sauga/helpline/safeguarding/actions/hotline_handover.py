"""Handover to the hotline without the child: a web address and the suspicion, encrypted for the hotline at
once.

It is never stored in a table of the helpline and never shown again; the state comes back as a code.
"""

from datetime import datetime

from django.db import transaction

from sauga.helpline.chat.models import Conversation
from sauga.helpline.letters.models import Letter
from sauga.helpline.permissions import Permission
from sauga.helpline.safeguarding.actions.concerns import ProposalIncomplete
from sauga.helpline.safeguarding.models import HotlineLink
from sauga.helpline.states import LinkState
from sauga.helpline.trail import Trail
from sauga.kernel import audit, integration, live, notifications, sealed, vocab
from sauga.kernel.clock import VILNIUS
from sauga.kernel.identity import PersonActor, require
from sauga.kernel.integration import Kind, Progress, ReferralState, code, text
from sauga.kernel.refusals import TextMissing
from sauga.kernel.states import Actor, SystemActor, lock, move

ZONE = sealed.Zone.HELPLINE
SUSPECTED = "link_suspected"
ADDRESS = Kind(
    "helpline.url",
    "helpline",
    "hotline",
    {"url": text(8192), "suspected": code(), "day": code()},
    machine_reads=True,
)
"""What the hotline gets. Its machine may open it, since it makes a report of it before anybody looks."""
FOLLOWER = SystemActor("referrer")


def pass_address(
    *,
    by: PersonActor,
    url: str,
    suspected: str,
    once: str,
    conversation: Conversation | None = None,
    letter: Letter | None = None,
    at: datetime,
) -> HotlineLink:
    """Hand one address to the hotline. `once` comes from the form, so that a double click sends one message.

    Raises TextMissing without an address, ProposalIncomplete for an unknown class, PayloadRefused above 8 KB.
    """
    require(by, Permission.REFER)
    if not url.strip():
        raise TextMissing
    if not vocab.has_term(SUSPECTED, suspected):
        raise ProposalIncomplete("suspected")
    day = at.astimezone(VILNIUS).date().isoformat()
    with transaction.atomic():
        payload = {"url": url.strip(), "suspected": suspected, "day": day}
        sent = integration.send(kind=ADDRESS, payload=payload, by=by, key=once, at=at)
        there = HotlineLink.objects.filter(sent=sent.ref).first()
        if there is not None:
            return there
        link = HotlineLink(
            conversation=conversation,
            letter=letter,
            author_id=by.person_id,
            suspected=suspected,
            sent=sent.ref,
            at=at,
        )
        link.save(force_insert=True)
        link.steps.create(track="state", before="", after=str(link.state), at=at, by=by.pseudonym)
        move(link, to=LinkState.SUBMITTED, by=by, at=at)
        audit.record(by, Trail.LINK_SENT, link, zone=ZONE, at=at, facts={"suspected": suspected})
        live.signal("helpline.safety")
        return link


def follow_link(*, by: Actor = FOLLOWER, progress: Progress, at: datetime) -> HotlineLink | None:
    """The hotline has moved on; called by `kernel.integration`, perhaps twice.

    None when the link is gone meanwhile.
    """
    require(by, Permission.FOLLOW_REFERRAL)
    with transaction.atomic():
        link = HotlineLink.objects.select_for_update().filter(sent=progress.ref).first()
        if link is None or link.state == LinkState.TOLD:
            return link
        for to in _steps(link.state, progress.state):
            move(link, to=to, by=by, at=at, why=progress.outcome)
        if progress.outcome and progress.outcome != link.outcome:
            link.outcome = progress.outcome
            link.save(update_fields=["outcome"])
            if link.author is not None:
                address = f"/desk/helpline/referrals/addresses/{link.ref}/"
                notifications.notify(
                    to=link.author,
                    template="helpline.link_answered",
                    context={"ref": link.ref},
                    link=address,
                    at=at,
                )
        live.signal("helpline.safety")
        return link


def told_child(*, by: PersonActor, link: HotlineLink, at: datetime) -> HotlineLink:
    """The child knows what came of the address."""
    require(by, Permission.REFER, link)
    with transaction.atomic():
        link = lock(link)
        move(link, to=LinkState.TOLD, by=by, at=at)
        live.signal("helpline.safety")
        return link


def _steps(held: str, theirs: str) -> list[LinkState]:
    """The moves that bring a link up to where the hotline is."""
    ladder = [LinkState.SUBMITTED, LinkState.RECEIPTED, LinkState.ASSESSED]
    reached = {
        ReferralState.RECEIVED: LinkState.RECEIPTED,
        ReferralState.IN_WORK: LinkState.ASSESSED,
        ReferralState.SETTLED: LinkState.ASSESSED,
        ReferralState.DECLINED: LinkState.ASSESSED,
    }.get(ReferralState(theirs), LinkState.SUBMITTED)
    return ladder[ladder.index(LinkState(held)) + 1 : ladder.index(reached) + 1]
