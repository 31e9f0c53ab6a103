"""A young person of the youth panel tells the helpline in one browser; a counsellor takes it and settles it
in another; the young person reads what came of it."""

from typing import Any

import pytest
from factories import panel

from sauga.helpline.safeguarding.models import IncomingReferral
from sauga.kernel import clock, integration
from sauga.kernel.integration.models import Referral
from sauga.kernel.integration.receiver import tell_sender
from sauga.kernel.members.actions import cards
from sauga.kernel.members.signin import cookies
from sauga.kernel.states import SystemActor
from tests.centre import Centre, centre  # noqa: F401  a fixture
from tests.flows.browser import axe, browser, open_page, overflow, site  # noqa: F401  fixtures
from tests.flows.hotline import sign_in
from tests.flows.keys import Keys
from tests.flows.test_panel_members import sound

pytestmark = [pytest.mark.flow, pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def carried() -> None:
    """What the worker does: everything is delivered, and what came back was heard."""
    integration.deliver_waiting(clock.now())
    for one in Referral.objects.all():
        tell_sender(ref=one.ref, state=one.state, outcome=one.outcome, at=clock.now())


def test_from_a_phone_to_the_counsellor_and_back(centre: Centre, open_page: Any):
    row = panel.member(centre, "Kopa")
    assert row.account is not None
    code = cards.give_card(by=SystemActor("panel"), member=row.account, at=clock.now())
    _who, secret = cards.use_card(by=SystemActor("visitor"), code=code, device="", at=clock.now())
    child = open_page(width=320, language="lt")
    child.context.add_cookies([{"name": cookies.session_name(), "value": secret, "url": child.site}])
    child.goto("/lt/jaunimas/pranesti/")
    sound(child, "wrong")
    keys = Keys(child)
    keys.skip()
    keys.enter("^Siųsti$", most=6)
    child.wait_for_url("**/?done=told")
    keys.to(".", kind="radio")
    keys.choose("^Tegul paskambina man")
    keys.enter("^Pranešti pagalbos linijai")
    child.wait_for_selector("[role=alert]:focus")
    sound(child, "helpline-refused")
    keys.fill("phone", "612 34567")
    keys.fill("when", "Po 16 valandos")
    keys.fill("words", "Nebenoriu eiti į mokyklą.")
    keys.enter("^Pranešti pagalbos linijai")
    child.wait_for_url("**/?done=helpline-yes")
    assert keys.faults == []
    carried()
    sound(child, "helpline-told")

    there = IncomingReferral.objects.get()
    desk = open_page(width=1280, language="lt")
    sign_in(desk, centre, "COUNSELLOR")
    desk.goto("/desk/helpline/incoming/")
    sound(desk, "helpline-incoming")
    keys = Keys(desk)
    desk.keyboard.press("j")
    assert keys.here().name == there.ref
    keys.enter()
    keys.enter(key="t")
    keys.wait_for("^Jūsų")
    keys.enter("^Skaityti, ką mums parašė", most=8)
    assert "Nebenoriu eiti" in desk.inner_text("main") and "612 34567" in desk.inner_text("main")
    sound(desk, "helpline-incoming-words")
    desk.goto(f"/desk/helpline/incoming/{there.ref}/")
    sound(desk, "helpline-incoming-one")
    keys.skip()
    keys.to("outcome", most=10)
    keys.choose("^Paskambinome ir pasikalbėjome")
    keys.enter("^Užbaigti", most=2)
    keys.wait_for("^Užbaigta")
    assert keys.faults == []
    carried()

    child.reload()
    assert "Tau paskambino ir pasikalbėjote" in child.inner_text("main")
    sound(child, "helpline-settled")
