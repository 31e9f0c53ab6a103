"""What leaves the site about learning: letters as plain text, and the statement of hours as PDF."""

import re
from collections.abc import Sequence
from datetime import datetime
from importlib.resources import files
from urllib.parse import urljoin

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext, override

from sauga.kernel.i18n import decimal, languages, long_date
from sauga.kernel.notifications import OutgoingMail, compose
from sauga.kernel.ui.formats import pdf
from sauga.training.courses.models import said
from sauga.training.learning.models import Enrolment, EnrolmentStep, GroupMessage, StaffInvitation
from sauga.training.learning.queries import invitations
from sauga.training.states import EnrolmentState


def _subject(state: str, course: str) -> str:
    match state:
        case EnrolmentState.ACTIVE:
            text = gettext("Your place in the course: %(course)s")
        case EnrolmentState.WAITLISTED:
            text = gettext("You are in the waiting list: %(course)s")
        case EnrolmentState.COMPLETED:
            text = gettext("You have completed the course: %(course)s")
        case EnrolmentState.FAILED:
            text = gettext("Your tries are used, and what you can do: %(course)s")
        case EnrolmentState.WITHDRAWN:
            text = gettext("Enrolment is closed: %(course)s")
        case _:
            text = gettext("Your course waits for you: %(course)s")
    return text % {"course": course}


def letter_about(row: Enrolment, step: EnrolmentStep, address: str, at: datetime) -> OutgoingMail:
    """The letter about a move, in the language in which the learner enrolled. Raises MailRefused."""
    with override(_language(row)):
        course = said(row.version.title)
        context = {
            "state": step.after,
            "course": course,
            "cohort": row.cohort,
            "starts": long_date(row.cohort.starts),
            "ends": long_date(row.cohort.ends),
            "link": _course_address(row) if step.after == EnrolmentState.WITHDRAWN else own_address(row),
            "mail_domain": settings.ENV.mail_domain,
        }
        text = render_to_string("training/learning/mail/move.txt", context)
        subject = _subject(step.after, course)
    return compose(subject=subject, body_text=_tidy(text), to=address, language=_language(row), at=at)


def letter_with(row: Enrolment, message: GroupMessage, text: str, address: str, at: datetime) -> OutgoingMail:
    """A tutor's message as a letter. Raises MailRefused."""
    with override(_language(row)):
        course = said(row.version.title)
        context = {
            "course": course,
            "text": text,
            "link": own_address(row),
            "mail_domain": settings.ENV.mail_domain,
        }
        body = render_to_string("training/learning/mail/message.txt", context)
        subject = gettext("A message from your tutor: %(course)s") % {"course": course}
    return compose(subject=subject, body_text=_tidy(body), to=address, language=_language(row), at=at)


def letter_inviting(row: StaffInvitation, address: str, at: datetime) -> OutgoingMail:
    """The invitation that an organisation asked for, in the language it chose. Raises MailRefused."""
    language = row.language if row.language in languages.codes() else languages.DEFAULT
    with override(language):
        course = said(row.cohort.version.title)
        enrol = urljoin(settings.ENV.base_url, reverse("training-enrol", args=[row.cohort.ref]))
        context = {
            "course": course,
            "summary": said(row.cohort.version.summary),
            "hours": decimal(row.cohort.version.hours),
            "organisation": row.organisation.name_at(at),
            "starts": long_date(row.cohort.starts),
            "ends": long_date(row.cohort.ends),
            "closes": long_date(row.cohort.closes),
            "link": f"{enrol}?from={invitations.link_of(row)}",
            "refuse": urljoin(
                settings.ENV.base_url, reverse("training-invitation", args=[invitations.token_of(row)])
            ),
            "mail_domain": settings.ENV.mail_domain,
        }
        text = render_to_string("training/learning/mail/invitation.txt", context)
        subject = gettext("Course for your work: %(course)s") % {"course": course}
    return compose(subject=subject, body_text=_tidy(text), to=address, language=language, at=at)


def own_address(row: Enrolment) -> str:
    """The learner's page of the course, as a mail names it."""
    return urljoin(settings.ENV.base_url, reverse("training-learn", args=[row.ref]))


def _course_address(row: Enrolment) -> str:
    """The public page of the course, with its other groups."""
    return urljoin(settings.ENV.base_url, reverse("training-course", args=[row.version.course.code]))


def _language(row: Enrolment) -> str:
    return row.language if row.language in languages.codes() else languages.DEFAULT


def _tidy(text: str) -> str:
    return re.sub(r"\n{3,}", "\n\n", text).strip() + "\n"


def statement(name: str, year: int, rows: Sequence[Enrolment], *, at: datetime, language: str) -> bytes:
    """The hours of a year as a PDF: what was completed when, with how many hours."""
    with override(language):
        total = sum((row.version.hours for row in rows), start=0)
        content = {
            "lang": language,
            "title": gettext("Training completed in %(year)s") % {"year": year},
            "name": name,
            "made": gettext("Made by Sauga on %(day)s.") % {"day": long_date(at)},
            "heads": [gettext("Course"), gettext("Completed"), gettext("Hours"), gettext("Certificate")],
            "rows": [
                [
                    said(row.version.title),
                    long_date(row.completed_at) if row.completed_at else "",
                    decimal(row.version.hours),
                    row.certificate,
                ]
                for row in rows
            ],
            "total": gettext("Hours in all: %(hours)s") % {"hours": decimal(total)},
            "check": gettext("Each certificate can be checked by its number on the page of certificates."),
        }
    return pdf.pdf(files("sauga.training.learning").joinpath("data", "hours.typ"), content, at=at)
