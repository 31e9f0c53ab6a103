"""The life of a version: handed in, returned, published by another person, replaced, put back."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from sauga.kernel import audit, live
from sauga.kernel.identity import PersonActor, require
from sauga.kernel.refusals import ActionRefused
from sauga.kernel.states import Actor, MoveNotAllowed, lock, move
from sauga.selfcheck.permissions import Permission
from sauga.selfcheck.personal.actions.drafts import NO_DRAFT_BESIDE, DraftExists
from sauga.selfcheck.personal.models import BankVersion
from sauga.selfcheck.personal.queries.versions import problems_of
from sauga.selfcheck.states import BankState
from sauga.selfcheck.trail import BANK_CHANNEL, ZONE, Trail


class NotReady(ActionRefused):
    """Something is missing or too hard to read."""

    message = _("Something is missing or too hard to read. The page lists what.")


class OwnReview(ActionRefused):
    """A person does not publish what they handed in themselves."""

    message = _("Somebody else publishes: you handed this version in yourself.")


def submit(*, by: Actor, version: BankVersion, at: datetime) -> BankVersion:
    """Hand a complete draft in for review. Raises NotReady, MoveNotAllowed."""
    require(by, Permission.EDIT_BANK)
    with transaction.atomic():
        row = lock(version)
        if problems_of(row):
            raise NotReady
        row.submitted_by_id = by.person_id if isinstance(by, PersonActor) else None
        row.save(update_fields=["submitted_by"])
        return _moved(by, row, BankState.IN_REVIEW, at)


def give_back(*, by: Actor, version: BankVersion, at: datetime) -> BankVersion:
    """Return a version to its editors. Raises MoveNotAllowed."""
    require(by, Permission.PUBLISH_BANK)
    with transaction.atomic():
        return _moved(by, lock(version), BankState.DRAFT, at)


def publish(*, by: Actor, version: BankVersion, at: datetime) -> BankVersion:
    """Publish a reviewed version; the one before is replaced. Raises NotReady, OwnReview, MoveNotAllowed."""
    require(by, Permission.PUBLISH_BANK)
    with transaction.atomic():
        row = _in(version, BankState.IN_REVIEW)
        if isinstance(by, PersonActor) and row.submitted_by_id == by.person_id:
            raise OwnReview
        if problems_of(row):
            raise NotReady
        return _shown(by, row, at)


def put_back(*, by: Actor, version: BankVersion, at: datetime) -> BankVersion:
    """Publish a replaced version again, which replaces the present one. Raises NotReady, MoveNotAllowed."""
    require(by, Permission.PUBLISH_BANK)
    with transaction.atomic():
        row = _in(version, BankState.REPLACED)
        if problems_of(row):
            raise NotReady
        return _shown(by, row, at)


def discard(*, by: Actor, version: BankVersion, at: datetime) -> BankVersion:
    """Discard a draft; it can be taken up again. Raises MoveNotAllowed."""
    require(by, Permission.EDIT_BANK)
    with transaction.atomic():
        return _moved(by, lock(version), BankState.DISCARDED, at)


def take_up(*, by: Actor, version: BankVersion, at: datetime) -> BankVersion:
    """Take up a discarded draft again. Raises DraftExists, MoveNotAllowed."""
    require(by, Permission.EDIT_BANK)
    with transaction.atomic():
        row = _only(version)
        if BankVersion.objects.filter(state__in=NO_DRAFT_BESIDE).exists():
            raise DraftExists
        return _moved(by, row, BankState.DRAFT, at)


def _only(version: BankVersion) -> BankVersion:
    """The version, with all of them locked: at most one is published, at most one a draft."""
    list(BankVersion.objects.select_for_update().order_by("pk"))
    return lock(version)


def _in(version: BankVersion, state: BankState) -> BankVersion:
    row = _only(version)
    if row.state != state:
        raise MoveNotAllowed(row.state, BankState.PUBLISHED)
    return row


def _shown(by: Actor, row: BankVersion, at: datetime) -> BankVersion:
    for before in BankVersion.objects.published().exclude(pk=row.pk):
        _moved(by, lock(before), BankState.REPLACED, at)
    row.published_at = at
    row.save(update_fields=["published_at"])
    return _moved(by, row, BankState.PUBLISHED, at)


def _moved(by: Actor, row: BankVersion, to: BankState, at: datetime) -> BankVersion:
    move(row, to=to, by=by, at=at)
    audit.record(by, Trail.BANK_MOVED, row, zone=ZONE, at=at, facts={"number": row.number, "to": str(to)})
    live.signal(BANK_CHANNEL)
    return row
