"""The tables of every subdomain, for Django.

Nobody else imports from here: each model from its own module.
"""

from sauga.panel.members.models import AdultAct, Export, ExportStep, Flag, FlagStep, Member, MemberStep
from sauga.panel.voting.models import Ballot, BallotStep, Voter

__all__ = [
    "AdultAct",
    "Ballot",
    "BallotStep",
    "Export",
    "ExportStep",
    "Flag",
    "FlagStep",
    "Member",
    "MemberStep",
    "Voter",
]
