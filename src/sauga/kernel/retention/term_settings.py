"""Retention periods: how long each is at present, and changing it, which takes two people.

A shorter period deletes for good in the next night, a longer one keeps what people were told would go: one
person proposes, another confirms, and until then nothing changes.
"""

from datetime import datetime, timedelta

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from sauga.kernel import audit
from sauga.kernel.ids import new_reference
from sauga.kernel.permissions import PermissionRefused, allowed, require
from sauga.kernel.refusals import ActionRefused
from sauga.kernel.retention import announcements, registry
from sauga.kernel.retention.models import RetentionTerm, TermChange
from sauga.kernel.retention.permissions import Permission
from sauga.kernel.retention.trail import Trail
from sauga.kernel.states import Actor

LONGEST_DAYS = 36_525


class TermRefused(ActionRefused):
    """There is no such period, the number of days is out of bounds or the present one, a proposal waits
    already, is over, or would be confirmed by the person who made it."""

    messages = {
        "unknown": _("There is no such retention period."),
        "bounds": _("Enter a whole number of days from %(least)s to %(most)s."),
        "same": _("The period is that long already."),
        "waiting": _("A change of this period waits for a second person. It is decided or withdrawn first."),
        "over": _("This proposal is over: it was confirmed, refused or withdrawn, or has lapsed."),
        "second": _("You proposed this change yourself. Another person has to confirm it."),
    }
    fields = {"bounds": "days", "same": "days", "waiting": "days"}


def keep_terms() -> dict[str, timedelta]:
    """Every term as it is now: staff's decision where there is one, the code's default otherwise."""
    decided = dict(RetentionTerm.objects.values_list("code", "days"))
    return {
        term.code: timedelta(days=decided[term.code]) if term.code in decided else term.default
        for term in registry.terms()
    }


def propose_term(*, by: Actor, code: str, days: int, at: datetime) -> TermChange:
    """Propose to keep something longer or shorter. Nothing changes before another person confirms it; the
    proposal lapses after 14 days. Those who may confirm it are notified.

    Raises TermRefused, PermissionRefused.
    """
    require(by, Permission.EDIT_TERMS, code)
    term = next((one for one in registry.terms() if one.code == code), None)
    if term is None:
        raise TermRefused("unknown")
    _require_bounds(term, days)
    before = keep_terms()[code].days
    if days == before:
        raise TermRefused("same")
    row = TermChange(
        ref=new_reference(12), code=code, before=before, days=days, asked_by=by.pseudonym, asked_at=at
    )
    with transaction.atomic():
        _end_lapsed(code, at)
        try:
            with transaction.atomic():
                row.save()
        except IntegrityError:  # the constraint: one open proposal for each period
            raise TermRefused("waiting") from None
        _record(by, Trail.TERM_PROPOSED, row, at, before=before, days=days)
        announcements.term_proposed(row, at)
    return row


def confirm_term(*, by: Actor, change: TermChange, at: datetime) -> TermChange:
    """The second person agrees: the period counts from now on, for the next nightly run.

    Those who may edit periods or place holds may confirm. Back at the default, the period follows the default
    again. Raises TermRefused for the proposer and for a proposal that is over, PermissionRefused.
    """
    require_second(by, change.code)
    with transaction.atomic():
        row = _waiting(change, at)
        if row.asked_by == by.pseudonym:
            raise TermRefused("second")
        term = next((one for one in registry.terms() if one.code == row.code), None)
        if term is None:
            raise TermRefused("unknown")
        _require_bounds(term, row.days)  # an upgrade may have narrowed them since
        row.confirmed_by, row.confirmed_at = by.pseudonym, at
        row.save(update_fields=["confirmed_by", "confirmed_at"])
        if row.days == term.default.days:
            RetentionTerm.objects.filter(code=row.code).delete()
        else:
            decided = {"days": row.days, "changed_by": row.asked_by, "changed_at": at}
            RetentionTerm.objects.update_or_create(code=row.code, defaults=decided)
        _record(by, Trail.TERM_CHANGED, row, at, before=row.before, days=row.days)
        announcements.term_decided(row, at)
    return row


def end_proposal(*, by: Actor, change: TermChange, at: datetime) -> TermChange:
    """The proposer withdraws a proposal, or the second person refuses it; the period stays as it is.

    Raises TermRefused when it is over, PermissionRefused.
    """
    require_second(by, change.code)
    with transaction.atomic():
        row = _waiting(change, at)
        row.ended_by, row.ended_at = by.pseudonym, at
        row.save(update_fields=["ended_by", "ended_at"])
        _record(by, Trail.TERM_ENDED, row, at)
        announcements.term_decided(row, at)
    return row


def require_second(by: Actor, code: str) -> None:
    """Return if the actor may decide on a proposal about this period; raise PermissionRefused otherwise."""
    if not any(allowed(by, permission, code) for permission in (Permission.EDIT_TERMS, Permission.HOLD)):
        raise PermissionRefused(str(Permission.EDIT_TERMS))


def _require_bounds(term: registry.KeepTerm, days: int) -> None:
    if not term.least.days <= days <= LONGEST_DAYS:
        raise TermRefused("bounds", least=term.least.days, most=LONGEST_DAYS)


def _waiting(change: TermChange, at: datetime) -> TermChange:
    row = TermChange.objects.select_for_update().get(pk=change.pk)
    if not row.is_waiting(at):
        raise TermRefused("over")
    return row


def _end_lapsed(code: str, at: datetime) -> None:
    """A lapsed proposal makes room for the next one."""
    for row in TermChange.objects.select_for_update().filter(
        code=code, confirmed_at__isnull=True, ended_at__isnull=True
    ):
        if not row.is_waiting(at):
            row.ended_at = row.lapses_at
            row.save(update_fields=["ended_at"])


def _record(by: Actor, act: Trail, row: TermChange, at: datetime, **days: int) -> None:
    facts: dict[str, str | int | bool] = {"change": row.ref, **days}
    audit.record(by, act, row.code, zone=audit.INSTALLATION, at=at, facts=facts)
