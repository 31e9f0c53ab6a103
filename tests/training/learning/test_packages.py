"""Imported packages by direct requests: who is sent their files, whose reports count, and what else is
refused, whoever asks."""

import json
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from factories.courses import AT, both, cohort, drafted, enrolled, member, published_before_the_gate
from factories.members import browser_of
from factories.packaged_courses import LESSON, packaged, published_with
from factories.packages import h5p, package

from sauga.kernel import clock, media
from sauga.kernel.identity import PermissionRefused
from sauga.training.courses.actions import drafts, publication, removals
from sauga.training.courses.actions.drafts import ActivityGiven
from sauga.training.courses.actions.imports import PackageRefused
from sauga.training.courses.demo import lesson
from sauga.training.courses.models import Activity
from sauga.training.courses.queries import packages, versions
from sauga.training.learning.actions import activities, enrolments, package_runs
from sauga.training.learning.actions.erasure import forget_member
from sauga.training.learning.models import Enrolment, PackageRun
from sauga.training.learning.queries.enrolments import export
from sauga.training.learning.views.packages import with_scripts
from sauga.training.states import EnrolmentState
from tests.centre import Centre, centre, sign_in  # noqa: F401  a fixture

pytestmark = pytest.mark.django_db
FILES = {
    "index.html": "<!doctype html><html><head><title>x</title></head><body>x</body></html>",
    "film.mp4": b"0123456789" * 1000,
    "old.swf": b"x",
}


def report(**given: Any) -> str:
    return json.dumps({"run": "session1", **given})


def learning(centre: Centre, content: bytes | None = None, **more: Any) -> tuple[Any, Enrolment, Client]:
    """A learner of a course with a package."""
    held = content or package(files=FILES)
    by, row, secret = enrolled(cohort(centre, published_with(centre, held, **more)))
    return by, row, browser_of(secret)


def address(row: Enrolment, name: str, place: int = 0) -> str:
    token = packages.token_for(Activity.objects.get(code=LESSON), place, clock.now(), row.ref)
    return reverse("training-package-file", args=[token, name])


def page_of(row: Enrolment) -> str:
    return f"/en/my/courses/{row.ref}/part/{LESSON}/"


def test_a_learner_is_sent_the_files_alone_in_their_frame(centre: Centre):
    _by, row, browser = learning(centre)
    page = browser.get(page_of(row))
    assert 'sandbox="allow-scripts allow-forms"' in page.text and "frame-src 'self'" in page[CSP]
    answer = Client().get(address(row, "index.html"))
    policy = answer[CSP]
    assert policy.startswith("sandbox allow-scripts allow-forms; default-src 'none';")
    assert "allow-same-origin" not in policy and "'self'" not in policy and "form-action 'none'" in policy
    assert answer["Referrer-Policy"] == "no-referrer" and not answer.cookies
    assert answer["Cross-Origin-Resource-Policy"] == "cross-origin" and "X-Frame-Options" not in answer
    text = answer.text
    assert text.index("~sauga/given.js") < text.index("~sauga/frame.js") < text.index("<title>")
    given = Client().get(address(row, "~sauga/given.js"))
    assert "ab-initio" in given.text and given["Cache-Control"] == "no-store"
    assert "Mokytoja" not in given.text
    for name in ("frame.js", "scorm.js", "scorm12.js", "scorm2004.js", "h5p.js"):
        assert Client().get(address(row, f"~sauga/{name}")).status_code == 200


CSP = "Content-Security-Policy"


def test_films_are_sent_by_ranges(centre: Centre):
    _by, row, _browser = learning(centre)
    answer = Client().get(address(row, "film.mp4"), headers={"Range": "bytes=10-19"})
    assert (answer.status_code, answer["Content-Range"]) == (206, "bytes 10-19/10000")
    assert answer["Content-Type"] == "video/mp4"
    answer.close()


@pytest.mark.parametrize(
    "name",
    [
        "gone.html",
        "old.swf",
        "imsmanifest.xml/",
        "../index.html",
        "%2e%2e/index.html",
        "~sauga/package.zip",
        "~sauga/h5p.html",
        "~sauga/player/main.bundle.js",
        "~sauga/../index.html",
        "~sauga/vendor/scorm12-3.4.3.min.js",
    ],
)
def test_nothing_else_is_sent(centre: Centre, name: str):
    _by, row, _browser = learning(centre)
    base = address(row, "x").removesuffix("x")
    assert Client().get(base + name).status_code == 404


def test_an_address_ends_and_cannot_be_made(centre: Centre):
    _by, row, _browser = learning(centre)
    part, now = Activity.objects.get(code=LESSON), clock.now()
    good = packages.token_for(part, 0, now, row.ref)
    old = packages.token_for(part, 0, now - timedelta(days=2), row.ref)
    wrong = [
        old,
        good[:-1] + ("A" if good[-1] != "A" else "B"),
        "x",
        packages.token_for(part, 7, now, row.ref),
    ]
    wrong.append(packages.token_for(part, 0, now, "0000-0000-0000-0000"))
    for token in wrong:
        assert Client().get(reverse("training-package-file", args=[token, "index.html"])).status_code == 404
    assert packages.grant_of(good, now + timedelta(hours=11)) and not packages.grant_of(
        good, now + timedelta(days=1)
    )


def test_who_leaves_the_course_is_sent_nothing_more(centre: Centre):
    by, row, _browser = learning(centre)
    path = address(row, "index.html")
    assert Client().get(path).status_code == 200
    enrolments.withdraw(by=by, enrolment=row, at=AT)
    assert Client().get(path).status_code == 404


def test_the_package_is_no_public_file(centre: Centre):
    _by, row, browser = learning(centre)
    ref = Activity.objects.get(code=LESSON).ref
    assert browser.get(reverse("training-file", args=[ref])).status_code == 404
    assert f"training/file/{ref}" not in browser.get(page_of(row)).text


def test_it_can_be_downloaded_where_the_editor_allows_it(centre: Centre):
    _by, row, browser = learning(centre, is_download=True)
    path = address(row, "~sauga/package.zip")
    assert path.partition("~")[2] in browser.get(page_of(row)).text
    answer = Client().get(path)
    assert answer.status_code == 200 and "attachment" in answer["Content-Disposition"]
    answer.close()


def test_reports_are_saved_and_complete_the_course(centre: Centre):
    _by, row, browser = learning(centre, least=60)
    keep = page_of(row) + "keep/"
    first = {"part": "i1", "report": report(status="incomplete", location="2", suspended="my words")}
    answer = browser.post(keep, first)
    assert (answer.status_code, answer.json()["done"]) == (200, False)
    run = PackageRun.objects.get()
    assert b"my words" not in bytes(run.kept)
    given = Client().get(address(row, "~sauga/given.js")).text
    assert '"my words"' in given and '"resume"' in given
    low = {"part": "i1", "report": report(status="passed", raw="59")}
    assert browser.post(keep, low).json()["done"] is False
    high = {"part": "i1", "report": report(run="session2", status="passed", raw="60", time="00:01:00")}
    assert browser.post(keep, high).json() == {"done": True, "text": "Done. It is saved. 60% reached."}
    row.refresh_from_db()
    assert row.state == EnrolmentState.CERTIFIED
    assert browser.post(keep, high).status_code == 409
    assert browser.get(page_of(row)).status_code == 200


@pytest.mark.parametrize(
    "given",
    [
        {"part": "i1", "report": "{"},
        {"part": "i1", "report": report(status="done")},
        {"part": "i1", "report": report(opened=True)},
        {"part": "i2", "report": report(status="passed")},
        {"part": "", "report": report(status="passed")},
    ],
)
def test_a_report_that_does_not_fit_changes_nothing(centre: Centre, given: dict[str, str]):
    _by, row, browser = learning(centre)
    assert browser.post(page_of(row) + "keep/", given).status_code == 409
    assert not PackageRun.objects.exists()


def test_a_package_alone_certifies_nobody_and_what_was_published_before_is_listed(centre: Centre):
    """One forged report completes such a course; so it is not published any more."""
    by, version = centre.actor("COURSE_EDITOR"), packaged(centre, package(files=FILES))
    assert ("proof", "") in versions.problems_of(version)
    with pytest.raises(publication.NotReady):
        publication.submit(by=by, version=version, at=AT)
    old = published_before_the_gate(version)
    assert versions.unproven() == [old.pk] and versions.unproven_count(by, AT) == 1
    desk = sign_in(centre, "COURSE_EDITOR")
    listed = desk.get("/desk/training/courses/?view=unproven").text
    assert "Packaged course" in listed and "/desk/training/courses/" in desk.get("/desk/").text
    assert "bent vienos dalies" in desk.get(f"/desk/training/courses/{old.ref}/").text


def test_nobody_reports_for_another(centre: Centre):
    by, row, _browser = learning(centre)
    other, secret = member(7)
    given = {"part": "i1", "report": report(status="passed")}
    assert browser_of(secret).post(page_of(row) + "keep/", given).status_code == 404
    assert Client().post(page_of(row) + "keep/", given).status_code == 302
    with pytest.raises(activities.NotYours):
        package_runs.save(by=other, enrolment=row, activity=LESSON, part="i1", report=given["report"], at=AT)
    with pytest.raises(activities.NotYours):
        package_runs.save(
            by=centre.actor("TUTOR"), enrolment=row, activity=LESSON, part="i1", report=given["report"], at=AT
        )
    with pytest.raises(activities.NotByYourself):
        activities.finish(by=by, enrolment=row, activity=LESSON, at=AT)
    assert not PackageRun.objects.exists()


def test_a_part_that_only_shows_something_is_done_when_it_was_opened(centre: Centre):
    _by, row, browser = learning(
        centre, package(files=FILES, hrefs=["index.html", "film.mp4"], scorm_type="asset")
    )
    keep = page_of(row) + "keep/"
    assert browser.post(keep, {"part": "i1", "report": report(opened=True)}).json()["done"] is False
    page = browser.get(page_of(row)).text
    assert "film.mp4" in page.partition("data-src=")[2][:300], "the next part is shown"
    assert browser.post(keep, {"part": "i2", "report": report(opened=True)}).json()["done"] is True


def test_only_editors_of_a_draft_import_and_the_action_checks_itself(centre: Centre):
    version = drafted(centre)
    module, by = version.modules.get(), centre.actor("COURSE_EDITOR")

    def save(content: bytes, who: Any = by, **more: Any) -> Activity:
        found = media.Inspected(media.Kind.ARCHIVE, "application/zip", "x.zip", content)
        one = ActivityGiven(kind="package", title=both("P"), minutes=5, content=more)
        return drafts.save_activity(by=who, module=module, activity=None, given=one, upload=found, at=AT)

    with pytest.raises(PermissionRefused):
        save(package(), who=centre.actor("TUTOR"))
    for content in (b"x", package(hrefs=["https://evil.example/"]), h5p()):
        with pytest.raises(PackageRefused):
            save(content)
    with pytest.raises(PackageRefused):
        save(package(), least=101)
    forged = {"package": {"format": "scorm12", "parts": [{"code": "a", "title": "", "path": "evil.html"}]}}
    made = save(package(), **forged, film="x")
    assert [one["path"] for one in made.content["package"]["parts"]] == [
        "index.html"
    ] and "film" not in made.content
    kept = made.content["package"]
    one = ActivityGiven(kind="package", title=both("P"), minutes=6, content={**forged, "least": 50})
    made = drafts.save_activity(by=by, module=module, activity=made, given=one, at=AT)
    assert made.content == {"package": kept, "least": 50}
    removed = removals.remove_part(by=by, part=made, at=AT)
    removals.put_back(by=by, removed=removed, at=AT)
    assert version.activities.get(ref=made.ref).content["package"] == kept
    published_before_the_gate(packaged(centre, package()))
    with pytest.raises(drafts.NotADraft):
        part = Activity.objects.get(code=LESSON)
        drafts.save_activity(by=by, module=part.module, activity=part, given=one, at=AT)


def test_at_the_desk_the_preview_saves_nothing(centre: Centre):
    version = packaged(centre, lesson())
    path = f"/desk/training/courses/{version.ref}/preview/{LESSON}/"
    page = sign_in(centre, "COURSE_EDITOR").get(path)
    assert 'data-package=""' in page.text and "frame-src 'self'" in page[CSP]
    src = page.text.partition('data-src="')[2].partition('"')[0]
    assert Client().get(src).status_code == 200
    assert sign_in(centre, "COUNSELLOR").get(path).status_code == 404


def test_it_goes_with_the_enrolment_and_into_my_data(centre: Centre):
    by, row, _browser = learning(centre)
    said = report(status="incomplete", suspended="my words")
    package_runs.save(by=by, enrolment=row, activity=LESSON, part="i1", report=said, at=AT)

    (course,) = export(row.member, AT)["courses"]
    assert "my words" in course["packages"][0]["kept_by_the_package"]
    forget_member(row.member, AT)
    assert not PackageRun.objects.exists()


@pytest.mark.parametrize(
    ("page", "before"),
    [
        (b"<html><head lang=x><title>", b"<html><head lang=x>"),
        (b"<HTML>\n<body>", b"<HTML>"),
        (b"<!doctype html><p>text", b"<!doctype html>"),
        (b"\xef\xbb\xbfplain", b"\xef\xbb\xbf"),
        (b"<header>x</header>", b""),
        ("\ufeff<html><head>ž".encode("utf-16-le"), b"\xef\xbb\xbf<html><head>"),
    ],
)
def test_our_scripts_come_first_in_every_page(page: bytes, before: bytes):
    made = with_scripts(page, "/x/", ("given.js",))
    assert made.startswith(before + b'<script src="/x/~sauga/given.js"></script>')


def test_scripts_are_put_in_quickly_even_in_a_hostile_page(centre: Centre):
    for part in (b"<head ", b"<html ", b"<!doctype ", b"<head"):
        assert with_scripts(part * 20_000, "/x/", ("given.js",))
