"""Who may do what with training. Roles are data; these are their defaults."""

from enum import StrEnum

from django.utils.translation import gettext_lazy as _


class Permission(StrEnum):
    """What a role may allow."""

    BROADCAST = "training.broadcast"


P = Permission
ROLES: dict[str, set[Permission]] = {
    "COURSE_EDITOR": set(),
    "TUTOR": set(),
    "WEBINAR_HOST": {P.BROADCAST},
}
LABELS: dict[str, dict[str, str]] = {
    "COURSE_EDITOR": {"lt": "Kursų rengėjas", "en": "Course editor"},
    "TUTOR": {"lt": "Kursų kuratorius", "en": "Tutor"},
    "WEBINAR_HOST": {"lt": "Vebinarų koordinatorius", "en": "Webinar coordinator"},
}
SYSTEM: dict[str, set[Permission]] = {"training": {P.BROADCAST}}
"""What jobs and outside people may do, by the name of their SystemActor."""

WORDING = {
    P.BROADCAST: _("Prepare and run live broadcasts"),
}
"""What each permission lets people do. Those without words belong to jobs and to the public."""
