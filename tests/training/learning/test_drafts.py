"""What is written in a course survives leaving the page: drafts of work, contributions and reviews. Nobody
but their writer reads them, and no text is lost where it cannot be taken any more."""

import re
from datetime import timedelta
from typing import Any

import pytest
from factories.courses import AT, cohort, enrolled, member
from factories.members import browser_of

from sauga.kernel import retention
from sauga.training.learning.actions import activities, assignments, discussions, drafts
from sauga.training.learning.actions import enrolments as enrolment_actions
from sauga.training.learning.actions.drafts import Written
from sauga.training.learning.actions.erasure import forget_member
from sauga.training.learning.actions.progress import NotLearning
from sauga.training.learning.models import Enrolment, TextDraft
from sauga.training.learning.queries import enrolments
from sauga.training.learning.queries.drafts import drafts_of
from tests.centre import Centre, centre, sign_in  # noqa: F401  a fixture

pytestmark = pytest.mark.django_db
MINE = "/en/my/courses/"
WORDS = "Pradėjau rašyti planą"


def part(row: Enrolment, code: str) -> str:
    return f"{MINE}{row.ref}/part/{code}/"


def save(by: Any, row: Enrolment, text: str, code: str = "task", **more: Any) -> TextDraft | None:
    at = more.pop("at", AT)
    review = more.pop("review", None)
    written = Written(text, **more)
    return drafts.save(by=by, enrolment=row, activity=code, written=written, review=review, at=at)


def test_a_draft_is_there_again_on_another_device_until_the_text_is_sent(centre: Centre):
    _by, row, secret = enrolled(cohort(centre))
    for code, sends in (("task", "hand-in"), ("talk", "post")):
        laptop, phone = browser_of(secret), browser_of(secret)
        opened = laptop.get(part(row, code)).text
        assert "Save as draft" in opened and "learning/drafts.js" in opened
        saved = laptop.post(part(row, code), {"do": "save-draft", "text": WORDS, "window": "a"})
        assert saved.url.endswith("done=draft-saved")
        page = phone.get(part(row, code)).text
        assert f"{WORDS}</textarea>" in page and "Draft saved on" in page
        assert phone.post(part(row, code), {"do": sends, "text": f"{WORDS}."}).status_code == 302
        page = laptop.get(part(row, code)).text
        assert f"{WORDS}</textarea>" not in page and "Draft saved on" not in page
    assert not TextDraft.objects.exists()


def test_the_script_saves_and_says_when_and_what_was_sent_is_no_draft_again(centre: Centre):
    by, row, secret = enrolled(cohort(centre))
    browser = browser_of(secret)
    given = {"do": "save-draft", "text": WORDS, "window": "a"}
    answer = browser.post(part(row, "talk") + "keep/", given)
    assert answer.status_code == 200 and answer.json()["is_kept"]
    assert answer.json()["said"].startswith("Draft saved at ")
    emptied = browser.post(part(row, "talk") + "keep/", given | {"text": " "})
    assert emptied.json() == {"said": "", "is_kept": False} and not TextDraft.objects.exists()
    discussions.post(by=by, enrolment=row, activity="talk", text=WORDS, at=AT)
    assert browser.post(part(row, "talk") + "keep/", given).json()["is_kept"] is False


def test_a_draft_is_encrypted_and_its_writers_alone(centre: Centre):
    group = cohort(centre)
    by, row, secret = enrolled(group)
    made = save(by, row, WORDS)
    assert made is not None and WORDS.encode() not in bytes(made.text) and bytes(made.text)
    stranger, other = member(7)
    for act in (
        lambda: save(stranger, row, "x"),
        lambda: drafts.delete(by=stranger, enrolment=row, activity="task", at=AT),
    ):
        with pytest.raises(activities.NotYours):
            act()
    for path in (part(row, "task"), part(row, "task") + "keep/"):
        assert browser_of(other).post(path, {"do": "save-draft", "text": "x"}).status_code == 404
    tutor = sign_in(centre, "TUTOR")
    for path in (f"learners/{row.ref}/", f"cohorts/{group.ref}/", f"cohorts/{group.ref}/discussion/talk/1/"):
        page = tutor.get(f"/desk/training/{path}")
        assert page.status_code == 200 and WORDS not in page.text
    [course] = enrolments.export(by.member, AT)["courses"]
    assert [one["text"] for one in course["drafts"]] == [WORDS]
    assert WORDS in browser_of(secret).get("/en/my/data/file.json").text
    forget_member(by.member, AT)
    assert not TextDraft.objects.exists()


def test_a_later_save_never_covers_what_another_window_wrote(centre: Centre):
    by, row, secret = enrolled(cohort(centre))
    first = save(by, row, "Pirmas", window="a")
    assert first is not None
    save(by, row, "Pirmas ir antras", window="a", at=AT + timedelta(seconds=2))  # the same page goes on
    with pytest.raises(drafts.NewerDraft):
        save(by, row, "Kitas", window="b", seen=first.saved_at.isoformat())
    stale = {"do": "save-draft", "text": "Kitas", "window": "b", "seen": first.saved_at.isoformat()}
    page = browser_of(secret).post(part(row, "task"), stale)
    assert page.status_code == 422
    assert "Kitas</textarea>" in page.text and "Pirmas ir antras" in page.text
    assert drafts_of(row, "task")[""].text == "Pirmas ir antras"
    seen = drafts_of(row, "task")[""].seen
    assert f'name="seen" value="{seen}"' in page.text
    assert browser_of(secret).post(part(row, "task"), stale | {"seen": seen}).status_code == 302
    assert drafts_of(row, "task")[""].text == "Kitas"


def test_a_review_is_a_draft_with_its_levels(centre: Centre):
    group = cohort(centre)
    (ona, first, secret), (jonas, second, other) = enrolled(group), enrolled(group, 1)
    for by, row in ((ona, first), (jonas, second)):
        assignments.hand_in(by=by, enrolment=row, activity="task", text=f"Planas {row.pk}", at=AT)
    [(review, _text)] = enrolments.reviews_to_write(first, "task")
    given = {"review": review.ref, "comment": WORDS, "c_clear": "1", "window": "a"}
    browser = browser_of(secret)
    assert browser.post(part(first, "task"), given | {"do": "save-draft"}).status_code == 302
    page = browser.get(part(first, "task")).text
    assert f"{WORDS}</textarea>" in page
    assert re.search(r"<input[^>]*name=\"c_clear\"[^>]*checked", page) and page.count("checked") == 1, page
    assert browser_of(other).post(part(second, "task"), given | {"do": "save-draft"}).status_code == 404
    with pytest.raises(activities.NotByYourself):
        save(jonas, second, "x", review=review)
    assert browser.post(part(first, "task"), given | {"do": "review"}).status_code == 302
    assert not TextDraft.objects.exists()


def test_a_course_that_ended_meanwhile_refuses_and_nothing_is_lost(centre: Centre):
    by, row, secret = enrolled(cohort(centre))
    browser = browser_of(secret)
    save(by, row, "Ankstesnis")
    enrolment_actions.withdraw(by=by, enrolment=row, at=AT)
    with pytest.raises(NotLearning):
        save(by, row, WORDS)
    for do in ("save-draft", "hand-in"):
        page = browser.post(part(row, "task"), {"do": do, "text": WORDS})
        assert page.status_code == 422 and f"{WORDS}</textarea>" in page.text
        assert "you are not learning in this course now" in page.text
    answer = browser.post(part(row, "task") + "keep/", {"do": "save-draft", "text": WORDS})
    assert answer.status_code == 409 and "you are not learning" in answer.json()["said"]
    assert browser.get(part(row, "task")).status_code == 404
    assert drafts_of(row, "task")[""].text == "Ankstesnis"


def test_work_that_was_accepted_meanwhile_leaves_the_text_on_the_page(centre: Centre):
    by, row, secret = enrolled(cohort(centre))
    browser = browser_of(secret)
    save(by, row, "Ankstesnis")
    row.progress.update_or_create(activity="task", defaults={"started_at": AT, "done_at": AT})
    for do in ("save-draft", "hand-in"):
        page = browser.post(part(row, "task"), {"do": do, "text": WORDS})
        assert page.status_code == 422 and f"{WORDS}</textarea>" in page.text
        assert "This is done already." in page.text
    assert "Ankstesnis" in browser.get(part(row, "task")).text
    assert browser.post(part(row, "task"), {"do": "drop-draft"}).url.endswith("done=draft-deleted")
    assert not TextDraft.objects.exists()


def test_what_cannot_be_a_draft_is_refused(centre: Centre):
    by, row, _secret = enrolled(cohort(centre))
    with pytest.raises(assignments.TextUnfit):
        save(by, row, "x" * 20_001)
    with pytest.raises(activities.NotByYourself):
        save(by, row, "x", code="read")
    assert not TextDraft.objects.exists()


def test_a_draft_that_nobody_touched_for_a_year_is_deleted(centre: Centre):
    by, row, _secret = enrolled(cohort(centre))
    save(by, row, WORDS)
    retention.run(AT + timedelta(days=364), only=["training.textdraft"])
    assert TextDraft.objects.exists()
    retention.run(AT + timedelta(days=366), only=["training.textdraft"])
    assert not TextDraft.objects.exists()
