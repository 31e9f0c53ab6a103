"""Who may do what in selfcheck. Roles are data; these are their defaults."""

from sauga.selfcheck.school.permissions import LABELS, ROLES, SYSTEM, TWO_PEOPLE, WORDING, Permission

__all__ = ["LABELS", "ROLES", "SYSTEM", "TWO_PEOPLE", "WORDING", "Permission"]
