"""A flood of sign-ins: attempts have a lane of their own, and under pressure a puzzle comes before the
key derivation.
"""

import re
from datetime import timedelta

import pytest
from django.test import Client
from factories.people import PASSWORD, fill_in_sign_in

from sauga.kernel import clock, rate_limits
from sauga.kernel.identity.models import SigninPace
from sauga.kernel.rate_limits import challenges
from sauga.kernel.sealed.visitors.puzzles import read_puzzle, solve

pytestmark = pytest.mark.django_db
SIGNIN, PURPOSE, MANY = "/desk/signin/", "identity.signin", 6


@pytest.fixture(autouse=True)
def protected(settings):
    settings.PRESSURE_POSTS = MANY
    rate_limits.calm_down()
    challenges._spent.forget()
    yield
    rate_limits.calm_down()


def flood():
    for number in range(MANY):
        answer = Client().post(
            SIGNIN, {"email": f"nobody{number}@partner.example", "password": "not this one at all"}
        )
    return answer


def hidden(page):
    return {
        name: found[1]
        for name in ("ticket", "puzzle")
        if (found := re.search(rf'name="{name}" value="([^"]*)"', page))
    }


def proof(given):
    return solve(read_puzzle(given["puzzle"], given["ticket"], PURPOSE, clock.now(), challenges.MOST_AGE))


def test_at_rest_the_page_has_no_puzzle_and_no_script_of_it(client, ruta):
    page = client.get(SIGNIN).content.decode()
    assert "puzzle" not in page and f'action="{SIGNIN}"' in page
    assert fill_in_sign_in(client, ruta).status_code == 302


def test_a_flood_meets_a_puzzle_before_any_key_is_derived(client):
    before = flood()
    counted = SigninPace.objects.count()
    assert before.status_code == 429 and counted == MANY - 1
    for number in range(5):
        answer = Client().post(
            SIGNIN, {"email": f"more{number}@partner.example", "password": "not this one at all"}
        )
        assert answer.status_code == 429 and int(answer["Retry-After"]) >= 1
    assert SigninPace.objects.count() == counted, "nothing was looked at"


def test_who_opens_the_page_in_a_flood_signs_in_with_its_puzzle(client, ruta):
    flood()
    page = client.get(SIGNIN).content.decode()
    given = hidden(page)
    assert f'action="{SIGNIN}?patient"' in page and "data-send" not in page
    assert fill_in_sign_in(client, ruta, **given, proof="0" * 128).status_code == 429
    assert fill_in_sign_in(client, ruta, **given, proof=proof(given)).status_code == 302
    assert fill_in_sign_in(Client(), ruta, **given, proof=proof(given)).status_code == 429, (
        "each puzzle is good for one attempt"
    )


def test_without_scripts_some_seconds_of_patience_do(client, ruta, monkeypatch):
    flood()
    given = hidden(client.get(SIGNIN).content.decode())
    fields = {"email": ruta.person.email, "password": PASSWORD, "code": ruta.code, **given}
    assert client.post(f"{SIGNIN}?patient", fields).status_code == 429
    late = clock.now() + timedelta(seconds=6)
    monkeypatch.setattr(clock, "now", lambda: late)
    assert client.post(f"{SIGNIN}?patient", fields).status_code == 302


def test_a_page_that_was_open_before_the_flood_comes_back_with_the_address_and_a_puzzle(client, ruta):
    flood()
    page = fill_in_sign_in(client, ruta).content.decode()
    assert ruta.person.email in page and PASSWORD not in page and "Daug kas jungiasi" in page
    given = hidden(page)
    assert fill_in_sign_in(client, ruta, **given, proof=proof(given)).status_code == 302


def test_a_flood_of_sign_ins_asks_nothing_of_other_forms():
    flood()
    assert not rate_limits.is_calm(PURPOSE, clock.now()) and rate_limits.is_calm(
        "hotline.report", clock.now()
    )
