"""What leaves the site about a viewing site: mails to the library, and its papers: the poster with its name,
the host script, the paper questions.
"""

from datetime import datetime
from enum import StrEnum
from importlib.resources import files as packaged
from typing import Any

from django.conf import settings
from django.template.loader import render_to_string
from django.utils.translation import get_language, gettext, override

from sauga.events.programme.models import said
from sauga.kernel.clock import VILNIUS
from sauga.kernel.i18n import date_with_weekday, long_datetime
from sauga.kernel.notifications import OutgoingMail, compose
from sauga.kernel.notifications.mail import Attachment
from sauga.kernel.organisations import municipality_name
from sauga.kernel.ui.formats import pdf
from sauga.training.viewing.models import ViewingSite
from sauga.training.viewing.queries import links
from sauga.training.viewing.rules import COUNT_WITHIN
from sauga.training.webinars.models import Webinar
from sauga.training.webinars.queries.links import whole

HELPLINE, EMERGENCY = "116 111", "112"
TIME = "%H:%M"
PDF = "application/pdf"


class Mail(StrEnum):
    """What a mail is about."""

    INVITATION = "invitation"
    LINK = "link"
    REMIND_TO_ENROL = "remind_to_enrol"
    ENROLLED = "enrolled"
    REMIND_TO_TEST = "remind_to_test"
    MATERIALS = "materials"
    ASK_FOR_COUNT = "ask_for_count"
    REMIND_TO_COUNT = "remind_to_count"
    OVERDUE = "overdue"
    MOVED = "moved"
    CANCELLED = "cancelled"


def when(webinar: Webinar) -> str:
    """„2027 m. sausio 21 d., ketvirtadienis, 17:30–18:30“."""
    starts, ends = (one.astimezone(VILNIUS) for one in (webinar.event.starts, webinar.event.ends))
    return f"{date_with_weekday(starts)}, {starts.strftime(TIME)}⁠–⁠{ends.strftime(TIME)}"


def title_of(webinar: Webinar) -> str:
    """The title of its event in the language of the page, or in another."""
    return str(said(webinar.event.title))


def count_until(site: ViewingSite) -> datetime:
    """Until when a count is expected."""
    return site.over_at + COUNT_WITHIN


def mail_about(site: ViewingSite, what: Mail, address: str, at: datetime) -> OutgoingMail:
    """A mail to a library, in the language in which it was invited. Raises MailRefused."""
    webinar = site.webinar
    with override(site.language):
        context = {
            "what": what.value,
            "site": site,
            "library": str(site),
            "title": title_of(webinar),
            "summary": str(said(webinar.event.summary)),
            "when": when(webinar),
            "link": links.own_address(site),
            "fallback": whole(links.own_path(site, "site-fallback")) if webinar.fallback else "",
            "until": long_datetime(count_until(site)),
            "phone": webinar.phone,
            "mail_domain": settings.ENV.mail_domain,
        }
        text = render_to_string("training/viewing/mail/site.txt", context)
        subject = _subject(what) % {"title": _short(title_of(webinar))}
        papers = _papers(site, at) if what is Mail.MATERIALS else ()
    return compose(
        subject=subject, body_text=_tidy(text), to=address, language=site.language, at=at, attachments=papers
    )


def _subject(what: Mail) -> str:
    return {
        Mail.INVITATION: gettext("Will your library show the webinar “%(title)s”?"),
        Mail.LINK: gettext("The personal link of your library: “%(title)s”"),
        Mail.REMIND_TO_ENROL: gettext("Reminder: will your library show “%(title)s”?"),
        Mail.ENROLLED: gettext("Your library takes part: “%(title)s”"),
        Mail.REMIND_TO_TEST: gettext("Please test picture and sound for “%(title)s”"),
        Mail.MATERIALS: gettext("For the host: script, paper questions and recording for “%(title)s”"),
        Mail.ASK_FOR_COUNT: gettext("How many people watched “%(title)s” at your library?"),
        Mail.REMIND_TO_COUNT: gettext("Reminder: how many people watched “%(title)s”?"),
        Mail.OVERDUE: gettext("The head count for “%(title)s” is overdue"),
        Mail.MOVED: gettext("New time of the webinar “%(title)s”"),
        Mail.CANCELLED: gettext("The webinar “%(title)s” is cancelled"),
    }[what]


def _short(title: str) -> str:
    return title if len(title) <= 100 else f"{title[:99]}…"


def _tidy(text: str) -> str:
    """Without the empty lines that tags of a template leave behind: one at most between two paragraphs."""
    lines: list[str] = []
    for line in (one.rstrip() for one in text.replace("\u2060", "").strip().splitlines()):
        if line or (lines and lines[-1]):
            lines.append(line)
    return "\n".join(lines) + "\n"


def _papers(site: ViewingSite, at: datetime) -> list[Attachment]:
    papers = [Attachment("klausimu-lapeliai.pdf", slips(site.webinar, at), PDF)]
    if script_of(site.webinar):
        papers.insert(0, Attachment("scenarijus.pdf", script(site.webinar, at), PDF))
    return papers


def poster(site: ViewingSite, at: datetime) -> bytes:
    """An A4 poster with the library's name, in the language of the page; tagged PDF."""
    event = site.webinar.event
    starts = event.starts.astimezone(VILNIUS)
    content = {
        "lang": get_language() or "lt",
        "document": f"{title_of(site.webinar)} – {site}",
        "kind": gettext("Webinar on the big screen"),
        "title": title_of(site.webinar),
        "summary": str(said(event.summary)),
        "library": str(site),
        "place": municipality_name(site.municipality),
        "day": date_with_weekday(starts),
        "hour": starts.strftime(TIME),
        "free": gettext("Free of charge. Ask the speaker: without a name, on paper or through the host."),
        "help": gettext("Need to talk? Children and teenagers are heard free of charge and without a name:"),
        "helpline": HELPLINE,
        "emergency": gettext("In danger call %(number)s") % {"number": EMERGENCY},
        "site": whole("").removeprefix("https://").removeprefix("http://"),
    }
    mark = packaged("sauga.kernel.ui").joinpath("static/ui/mark.svg").read_bytes()
    return pdf.pdf(_source("site_poster.typ"), content, at=at, files={"mark.svg": mark})


def script_of(webinar: Webinar) -> str:
    """The host script in the language of the page, or in another."""
    return str(said(webinar.script))


def script(webinar: Webinar, at: datetime) -> bytes:
    """The host script to print: paragraphs, and lines that begin with “# ” as headings; tagged PDF."""
    blocks = [
        {"heading": one.startswith("# "), "text": one.removeprefix("# ").strip()}
        for one in script_of(webinar).splitlines()
        if one.strip()
    ]
    content = {
        "lang": get_language() or "lt",
        "document": gettext("Host script"),
        "title": title_of(webinar),
        "when": when(webinar),
        "blocks": blocks,
        "phone": webinar.phone,
        "call": gettext("Organisers on the day:"),
        "help": gettext(
            "If somebody is upset afterwards: children and teenagers are heard at 116 111, free of charge "
            "and without a name. In danger call 112."
        ),
    }
    return pdf.pdf(_source("script.typ"), content, at=at)


def slips(webinar: Webinar, at: datetime) -> bytes:
    """Paper questions, six on a page to cut out; tagged PDF."""
    words = str(said(webinar.slips)) or gettext("What would you like to ask the speaker?")
    content = {
        "lang": get_language() or "lt",
        "document": gettext("Paper questions"),
        "title": title_of(webinar),
        "ask": words,
        "note": gettext("No name, please. The host types the question and throws the paper away."),
    }
    return pdf.pdf(_source("slips.typ"), content, at=at)


def _source(name: str) -> Any:
    return packaged("sauga.training.viewing").joinpath("data", name)
