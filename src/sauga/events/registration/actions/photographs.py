"""What people agree to about photographs, changed at any time: by themselves, by a child's guardian, and of a
class by the teacher, as a number of children.
"""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from sauga.events.effects import photo_consent_changed
from sauga.events.permissions import Permission
from sauga.events.registration.actions.own import require_own
from sauga.events.registration.actions.registrations import PHOTO_VERSION, check_children, check_photo
from sauga.events.registration.models import Registration
from sauga.events.registration.rules import is_wider
from sauga.events.trail import ZONE, Trail
from sauga.kernel import audit
from sauga.kernel.identity import require
from sauga.kernel.refusals import ActionRefused
from sauga.kernel.states import Actor, lock


class GuardianDecides(ActionRefused):
    """A child alone allows more than the guardian agreed to."""

    message = _("Only your parent or guardian can allow more, on the page of their link. You can allow less.")
    field = "photo"


def set_photo(
    *, by: Actor, registration: Registration, photo: str, children: int = 0, at: datetime
) -> Registration:
    """Agree to other photographs than before, or to none; of a class, for another number of children. It
    counts at once. Raises PermissionRefused, CodeRefused, ChildrenRefused, GuardianDecides."""
    require_own(by, registration)
    return _set(by, registration, photo, children, at, is_guardian=False)


def set_photo_as_guardian(*, by: Actor, registration: Registration, photo: str, at: datetime) -> Registration:
    """A guardian decides about photographs of a child. Raises PermissionRefused, CodeRefused."""
    require(by, Permission.REGISTER)
    return _set(by, registration, photo, 0, at, is_guardian=True)


def _set(
    by: Actor, registration: Registration, photo: str, children: int, at: datetime, *, is_guardian: bool
) -> Registration:
    check_photo(registration.event, photo, is_class=bool(registration.groups))
    with transaction.atomic():
        row = lock(registration)
        check_children(row.event, row.groups, children)
        if row.guardian_agreed_at and not is_guardian and is_wider(photo, row.photo):
            raise GuardianDecides
        if (row.photo, row.photo_children) == (photo, children):
            return row
        row.photo, row.photo_children, row.photo_version = photo, children, PHOTO_VERSION
        row.save(update_fields=["photo", "photo_children", "photo_version"])
        facts: dict[str, str | int] = {"what": "photo_guardian" if is_guardian else "photo"}
        audit.record(by, Trail.REGISTRATION_CHANGED, row, zone=ZONE, at=at, facts=facts)
        photo_consent_changed(by=by, registration=row, at=at)
        return row
