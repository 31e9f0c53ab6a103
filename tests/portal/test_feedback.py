"""The statement from real results, and feedback that reaches a person and comes back with an answer."""

import re
from datetime import timedelta

import pytest
from django.test import Client
from factories.resources import approved, draft, with_file

from sauga.kernel.notifications.models import Notification
from sauga.kernel.states import MoveNotAllowed, SystemActor
from sauga.portal.actions import feedback as actions
from sauga.portal.models.feedback import Feedback
from sauga.repository.resources.actions import audits, publication, review
from sauga.repository.resources.rules.gate_facts import Finding
from tests.centre import AT, Centre, centre, sign_in  # noqa: F401  a fixture
from tests.shown_once import in_the_other_language, leads_away, says_so

pytestmark = pytest.mark.django_db
FORM, BACK = "/lt/prieinamumas/atsiliepimas/", "/lt/prieinamumas/atsiliepimas/atsakymas/"


def ticket(client: Client) -> str:
    return re.search(r'name="ticket" value="([^"]+)"', client.get(FORM).content.decode())[1]


def send(client: Client, **more: str):
    return client.post(
        FORM,
        {
            "ticket": ticket(client),
            "kind": "access",
            "text": "Mygtukas per mažas.",
            "page": "",
            "email": "",
            **more,
        },
    )


def words_of(page: str) -> str:
    return re.search(r'data-copy-text="([^"]+)"', page)[1]


def test_anonymous_feedback_is_answered_and_found_again(centre: Centre):
    reader = Client()
    sent = send(reader)
    assert sent.status_code == 200
    assert not sent.cookies
    assert leads_away(sent.content.decode()) == [FORM]
    row = Feedback.objects.get()
    assert (row.state, row.email, row.text) == ("received", "", "Mygtukas per mažas.")
    assert Notification.objects.filter(
        person=centre.people["EDITOR"], template="portal.feedback_received"
    ).exists()
    words = words_of(sent.content.decode())
    assert "Dar neatsakyta" in reader.post(BACK, {"receipt": words}).content.decode()
    desk = sign_in(centre, "EDITOR")
    assert row.ref in desk.get("/desk/portal/feedback/").content.decode()
    assert desk.post(f"/desk/portal/feedback/{row.ref}/", {"answer": ""}).status_code == 422
    assert desk.post(f"/desk/portal/feedback/{row.ref}/", {"answer": "Padidinome."}).status_code == 302
    assert "Padidinome." in reader.post(BACK, {"receipt": words}).content.decode()
    assert desk.post(f"/desk/portal/feedback/{row.ref}/close/").status_code == 302
    row.refresh_from_db()
    assert [step.after for step in row.steps.order_by("pk")] == ["received", "answered", "closed"]


def test_a_late_feedback_is_marked_in_the_list(centre: Centre):
    send(Client())
    desk = sign_in(centre, "EDITOR")
    assert ">vėluoja<" not in desk.get("/desk/portal/feedback/").content.decode()
    Feedback.objects.update(due_at=AT - timedelta(days=400))
    page = desk.get("/desk/portal/feedback/")
    assert page.status_code == 200 and "vėluoja</span>" in page.content.decode()


def test_the_same_form_sent_twice_is_one_feedback(centre: Centre):
    reader = Client()
    given = {"ticket": ticket(reader), "kind": "mistake", "text": "Klaida antraštėje."}
    first, second = reader.post(FORM, given), reader.post(FORM, given)
    assert Feedback.objects.count() == 1
    assert words_of(first.content.decode()) == words_of(second.content.decode())


def test_the_words_stay_in_the_other_language(centre: Centre):
    reader = Client()
    page = send(reader).content.decode()
    assert says_so(page) and "data-back>http" in page
    other = in_the_other_language(reader, page)
    assert "Thank you" in other and says_so(other)
    assert Feedback.objects.count() == 1


def test_nothing_is_lost_when_the_form_does_not_do(centre: Centre):
    reader = Client()
    for more in ({"text": ""}, {"email": "ne adresas"}, {"kind": "kita"}, {"ticket": "xx"}):
        answer = send(reader, **{"text": "Lieka lauke", **more})
        assert answer.status_code == 422
        assert more.get("text") == "" or "Lieka lauke" in answer.content.decode()
    assert not Feedback.objects.exists()


def test_wrong_words_open_nothing(centre: Centre):
    for typed in ("", "vienas du trys", "AAAAA-AAAAA-AAAAA-AAAAA"):
        assert Client().post(BACK, {"receipt": typed}).status_code == 422


def test_due_in_ten_working_days_and_closed_after_thirty_quiet_days(centre: Centre):
    send(Client())
    row = Feedback.objects.get()
    assert actions.due_at(AT).date().isoformat() == "2026-12-08"
    sweeper = SystemActor("portal")
    actions.answer_feedback(by=centre.actor("EDITOR"), feedback=row, text="Taip.", at=AT)
    with pytest.raises(MoveNotAllowed):
        actions.answer_feedback(by=centre.actor("EDITOR"), feedback=row, text="Dar.", at=AT)
    assert actions.close_quiet(by=sweeper, at=AT + timedelta(days=29)) == 0
    assert actions.close_quiet(by=sweeper, at=AT + timedelta(days=31)) == 1


def test_the_statement_claims_nothing_that_was_not_looked_at(centre: Centre):
    assert "patikrų čia dar neužrašyta" in Client().get("/lt/prieinamumas/").content.decode()
    hidden, shown = draft(centre), approved(centre, draft(centre))
    for subject in (f"resource:{hidden.ref}", "resource:gone"):
        _looked(subject)
    assert "patikrų čia dar neužrašyta" in Client().get("/lt/prieinamumas/").content.decode()
    publication.publish_resource(by=centre.actor("PUBLISHER"), resource=shown, at=AT)
    assert "visiškai atitinka" in Client().get("/lt/prieinamumas/").content.decode()
    _looked(f"resource:{shown.ref}")
    page = Client().get("/en/accessibility/").content.decode()
    assert "axe-core 4.11" in page
    assert "not fixed yet: 1." in page
    assert "partially compliant" in page


def _looked(subject: str) -> None:
    audits.record_audit(
        by=SystemActor("repository"),
        subject=subject,
        kind="repository.resource",
        language="lt",
        digest="0" * 64,
        tool="axe-core 4.11",
        findings={"axe": [Finding("color-contrast", ".lead")]},
        at=AT,
    )


def test_the_statement_names_exceptions_of_what_is_published(centre: Centre):
    resource = draft(centre)
    with_file(centre, resource)
    chief = centre.actor("PUBLISHER")
    review.override_gate(
        by=chief,
        resource=resource,
        check="reading_level",
        reason={"lt": "Citatos paliekamos tikslios."},
        until="2028-01-01",
        at=AT,
    )
    resource.refresh_from_db()
    publication.publish_resource(by=chief, resource=approved(centre, resource), at=AT)
    page = Client().get("/lt/prieinamumas/").content.decode()
    assert "Citatos paliekamos tikslios." in page
    assert centre.people["PUBLISHER"].name not in page
