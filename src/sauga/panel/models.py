"""The tables of every subdomain, for Django.

Other packages do not import from here: each model from its own module.
"""

from sauga.panel.members.models import (
    AdultAct,
    Export,
    ExportStep,
    Flag,
    FlagStep,
    Member,
    MemberStep,
)
from sauga.panel.voice.models import (
    Addressee,
    Amendment,
    AmendmentAccept,
    AmendmentStep,
    Answer,
    Author,
    Contribution,
    ContributionStep,
    Cycle,
    FollowUp,
    Meeting,
    MeetingAdult,
    MeetingReply,
    MeetingStep,
    News,
    Proposal,
    ProposalStep,
    ProposalVersion,
    Question,
    Support,
)
from sauga.panel.voting.models import (
    Ballot,
    BallotStep,
    Voter,
)

__all__ = [
    "Addressee",
    "AdultAct",
    "Amendment",
    "AmendmentAccept",
    "AmendmentStep",
    "Answer",
    "Author",
    "Ballot",
    "BallotStep",
    "Contribution",
    "ContributionStep",
    "Cycle",
    "Export",
    "ExportStep",
    "Flag",
    "FlagStep",
    "FollowUp",
    "Meeting",
    "MeetingAdult",
    "MeetingReply",
    "MeetingStep",
    "Member",
    "MemberStep",
    "News",
    "Proposal",
    "ProposalStep",
    "ProposalVersion",
    "Question",
    "Support",
    "Voter",
]
