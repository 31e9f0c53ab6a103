"""Retention periods: how long each is at present, and changing it."""

from datetime import datetime, timedelta

from django.db import transaction

from sauga.kernel import audit
from sauga.kernel.permissions import require
from sauga.kernel.retention import registry
from sauga.kernel.retention.models import RetentionTerm
from sauga.kernel.retention.permissions import Permission
from sauga.kernel.retention.trail import Trail
from sauga.kernel.states import Actor

LONGEST_DAYS = 36_525


class TermRefused(ValueError):
    """No rule has such a term, or the number of days is below one or above a hundred years."""


def keep_terms() -> dict[str, timedelta]:
    """Every term as it is now: staff's decision where there is one, the code's default otherwise."""
    decided = dict(RetentionTerm.objects.values_list("code", "days"))
    return {
        term.code: timedelta(days=decided[term.code]) if term.code in decided else term.default
        for term in registry.terms()
    }


def change_term(*, by: Actor, code: str, days: int, at: datetime) -> None:
    """Keep something longer or shorter from now on. Raises TermRefused, PermissionRefused."""
    require(by, Permission.EDIT_TERMS)
    with transaction.atomic():
        before = keep_terms().get(code)
        if before is None or not 1 <= days <= LONGEST_DAYS:
            raise TermRefused(code)
        RetentionTerm.objects.update_or_create(
            code=code, defaults={"days": days, "changed_by": by.pseudonym, "changed_at": at}
        )
        audit.record(
            by,
            Trail.TERM_CHANGED,
            code,
            zone=audit.INSTALLATION,
            at=at,
            facts={"before": before.days, "days": days},
        )
