"""What selfcheck records in the audit log."""

from sauga.selfcheck.school.trail import FACTS, Trail

__all__ = ["FACTS", "Trail"]
