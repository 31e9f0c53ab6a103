"""The board in a client: what it shows at every moment, what a lead can do from it, and that it costs the
same for one and for three.
"""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from sauga.helpline.calls.actions import calls
from sauga.helpline.chat.actions import supervision
from sauga.helpline.line.models import Pause
from sauga.kernel import clock
from sauga.kernel.states import SystemActor
from tests.centre import Centre, centre, sign_in  # noqa: F401  a fixture
from tests.factories.line import on_duty
from tests.factories.talks import Talk, active, queued
from tests.helpline.contacts import ended_chat

pytestmark = pytest.mark.django_db
PAGE = "/desk/helpline/board/"
SWITCHBOARD = SystemActor("switchboard")


@pytest.fixture
def lead(centre: Centre) -> Client:
    return sign_in(centre, "SHIFT_LEAD")


def shown(client: Client, address: str = PAGE) -> str:
    answer = client.get(address)
    assert answer.status_code == 200
    return answer.content.decode()


def act(client: Client, made: Talk, name: str, **data: str) -> str:
    """Post an act; what the page of the conversation then says."""
    answer = client.post(f"{PAGE}{made.conversation.ref}/{name}/", data)
    assert (answer.status_code, answer.headers.get("Location")) == (302, f"{PAGE}{made.conversation.ref}/")
    return shown(client, answer.headers["Location"])


def test_an_empty_shift_says_so(lead: Client):
    page = shown(lead)
    assert "Budėjimui niekas nevadovauja" in page and "Niekas nelaukia" in page and "Niekas nebudi" in page


def test_a_full_shift(centre: Centre, lead: Client):
    at = clock.now()
    talking, waits = active(centre, at), queued(centre, at, band="IMMEDIATE")
    ended_chat(centre, at=at)
    calls.ring_outside(by=SWITCHBOARD, outside="pbx-0001", language="lt", at=at)
    on_duty(centre.people["COUNSELLOR_2"], at, channels=("PHONE",), refusals=2)
    page = shown(lead)
    assert f"{PAGE}{waits.conversation.ref}/" in page and "Imti dabar" in page
    assert f"{PAGE}{talking.conversation.ref}/" in page and "rašo aprašą" in page
    assert "atsisakyti 2 siūlymai: paklauskite, kaip sekasi" in page
    assert "Labas, ar galiu paklausti?" not in page


def test_pausing_and_opening_again(lead: Client):
    assert "Pristabdyta." in _after(lead, "pause/", channel="CHAT", reason="PR_TEAM")
    assert Pause.objects.get().reason == "PR_TEAM" and "Vėl dirbti" in shown(lead)
    assert "jau pristabdytas" in _after(lead, "pause/", channel="CHAT", reason="PR_TEAM")
    assert "Vėl dirbama." in _after(lead, "resume/CHAT/")
    assert "nebepristabdytas" in _after(lead, "resume/CHAT/")
    for wrong in (
        {"channel": "CHAT"},
        {"reason": "PR_TEAM"},
        {"channel": "FAX", "reason": "PR_TEAM"},
        {"channel": "CHAT", "reason": "X"},
    ):
        assert "Niekas nepristabdyta" in _after(lead, "pause/", **wrong)


def _after(client: Client, where: str, **data: str) -> str:
    assert client.post(PAGE + where, data).status_code == 302
    return shown(client)


def test_whispering_and_listening(centre: Centre, lead: Client):
    made = active(centre, clock.now())
    page = shown(lead, f"{PAGE}{made.conversation.ref}/")
    assert "Labas, ar galiu paklausti?" not in page and 'data-state="NOT_LISTENING"' in page
    assert "Pasiūlyk atsikvėpti." in act(lead, made, "whisper", text="Pasiūlyk atsikvėpti.")
    assert "Pirmiausia parašykite" in act(lead, made, "whisper", text=" ")
    page = act(lead, made, "listen")
    assert "Labas, ar galiu paklausti?" in page and 'data-state="LISTENING"' in page
    assert "Labas, ar galiu paklausti?" not in act(lead, made, "stop")


def test_with_a_locked_vault_nothing_is_opened(centre: Centre, lead: Client):
    made = active(centre, clock.now())
    lead.post("/desk/vault/lock/")
    page = act(lead, made, "listen")
    assert "Labas, ar galiu paklausti?" not in page and "Seifas užrakintas" in page
    assert "Seifas" in act(lead, made, "whisper", text="Labas")


def test_changing_the_order_and_taking(centre: Centre, lead: Client):
    made = queued(centre, clock.now())
    assert "Eilė pakeista" in act(lead, made, "order", band="HIGH", reason="OR_YOUNG")
    assert made.fresh().band == "HIGH"
    assert "Pasirinkite riziką ir priežastį" in act(lead, made, "order", band="HIGH", reason="OR_NO")
    assert "Pasirinkti priežastį." in act(lead, made, "take-over", reason="")
    answer = lead.post(f"{PAGE}{made.conversation.ref}/take-over/", {"reason": "TO_WAITING"})
    assert answer.status_code == 302
    assert made.fresh().owner_id == centre.people["SHIFT_LEAD"].pk
    assert "pasikeitė" in act(lead, made, "order", band="NONE", reason="OR_OTHER")


def test_the_lead_is_called_and_comes(centre: Centre, lead: Client):
    made = active(centre, clock.now())
    supervision.call_lead(
        by=centre.actor("COUNSELLOR", clock.now()), conversation=made.conversation, at=clock.now()
    )
    assert "kviečia Jus" in shown(lead)
    assert "Konsultantas mato, kad atėjote." in act(lead, made, "came")
    assert "kviečia Jus" not in shown(lead)


def test_two_leads_and_one_conversation(centre: Centre, lead: Client):
    made = active(centre, clock.now())
    supervision.listen_in(
        by=centre.actor("SHIFT_LEAD_2", clock.now()), conversation=made.conversation, at=clock.now()
    )
    assert "Jau stebi kolega." in act(lead, made, "listen")


@pytest.mark.parametrize("role", ["COUNSELLOR", "SAFEGUARDING_LEAD", "VOLUNTEER_COORDINATOR"])
def test_others_do_not_see_the_board(centre: Centre, role: str):
    made, client = active(centre, clock.now()), sign_in(centre, role)
    assert client.get(PAGE).status_code == 404
    for name in ("", "listen/", "whisper/", "take-over/"):
        assert client.post(f"{PAGE}{made.conversation.ref}/{name}").status_code == 404


def test_the_board_costs_the_same_for_one_and_for_three_of_each(centre: Centre, lead: Client):
    at = clock.now()

    def make() -> None:
        queued(centre, at)
        ended_chat(centre, at=at)
        calls.ring_outside(by=SWITCHBOARD, outside=f"pbx-{made[0]}-ring", language="lt", at=at)
        made[0] += 1

    def cost() -> int:
        with CaptureQueriesContext(connection) as asked:
            shown(lead)
        return len(asked)

    made = [0]
    active(centre, at)
    make()
    shown(lead)
    once = min(cost() for _ in range(3))  # now and then the code lists ask whether they are still fresh
    make()
    make()
    assert min(cost() for _ in range(3)) == once
