"""What leaves the site about an activity: mails to its organiser, its poster, its certificate."""

from datetime import datetime, time
from enum import StrEnum
from importlib.resources import files as packaged
from typing import Any

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import get_language, gettext, ngettext, override

from sauga.events.activities.models import Activity, HeadsKind
from sauga.events.activities.queries import links
from sauga.events.programme.certificates import Certificate, certificates
from sauga.kernel.i18n import integer, long_date
from sauga.kernel.notifications import OutgoingMail, compose
from sauga.kernel.organisations import municipality_name
from sauga.kernel.ui.formats import pdf

HELPLINE, EMERGENCY = "116 111", "112"
REMINDED_TWICE = 2


class Mail(StrEnum):
    """What a mail is about."""

    CONFIRM = "confirm"
    REGISTERED = "registered"
    LINK = "link"
    SHOWN = "shown"
    DECLINED = "declined"
    REMIND = "remind"


def organisation_of(row: Activity) -> str:
    """The name of its organisation: as the register has it, else as it was typed."""
    return row.organisation.present_name() if row.organisation is not None else row.organisation_name


def hour(begins: time | None) -> str:
    """„10:00“; nothing where no hour was given."""
    return f"{begins:%H:%M}" if begins else ""


def when(row: Activity) -> str:
    """Its day and hour in words."""
    return ", ".join(filter(None, [long_date(row.day), hour(row.begins)]))


def mail_about(row: Activity, what: Mail, address: str, at: datetime) -> OutgoingMail:
    """A mail to its organiser, in the language in which it was registered. Raises MailRefused."""
    with override(row.language):
        context = {
            "row": row,
            "what": what.value,
            "link": links.own_address(row),
            "map": links.whole(reverse("events-sid")),
            "organisation": organisation_of(row),
            "when": when(row),
            "is_last": row.reminders >= REMINDED_TWICE,
            "until": long_date(row.edition.reported_until),
            "mail_domain": settings.ENV.mail_domain,
        }
        text = render_to_string("events/activities/mail/activity.txt", context)
        subject = _subject(what, row)
    return compose(subject=subject, body_text=_tidy(text), to=address, language=row.language, at=at)


def _subject(what: Mail, row: Activity) -> str:
    return {
        Mail.CONFIRM: gettext("Please confirm your activity of Safer Internet Day %(year)s"),
        Mail.REGISTERED: gettext("Your activity of Safer Internet Day %(year)s is registered"),
        Mail.LINK: gettext("The personal link to your activity of Safer Internet Day %(year)s"),
        Mail.SHOWN: gettext("Your activity of Safer Internet Day %(year)s is shown on our site"),
        Mail.DECLINED: gettext("Safer Internet Day %(year)s: please change the words of your activity"),
        Mail.REMIND: gettext("Safer Internet Day %(year)s: how many took part?"),
    }[what] % {"year": row.year}


def _tidy(text: str) -> str:
    """Without the empty lines that tags of a template leave behind: one at most between two paragraphs."""
    lines: list[str] = []
    for line in (one.rstrip() for one in text.strip().splitlines()):
        if line or (lines and lines[-1]):
            lines.append(line)
    return "\n".join(lines) + "\n"


def poster(row: Activity, at: datetime) -> bytes:
    """An A4 poster with the organisation's name, in the language of the page; tagged PDF."""
    day = gettext("Safer Internet Day")
    content = {
        "lang": get_language() or "lt",
        "document": f"{row.title} – {organisation_of(row)}",
        "day": day,
        "year": str(row.year),
        "motto": gettext("Together for a better internet"),
        "title": row.title,
        "title_lang": row.language,
        "organisation": organisation_of(row),
        "when": when(row),
        "where": municipality_name(row.municipality),
        "help": gettext("Need to talk? Children and teenagers are heard free of charge and without a name:"),
        "helpline": HELPLINE,
        "emergency": gettext("In danger call %(number)s") % {"number": EMERGENCY},
        "site": links.whole("").removeprefix("https://").removeprefix("http://"),
    }
    return pdf.pdf(_source("poster.typ"), content, at=at, files=_mark())


def certificate(row: Activity, at: datetime) -> bytes:
    """The certificate of participation of a reported activity, in the language of the page; tagged PDF."""
    n = sum(one.n for one in row.heads.all() if one.kind == HeadsKind.REPORTED)
    language = get_language() or "lt"
    facts = (
        when(row),
        municipality_name(row.municipality),
        ngettext("%(n)s participant", "%(n)s participants", n) % {"n": integer(n)},
    )
    page = Certificate(
        lang=language,
        heading=gettext("Certificate of participation"),
        intro=gettext("The Safer Internet Centre of Lithuania thanks"),
        holder=organisation_of(row),
        why=gettext("for taking part in Safer Internet Day %(year)s with the activity") % {"year": row.year},
        title=row.title,
        title_lang=row.language,
        facts=", ".join(facts),
        made=date_format(row.reported_at or at, "DATE_FORMAT"),
    )
    document = f"{page.heading} – {page.holder}"
    return certificates([page], document, language, row.reported_at or at)


def _source(name: str) -> Any:
    return packaged("sauga.events.activities").joinpath("data", name)


def _mark() -> dict[str, bytes]:
    return {"mark.svg": packaged("sauga.kernel.ui").joinpath("static/ui/mark.svg").read_bytes()}
