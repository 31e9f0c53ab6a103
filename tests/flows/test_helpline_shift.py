"""What a lead does for the shift, what stands before a duty, the line's settings and its trail, in a browser:
no fault for axe, narrow.
"""

import pytest

from sauga.helpline.rota.actions import announcements, duty_waivers
from sauga.helpline.rota.models import Duty, ShiftWord
from sauga.kernel import clock
from tests.factories.line import on_duty
from tests.flows.test_helpline_lead import BOARD, CALLS, entered, faultless, pictured, visit
from tests.repetition import in_forms

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
DESK = "/desk/helpline/"


@in_forms("width language dark", (1280, "lt", False), (320, "en", True))
def test_a_lead_speaks_pauses_and_lets_somebody_begin(centre, open_page, width, language, dark):
    page = entered(open_page, centre, "SHIFT_LEAD", width=width, language=language, dark=dark)
    on_duty(centre.people["COUNSELLOR"], clock.now(), channels=("CHAT", "PHONE"))
    visit(page, BOARD)
    for details in page.locator("aside details.panel summary").all():
        details.click()
    faultless(page)
    page.fill("[name=text]", "Nuo 20 val. budi tik Ramunė.")
    page.click("form[action$='shift/say/'] button")
    page.wait_for_selector(".shift-word")
    page.locator("aside details.panel summary").last.click()
    page.select_option("[name=person]", str(centre.people["COUNSELLOR_2"].pk))
    page.locator("form[action$='let-begin/'] [name=reason]").select_option("DP_BESIDE")
    page.click("form[action$='let-begin/'] button")
    page.wait_for_selector(".toast")
    visit(page, BOARD)
    page.locator("aside details.panel summary").last.click()
    faultless(page)
    pictured(page, f"shift-board-{language}")
    assert ShiftWord.objects.exists()


@in_forms("width language dark", (320, "lt", False), (1280, "lt", True))
def test_what_is_missing_before_a_duty_is_said_and_a_word_is_read(centre, open_page, width, language, dark):
    page = entered(open_page, centre, "COUNSELLOR", width=width, language=language, dark=dark)
    visit(page, DESK)
    page.wait_for_selector("#lacks")
    faultless(page)
    pictured(page, f"before-duty-{language}")
    at = clock.now()
    lead = centre.actor("SHIFT_LEAD", at)
    duty_waivers.grant_waiver(by=lead, person_id=centre.people["COUNSELLOR"].pk, reason="DP_BESIDE", at=at)
    visit(page, DESK)
    page.click("form[action$='duty/begin/'] button")
    page.wait_for_selector("text=Imti kitą")
    assert Duty.objects.present().get().person == centre.people["COUNSELLOR"]
    announcements.announce(
        by=lead,
        text="Šiandien baigiame anksčiau: po 22 val. naujų pokalbių neimame.",
        hours=4,
        at=clock.now(),
    )
    for place in (CALLS, DESK):
        visit(page, place)
        page.wait_for_selector(".shift-word")
        faultless(page)
        pictured(page, f"shift-word{place.replace('/', '-')}{language}")
    page.click(".shift-word button")
    page.wait_for_selector(".shift-word", state="detached")


@in_forms("width language dark", (320, "en", True), (1280, "lt", False))
def test_settings_and_trail_are_faultless(centre, open_page, width, language, dark):
    page = entered(open_page, centre, "SERVICE_ADMINISTRATOR", width=width, language=language, dark=dark)
    visit(page, f"{DESK}policies/")
    faultless(page)
    page.fill("#side_by_side_most", "1")
    page.select_option("#side_by_side_why", "LP_TRIAL")
    page.click("form[action$='side_by_side/'] button")
    page.wait_for_selector(".toast")
    page.locator("details summary", has_text="2").first.click()
    faultless(page)
    pictured(page, f"policies-{language}")
    page.fill("#leaving_to", "http://orai.example/")
    page.select_option("#leaving_why", "LP_TRIAL")
    page.click("form[action$='leaving/'] button")
    page.wait_for_selector("[aria-invalid=true]")
    faultless(page)
    auditor = entered(open_page, centre, "AUDITOR", width=width, language=language, dark=dark)
    visit(auditor, f"{DESK}trail/")
    faultless(auditor)
    pictured(auditor, f"trail-{language}")
