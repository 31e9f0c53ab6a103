"""A school agrees to stand in the public list of labelled schools, and takes that back."""

from datetime import datetime

from django.db import transaction

from sauga.kernel.states import Actor, lock
from sauga.selfcheck.school.actions.labels import LabelOver
from sauga.selfcheck.school.actions.transitions import record, require_school
from sauga.selfcheck.school.models import Label
from sauga.selfcheck.trail import Trail


def list_label(*, by: Actor, label: Label, at: datetime) -> Label:
    """Show the school with its name, municipality and level to everybody, as long as a label of it counts.
    Twice changes nothing. Raises PermissionRefused, LabelOver."""
    require_school(by, label.school_id)
    with transaction.atomic():
        row = lock(label)
        if row.revoked_at is not None:
            raise LabelOver
        if row.listed_at is None:
            _set(by, row, at, listed_at=at)
        return row


def unlist_label(*, by: Actor, label: Label, at: datetime) -> Label:
    """Out of the list at once. Twice changes nothing. Raises PermissionRefused."""
    require_school(by, label.school_id)
    with transaction.atomic():
        row = lock(label)
        if row.listed_at is not None:
            _set(by, row, at, listed_at=None)
        return row


def _set(by: Actor, row: Label, at: datetime, *, listed_at: datetime | None) -> None:
    row.listed_at = listed_at
    row.save(update_fields=["listed_at"])
    act = Trail.LISTED if listed_at is not None else Trail.UNLISTED
    record(by, act, row.round.assessment, at)
