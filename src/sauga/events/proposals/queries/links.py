"""Personal links of speakers: signed over a reference, so that nobody can guess them and the database does
not hold them.
"""

from django.core import signing

from sauga.events.proposals.models import Proposal, ProposalSpeaker
from sauga.events.registration.queries.links import page_address

OWN, SPEAKER = "events.proposal", "events.proposal_speaker"


def own_address(row: Proposal) -> str:
    """Where a proposal is seen, changed, sent, withdrawn and confirmed."""
    return page_address("events-proposal-own", row.language, signing.Signer(salt=OWN).sign(row.ref))


def speaker_address(row: ProposalSpeaker) -> str:
    """Where a co-speaker answers the invitation."""
    token = signing.Signer(salt=SPEAKER).sign(row.ref)
    return page_address("events-proposal-speaker", row.language, token)


def proposal_by(token: str) -> Proposal | None:
    """The proposal that a link leads to; None for a link that was not made here, or one that is gone."""
    ref = _ref(token, OWN)
    rows = Proposal.objects.select_related("call__event", "track").filter(is_cleared=False)
    return rows.filter(ref=ref).first() if ref else None


def speaker_by(token: str) -> ProposalSpeaker | None:
    """The co-speaker that a link leads to; None as above."""
    ref = _ref(token, SPEAKER)
    rows = ProposalSpeaker.objects.select_related("proposal__call__event", "speaker")
    return rows.filter(ref=ref, proposal__is_cleared=False, is_main=False).first() if ref else None


def _ref(token: str, salt: str) -> str:
    try:
        return signing.Signer(salt=salt).unsign(token)
    except signing.BadSignature:
        return ""
