"""Two people decide, the child is told; a child brings own pictures; a child answers in the chat.

In a browser, also without scripts.
"""

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from sauga.helpline.chat.views.visitor_session import cookie_name
from sauga.helpline.safeguarding.actions import cases, concerns, hotline_handover, referrals
from sauga.helpline.safeguarding.actions.self_images import issue_pass
from sauga.helpline.safeguarding.models import Concern, Referral
from sauga.hotline.reports.models import Report
from sauga.kernel import clock, sealed
from sauga.kernel.integration import deliver_waiting
from tests.centre import Centre, centre  # noqa: F401  a fixture
from tests.factories.safety import talking
from tests.flows.browser import axe, overflow
from tests.flows.hotline import sign_in
from tests.helpline.safeguarding.test_concerns import PROPOSAL
from tests.repetition import in_forms

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
DESK = "/desk/helpline"


def looked_at(page: Any, shots: Any, name: str) -> None:
    """Nothing for axe to say, nobody scrolls sideways."""
    assert axe(page) == [], name
    assert overflow(page) == 0, name
    if shots:
        page.screenshot(path=f"{shots}/{name}.png", full_page=True)


@pytest.fixture
def shots() -> str:
    """Where pictures go when somebody wants to look: the environment's LOOK_AT, else nowhere."""
    import os

    return os.environ.get("LOOK_AT", "")


@pytest.fixture
def furnished(centre: Centre) -> tuple[Centre, Concern]:
    """A concern with a proposal, a case, referrals and an address."""
    at, mine, lead = clock.now(), centre.actor("COUNSELLOR"), centre.actor("SHIFT_LEAD")
    conversation, _ = talking(mine, at=at)
    concern = concerns.raise_concern(by=mine, conversation=conversation, at=at)
    concern = concerns.propose_disclosure(by=lead, concern=concern, proposal=PROPOSAL, at=at)
    day = (at + timedelta(days=9)).date()
    case = cases.open_case(
        by=lead,
        concern=concern,
        plan="Planas: " + "labai " * 60,
        urgency="URG_URGENT",
        follow_up_date=day,
        at=at,
    )
    referrals.suggest(
        by=lead, case=case, target="RT_VVTAIT", clock="LC_3D", words="Trumpai ir aiškiai", at=at
    )
    hotline_handover.pass_address(
        by=lead, url="https://a.example/", suspected="HATE", once="n1", conversation=conversation, at=at
    )
    return centre, concern


@in_forms("width", (320,), (1280,))
def test_desk_pages_are_whole(
    open_page: Callable[..., Any], furnished: tuple[Centre, Concern], shots: str, width: int
):
    centre, concern = furnished
    page = open_page(width=width, language="lt")
    sign_in(page, centre, "SHIFT_LEAD")
    case, referral = concern.cases.get(), Referral.objects.get()
    for name, path in {
        "concerns": "concerns/",
        "concern": f"concerns/{concern.ref}/",
        "cases": "cases/",
        "case": f"cases/{case.ref}/",
        "case-new": f"cases/new/?concern={concern.ref}",
        "referrals": "referrals/",
        "addresses": "referrals/?view=addresses",
        "referral": f"referrals/{referral.ref}/",
        "referral-new": f"referrals/new/?case={case.ref}",
        "link": f"referrals/addresses/{concern.conversation.links.get().ref}/",
        "link-new": f"referrals/addresses/new/?conversation={concern.conversation.ref}",
        "own-picture": f"referrals/own-picture/?conversation={concern.conversation.ref}",
        "empty": "concerns/?view=ended",
    }.items():
        page.goto(f"{DESK}/{path}")
        looked_at(page, shots, f"{name}-{width}")
    page.goto(f"{DESK}/referrals/own-picture/?conversation={concern.conversation.ref}")
    with page.expect_navigation():
        page.click("form[data-main] button")
    looked_at(page, shots, f"own-picture-made-{width}")


@pytest.mark.parametrize(("width", "js"), [(320, False), (1280, True)])
def test_second_person_reads_and_approves(
    open_page: Callable[..., Any], furnished: tuple[Centre, Concern], shots: str, width: int, js: bool
):
    centre, concern = furnished
    page = open_page(width=width, js=js, language="en")
    sign_in(page, centre, "SAFEGUARDING_LEAD")
    page.goto(f"{DESK}/concerns/{concern.ref}/")
    with page.expect_navigation():
        page.click(f"a[href$='/concerns/{concern.ref}/decide/']")
    assert "Faktai X" in page.content()
    if js:
        looked_at(page, shots, f"decide-{width}")
    page.click("button[name=approve]")
    page.wait_for_url(re.compile(rf"/concerns/{concern.ref}/$"))
    with page.expect_navigation():
        page.click(f"a[href$='/concerns/{concern.ref}/letter/']")
    assert "Faktai X" in page.content()
    if js:
        looked_at(page, shots, f"letter-{width}")
    concern.refresh_from_db()
    assert concern.state == "APPROVED"


@pytest.mark.parametrize("js", [True, False])
def test_proposal_is_written_by_keyboard(open_page: Callable[..., Any], centre: Centre, shots: str, js: bool):
    mine = centre.actor("COUNSELLOR")
    concern = concerns.raise_concern(by=mine, conversation=talking(mine)[0], at=clock.now())
    page = open_page(js=js)
    sign_in(page, centre, "SHIFT_LEAD")
    page.goto(f"{DESK}/concerns/{concern.ref}/propose/")
    with page.expect_navigation():
        page.press("form[data-main] button.button", "Enter")
    assert page.locator("[role=alert]").count() >= 1
    if js:
        looked_at(page, shots, "propose-wrong")
    page.check("[name=decision][value=SG_WITHOUT_CONSENT]")
    page.select_option("[name=ground]", "CG_LIFE")
    page.select_option("[name=target]", "RT_POLICE")
    page.fill("[name=facts]", "Faktai")
    page.fill("[name=told_plan]", "Pokalbyje")
    page.press("form[data-main] button.button", "Enter")
    page.wait_for_url(re.compile(rf"/concerns/{concern.ref}/$"))
    concern.refresh_from_db()
    assert concern.state == "ACT_WITHOUT_CONSENT"


@pytest.mark.parametrize(("width", "js"), [(320, False), (1280, True)])
def test_child_brings_own_pictures(
    open_page: Callable[..., Any], centre: Centre, shots: str, width: int, js: bool
):
    issued = issue_pass(by=centre.actor("COUNSELLOR"), at=clock.now())
    deliver_waiting(clock.now())
    page = open_page(width=width, js=js)
    page.goto("/lt/pranesti/mano-nuotrauka/")
    if js:
        looked_at(page, shots, f"own-{width}")
    page.click("details.more > summary")
    page.fill("[name=code]", "LABAS")
    with page.expect_navigation():
        page.click("form[data-main] button.button")
    if js:
        looked_at(page, shots, f"own-wrong-{width}")
    page.fill("[name=code]", issued.code)
    page.fill("[name=where]", "https://pavyzdys.example/mano")
    with page.expect_navigation():
        page.click("form[data-main] button.button")
    assert len(page.locator("[data-receipt] li").all()) == 9
    assert page.context.cookies() == []
    if js:
        looked_at(page, shots, f"own-sent-{width}")
    assert Report.objects.get().priority == "P1"


@pytest.mark.parametrize(("width", "js"), [(320, False), (1280, True)])
def test_child_answers_in_the_chat(
    open_page: Callable[..., Any], centre: Centre, site: str, shots: str, width: int, js: bool
):
    receipt, at, mine = sealed.new_receipt(None, "lt"), clock.now(), centre.actor("COUNSELLOR")
    conversation, keys = talking(mine, receipt=receipt, at=at)
    page = open_page(width=width, js=js)
    page.context.add_cookies(
        [{"name": cookie_name(), "value": sealed.new_visit(receipt, keys, at), "url": site}]
    )
    page.goto("/lt/pagalba/pokalbis/")
    referral = referrals.suggest(
        by=mine, conversation=conversation, target="RT_SCHOOL", words="Tik šie žodžiai", at=clock.now()
    )
    referrals.ask_in_chat(by=mine, referral=referral, at=clock.now())
    if not js:
        page.reload()
    page.locator("form.share").wait_for()  # with scripts the page shows it by itself
    if js:
        looked_at(page, shots, f"share-{width}")
    page.click("form.share button[value=yes]")
    page.locator("form.share button[value=no]").wait_for()
    referral.refresh_from_db()
    assert referral.state == "CONSENTED"
