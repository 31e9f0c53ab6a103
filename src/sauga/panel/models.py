"""The tables of every subdomain, for Django.

Nobody else imports from here: each model from its own module.
"""

from sauga.panel.members.models import AdultAct, Export, ExportStep, Flag, FlagStep, Member, MemberStep

__all__ = ["AdultAct", "Export", "ExportStep", "Flag", "FlagStep", "Member", "MemberStep"]
