"""Invitations to the staff of an organisation: its link, and emails to a list that its contact brings. No one
is enrolled: each person decides, by the link in their own email. The list is sent as a whole or not at all.

What the contact learns is how many invitations were sent, never who has an account, who enrolled or who does
not want to be written to.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext_lazy as _
from procrastinate.contrib.django import app

from sauga.kernel import audit, members, sealed
from sauga.kernel.clock import VILNIUS
from sauga.kernel.identity import require
from sauga.kernel.members import MemberActor
from sauga.kernel.members.protection import lookup_of
from sauga.kernel.notifications import MailRefused, deliver
from sauga.kernel.organisations.models import Organisation
from sauga.kernel.refusals import ActionRefused
from sauga.kernel.sealed import KeyNotAvailable
from sauga.kernel.states import Actor, lock
from sauga.training.learning.actions.enrolments import EnrolmentClosed
from sauga.training.learning.actions.group_messages import NotHanded
from sauga.training.learning.documents import letter_inviting
from sauga.training.learning.models import Cohort, StaffInvitation, StaffLink
from sauga.training.learning.queries import invitations, texts
from sauga.training.learning.rules.invitation_lists import Line
from sauga.training.permissions import Permission
from sauga.training.trail import ZONE, Trail

SEND = "training.staff_invitation"
A_DAY = timedelta(days=1)
MOST_A_DAY = 600
"""Invitations that one organisation can have sent within a day."""


class NotForThem(ActionRefused):
    """Only who acts for an organisation makes its links."""

    message = _("You do not act for this organisation.")


class ListUnfit(ActionRefused):
    """Not every line can be invited, so no one is."""

    messages = {
        "lines": _("Some lines hold no address that can be used. Correct or remove them; nothing was sent."),
        "nobody": _("Everybody on this list has been invited to this group already."),
        "day": _("So many invitations cannot be sent within a day. Send the rest tomorrow."),
    }
    fields = {"lines": "people", "nobody": "people", "day": "people"}


def make_link(*, by: MemberActor, cohort: Cohort, organisation: Organisation, at: datetime) -> StaffLink:
    """The link with which an organisation offers a course to its staff; there is one for a cohort.

    No one is enrolled by others: the person who opens the link decides, and decides too whether the
    organisation sees their hours. Raises NotForThem.
    """
    if not members.acts_for(by, organisation.pk):
        raise NotForThem
    with transaction.atomic():
        row, is_new = StaffLink.objects.get_or_create(
            cohort=cohort, organisation=organisation, defaults={"made_at": at}
        )
        if is_new:
            audit.record(by, Trail.COHORT_CHANGED, cohort, zone=ZONE, at=at, facts={"what": "link"})
        return row


def invite_staff(
    *,
    by: MemberActor,
    cohort: Cohort,
    organisation: Organisation,
    lines: Sequence[Line],
    language: str,
    at: datetime,
) -> int:
    """Have everybody on a list invited by email; who was invited to this group before is left out. How many.

    Raises NotForThem, EnrolmentClosed, ListUnfit.
    """
    if not members.acts_for(by, organisation.pk):
        raise NotForThem
    with transaction.atomic():
        group = lock(cohort)
        if group.is_cancelled or at.astimezone(VILNIUS).date() > group.closes:
            raise EnrolmentClosed
        if any(line.is_refused for line in lines):
            raise ListUnfit("lines")
        known = invitations.known_lookups(group, organisation)
        fresh = {
            lookup: line.address
            for line in lines
            if line.address and (lookup := lookup_of(line.address)) not in known
        }
        if not fresh:
            raise ListUnfit("nobody")
        if invitations.asked_since(organisation, at - A_DAY) + len(fresh) > MOST_A_DAY:
            raise ListUnfit("day")
        make_link(by=by, cohort=group, organisation=organisation, at=at)
        _store(group, organisation, fresh, language, at)
        facts: dict[str, str | int | bool] = {"n": len(fresh)}
        audit.record(by, Trail.STAFF_INVITED, group, zone=ZONE, at=at, facts=facts)
        return len(fresh)


def _store(
    cohort: Cohort, organisation: Organisation, fresh: dict[bytes, str], language: str, at: datetime
) -> None:
    rows, keys = [], []
    for lookup, address in fresh.items():
        row = StaffInvitation(
            cohort=cohort, organisation=organisation, lookup=lookup, language=language, asked_at=at
        )
        prepared = texts.prepared_key(row.holder)
        row.address = texts.seal(prepared.key, row, "address", address)
        rows.append(row)
        keys.append(prepared)
    sealed.store_keys(keys)
    for row in StaffInvitation.objects.bulk_create(rows):
        app.configure_task(SEND, queue="training").defer(invitation_id=row.pk)


def send_invitation(*, by: Actor, invitation_id: int, at: datetime) -> bool:
    """Send an invitation, once, and forget the address. No one is written to who learns in the course, or who
    has asked not to be invited by this organisation. Raises NotHanded."""
    require(by, Permission.ADVANCE_ENROLMENTS)
    with transaction.atomic():
        rows = StaffInvitation.objects.select_related("cohort__version__course", "organisation")
        row = rows.select_for_update(of=("self",)).filter(pk=invitation_id, sent_at__isnull=True).first()
        if row is None:
            return False
        key = texts.keys_of([row.holder]).get(row.holder)
        address = texts.unseal(key, row, "address")
        is_sent = bool(address) and invitations.is_wanted(row, at) and _delivered(row, address, at)
        sealed.destroy_keys([row.holder])
        row.sent_at, row.address = at, b""
        row.save(update_fields=["sent_at", "address"])
        return is_sent


def _delivered(row: StaffInvitation, address: str, at: datetime) -> bool:
    try:
        handed = deliver(letter_inviting(row, address, at))
    except (KeyNotAvailable, MailRefused):
        return False
    if not handed.accepted and handed.temporary:
        raise NotHanded(handed.code)
    return bool(handed.accepted)


def refuse_invitations(*, by: Actor, invitation: StaffInvitation, at: datetime) -> StaffInvitation:
    """Who was invited does not want to be invited by this organisation any more; again is without effect."""
    require(by, Permission.REFUSE_INVITATION)
    with transaction.atomic():
        row = lock(invitation)
        if row.refused_at is None:
            row.refused_at = at
            row.save(update_fields=["refused_at"])
            audit.record(by, Trail.INVITATION_REFUSED, row.cohort, zone=ZONE, at=at)
        return row
