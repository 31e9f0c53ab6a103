"""What leaves the site after an event: letters as plain text in the person's language, with their own values,
and certificates of attendance."""

import hashlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.utils.translation import gettext, ngettext, override, pgettext
from django.utils.translation import gettext_lazy as _

from sauga.events.followup.models import Certificate, Mailing, MailingLetter
from sauga.events.followup.queries import certificates as given
from sauga.events.followup.queries import surveys
from sauga.events.followup.queries.attendance import credentials_of
from sauga.events.followup.queries.certificates import check_address
from sauga.events.followup.rules.certificates import hours_of
from sauga.events.followup.rules.mailings import LANGUAGES, LONGEST_SUBJECT, RETURN_PREFIX, merged
from sauga.events.programme.certificates import Certificate as Page
from sauga.events.programme.certificates import certificates
from sauga.events.programme.models import Event, said
from sauga.events.registration.models import Registration
from sauga.events.registration.queries import links
from sauga.events.registration.queries.details import Details
from sauga.kernel import credentials
from sauga.kernel.clock import VILNIUS
from sauga.kernel.credentials import PrintedField, PrintedFields, Words
from sauga.kernel.i18n import date_range, decimal, long_date, long_datetime
from sauga.kernel.notifications import Attachment, OutgoingMail, compose


@dataclass(frozen=True)
class Written:
    """A letter as it reads."""

    subject: str
    text: str
    language: str


def language_of(row: Registration) -> str:
    """In which of the two languages a recipient gets the letter."""
    return row.language if row.language in LANGUAGES else LANGUAGES[0]


def place_of(event: Event, language: str) -> str:
    """Where it takes place, in words."""
    places = []
    if event.venue is not None and event.has_place:
        places.append(f"{said(event.venue.name, language)}, {event.venue.address}")
    if event.format != "in_person":
        places.append(gettext("online"))
    return ", ".join(places) or gettext("the place is on the page of the event")


def values_of(row: Registration, details: Details, language: str) -> dict[str, str]:
    """What the fields mean for one registration."""
    with override(language):
        seat = str(said(row.ticket.name, language))
        if row.groups:
            seats = ngettext("%(n)d seat", "%(n)d seats", row.heads) % {"n": row.heads}
            seat = f"{seat}, {details.class_name}: {seats}"
        return {
            **_of_event(row.event, language),
            "name": details.name,
            "link": links.own_address(row),
            "seat": seat,
            "survey": surveys.address_of(row, language),
            "certificate": given.address_of(row, language),
        }


def example_values(event: Event, language: str) -> dict[str, str]:
    """What the fields could mean: for the preview while no recipient is chosen, and for a test letter."""
    with override(language):
        return {
            **_of_event(event, language),
            "name": gettext("Name Surname"),
            "link": links.page_address("events", language),
            "seat": gettext("A seat"),
            "survey": links.page_address("events", language),
            "certificate": links.page_address("events", language),
        }


def _of_event(event: Event, language: str) -> dict[str, str]:
    return {
        "event": str(said(event.title, language)),
        "time": long_datetime(event.starts),
        "place": place_of(event, language),
    }


def write(mailing: Mailing, values: Mapping[str, str], language: str) -> Written:
    """The letter with its fields filled in, and why the recipient gets it."""
    with override(language):
        why = gettext("You get this email because you registered for “%(event)s”.") % {
            "event": said(mailing.event.title, language)
        }
    subject = " ".join(merged(mailing.subject[language], values).split())[: LONGEST_SUBJECT + 60]
    body = merged(mailing.body[language], values).replace("\r\n", "\n").strip()
    return Written(subject, f"{body}\n\n-- \n{why}\nSauga · {settings.ENV.mail_domain}\n", language)


def letter(mailing: Mailing, row: MailingLetter, details: Details, at: datetime) -> OutgoingMail:
    """The mail of one recipient. Its Message-ID is always the same, so that a mail handed over twice is known
    as one. Raises MailRefused."""
    language = language_of(row.registration)
    written = write(mailing, values_of(row.registration, details, language), language)
    return compose(
        subject=written.subject,
        body_text=written.text,
        to=details.address,
        language=language,
        at=at,
        return_token=(RETURN_PREFIX, row.token),
        name=row.token,
    )


def trial(mailing: Mailing, address: str, language: str, at: datetime) -> OutgoingMail:
    """The letter to a member of staff, with example values. Raises MailRefused."""
    written = write(mailing, example_values(mailing.event, language), language)
    with override(language):
        subject = gettext("Test: {title}").format(title=written.subject)
    return compose(subject=subject, body_text=written.text, to=address, language=language, at=at)


def attendance(rows: Sequence[tuple[Certificate, Details]], language: str, at: datetime) -> bytes:
    """Certificates of attendance as one tagged PDF, each in the language of its holder. `language` is that of
    the file."""
    held = credentials_of([row for row, _details in rows])
    if len(held) == len(rows):
        contents = credentials.contents(list(held.values()))
        papers = [(held[row.ref], contents[held[row.ref].pk]) for row, _details in rows]
        return credentials.paper(papers, language, in_own=True)
    pages = [_page(row, details) for row, details in rows]
    heading = gettext("Certificate of attendance")
    document = f"{heading} – {pages[0].holder if len(pages) == 1 else pages[0].title}"
    return certificates(pages, document, language, at)


def certificate_letter(row: Certificate, details: Details, at: datetime) -> OutgoingMail:
    """The mail with a certificate, in the language of its holder. Its Message-ID is always the same, so that
    a mail handed over twice is known as one. Raises MailRefused."""
    registration = row.registration
    language = language_of(registration) if registration is not None else LANGUAGES[0]
    to_child = registration is not None and registration.speaks_to_child
    with override(language):
        title = str(said(row.event.title, language))
        subject = gettext("Your certificate: %(title)s") % {"title": title}
        body = _thanks(to_child=to_child) % {"title": title, "check": given.addresses_of(row, language)[0]}
        document = attendance([(row, details)], language, at)
    return compose(
        subject=subject[:LONGEST_SUBJECT],
        body_text=f"{body}\n\n-- \nSauga · {settings.ENV.mail_domain}\n",
        to=details.address,
        language=language,
        at=at,
        attachments=[Attachment(f"certificate-{row.code}.pdf", document, "application/pdf")],
        name=hashlib.sha256(row.ref.encode()).hexdigest()[:32],
    )


def _thanks(*, to_child: bool) -> str:
    if to_child:
        return pgettext(
            "child",
            "Hi,\n\nthank you for coming to “%(title)s”. Your certificate is attached. Keep it, or print it."
            "\n\nWhoever wants to know that it is genuine can see it here:\n\n%(check)s",
        )
    return gettext(
        "Hello,\n\nthank you for coming to “%(title)s”. Your certificate is attached, to keep or to print."
        "\n\nWhoever wants to know that it is genuine can see it here:\n\n%(check)s"
    )


def printed_on(row: Certificate, details: Details) -> PrintedFields:
    """What a certificate says, in both languages. Raises PrintedRefused for a name that is none."""
    event = row.event
    days = event.starts.astimezone(VILNIUS).date(), event.ends.astimezone(VILNIUS).date()
    return PrintedFields(
        holder=details.name,
        number=row.code,
        about=_words(lambda language: str(said(event.title, language))),
        intro=_words(lambda _l: gettext("The Safer Internet Centre of Lithuania certifies that")),
        why=_words(lambda _l: _why(row, details)),
        fields=(
            PrintedField("when", _words(lambda _l: _("When")), _words(lambda _l: date_range(*days))),
            PrintedField("place", _words(lambda _l: _("Place")), _words(lambda code: place_of(event, code))),
            PrintedField(
                "hours", _words(lambda _l: _("Hours")), _words(lambda _l: decimal(hours_of(row.minutes)))
            ),
        ),
    )


def _words(say: Callable[[str], object]) -> Words:
    """What is said in each of the two languages."""
    spoken = {}
    for language in LANGUAGES:
        with override(language):
            spoken[language] = str(say(language))
    return Words(**spoken)


def _page(row: Certificate, details: Details) -> Page:
    language = language_of(row.registration) if row.registration is not None else LANGUAGES[0]
    with override(language):
        title = said(row.event.title, language)
        days = date_range(
            row.event.starts.astimezone(VILNIUS).date(), row.event.ends.astimezone(VILNIUS).date()
        )
        facts = [days, place_of(row.event, language), hours_text(row.minutes)]
        return Page(
            lang=language,
            heading=gettext("Certificate of attendance"),
            intro=gettext("The Safer Internet Centre of Lithuania certifies that"),
            holder=details.name,
            why=_why(row, details),
            title=str(title),
            title_lang=getattr(title, "language", language),
            facts=", ".join(facts),
            made=long_date(row.issued_at),
            number=gettext("No. %(number)s · to check: %(address)s")
            % {"number": row.code, "address": check_address(row, language).split("//", 1)[-1]},
        )


def _why(row: Certificate, details: Details) -> str:
    if not row.is_for_class:
        return gettext("took part in")
    pupils = ngettext("%(n)d person", "%(n)d people", row.heads) % {"n": row.heads}
    return gettext("took part with the class %(name)s (%(school)s, together %(people)s) in") % {
        "name": details.class_name,
        "school": details.school,
        "people": pupils,
    }


def hours_text(minutes: int) -> str:
    """How many hours, in words."""
    return gettext("hours: %(n)s") % {"n": decimal(hours_of(minutes))}
