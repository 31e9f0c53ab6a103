"""Hours of a certificate by the check-in lists of sessions: the sum of the sessions at which a person was
checked in, sessions side by side once; corrections give another certificate."""

from urllib.parse import urlsplit

import pytest
from django.test import Client
from factories.checkin import HOUR, MINUTE, a_day, scan, sent, undo
from factories.events import session
from factories.followup import after
from factories.registrations import STARTS, WORKER, registered

from sauga.events.checkin.actions import setup
from sauga.events.checkin.models import CheckList
from sauga.events.followup.actions import certificates as actions
from sauga.events.followup.actions.certificates import CertificateRefused
from sauga.events.followup.actions.surveys import ATTENDEE
from sauga.events.followup.queries import certificates as queries
from sauga.events.programme.actions.parts import save_stream
from sauga.events.programme.models import Event
from sauga.events.registration.models import Registration
from sauga.events.states import CertificateState, RegistrationState
from sauga.kernel import clock
from sauga.kernel.clock import VILNIUS
from tests.centre import Centre, centre, sign_in  # noqa: F401  a fixture

pytestmark = pytest.mark.django_db


class Day:
    """An event of two hours: two sessions side by side, then a third, then a fourth without a list."""

    def __init__(self, centre: Centre) -> None:
        self.centre, self.by = centre, centre.actor("ORGANISER")
        self.event, self.ticket = a_day(centre, STARTS)
        parts = [self.part(*span) for span in ((0, 45), (0, 30), (45, 90), (90, 120))]
        self.lists = [self.list_of(part) for part in parts[:3]]

    def part(self, begins: int, ends: int):
        hours = [
            f"{(self.event.starts + n * MINUTE).astimezone(VILNIUS):%Y-%m-%d %H:%M}" for n in (begins, ends)
        ]
        name = {"lt": f"Transliacija {begins}-{ends}"}
        stream = save_stream(by=self.by, event=self.event, stream=None, name=name, at=STARTS - HOUR)
        return session(self.centre, self.event, *hours, stream=stream)

    def list_of(self, part) -> CheckList:
        at = self.event.starts - HOUR
        return setup.put_list(by=self.by, event=self.event, tickets=(), opens_before=120, session=part, at=at)

    def person(self, name: str, *places: int) -> Registration:
        """Somebody who came, and was checked in at these sessions."""
        row = registered(self.ticket, name, at=STARTS - 30 * 24 * HOUR)
        at = self.event.starts + MINUTE
        scans = [scan(row, at), *(scan(row, at, check_list=self.lists[n]) for n in places)]
        sent(self.centre, self.event, *scans, at=at)
        row.refresh_from_db()
        assert row.state == RegistrationState.CHECKED_IN
        return row

    def give(self, **more) -> None:
        actions.set_certificates(
            by=self.by, event=self.event, **{"minutes": None, "by_sessions": True, "at": STARTS, **more}
        )

    def issue(self, row: Registration):
        return actions.issue(by=ATTENDEE, registration=row, at=after(self.event))


@pytest.fixture
def day(centre: Centre) -> Day:
    return Day(centre)


@pytest.mark.parametrize(
    ("places", "minutes"),
    [((0,), 45), ((1,), 30), ((0, 1), 45), ((0, 2), 90), ((1, 2), 75), ((0, 1, 2), 90)],
)
def test_hours_are_those_of_the_sessions_one_was_at(day: Day, places, minutes):
    day.give()
    assert day.issue(day.person("Ona", *places)).minutes == minutes


def test_who_was_at_no_session_gets_none_and_reads_why(day: Day, monkeypatch):
    day.give()
    row = day.person("Ona")
    with pytest.raises(CertificateRefused) as refused:
        day.issue(row)
    assert refused.value.why == "absent"
    monkeypatch.setattr(clock, "now", lambda: after(day.event))
    page = Client().get(urlsplit(queries.address_of(row, "en")).path)
    assert page.status_code == 200 and "checked in, and there is none" in " ".join(page.text.split())
    assert "Download the certificate" not in page.text
    made = actions.issue_all(by=day.by, event=day.event, at=after(day.event))
    assert made == []


def test_without_the_option_the_programme_counts(day: Day):
    day.give(by_sessions=False)
    assert day.issue(day.person("Ona", 1)).minutes == 120


def test_the_option_needs_lists_and_no_stated_number(day: Day, centre: Centre):
    other, _ticket = a_day(centre, STARTS)
    with pytest.raises(CertificateRefused) as refused:
        actions.set_certificates(by=day.by, event=other, minutes=None, by_sessions=True, at=STARTS)
    assert refused.value.why == "lists"
    with pytest.raises(CertificateRefused) as refused:
        day.give(minutes=60)
    assert refused.value.why == "both"


def test_a_late_phone_gives_another_certificate(day: Day):
    day.give()
    row = day.person("Ona", 1)
    first = day.issue(row)
    assert actions.revoke_of_absent(by=WORKER, at=after(day.event)) == 0
    late = scan(row, day.event.starts + MINUTE, check_list=day.lists[2])
    sent(day.centre, day.event, late, at=day.event.starts + HOUR, device="phone-b")
    assert actions.revoke_of_absent(by=WORKER, at=after(day.event)) == 1
    first.refresh_from_db()
    assert (first.state, first.reason) == (CertificateState.REVOKED, "HOURS") and day.issue(row).minutes == 75
    taken_back = undo(late, row, day.event.starts + 2 * MINUTE)
    sent(day.centre, day.event, taken_back, at=day.event.starts + HOUR, device="phone-b")
    assert actions.revoke_of_absent(by=WORKER, at=after(day.event)) == 1 and day.issue(row).minutes == 30


def test_changing_the_rule_revokes_what_it_changes(day: Day):
    day.give(by_sessions=False)
    some, whole = day.person("Ona", 1), day.person("Jonas", 0, 2)
    certificates = [day.issue(row) for row in (some, whole)]
    day.give()
    for one in certificates:
        one.refresh_from_db()
    assert [one.state for one in certificates] == [CertificateState.REVOKED, CertificateState.REVOKED]
    assert [day.issue(row).minutes for row in (some, whole)] == [30, 90]


def test_the_desk_offers_the_option_where_there_are_lists(day: Day, centre: Centre):
    desk, other = sign_in(centre, "ORGANISER"), a_day(centre, STARTS)[0]

    def address(event: Event) -> str:
        return f"/desk/events/{event.ref}/certificates/hours/"

    assert "by_sessions" in desk.get(address(day.event)).text
    assert "by_sessions" not in desk.get(address(other)).text
    assert desk.post(address(day.event), {"by_sessions": "on"}).status_code == 302
    assert queries.rule_of(day.event).by_sessions
    assert desk.post(address(day.event), {"by_sessions": "on", "hours": "2"}).status_code == 422
    assert desk.post(address(other), {"by_sessions": "on"}).status_code == 302
    assert not queries.rule_of(other).by_sessions
