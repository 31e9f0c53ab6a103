"""The tables of every subdomain, for Django.

Nobody else imports from here: each model from its own module.
"""

from sauga.panel.members.models import Member, MemberStep

__all__ = ["Member", "MemberStep"]
