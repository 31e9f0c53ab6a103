"""One of each thing about which a service asks something at the desk, for the test that posts its forms."""

from collections import Counter, deque
from collections.abc import Iterator
from datetime import datetime, timedelta
from urllib.parse import urldefrag, urljoin, urlsplit

from access.form_posts import within
from django.http import HttpResponse
from django.test import Client
from django.urls import Resolver404, resolve
from factories import (
    ballots,
    certification,
    courses,
    events,
    labels,
    lti_tool,
    newsletter,
    panel_voice,
    proposals,
    registrations,
    resources,
    webinars,
)
from lxml import html

from sauga.kernel import clock
from sauga.kernel.clock import VILNIUS
from tests.centre import Centre

READERS = (
    "ORGANISER",
    "COURSE_EDITOR",
    "TUTOR",
    "WEBINAR_HOST",
    "CERTIFICATION_MANAGER",
    "LABEL_COORDINATOR",
    "PANEL_FACILITATOR",
    "PANEL_SAFEGUARDING_LEAD",
    "PUBLISHER",
    "EDITOR",
    "PARTNER_MANAGER",
)
ELSEWHERE = ("/desk/cms/", "/desk/signout", "/desk/style/", "/desk/me/", "/desk/guides", "/desk/notices")
OF_A_KIND = 1
"""So many pages of an address are read."""


def make_things(centre: Centre) -> None:
    """An event with all that belongs to it, a course, an ambassador, a label, a proposal of the panel, …"""
    at = clock.now()
    events.room(centre, events.venue(centre))
    event = registrations.coming(centre)
    ticket = registrations.a_ticket(centre, event, 10)
    registrations.a_ticket(centre, event, 40, classes=True)
    registrations.registered(ticket, at=at)
    proposals.proposed(proposals.a_call(centre, event=event))
    draft = events.draft(centre)
    events.session(centre, draft, "2027-02-09 11:00", "2027-02-09 11:30")
    courses.drafted(centre)
    old = courses.published_before_the_gate(courses.drafted(centre, "other"))
    courses.enrolled(courses.cohort(centre, old))
    certification.applied(at=at)
    certification.asked(at)
    labels.begun(at)
    panel = panel_voice.panel(centre, at=noon_before(at))
    panel_voice.submitted(panel)
    panel_voice.published(panel, "Smiltė")
    panel_voice.addressee(panel)
    ballots.proposed(centre)
    newsletter.written(centre)
    resources.draft(centre)
    webinar = webinars.a_webinar(centre)
    webinars.a_speaker(centre, webinar)
    webinars.invited(centre, webinar, webinars.a_library())
    lti_tool.registered(centre.actor("PUBLISHER"), at)


def noon_before(at: datetime) -> datetime:
    """Noon of the day before: members of the panel under 16 write nothing at night."""
    return (at.astimezone(VILNIUS) - timedelta(days=1)).replace(hour=12)


def pages_of(browser: Client, read: Counter[str]) -> Iterator[str]:
    """The addresses that somebody at the desk comes to by links; `read` counts those of each view."""
    waiting, known = deque(["/desk/"]), {"/desk/"}
    while waiting:
        page = waiting.popleft()
        try:
            view = resolve(urlsplit(page).path).view_name
        except Resolver404:
            continue
        if read[view] >= OF_A_KIND and page != "/desk/":
            continue
        read[view] += 1
        answer = within(lambda page=page: browser.get(page))
        found = [answer.headers["Location"]] if answer.has_header("Location") else list(_links(page, answer))
        new = [one for one in dict.fromkeys(found) if one.startswith("/desk/") and one not in known]
        known.update(new)
        waiting.extend(one for one in new if not one.startswith(ELSEWHERE))
        if answer.status_code == 200:
            yield page


def _links(page: str, answer: HttpResponse) -> Iterator[str]:
    if answer.streaming or not answer.headers.get("Content-Type", "").startswith("text/html"):
        return
    for link in html.fromstring(answer.content.decode()).xpath("//a[@href and not(@download)]"):
        address = urldefrag(urljoin(page, link.get("href")))[0]
        if "?" not in address:
            yield address
