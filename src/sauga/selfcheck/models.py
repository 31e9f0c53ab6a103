"""The tables of every subdomain, for Django.

Nobody else imports from here: each model from its own module.
"""

from sauga.selfcheck.personal.models import BankVersion, BankVersionStep

__all__ = ["BankVersion", "BankVersionStep"]
