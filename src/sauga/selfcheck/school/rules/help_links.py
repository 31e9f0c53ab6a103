"""Where help for an aspect is: toolkits of the repository and courses, by their public addresses. Other
services are not asked: an address that an installation does not have is left out by the page."""

from dataclasses import dataclass

from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from sauga.kernel.refusals import Text


@dataclass(frozen=True)
class Help:
    """One address in both languages. `service` is the one whose page it is."""

    title: Text
    lt: str
    en: str
    service: str

    @property
    def href(self) -> str:
        """The address in the reader's language."""
        return self.en if get_language() == "en" else self.lt


def _toolkit(topic: str) -> Help:
    return Help(
        _("Toolkits and lessons"),
        f"/lt/istekliai/?topic={topic}",
        f"/en/resources/?topic={topic}",
        "repository",
    )


def _course(code: str, title: Text) -> Help:
    return Help(title, f"/lt/mokymai/kursas/{code}/", f"/en/training/course/{code}/", "training")


BULLYING = _course("class-teacher-cyberbullying", _("Course “Cyberbullying: what a class teacher does”"))
LIBRARIANS = _course("school-librarians", _("Course “Safer internet for school librarians”"))
COURSES = Help(_("Courses for teachers"), "/lt/mokymai/", "/en/training/", "training")
WEBINARS = Help(_("Webinars for parents"), "/lt/mokymai/vebinarai/", "/en/training/webinars/", "training")
EVENTS = Help(_("Events"), "/lt/renginiai/", "/en/events/", "events")
AMBASSADORS = Help(_("Invite an ambassador"), "/lt/ambasadoriai/", "/en/ambassadors/", "certification")
HELP = Help(_("Where to get help"), "/lt/pagalba/", "/en/help/", "helpline")

HELPS: dict[str, tuple[Help, ...]] = {
    "ai": (_toolkit("artificial_intelligence"), COURSES),
    "cyberbullying": (_toolkit("cyberbullying"), BULLYING),
    "digital-balance": (_toolkit("wellbeing"), COURSES),
    "disinformation": (_toolkit("media_literacy"), LIBRARIANS),
    "events": (EVENTS, AMBASSADORS),
    "grooming": (_toolkit("grooming"), AMBASSADORS),
    "help": (HELP, BULLYING),
    "inclusion": (_toolkit("inclusion"), COURSES),
    "lessons": (_toolkit("digital_citizenship"), AMBASSADORS),
    "parents": (_toolkit("parental_mediation"), WEBINARS),
    "participation": (_toolkit("child_rights_participation"), AMBASSADORS),
    "privacy": (_toolkit("data_privacy"), COURSES),
    "professional": (COURSES, BULLYING, LIBRARIANS),
    "security": (_toolkit("phishing"), COURSES),
    "sexting": (_toolkit("ncii"), AMBASSADORS),
}


def course_of(code: str) -> str:
    """What the national picture calls the course or page that a gap leads to."""
    leading = [one for one in HELPS[code] if one.service in ("training", "certification", "events")]
    return str(leading[0].title) if leading else gettext("Where to get help")
