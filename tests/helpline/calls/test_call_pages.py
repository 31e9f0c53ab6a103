"""The page of calls in a client: every act answers, says what came of it, and one page costs the same however
many calls there are.
"""

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils.translation import override

from sauga.helpline.calls.actions import calls
from sauga.helpline.calls.forms import OpenForm
from sauga.helpline.calls.models import Call
from sauga.helpline.records.models import Attempt
from sauga.helpline.rota.models import Duty
from sauga.helpline.states import CallState
from sauga.kernel import clock
from sauga.kernel.states import SystemActor
from tests.centre import Centre, centre, sign_in  # noqa: F401  a fixture

pytestmark = pytest.mark.django_db
PAGE = "/desk/helpline/calls/"
SWITCHBOARD = SystemActor("switchboard")


@pytest.fixture
def client(centre: Centre) -> Client:
    return sign_in(centre, "COUNSELLOR")


def act(client: Client, call: Call, name: str, **data) -> str:
    """Post an act; what the page then says."""
    answer = client.post(f"{PAGE}{call.ref}/{name}/", data)
    assert (answer.status_code, answer.headers.get("Location")) == (302, PAGE)
    call.refresh_from_db()
    return client.get(PAGE).content.decode()


def test_an_empty_page_says_how_to_begin(client: Client):
    page = client.get(PAGE)
    assert page.status_code == 200 and 'data-key="n"' in page.content.decode()
    assert "Šiandien dar nė vienas skambutis nesibaigė" in page.content.decode()


def test_a_call_by_hand(centre: Centre, client: Client):
    answer = client.post(f"{PAGE}open/", {"now": "talk", "before": "20", "language": "en"})
    assert answer.headers["Location"] == PAGE
    call = Call.objects.get()
    assert (call.state, call.language) == (CallState.CONNECTED, "en")
    page = client.get(PAGE).content.decode()
    assert "Mano skambutis" in page and f"{PAGE}{call.ref}/undo/" in page
    assert 'data-state="HELD"' in act(client, call, "hold")
    assert 'data-state="CONNECTED"' in act(client, call, "resume")
    assert "Prie telefono daugiau niekas nebudi" in act(client, call, "consult")
    Duty.objects.create(
        person=centre.people["COUNSELLOR_2"], channels=["PHONE"], began_at=clock.now(), seen_at=clock.now()
    )
    assert "Pasirinkite, kas tęs pokalbį." in act(client, call, "hand-over", to="0")
    act(client, call, "resume")
    assert "Pažymėta" in act(client, call, "risk") and "Žyma nuimta" in act(client, call, "risk")
    assert "Skambutis baigtas" in act(client, call, "end")
    assert call.state == CallState.WRAP_UP
    assert "būsenoje to padaryti negalima" in act(client, call, "end")


def test_handing_over_to_a_colleague(centre: Centre, client: Client):
    colleague = centre.people["COUNSELLOR_2"]
    Duty.objects.create(person=colleague, channels=["PHONE"], began_at=clock.now(), seen_at=clock.now())
    client.post(f"{PAGE}open/", {"now": "talk"})
    call = Call.objects.get()
    act(client, call, "consult")
    assert "Perduota" in act(client, call, "hand-over", to=str(colleague.pk))
    assert call.answered_by_id == colleague.pk
    assert "jau pas kolegą" in act(client, call, "end")


def test_ringing_then_missed_then_counted(centre: Centre, client: Client):
    client.post(f"{PAGE}open/", {"now": "ring"})
    call = Call.objects.get()
    assert "Įskaityta kaip neatsiliepta" in act(client, call, "missed")
    assert Attempt.objects.get().outcome == "ABANDONED"
    assert client.post(f"{PAGE}{call.ref}/missed/").status_code == 404


def test_a_slip_is_taken_back_and_another_is_not(centre: Centre, client: Client):
    client.post(f"{PAGE}open/", {"now": "talk"})
    call = Call.objects.get()
    assert "Šio skambučio atšaukti nebegalima" not in client.get(PAGE).content.decode()
    client.post(f"{PAGE}{call.ref}/undo/")
    assert not Call.objects.exists()
    assert "Atšaukta, niekas neskaičiuojama." in client.get(PAGE).content.decode()
    outside = calls.ring_outside(by=SWITCHBOARD, outside="pbx-0001", language="lt", at=clock.now())
    assert "Šio skambučio atšaukti nebegalima" in act(client, outside, "undo")


def test_what_the_form_does_not_offer_opens_nothing(client: Client):
    client.post(f"{PAGE}open/", {"now": "talk", "language": "xx"})
    client.post(f"{PAGE}open/", {"now": "talk", "before": "99999"})
    assert not Call.objects.exists()
    assert "Nieko neatverta" in client.get(PAGE).content.decode()


def test_the_switchboards_call_is_answered_and_claimed(centre: Centre, client: Client):
    call = calls.ring_outside(by=SWITCHBOARD, outside="pbx-0002", language="ru", at=clock.now())
    assert 'data-key="a"' in client.get(PAGE).content.decode()
    calls.connected_outside(by=SWITCHBOARD, call=call, at=clock.now())
    assert "Kieno šis skambutis?" in client.get(PAGE).content.decode()
    assert "Mano skambutis" in act(client, call, "answer")


def test_one_page_costs_the_same_for_one_call_and_for_three_of_each_kind(centre: Centre, client: Client):
    at = clock.now()

    def make() -> None:
        by, colleague = centre.actor("COUNSELLOR", at), centre.actor("COUNSELLOR_2", at)
        for who in (by, colleague):
            calls.open_call(by=who, language="lt", rang_before=timedelta(), answered=True, at=at)
            calls.end(
                by=who,
                call=calls.open_call(by=who, language="lt", rang_before=timedelta(), answered=True, at=at),
                at=at,
            )
        calls.ring_outside(by=SWITCHBOARD, outside=f"pbx-ring-{Call.objects.count()}", language="lt", at=at)
        gone = calls.ring_outside(
            by=SWITCHBOARD, outside=f"pbx-gone-{Call.objects.count()}", language="lt", at=at
        )
        calls.abandon(by=SWITCHBOARD, call=gone, at=at)

    def cost() -> int:
        with CaptureQueriesContext(
            connection,
        ) as asked:
            assert client.get(PAGE).status_code == 200
        return len(asked)

    make()
    client.get(PAGE)
    once = min(cost() for _ in range(3))  # now and then the code lists ask whether they are still fresh
    make()
    make()
    assert min(cost() for _ in range(3)) == once


def test_how_long_it_has_rung_is_said_in_the_language_of_the_page():
    labels = {}
    for language in ("lt", "en"):
        with override(language):
            labels[language] = dict(OpenForm().fields["before"].choices)
    assert (
        labels["en"][10] == "for 10 seconds"
        and labels["en"][60] == "for 1 minute"
        and labels["lt"][10] == "10 sekundžių"
    )
