"""Certificates of attendance: how many hours, for whom, checked by everybody without a name, revoked."""

import io
from datetime import UTC, datetime, timedelta
from email import message_from_bytes, policy
from typing import Any as Mailbox
from urllib.parse import urlsplit

import pytest
from django.test import Client
from factories.followup import after, came, missed, moved
from factories.registrations import NOW, PRESENT, a_ticket, an_event, registered
from kernel.notifications.conftest import post  # noqa: F401  a fixture
from procrastinate.contrib.django.models import ProcrastinateJob

from sauga.events.followup.actions import certificate_delivery
from sauga.events.followup.actions import certificates as actions
from sauga.events.followup.actions.certificates import CertificateRefused
from sauga.events.followup.actions.surveys import ATTENDEE
from sauga.events.followup.letters import attendance
from sauga.events.followup.models import Certificate
from sauga.events.followup.queries import certificates as queries
from sauga.events.followup.queries.attendance import credential_of
from sauga.events.followup.rules.certificates import hours_of, minutes_of
from sauga.events.registration.queries import links
from sauga.events.registration.queries.details import details_of
from sauga.events.states import CertificateState, RegistrationState
from sauga.kernel import clock, credentials, retention
from sauga.kernel.identity import PermissionRefused
from sauga.kernel.identity.desk_access import sudo
from sauga.kernel.refusals import ReasonMissing
from sauga.kernel.states import MoveNotAllowed, SystemActor
from tests.centre import Centre, centre, sign_in  # noqa: F401  a fixture

pytestmark = pytest.mark.django_db
DAY = datetime(2027, 2, 9, tzinfo=UTC)


def span(begins: float, ends: float):
    return DAY + timedelta(hours=begins), DAY + timedelta(hours=ends)


@pytest.mark.unit
def test_hours_are_those_in_which_something_took_place():
    whole = span(9, 17)
    assert minutes_of([], span(9, 10.9)) == 105  # down to a quarter
    assert minutes_of([], span(9, 33)) == 0  # two days without a programme: to be stated
    assert minutes_of([span(9, 10), span(9.5, 11), span(13, 14)], whole) == 180  # side by side, and a gap
    assert minutes_of([span(9, 12), span(10, 11)], whole) == 180
    assert minutes_of([span(9, 10), span(10, 11.2)], whole) == 120
    assert [str(hours_of(n)) for n in (15, 90, 120, 600, 1200)] == ["0.25", "1.5", "2", "10", "20"]


def test_whoever_came_gets_one_certificate_and_nobody_else(centre: Centre):
    event = an_event(centre)
    ticket = a_ticket(centre, event, 9)
    here, absent, sure = (registered(ticket, name) for name in "abc")
    here, absent = came(here, at=after(event)), missed(absent, at=after(event))
    by = centre.actor("ORGANISER")
    with pytest.raises(CertificateRefused) as refused:
        actions.issue(by=ATTENDEE, registration=here, at=after(event))
    assert refused.value.why == "off"
    actions.set_certificates(by=by, event=event, minutes=None, at=NOW)
    for row, at, why in (
        (absent, after(event), "attendee"),
        (sure, after(event), "attendee"),
        (here, NOW, "early"),
    ):
        with pytest.raises(CertificateRefused) as refused:
            actions.issue(by=ATTENDEE, registration=row, at=at)
        assert refused.value.why == why
    made = actions.issue(by=ATTENDEE, registration=here, at=after(event))
    assert made == actions.issue(by=by, registration=here, at=after(event)) and made.minutes == 120
    assert [one.registration for one in actions.issue_all(by=by, event=event, at=after(event))] == [here]
    for role in ("DOOR_STAFF", "PUBLISHER", "PROGRAMME_COMMITTEE"):
        for act, what in (
            (actions.issue, {"registration": here}),
            (actions.issue_all, {"event": event}),
            (actions.set_certificates, {"event": event, "minutes": 60}),
            (actions.revoke, {"certificate": made, "reason": "MISTAKE"}),
        ):
            with pytest.raises(PermissionRefused):
                act(by=centre.actor(role), at=after(event), **what)


def test_stated_hours_and_their_correction(centre: Centre):
    event = an_event(centre)
    row = came(registered(a_ticket(centre, event, 9), "a"), at=after(event))
    by = centre.actor("ORGANISER")
    for minutes in (0, 10, 50, 3601, 3615):
        with pytest.raises(CertificateRefused):
            actions.set_certificates(by=by, event=event, minutes=minutes, at=NOW)
    actions.set_certificates(by=by, event=event, minutes=90, at=NOW)
    first = actions.issue(by=ATTENDEE, registration=row, at=after(event))
    actions.set_certificates(by=by, event=event, minutes=90, at=after(event))
    first.refresh_from_db()
    assert first.state == CertificateState.VALID
    actions.set_certificates(by=by, event=event, minutes=None, at=after(event))
    first.refresh_from_db()
    second = actions.issue(by=ATTENDEE, registration=row, at=after(event))
    assert (first.state, first.reason) == (CertificateState.REVOKED, "HOURS") and second.minutes == 120
    assert first.code != second.code


def test_a_corrected_attendance_revokes(centre: Centre):
    event = an_event(centre)
    row = came(registered(a_ticket(centre, event, 9), "a"), at=after(event))
    actions.set_certificates(by=centre.actor("ORGANISER"), event=event, minutes=None, at=NOW)
    made = actions.issue(by=ATTENDEE, registration=row, at=after(event))
    worker = SystemActor("events")
    assert actions.revoke_of_absent(by=worker, at=after(event)) == 0
    moved(row, RegistrationState.NO_SHOW, at=after(event), heads=0)
    assert actions.revoke_of_absent(by=worker, at=after(event)) == 1
    made.refresh_from_db()
    assert made.reason == "ABSENT"


def test_everybody_checks_a_number_and_only_the_holders_link_names(centre: Centre, monkeypatch):
    event = an_event(centre)
    row = came(
        registered(a_ticket(centre, event, 9), "Ona Pušaitė", address="ona@a.example"), at=after(event)
    )
    by = centre.actor("ORGANISER")
    actions.set_certificates(by=by, event=event, minutes=None, at=NOW)
    monkeypatch.setattr(clock, "now", lambda: after(event))
    browser, own = Client(), urlsplit(queries.address_of(row, "lt")).path
    assert own in browser.get(urlsplit(links.own_address(row)).path).text
    assert (
        "Ona Pušaitė" in browser.get(own).text and not Certificate.objects.exists()
    )  # opening changes nothing
    file = browser.post(own)
    assert file.headers["Content-Type"] == "application/pdf" and file.headers["Cache-Control"] == "no-store"
    made = Certificate.objects.get()
    assert browser.get(f"/en/events/certificates/{made.code}/").url == "/en/certificate/"
    held = credential_of(made)
    page = f"/en/certificate/{credentials.content_of(held).code}/"
    text = " ".join(browser.get(page).text.split())
    assert 'data-state="VALID"' in text and "A safe internet in class" in text and "Ona Pušaitė" in text
    assert "ona@" not in text and not browser.cookies
    shown = browser.get(urlsplit(queries.address_of(row, "en")).path).text
    assert page in shown
    unknown = browser.get("/en/events/certificates/0000-0000-0000-0000/")
    assert unknown.status_code == 404 and "There is no certificate with this number" in unknown.text
    assert browser.get("/lt/renginiai/mano/x:y/pazymejimas/").status_code == 410
    with pytest.raises(ReasonMissing):
        actions.revoke(by=by, certificate=made, reason="ABSENT", at=after(event))
    actions.revoke(by=by, certificate=made, reason="MISTAKE", at=after(event))
    revoked = browser.get(page).text
    assert 'data-state="REVOKED"' in revoked and "issued by mistake" not in revoked
    with pytest.raises(MoveNotAllowed):
        actions.revoke(by=by, certificate=made, reason="MISTAKE", at=after(event))


def test_what_happens_to_the_credential_happens_to_the_certificate(centre: Centre):
    event = an_event(centre)
    row = came(registered(a_ticket(centre, event, 9), "Ona Pušaitė", address="o@a.example"), at=after(event))
    by, at = centre.actor("ORGANISER"), after(event)
    actions.set_certificates(by=by, event=event, minutes=None, at=NOW)
    made = actions.issue(by=ATTENDEE, registration=row, at=at)
    held = credentials.correct_name(by=by, credential=credential_of(made), holder="Ona Pušaitytė", at=at)
    made.refresh_from_db()
    assert made.state == CertificateState.VALID and credential_of(made) == held
    for role in ("DOOR_STAFF", "PUBLISHER", "ANALYST"):
        with pytest.raises(PermissionRefused):
            credentials.revoke(by=centre.actor(role), credential=held, why="FRAUD", at=at)
    credentials.revoke(by=by, credential=held, why="FRAUD", at=at)
    made.refresh_from_db()
    assert (made.state, made.reason) == (CertificateState.REVOKED, "MISTAKE")
    again = actions.issue(by=ATTENDEE, registration=row, at=at)
    assert again != made and credential_of(again).state == "VALID"


def test_a_certificate_of_before_there_were_credentials_is_still_checked(centre: Centre, monkeypatch):
    event = an_event(centre)
    row = came(registered(a_ticket(centre, event, 9), "Ona Pušaitė", address="o@a.example"), at=after(event))
    monkeypatch.setattr(clock, "now", lambda: after(event))
    old = Certificate.objects.create(event=event, registration=row, minutes=120, issued_at=after(event))
    holder = urlsplit(queries.holder_address(old, "en"))
    assert "Pušaitė" not in Client().get(holder.path).text
    assert "Ona Pušaitė" in Client().get(f"{holder.path}?{holder.query}").text
    assert b"%PDF" in attendance([(old, details_of(row))], "lt", after(event))[:5]
    actions.revoke(by=centre.actor("ORGANISER"), certificate=old, reason="REQUEST", at=after(event))
    assert "The certificate is not valid" in Client().get(holder.path).text


def test_the_certificate_outlives_the_registration(centre: Centre, monkeypatch):
    event = an_event(centre)
    row = came(registered(a_ticket(centre, event, 9), "Ona Pušaitė", address="o@a.example"), at=after(event))
    actions.set_certificates(by=centre.actor("ORGANISER"), event=event, minutes=None, at=NOW)
    made = actions.issue(by=ATTENDEE, registration=row, at=after(event))
    later = event.ends + timedelta(days=31)
    retention.run(later, only=["events.registration"])
    made.refresh_from_db()
    assert made.registration is None and made.state == CertificateState.VALID
    monkeypatch.setattr(clock, "now", lambda: later)
    code = credentials.content_of(credential_of(made)).code
    shown = Client().get(f"/en/certificate/{code}/").text
    assert 'data-state="VALID"' in shown and "Ona Pušaitė" in shown


def test_the_file_is_tagged_and_says_what_it_certifies(centre: Centre):
    import pikepdf
    from pypdf import PdfReader

    event = an_event(centre)
    ticket, classes = a_ticket(centre, event, 9), a_ticket(centre, event, 40, classes=True)
    came(registered(ticket, "Ona Pušaitė", address="o@a.example"), at=after(event))
    came(registered(classes, "Rasa", pupils=9, language="en"), at=after(event), heads=8)
    actions.set_certificates(by=centre.actor("ORGANISER"), event=event, minutes=105, at=NOW)
    desk = sign_in(centre, "ORGANISER")
    session = desk.session
    session.pop(sudo.KEY, None)
    session.save()
    page = f"/desk/events/{event.ref}/certificates/"
    assert desk.get(f"{page}file/").url.startswith("/desk/sudo/")
    rows = actions.issue_all(by=centre.actor("ORGANISER"), event=event, at=after(event))
    document = attendance([(row, details_of(row.registration)) for row in rows], "lt", after(event))
    with pikepdf.open(io.BytesIO(document)) as file:
        assert file.Root.MarkInfo.Marked and "/StructTreeRoot" in file.Root and str(file.Root.Lang) == "lt"
        assert b"pdfuaid:part" in file.Root.Metadata.read_bytes() and len(file.pages) == 2
    first, second = (" ".join(one.extract_text().split()) for one in PdfReader(io.BytesIO(document)).pages)
    for words in (
        "Ona Pušaitė",
        "Saugus internetas klasėje",
        "Valandos 1,75",
        rows[0].code,
        "2027 m. vasario 9 d.",
    ):
        assert words in first, words
    for words in ("Certificate of attendance", "5Rasa", "Beržyno progimnazija", "8 people", "Hours 1.75"):
        assert words in second, words


def test_the_desk_gives_lists_and_revokes(centre: Centre):
    event = an_event(centre, starts=PRESENT - timedelta(days=3), at=PRESENT - timedelta(days=40))
    row = registered(
        a_ticket(centre, event, 9, at=PRESENT - timedelta(days=30)), "Ona", at=PRESENT - timedelta(days=20)
    )
    row = came(row, at=PRESENT)
    desk = sign_in(centre, "ORGANISER")
    page = f"/desk/events/{event.ref}/certificates/"
    assert "Pažymėjimų čia nėra" in desk.get(page).text
    assert "Pagal programą: 2" in " ".join(desk.get(f"{page}hours/").text.split())
    assert desk.post(f"{page}hours/", {"hours": "1,3"}).status_code == 422
    assert desk.post(f"{page}hours/", {"hours": "1,5"}).status_code == 302
    file = desk.get(f"{page}file/")
    assert file.headers["Content-Type"] == "application/pdf" and file.content[:4] == b"%PDF"
    made = Certificate.objects.get()
    listed = desk.get(page).text
    assert made.code in listed and "Ona" in listed and "1,5" in listed
    one = f"/desk/events/certificates/{made.ref}/"
    assert made.code in desk.get(one).text
    assert desk.post(f"{one}revoke/", {"reason": "HOURS"}).status_code == 422
    assert desk.post(f"{one}revoke/", {"reason": "REQUEST"}).status_code == 302
    assert made.code in desk.get(page, {"view": "REVOKED"}).text
    assert "Pažymėjimai" in desk.get(f"/desk/events/{event.ref}/").text
    for role in ("DOOR_STAFF", "PUBLISHER", "PHOTOGRAPHER"):
        other = sign_in(centre, role)
        for address in (page, f"{page}hours/", f"{page}file/", one):
            assert other.get(address).status_code == 404
        assert other.post(f"{one}revoke/", {"reason": "REQUEST"}).status_code == 404


def test_whoever_earned_a_certificate_gets_it_by_mail(centre: Centre, post: Mailbox):
    """Some hours after the end, without anybody's doing, once; not who was absent, and not again what was
    revoked as a mistake."""
    event, worker = an_event(centre), SystemActor("events")
    ticket = a_ticket(centre, event, 9)
    here = came(registered(ticket, "Ona Pušaitė", address="ona@a.example"), at=after(event))
    missed(registered(ticket, "Petras Ąžuolas", address="petras@a.example"), at=after(event))
    later, by = after(event) + timedelta(hours=3), centre.actor("ORGANISER")
    assert certificate_delivery.issue_due(by=worker, at=later) == 0  # the event gives none
    actions.set_certificates(by=by, event=event, minutes=None, at=NOW)
    assert certificate_delivery.issue_due(by=worker, at=event.ends) == 0  # phones may still send
    assert (
        certificate_delivery.issue_due(by=worker, at=later) == 1
        and certificate_delivery.issue_due(by=worker, at=later) == 0
    )
    made = Certificate.objects.get(registration=here)
    assert [one.args for one in waiting("events.send_certificate")] == [{"certificate_id": made.pk}]
    assert certificate_delivery.send_certificate(by=worker, certificate_id=made.pk, at=later)
    (mail,) = post.mails
    letter = message_from_bytes(mail.content, policy=policy.default)
    (file,) = letter.iter_attachments()
    assert mail.rcpt_tos == ["ona@a.example"] and str(event) in str(letter["Subject"])
    assert file.get_content_type() == "application/pdf" and file.get_content().startswith(b"%PDF")
    assert "/lt/" in letter.get_body().get_content()
    actions.revoke(by=by, certificate=made, reason="MISTAKE", at=later)
    assert certificate_delivery.issue_due(by=worker, at=later) == 0
    assert not certificate_delivery.send_certificate(by=worker, certificate_id=made.pk, at=later)
    with pytest.raises(PermissionRefused):
        certificate_delivery.issue_due(by=SystemActor("attendee"), at=later)


def waiting(name: str) -> list[ProcrastinateJob]:
    return list(ProcrastinateJob.objects.filter(task_name=name))
