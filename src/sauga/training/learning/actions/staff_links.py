"""Links with which an organisation offers a course to its staff. No one is enrolled by others: the person who
opens the link decides, and decides too whether the organisation sees their hours."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from sauga.kernel import audit, members
from sauga.kernel.members import MemberActor
from sauga.kernel.organisations.models import Organisation
from sauga.kernel.refusals import ActionRefused
from sauga.training.learning.models import Cohort, StaffLink
from sauga.training.trail import ZONE, Trail


class NotForThem(ActionRefused):
    """Only who acts for an organisation makes its links."""

    message = _("You do not act for this organisation.")


def make_link(*, by: MemberActor, cohort: Cohort, organisation: Organisation, at: datetime) -> StaffLink:
    """The link of an organisation for a cohort; there is one. Raises NotForThem."""
    if not members.acts_for(by, organisation.pk):
        raise NotForThem
    with transaction.atomic():
        row, is_new = StaffLink.objects.get_or_create(
            cohort=cohort, organisation=organisation, defaults={"made_at": at}
        )
        if is_new:
            audit.record(by, Trail.COHORT_CHANGED, cohort, zone=ZONE, at=at, facts={"what": "link"})
        return row
