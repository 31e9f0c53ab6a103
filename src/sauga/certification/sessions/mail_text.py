"""Mails about a session, to its host and to ambassadors, and its calendar entry."""

from datetime import datetime, time, timedelta
from enum import StrEnum
from typing import Any

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext, override

from sauga.certification.applications.mail_text import tidy
from sauga.certification.applications.queries import protection
from sauga.certification.sessions.models import Booking, Offer
from sauga.certification.sessions.queries import links
from sauga.certification.states import BookingState
from sauga.kernel import vocab
from sauga.kernel.clock import VILNIUS
from sauga.kernel.i18n import long_date
from sauga.kernel.notifications import OutgoingMail, compose
from sauga.kernel.organisations.places import short_municipality_name
from sauga.kernel.ui.formats import calendars
from sauga.kernel.ui.public_frame.language import whole

LASTS = timedelta(hours=1)


class Mail(StrEnum):
    """What a mail is about."""

    CONFIRM = "confirm"
    ACCEPTED = "accepted"
    DECLINED = "declined"
    CANCELLED = "cancelled"
    PLEASE_CONFIRM = "please_confirm"
    OFFER = "offer"
    CANCELLED_AMBASSADOR = "cancelled_ambassador"
    PLEASE_REPORT = "please_report"


TO_AMBASSADOR = (Mail.OFFER, Mail.CANCELLED_AMBASSADOR, Mail.PLEASE_REPORT)


def host_of(row: Booking) -> str:
    """The name of the host: as the register has it, else as it was typed."""
    return row.organisation.present_name() if row.organisation is not None else row.organisation_name


def when(row: Booking) -> str:
    """Its day and hour in words."""
    return ", ".join(filter(None, [long_date(row.day), f"{row.begins:%H:%M}" if row.begins else ""]))


def what_about(row: Booking) -> str:
    """Its topic and audience in words."""
    said = [
        vocab.label("topics", row.topic) if row.topic else "",
        vocab.label("audiences", row.audience) if row.audience else "",
    ]
    return "; ".join(filter(None, said)) or gettext("topic to be agreed")


def facts(row: Booking) -> dict[str, Any]:
    """What every page and mail says of a session."""
    return {
        "row": row,
        "host": host_of(row),
        "when": when(row),
        "about": what_about(row),
        "place": short_municipality_name(row.municipality),
        "spoken_in": vocab.label("languages", row.language),
    }


def ambassador_name(row: Booking) -> str:
    """The name of the ambassador who comes."""
    return protection.text_of(row.ambassador, row.ambassador, "name") if row.ambassador is not None else ""


def mail_about(
    row: Booking, what: Mail, address: str, language: str, *, at: datetime, offer: Offer | None = None
) -> OutgoingMail:
    """A mail about a session. Raises MailRefused."""
    with override(language):
        is_own = what in TO_AMBASSADOR
        own = whole(reverse("certification-mine"))
        context = {
            **facts(row),
            "what": what.value,
            "link": own if is_own else links.own_address(row),
            "ambassador": ambassador_name(row),
            "offer": offer,
            "mail_domain": settings.ENV.mail_domain,
        }
        text = render_to_string("certification/mail/session.txt", context)
        subject = _subject(what) % {"when": long_date(row.day)}
    return compose(subject=subject, body_text=tidy(text), to=address, language=language, at=at)


def _subject(what: Mail) -> str:
    return {
        Mail.CONFIRM: gettext("Please confirm your request for a session"),
        Mail.ACCEPTED: gettext("An ambassador comes on %(when)s"),
        Mail.DECLINED: gettext("No ambassador can come on %(when)s"),
        Mail.CANCELLED: gettext("The session on %(when)s is cancelled"),
        Mail.PLEASE_CONFIRM: gettext("The session on %(when)s: how many took part?"),
        Mail.OFFER: gettext("A session on %(when)s: can you come?"),
        Mail.CANCELLED_AMBASSADOR: gettext("The session on %(when)s is cancelled"),
        Mail.PLEASE_REPORT: gettext("Did the session on %(when)s take place?"),
    }[what]


def entry(row: Booking) -> calendars.Event:
    """A session as a calendar entry. Where no hour was given, it begins at nine."""
    begins = datetime.combine(row.day, row.begins or time(9), tzinfo=VILNIUS)
    return calendars.Event(
        uid=f"{row.ref}@{settings.ENV.mail_domain}",
        begins=begins,
        ends=begins + LASTS,
        title=gettext("Ambassador session: %(about)s") % {"about": what_about(row)},
        is_certain=row.begins is not None,
        number=row.number,
        is_cancelled=row.state == BookingState.CANCELLED,
        place=f"{host_of(row)}, {short_municipality_name(row.municipality)}",
    )


def calendar_file(name: str, rows: list[Booking], at: datetime) -> str:
    """Sessions as a calendar file."""
    return calendars.calendar(name, [entry(one) for one in rows], at, "Ambassadors")
