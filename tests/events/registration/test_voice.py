"""Pages and mails about a registration speak to children as to children, in Lithuanian "tu"; a teacher who
registers a class and everybody else is "Jūs".
"""

import re

import pytest
from django.test import Client
from django.urls import reverse
from django.utils.translation import override
from factories.registrations import PRESENT as NOW
from factories.registrations import a_ticket, coming, registered, unconfirmed

from sauga.events.registration import mail_text
from sauga.events.registration.queries.links import own_address
from sauga.events.registration.rules import speaks_to_child
from tests.centre import Centre, centre  # noqa: F401  a fixture

FORMAL = re.compile(r"\b(Jūs|Jūsų|Jums|Jus|Esate|\w+(kite|site|ėtumėte))\b")
MAILS = (
    "again",
    "cancelled",
    "confirmed",
    "event_cancelled",
    "event_moved",
    "held",
    "offer_expired",
    "offered",
    "pending_approval",
    "rejected",
    "unconfirmed",
    "waitlisted",
)
WAITING = ("held", "unconfirmed")
"""Mails about a registration that waits for its link."""


@pytest.mark.parametrize(
    ("audiences", "classes", "guardian", "to_child"),
    [
        (("children",), False, False, True),
        (("children", "teenagers"), False, False, True),
        (("children", "teachers"), False, False, False),
        ((), False, False, False),
        (("general_public",), False, True, True),
        (("children",), True, False, False),
    ],
)
def test_whom_a_registration_speaks_to(audiences, classes, guardian, to_child):
    found = speaks_to_child(audiences, is_for_classes=classes, has_guardian=guardian)
    assert found is to_child


@pytest.mark.django_db
def test_children_are_never_spoken_to_formally_and_adults_are(centre: Centre):
    for audiences, is_child in ((("children",), True), (("teachers",), False)):
        event = coming(centre, audiences=audiences)
        ticket = a_ticket(centre, event, 1, at=NOW)
        first, second = (registered(ticket, name, at=NOW) for name in ("Ona", "Ieva"))
        second.offer_until = NOW  # for the mail about an offer
        with override("lt"):
            path = reverse("events-register-ticket", args=[event.slug, ticket.ref])
        form = Client().get(path).text
        pages = [form, *(Client().get(own_address(row)).text for row in (first, second))]
        waits = unconfirmed(ticket, "Petras", at=NOW)
        pages.append(Client().get(own_address(waits)).text)
        mails = [
            mail_text._letter(waits if name in WAITING else second, name, "a@mokykla.example", NOW, None)
            for name in MAILS
        ]
        said = [page.partition("<main")[2].partition("<aside")[0] for page in pages]
        said += [f"{mail['Subject']}\n{mail.get_content()}" for mail in mails]
        formal = [bool(FORMAL.search(text)) for text in said]
        assert not any(formal) if is_child else sum(formal) >= len(said) - 3, [
            FORMAL.search(text) for text in said
        ]
