"""The pages of the school label: what a team, an assessor, the desk and everybody see and may do by
request."""

import re
from datetime import timedelta
from typing import Any

import pytest
from asgiref.sync import async_to_sync
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from sauga.kernel import clock
from sauga.kernel.identity import PermissionRefused
from sauga.kernel.members.actors import MemberActor
from sauga.kernel.states import SystemActor
from sauga.selfcheck.school.actions import assessments as assessment_actions
from sauga.selfcheck.school.actions import labels, listings
from sauga.selfcheck.school.actions.assessments import Given
from sauga.selfcheck.school.models import Answer, Assessment, Assessor, Evidence, Label, PlanTask, Review
from sauga.selfcheck.school.queries import assessments, register, reviews
from sauga.selfcheck.school.rules.codes import Pledge
from sauga.selfcheck.school.rules.reviews import reviewed_aspects
from sauga.selfcheck.states import AssessmentState
from tests.centre import Centre, centre, sign_in  # noqa: F401  a fixture
from tests.factories import labels as make
from tests.factories.labels import COMMENT, PLEDGES
from tests.factories.members import acts_for, browser_of, joined

HOME = "/en/my/label/"


def browser(of: Any, address: str = "rima@mokykla.example") -> tuple[MemberActor, Client]:
    """A member who acts for the school, and their browser."""
    who, secret = joined(address, name="Rima Kalnė")
    acts_for(who, of)
    return who, browser_of(secret)


def page_of(form: str, values: dict[str, str], seen: str = "0") -> dict[str, str]:
    return {
        name: value
        for code, value in values.items()
        for name, value in ((f"level-{code}", value), (f"comment-{code}", form), (f"seen-{code}", seen))
    }


def test_a_school_finishes_in_three_pages_and_few_clicks(centre: Centre):
    now = clock.now()
    make.load_questionnaires(now)
    where = make.school()
    _who, client = browser(where)
    assert "Girių mokykla" in client.get(HOME).text
    began = client.post(HOME, {"school": where.code})
    row = Assessment.objects.get()
    assert began.url.startswith(f"{HOME}{row.ref}/")
    assert "0 of 30 answered" in client.get(began.url).text
    clicks, texts = 1, 0
    for area in ("infrastructure", "learning", "community"):
        page = client.get(f"{HOME}{row.ref}/area/{area}/")
        codes = re.findall(r'name="seen-([a-z]+)"', page.text)
        assert len(codes) == 10 and page.text.count('type="radio"') == 50
        sent = client.post(f"{HOME}{row.ref}/area/{area}/", page_of("", dict.fromkeys(codes, "3")))
        assert sent.status_code == 302
        clicks, texts = clicks + 10 + 1, texts + 0
    assert "30 of 30 answered" in client.get(f"{HOME}{row.ref}/").text
    done = client.post(f"{HOME}{row.ref}/submit/")
    report = client.get(done.url).text
    assert "Silver" in report and 'class="radar"' in report and "Our plan" in report
    # Thirty choices and five buttons; reading and talking over an aspect for 100 seconds makes 50 minutes.
    assert clicks + 1 <= 35 and texts == 0 and (clicks + 1) * 100 <= 60 * 60
    assert Label.objects.get().level == "SILVER"
    assert ";" in client.get(f"{HOME}{row.ref}/answers.csv").text
    plan = client.get(f"{HOME}{row.ref}/plan.ics").text
    assert plan.count("BEGIN:VEVENT") == PlanTask.objects.count() >= 3


def test_what_somebody_typed_is_kept_when_a_colleague_was_faster(centre: Centre):
    who, row = make.begun(clock.now())
    _colleague, client = browser(row.school, "jonas@mokykla.example")
    assessment_actions.save_area(
        by=who, assessment=row, area="LEARNING", given={"ai": Given(2, "", 0)}, at=clock.now()
    )
    address = f"{HOME}{row.ref}/area/learning/"
    answer = client.post(address, page_of("Mano žodžiai lieka.", {"ai": "4"}))
    assert answer.status_code == 422 and "Mano žodžiai lieka." in answer.text and "chose 2" in answer.text
    assert Answer.objects.get(aspect="ai").level == 2
    seen = re.search(r'name="seen-ai" value="(\d+)"', answer.text)
    assert client.post(address, page_of("Mano žodžiai lieka.", {"ai": "4"}, seen.group(1))).status_code == 302
    assert Answer.objects.get(aspect="ai").level == 4


@pytest.mark.parametrize("path", ["", "area/learning/", "answers.csv", "plan.ics", "plan/new/", "evidence/"])
def test_a_stranger_finds_nothing(centre: Centre, path: str):
    _who, row = make.begun(clock.now())
    _stranger, client = browser(make.school("Kita mokykla", "LT-21"), "kita@kita.example")
    assert client.get(f"{HOME}{row.ref}/{path}").status_code == 404
    assert client.post(f"{HOME}{row.ref}/submit/").status_code == 404
    assert Client().get(f"{HOME}{row.ref}/{path}").status_code == 302


def test_whoever_acts_for_no_school_is_told_how_to_begin(centre: Centre):
    _who, secret = joined("viena@paskyra.example")
    page = browser_of(secret).get(HOME)
    assert page.status_code == 200 and "do not act for a school yet" in page.text
    assert browser_of(secret).post(HOME, {"school": "x"}).status_code == 404


def test_submitting_too_early_says_what_is_missing(centre: Centre):
    _who, row = make.begun(clock.now())
    _colleague, client = browser(row.school, "jonas@mokykla.example")
    client.post(f"{HOME}{row.ref}/area/learning/", page_of("", {"ai": "4"}))
    answer = client.post(f"{HOME}{row.ref}/submit/")
    assert answer.status_code == 422 and "Not answered yet" in answer.text


def test_the_plan_is_kept_by_request(centre: Centre):
    _who, row = make.submitted(3, clock.now())
    _colleague, client = browser(row.school, "jonas@mokykla.example")
    due = (clock.now() + timedelta(days=30)).date().isoformat()
    new = f"{HOME}{row.ref}/plan/new/"
    assert client.get(new).status_code == 200
    assert client.post(new, {"title": "", "owner": "IT", "due": due, "progress": "TODO"}).status_code == 422
    assert (
        client.post(new, {"title": "Darbas", "owner": "IT", "due": due, "progress": "TODO"}).status_code
        == 302
    )
    own = PlanTask.objects.get(title="Darbas")
    address = f"{HOME}{row.ref}/plan/{own.ref}/"
    assert "Darbas" in client.get(address).text
    client.post(address, {"title": "Kitas", "owner": "HEAD", "due": due, "progress": "DONE"})
    assert PlanTask.objects.get(pk=own.pk).title == "Kitas"
    assert client.post(address, {"remove": "1"}).status_code == 302
    assert client.get(address).status_code == 404


def test_evidence_goes_to_a_reviewer_and_comes_back_as_gold(centre: Centre):
    now = clock.now()
    _who, row = make.submitted(4, now, comment=COMMENT)
    _colleague, client = browser(row.school, "jonas@mokykla.example")
    report = client.get(f"{HOME}{row.ref}/").text
    assert "Take silver now" in report and "Prepare the review" in report
    early = client.post(f"{HOME}{row.ref}/evidence/send/")
    assert early.status_code == 422 and "a file is missing" in early.text
    held = assessments.present_round(row)
    for code in reviews.to_show(held):
        address = f"{HOME}{row.ref}/evidence/{code}/"
        assert client.get(address).status_code == 200
        file = SimpleUploadedFile("tvarka.pdf", make.pdf(), "application/pdf")
        sent = client.post(address, {"pledge": "1", "file": file, "pledges": list(PLEDGES)})
        assert sent.status_code == 302 and "file-added" in sent.url
    bare = client.post(
        address,
        {"pledge": "1", "file": SimpleUploadedFile("a.pdf", make.pdf()), "pledges": [Pledge.NO_FACES]},
    )
    assert "file-returned" in bare.url and "not kept" in client.get(bare.url).text
    back = Evidence.objects.get(returned="NAME")
    assert client.post(f"{HOME}{row.ref}/evidence/file/{back.ref}/remove/").status_code == 302
    one = Evidence.objects.first()
    assert sent_file(client, f"{HOME}{row.ref}/evidence/file/{one.ref}/").startswith("application/pdf")
    assert client.post(f"{HOME}{row.ref}/evidence/send/").status_code == 302
    assert make.fresh(row).state == AssessmentState.EVIDENCE_REVIEW

    by = make.assessor(centre, at=now)
    reader = reader_of(by)
    assert "Girių mokykla" in reader.get(f"{HOME}reviews/").text
    taken = reader.post(f"{HOME}reviews/take/{row.ref}/")
    review = Review.objects.get()
    assert COMMENT in reader.get(taken.url).text
    assert client.get(taken.url).status_code == 404  # the school reads verdicts, not the review
    assert sent_file(reader, f"{HOME}reviews/{review.ref}/file/{one.ref}/").startswith("application/pdf")
    for code in reviewed_aspects(assessments.form_of(held)):
        verdict = f"{HOME}reviews/{review.ref}/aspect/{code}/"
        assert reader.post(verdict, {"is_accepted": "yes", "reason": ""}).status_code == 422
        assert reader.post(verdict, {"is_accepted": "yes", "reason": "Aišku."}).status_code == 302
    assert reader.post(f"{HOME}reviews/{review.ref}/conclude/").status_code == 302
    assert "Gold" in client.get(f"{HOME}{row.ref}/").text and Label.objects.get().level == "GOLD"
    assert client.get(f"{HOME}{row.ref}/evidence/file/{one.ref}/").status_code == 404


def sent_file(client: Client, address: str) -> str:
    """The type of a file that is sent, read to its end so that it is closed."""

    async def whole(response: Any) -> bytes:
        return b"".join([piece async for piece in response.streaming_content])

    answer = client.get(address)
    assert answer.status_code == 200 and async_to_sync(whole)(answer).startswith(b"%PDF")
    return str(answer["Content-Type"])


def reader_of(by: MemberActor) -> Client:
    """A browser in which the member has signed in."""
    again, secret = joined("asta@kita.example", name="Asta Miškė")
    assert again == by
    return browser_of(secret)


def test_the_role_is_asked_for_and_granted_at_the_desk(centre: Centre):
    where = make.school("Kita mokykla", "LT-21")
    _who, secret = joined("asta@kita.example", name="Asta Miškė")
    client = browser_of(secret)
    assert client.post(f"{HOME}reviews/", {"workplace": ""}).status_code == 422
    assert client.post(f"{HOME}reviews/", {"workplace": where.code}).status_code == 302
    assert "asks for the role" in client.get(f"{HOME}reviews/").text
    desk = sign_in(centre, "LABEL_COORDINATOR")
    row = Assessor.objects.get()
    assert "Asta Miškė" in desk.get("/desk/selfcheck/label/assessors/?view=ASKED").text
    page = f"/desk/selfcheck/label/assessors/{row.ref}/"
    assert desk.get(page).status_code == 200
    desk.post(f"{page}grant/")
    assert Assessor.objects.get().state == "ASKED"  # not certified
    desk.post(f"{page}refuse/")
    assert Assessor.objects.get().state == "REFUSED"
    assert sign_in(centre, "EDITOR").get(page).status_code == 404


def test_the_desk_sees_where_schools_stand_without_their_words(centre: Centre):
    _who, row = make.submitted(3, clock.now(), comment=COMMENT)
    desk = sign_in(centre, "LABEL_COORDINATOR")
    assert "Girių mokykla" in desk.get("/desk/selfcheck/label/?view=labelled").text
    assert "Girių" in desk.get("/desk/selfcheck/label/?view=labelled&q=giriu").text
    page = desk.get(f"/desk/selfcheck/label/{row.ref}/")
    assert page.status_code == 200 and COMMENT not in page.text and "Sidabras" in page.text
    assert desk.get("/desk/selfcheck/label/country/").status_code == 200
    assert desk.get("/desk/selfcheck/figures/").status_code == 200
    done = desk.post(f"/desk/selfcheck/label/{row.ref}/revoke/", {"why": "MISTAKE"})
    assert done.status_code == 302 and Label.objects.get().revoked_at is not None
    assert sign_in(centre, "AWARENESS_STATISTICIAN").get("/desk/selfcheck/label/country/").status_code == 200
    assert sign_in(centre, "EDITOR").get("/desk/selfcheck/label/").status_code == 404


def test_the_label_on_a_schools_website_says_what_is_true_today(centre: Centre):
    now = clock.now()
    _who, _row = make.submitted(3, now)
    label = Label.objects.get()
    page, picture = f"/en/label/school/{label.ref}/", f"/label/{label.ref}.svg"
    assert "Silver" in Client().get(page).text and "Girių mokykla" in Client().get(page).text
    drawn = Client().get(picture)
    assert drawn["Content-Type"].startswith("image/svg+xml") and "Sidabras" in drawn.text
    assert drawn["Cross-Origin-Resource-Policy"] == "cross-origin" and not drawn.cookies
    assert (
        "sandbox" in drawn["Content-Security-Policy"]
        and "Silver" in Client().get(f"{picture}?language=en").text
    )
    label.since, label.until = (now - timedelta(days=600)).date(), (now - timedelta(days=1)).date()
    label.save()
    assert "No longer valid" in Client().get(f"{picture}?language=en").text
    assert "No longer valid" in Client().get(page).text
    labels.Label.objects.filter(pk=label.pk).update(revoked_at=now)
    assert "Revoked" in Client().get(f"{picture}?language=en").text
    assert Client().get("/label/nothing.svg").status_code == 404


def test_everybody_reads_the_questions_and_the_national_picture(centre: Centre):
    make.load_questionnaires(clock.now())
    for address in ("/lt/zenklas/", "/en/label/", "/lt/zenklas/klausimai/", "/en/label/questions/"):
        assert Client().get(address).status_code == 200, address
    assert "Patyčios internete" in Client().get("/lt/zenklas/klausimai/").text
    assert "Too few schools" in Client().get("/en/label/country/").text
    assert Client().get("/en/label/country/table.csv").status_code == 200


def test_the_next_round_marks_what_was_chosen_and_says_what_moved(centre: Centre):
    began = clock.now() - timedelta(days=400)
    who, row = make.submitted(3, began)
    labels.advance_all(by=SystemActor("selfcheck"), at=clock.now())
    _colleague, client = browser(row.school, "jonas@mokykla.example")
    assert "Begin the next round" in client.get(f"{HOME}{row.ref}/").text
    client.post(f"{HOME}{row.ref}/again/")
    assert client.get(f"{HOME}{row.ref}/area/learning/").text.count("You chose this last time") == 10
    make.answered(who, make.fresh(row), 3, {"bullying": 5}, at=clock.now())
    report = client.get(client.post(f"{HOME}{row.ref}/submit/").url).text
    assert "rose 3 → 5" in report


def test_a_school_agrees_to_the_public_list_and_everybody_finds_it_there(centre: Centre):
    """By name, municipality and level, with the map, in both languages; only by its own agreement, which it
    takes back at once."""
    who, row = make.submitted(3, clock.now())
    label = Label.objects.get()
    client = browser(row.school, "jonas@mokykla.example")[1]
    _stranger, other = browser(make.school("Kita mokykla", "LT-21"), "kita@kita.example")
    listed, where = f"{HOME}{row.ref}/list/", {"lt": "/lt/zenklas/mokyklos/", "en": "/en/label/schools/"}
    assert where["lt"] in Client().get("/lt/zenklas/").text
    assert row.school.present_name() not in Client().get(where["lt"]).text
    assert other.post(listed).status_code == 404 and Client().post(listed).status_code in (302, 403)
    assert 'data-listed="no"' in client.get(f"{HOME}{row.ref}/").text
    assert client.post(listed).status_code == client.post(listed).status_code == 302
    assert 'data-listed="yes"' in client.get(f"{HOME}{row.ref}/").text
    code = row.school.municipality
    for address in where.values():
        for query in ("", "?words=giriu", f"?municipality={code}", f"?words=GIRIŲ&level={label.level}"):
            found = Client().get(f"{address}{query}").text
            assert row.school.present_name() in found and f"/{label.ref}/" in found, query
        for query in ("?words=azuolu", "?municipality=LT-21", "?level=GOLD", "?municipality=x&words=azuolu"):
            assert f"/{label.ref}/" not in Client().get(f"{address}{query}").text, query
    with pytest.raises(PermissionRefused):
        listings.list_label(by=centre.actor("LABEL_COORDINATOR"), label=label, at=clock.now())
    assert client.post(listed, {"off": "1"}).status_code == 302
    assert f"/{label.ref}/" not in Client().get(where["lt"]).text
    listings.list_label(by=who, label=label, at=clock.now())
    labels.revoke_label(by=centre.actor("LABEL_COORDINATOR"), label=label, why="MISTAKE", at=clock.now())
    assert not register.listed(clock.now())
