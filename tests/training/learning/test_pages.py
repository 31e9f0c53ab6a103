"""Pages of courses: a learner's way without a script, the editor's, the tutor's; strangers see nothing."""

import io
import zipfile
from datetime import timedelta
from xml.etree import ElementTree as ET

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from factories.courses import AT, cohort, drafted, enrolled, member, published_before_the_gate
from factories.members import acts_for, browser_of, joined
from factories.people import make_organisation

from sauga.kernel import credentials, retention
from sauga.training.courses.models import CourseVersion
from sauga.training.courses.packages import package_of
from sauga.training.courses.queries.versions import content_of
from sauga.training.learning.actions import activities, assignments, quizzes
from sauga.training.learning.actions import enrolments as enrolment_actions
from sauga.training.learning.actions.certificates import subject_of
from sauga.training.learning.actions.enrolments import EnrolmentData
from sauga.training.learning.actions.erasure import forget_member
from sauga.training.learning.documents import letter_about, statement
from sauga.training.learning.models import Enrolment, Post, StaffLink
from sauga.training.learning.queries import enrolments
from sauga.training.states import EnrolmentState
from tests.centre import Centre, centre, sign_in  # noqa: F401  a fixture

pytestmark = pytest.mark.django_db
MINE = "/en/my/courses/"


def part(row: Enrolment, code: str) -> str:
    return f"{MINE}{row.ref}/part/{code}/"


def test_a_learner_goes_all_the_way_without_a_script(centre: Centre):
    group = cohort(centre)
    catalogue = Client().get("/en/training/").text
    assert "Small course" in catalogue and "you can still join" in catalogue
    page = Client().get("/en/training/course/small/").text
    assert "5 places left" in page and "Explain it" in page
    _by, secret = member()
    browser = browser_of(secret)
    assert browser.post(f"{MINE}enrol/{group.ref}/", {}).status_code == 422
    answer = browser.post(f"{MINE}enrol/{group.ref}/", {"role": "teacher", "municipality": ""})
    row = Enrolment.objects.get()
    assert answer.url.startswith(f"{MINE}{row.ref}/") and row.state == EnrolmentState.ACTIVE
    page = browser.get(f"{MINE}{row.ref}/").text
    assert "Not yet:" in page and "Begin" in page
    assert "An example" in browser.get(part(row, "read")).text
    assert browser.post(part(row, "read"), {"do": "finish"}).status_code == 302
    assert browser.post(part(row, "film"), {"do": "finish"}).status_code == 422
    film = browser.get(part(row, "film")).text
    assert "<video" in film and 'kind="captions"' in film and "0:05" in film
    browser.post(part(row, "film"), {"do": "answer", "q_five": "1"})
    assert "Not right." in browser.get(part(row, "film")).text
    assert browser.post(part(row, "film"), {"do": "finish"}).status_code == 302
    browser.post(part(row, "quiz"), {"do": "begin"})
    attempt = row.attempts.get()
    answers = {"q_one": "0", "q_two": ["0", "1"], "attempt": attempt.ref}
    answers |= {f"q_three_{n}": str(n) for n in range(3)} | {f"q_four_{n}": str(n) for n in range(2)}
    assert browser.post(part(row, "quiz") + "keep/", answers).status_code == 204
    assert browser.post(part(row, "quiz"), {**answers, "do": "send"}).status_code == 302
    assert "Passed: 100%" in browser.get(part(row, "quiz")).text
    assert browser.post(part(row, "talk"), {"do": "post", "text": "Hello"}).status_code == 302
    row.refresh_from_db()
    assert row.state == EnrolmentState.CERTIFIED and row.certificate
    done = browser.get(f"{MINE}{row.ref}/").text
    assert row.certificate in done and "You have completed the course" in done
    held = credentials.credential_for(subject_of(row))
    assert credentials.content_of(held).printed.holder == "Mokytoja Pavyzdė0"
    mine = browser.get(MINE).text
    assert "Statement of hours" in mine
    paper = browser.get(f"{MINE}hours/{row.completed_at.year}.pdf")
    assert paper["Content-Type"] == "application/pdf" and paper.content.startswith(b"%PDF")


def test_a_page_of_a_course_takes_no_longer_when_more_is_done(centre: Centre):
    by, row, secret = enrolled(cohort(centre))
    browser = browser_of(secret)
    for code in ("read", "film"):
        browser.get(part(row, code))
    with CaptureQueriesContext(connection) as first:
        assert "An example" in browser.get(part(row, "read")).text
    activities.finish(by=by, enrolment=row, activity="read", at=AT)
    activities.confirm(by=centre.actor("TUTOR"), enrolment=row, activity="session", reason="Buvau", at=AT)
    with CaptureQueriesContext(connection) as later:
        assert "An example" in browser.get(part(row, "read")).text
    assert len(later) == len(first)
    asked = [one["sql"] for one in later if 'FROM "training_progress"' in one["sql"]]
    assert len(asked) == 2, "the part that is opened, and all of them for the page"


def test_a_stranger_and_a_young_member_see_no_course_of_another(centre: Centre):
    _by, row, _secret = enrolled(cohort(centre))
    _other, secret = member(9)
    browser = browser_of(secret)
    for path in ("", "part/read/"):
        assert browser.get(f"{MINE}{row.ref}/{path}").status_code == 404
    for path in ("leave/", "appeal/", "share/", "certify/"):
        assert browser.post(f"{MINE}{row.ref}/{path}", {"text": "x"}).status_code == 404
    assert browser.post(part(row, "read"), {"do": "finish"}).status_code == 404
    row.refresh_from_db()
    assert row.state == EnrolmentState.ACTIVE


def test_without_a_name_the_certificate_waits_for_it(centre: Centre):
    by, secret = joined("be.vardo@mokykla.example", "", AT)
    version = published_before_the_gate(drafted(centre, rule={"all": [{"done": "read"}]}))
    row = enrolment_actions.enrol(
        by=by, cohort=cohort(centre, version), data=EnrolmentData(role="teacher"), at=AT
    )
    browser = browser_of(secret)
    browser.post(part(row, "read"), {"do": "finish"})
    row.refresh_from_db()
    assert row.state == EnrolmentState.COMPLETED
    assert "name-missing" in browser.post(f"{MINE}{row.ref}/certify/").url


def test_an_organisation_sees_hours_of_those_who_agreed_and_of_nobody_else(centre: Centre):
    group, school = cohort(centre), make_organisation("MOKYKLA-X", AT)
    head, secret = joined("vadove@mokykla.example", "Vadovė Pavyzdė", AT)
    acts_for(head, school, AT)
    browser = browser_of(secret)
    assert browser.post(f"{MINE}organisation/{school.code}/link/{group.ref}/").status_code == 302
    link = StaffLink.objects.get()
    assert link.token in browser.get(f"{MINE}organisation/{school.code}/").text
    for n, agrees in ((1, True), (2, False)):
        by, _s = member(n)
        data = EnrolmentData(role="teacher", link=link, shares_hours=agrees)
        row = enrolment_actions.enrol(by=by, cohort=group, data=data, at=AT)
    page = browser.get(f"{MINE}organisation/{school.code}/").text
    assert "Mokytoja Pavyzdė1" in page and "Mokytoja Pavyzdė2" not in page
    _stranger, other = member(5)
    assert browser_of(other).get(f"{MINE}organisation/{school.code}/").status_code == 404
    assert browser_of(other).post(f"{MINE}organisation/{school.code}/link/{group.ref}/").status_code == 404
    assert row.shares_hours is False


def test_an_editor_writes_a_course_with_forms_and_keyboard(centre: Centre):
    version = drafted(centre)
    desk = sign_in(centre, "COURSE_EDITOR")
    base = f"/desk/training/courses/{version.ref}/"
    page = desk.get(base).text
    assert "Small course" in page and "Kad būtų galima paskelbti" not in page
    module = version.modules.get()
    added = {"title_lt": "Naujas", "title_en": "New", "minutes": "5", "text_lt": "Tekstas", "text_en": "Text"}
    assert desk.get(f"{base}module/{module.ref}/add/page/").status_code == 200
    assert desk.post(f"{base}module/{module.ref}/add/page/", added).status_code == 302
    new = version.activities.get(code="new")
    assert [one.code for one in content_of(version).activities][-1] == "new"
    desk.post(f"{base}do/activity/{new.ref}/up/")
    assert [one.code for one in content_of(version).activities][-2] == "new"
    order = f"m:{module.ref} a:{new.ref}"
    assert (
        desk.post(f"{base}order/", {"order": order}, headers={"X-Requested-With": "drag"}).status_code == 200
    )
    assert content_of(version).activities[0].code in ("new", "read")
    item = {
        "kind": "single",
        "text_lt": "Ar?",
        "text_en": "Is it?",
        "options_lt": "+ taip\n- ne",
        "options_en": "+ yes\n- no",
        "tags": "new",
    }
    unread = desk.post(f"{base}item/", {**item, "options_lt": "taip\n- ne\nne", "options_en": "yes"})
    assert unread.status_code == 422 and "1, 3 eilučių perskaityti nepavyko" in unread.text
    assert 'id="id_options_lt_error"' in unread.text and 'id="id_options_en_error"' in unread.text
    wrong = desk.post(f"{base}item/", {**item, "text_lt": "", "options_lt": "- taip", "options_en": "- yes"})
    assert "nuo dviejų iki dvylikos" in wrong.text and "lygiai vienas" in wrong.text
    assert 'id="id_text_lt_error"' in wrong.text and 'id="id_options_lt_error"' in wrong.text
    assert desk.post(f"{base}item/", item).status_code == 302
    for path in ("edit/", "rule/", "copy/", f"activity/{new.ref}/", "preview/film/", "preview/quiz/"):
        assert desk.get(base + path).status_code == 200, path
    quiz = version.activities.get(code="quiz")
    assert "Klausimai, kuriuos gauna visi" in desk.get(f"{base}activity/{quiz.ref}/").text
    assert desk.post(f"{base}copy/", {"code": "another"}).status_code == 302
    assert CourseVersion.objects.get(course__code="another").activities.count() == version.activities.count()
    assert sign_in(centre, "TUTOR").post(f"{base}do/activity/{new.ref}/remove/").status_code == 404


@pytest.mark.parametrize("kind", ["scorm12", "scorm2004", "cmi5"])
def test_a_package_holds_what_one_learns_alone(centre: Centre, kind: str):
    content = content_of(drafted(centre))
    made = package_of(content, kind, "en")
    assert made == package_of(content, kind, "en")
    with zipfile.ZipFile(io.BytesIO(made)) as opened:
        files = {name: opened.read(name) for name in opened.namelist()}
    page = files["index.html"].decode()
    assert "Some <strong>text</strong>" in page and "films/bystander-video-1.webm" in page
    assert "http://" not in page and "https://" not in page and "data-right" in page
    name = "cmi5.xml" if kind == "cmi5" else "imsmanifest.xml"
    root = ET.fromstring(files[name].decode())
    assert root is not None and files["films/bystander-video-1.en.vtt"].startswith(b"WEBVTT")


def test_a_tutor_sees_who_is_stuck_grades_and_downloads(centre: Centre):
    group = cohort(centre)
    by, row, _secret = enrolled(group)
    assignments.hand_in(by=by, enrolment=row, activity="task", text="Mano planas", at=AT)
    desk, base = sign_in(centre, "TUTOR"), "/desk/training/"
    assert "Laukia Jūsų" in desk.get(f"{base}cohorts/{group.ref}/").text
    handed = row.submissions.get()
    page = desk.get(f"{base}submissions/{handed.ref}/").text
    assert "Mano planas" in page
    good = {"c_clear": "2", "comment": "Puiku"}
    assert desk.post(f"{base}submissions/{handed.ref}/", {"c_clear": "7"}).status_code == 422
    assert desk.post(f"{base}submissions/{handed.ref}/", good).status_code == 302
    for path in (
        f"cohorts/{group.ref}/quiz/quiz/",
        f"cohorts/{group.ref}/discussion/talk/1/",
        f"cohorts/{group.ref}/message/",
        f"cohorts/{group.ref}/edit/",
        f"learners/{row.ref}/",
        "cohorts/",
        "cohorts/new/",
    ):
        assert desk.get(base + path).status_code == 200, path
    message = {"audience": "all", "text": "Labas visiems"}
    assert desk.post(f"{base}cohorts/{group.ref}/message/", message).status_code == 302
    assert [text for _one, text in enrolments.messages_to(row)] == ["Labas visiems"]
    tries = {"activity": "quiz", "tries": "2", "reason": "Buvo trikdžių"}
    assert desk.post(f"{base}learners/{row.ref}/tries/", tries).status_code == 302
    assert row.progress.get(activity="quiz").extra == 2
    table = desk.get(f"{base}cohorts/{group.ref}/learners.csv")
    assert "Mokytoja Pavyzdė0" in table.text and table["Cache-Control"] == "no-store"
    assert desk.get(f"{base}cohorts/{group.ref}/learners.xlsx").content[:2] == b"PK"
    editor = sign_in(centre, "COURSE_EDITOR")
    assert "Mokytoja" not in editor.get(f"{base}cohorts/{group.ref}/").text
    for path in (f"learners/{row.ref}/", f"submissions/{handed.ref}/", f"cohorts/{group.ref}/learners.csv"):
        assert editor.get(base + path).status_code == 404


def test_letters_name_the_course_and_the_way_to_it(centre: Centre):
    _by, row, _secret = enrolled(cohort(centre))
    letter = letter_about(row, row.steps.get(), "ona@mokykla.example", AT)
    text = letter.get_content()
    assert "Small course" in str(letter["Subject"]) and row.ref in text and letter["Content-Language"]
    assert statement("Ona", 2026, [], at=AT, language="lt").startswith(b"%PDF")


def test_a_deleted_account_leaves_no_words_behind(centre: Centre):
    group = cohort(centre)
    by, row, secret = enrolled(group)
    browser_of(secret).post(part(row, "talk"), {"do": "post", "text": "Hello"})
    assert enrolments.export(by.member, AT)["courses"][0]["contributions"][0]["text"] == "Hello"
    forget_member(by.member, AT)
    assert not Enrolment.objects.exists() and not Post.objects.exists()
    group.refresh_from_db()
    assert group.taken == 0


def test_a_deleted_account_gives_its_place_up_also_without_tries_left(centre: Centre):
    group = cohort(centre, places=1)
    (by, row, secret), (_next, waiting, _s) = enrolled(group), enrolled(group, 1)
    for _try in range(2):
        attempt = quizzes.begin(by=by, enrolment=row, activity="quiz", at=AT)
        quizzes.send(by=by, attempt=attempt, answers={}, at=AT)
    assert "Leave the course" in browser_of(secret).get(f"{MINE}{row.ref}/").text
    forget_member(by.member, AT)
    waiting.refresh_from_db()
    group.refresh_from_db()
    assert (waiting.state, group.taken, group.waiting) == (EnrolmentState.ACTIVE, 1, 0)
    assert Enrolment.objects.get() == waiting


def test_what_is_not_completed_is_forgotten_after_two_years(centre: Centre):
    _by, row, _secret = enrolled(cohort(centre))
    retention.run(AT + timedelta(days=700), only=["training.enrolment.not_completed"])
    assert Enrolment.objects.filter(pk=row.pk).exists()
    retention.run(AT + timedelta(days=740), only=["training.enrolment.not_completed"])
    assert not Enrolment.objects.exists()
