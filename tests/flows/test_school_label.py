"""A school team of three answers, an ambassador from another school reviews, the label is shown on the
school's page; with and without scripts."""

import os
from collections.abc import Collection
from pathlib import Path
from typing import Any

import pytest
from factories import labels as make
from factories.members import acts_for, joined
from repetition import in_forms

from flows.browser import axe, overflow
from flows.hotline import sign_in
from sauga.kernel import clock
from sauga.kernel.members.signin import cookies
from sauga.selfcheck.school.models import Assessment, Evidence, Label
from sauga.selfcheck.school.queries import assessments
from sauga.selfcheck.school.rules.reviews import reviewed_aspects
from sauga.selfcheck.states import AssessmentState
from tests.centre import Centre

PICTURES = os.environ.get("TEST_PICTURES", "")
pytestmark = [pytest.mark.flow, pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def sound(page: Any, *, js: bool = True) -> None:
    assert not js or (page.url, axe(page)) == (page.url, [])
    assert (page.url, overflow(page)) == (page.url, 0)
    if PICTURES:
        name = "-".join(page.url.partition("?")[0].rstrip("/").rsplit("/", 2)[-2:])[:40]
        page.screenshot(path=f"{PICTURES}/label-{name}-{page.viewport_size['width']}.png", full_page=True)


def signed_in(open_page: Any, secret: str, width: int, *, js: bool = True) -> Any:
    page = open_page(width=width, js=js, language="lt")
    page.context.add_cookies([{"name": cookies.session_name(), "value": secret, "url": page.site}])
    return page


def answer(page: Any, level: str, *, js: bool) -> None:
    """Every aspect of the page, and words where gold asks for them."""
    for group in page.locator("fieldset").all():
        group.locator(f"input[value='{level}']").check()
    for more in page.locator("details.more").all():
        if "auksui" in more.inner_text():
            if more.get_attribute("open") is None:
                more.locator("summary").click()
            more.locator("textarea").fill(make.COMMENT)
    sound(page, js=js)


def team(open_page: Any, school: Any, now: Any, *, js: bool) -> list[Any]:
    """Three colleagues of a school, each on a screen of another width."""
    pages = []
    for number, name in enumerate(("Rima Kalnė", "Jonas Vėjas", "Asta Marė")):
        who, secret = joined(f"komanda{number}@mokykla.example", name, now)
        acts_for(who, school, now)
        pages.append(signed_in(open_page, secret, (320, 768, 1280)[number], js=js))
    return pages


def answer_together(pages: list[Any], *, js: bool) -> Assessment:
    """The first begins, and each of the three answers an area."""
    first = pages[0]
    first.goto("/lt/mano/zenklas/")
    sound(first, js=js)
    first.get_by_role("button", name="Pradėti").click()
    first.wait_for_url("**done=label-started")
    row = Assessment.objects.get()
    for number, (page, area) in enumerate(
        zip(pages, ("infrastructure", "learning", "community"), strict=True)
    ):
        page.goto("/lt/mano/zenklas/")
        if number:
            page.get_by_role("link", name="Atverti").first.click()
            page.wait_for_url(f"**/{row.ref}/")
        page.goto(f"/lt/mano/zenklas/{row.ref}/sritis/{area}/")
        answer(page, "4", js=js)
        page.get_by_role("button", name="Išsaugoti ir grįžti vėliau").click()
        page.wait_for_url("**done=label-saved")
    assert "Atsakyta: 30 iš 30" in pages[2].inner_text("main")
    return row


def send_evidence(page: Any, row: Assessment, wanted: Collection[str], file: Path, *, js: bool) -> None:
    """The result, a file for each aspect that is reviewed, and on to the review."""
    sound(page, js=js)
    page.get_by_role("button", name="Pamatyti rezultatą").click()
    page.wait_for_url("**done=label-scored")
    sound(page, js=js)
    assert "Auksas" in page.inner_text(".medal")
    page.get_by_role("link", name="Ruoštis peržiūrai").click()
    page.wait_for_url("**/irodymai/")
    sound(page, js=js)
    for code in wanted:
        page.goto(f"/lt/mano/zenklas/{row.ref}/irodymai/{code}/")
        page.set_input_files("[name=file]", str(file))
        for tick in page.locator("[name=pledges]").all():
            tick.check()
        page.get_by_role("button", name="Įkelti failą").click()
        page.wait_for_url("**done=file-added")
    sound(page, js=js)
    page.goto(f"/lt/mano/zenklas/{row.ref}/irodymai/")
    page.get_by_role("button", name="Siųsti vertinti").click()
    page.wait_for_url("**done=label-sent")
    assert make.fresh(row).state == AssessmentState.EVIDENCE_REVIEW and Evidence.objects.count() == len(
        wanted
    )


def review(reader: Any, wanted: Collection[str], *, js: bool) -> Label:
    """The assessor from another school accepts every aspect; the label."""
    reader.goto("/lt/mano/zenklas/vertinimai/")
    sound(reader, js=js)
    reader.get_by_role("button", name="Vertinti šią mokyklą").click()
    reader.wait_for_url("**done=review-taken")
    sound(reader, js=js)
    for code in wanted:
        section = reader.locator(f"#{code}")
        section.get_by_label("Taip, priimta").check()
        section.locator("textarea").fill("Aprašyta aiškiai, failas tai rodo.")
        section.get_by_role("button", name="Įrašyti sprendimą").click()
        reader.wait_for_url("**done=verdict-saved")
        reader.goto(reader.url.partition("?")[0])
    reader.get_by_role("button", name="Užbaigti ir suteikti ženklą").click()
    reader.wait_for_url("**done=review-done")
    label = Label.objects.get()
    assert label.level == "GOLD" and not Evidence.objects.filter(file__isnull=False).exists()
    return label


@pytest.mark.slow("a whole assessment by three people, reviewed by a fourth")
@in_forms("js", (True,), (False,))
def test_a_team_of_three_an_assessor_and_the_schools_page(
    centre: Centre, open_page: Any, tmp_path: Path, js: bool
):
    now = clock.now()
    make.load_questionnaires(now)
    pages = team(open_page, make.school(), now, js=js)
    row = answer_together(pages, js=js)
    file = tmp_path / "tvarka.pdf"
    file.write_bytes(make.pdf())
    wanted = reviewed_aspects(assessments.form_of(assessments.present_round(row)))
    send_evidence(pages[2], row, wanted, file, js=js)

    make.assessor(centre, at=now)
    _who, secret = joined("asta@kita.example", "Asta Miškė", now)
    label = review(signed_in(open_page, secret, 360, js=js), wanted, js=js)

    first = pages[0]
    first.goto(f"/lt/mano/zenklas/{row.ref}/")
    sound(first, js=js)
    assert f"/label/{label.ref}.svg" in first.input_value("#embed-code")
    visitor = open_page(width=320, js=js, language="lt")
    visitor.goto(f"/lt/zenklas/mokykla/{label.ref}/")
    assert "Auksas" in visitor.inner_text("main") and "Galioja" in visitor.inner_text("main")
    assert visitor.evaluate("document.querySelector('main img').naturalWidth") == 320
    sound(visitor, js=js)
    for path in ("/lt/zenklas/", "/lt/zenklas/klausimai/", "/en/label/country/"):
        visitor.goto(path)
        sound(visitor, js=js)


def test_the_coordinators_pages(centre: Centre, open_page: Any):
    _who, row = make.submitted(3, clock.now())
    page = open_page(language="lt")
    sign_in(page, centre, "LABEL_COORDINATOR")
    for path in ("?view=labelled", f"{row.ref}/", "assessors/", "country/"):
        page.goto(f"/desk/selfcheck/label/{path}")
        sound(page)
