"""What an editor takes out of a draft comes back as it was: by undo at once, later from the draft's page."""

import pytest
from factories.courses import AT, drafted

from sauga.kernel.identity import PermissionRefused
from sauga.training.courses.actions import drafts, publication, removals
from sauga.training.courses.models import CourseVersion, RemovedPart
from tests.centre import Centre, centre, sign_in  # noqa: F401  a fixture

pytestmark = pytest.mark.django_db


def whole(version: CourseVersion) -> list[object]:
    """Everything in a version, without the keys of the rows."""
    fields = {
        "modules": ("ref", "code", "title", "place"),
        "activities": ("ref", "code", "kind", "title", "minutes", "content", "file", "place", "module__ref"),
        "items": ("ref", "code", "kind", "tags", "text", "options", "explanation", "place"),
    }
    return [list(getattr(version, name).order_by("ref").values(*held)) for name, held in fields.items()]


@pytest.mark.parametrize(
    "part",
    [
        lambda version: version.modules.first(),
        lambda version: version.activities.get(code="quiz"),
        lambda version: version.items.get(code="two"),
    ],
    ids=["module", "activity", "question"],
)
def test_undo_puts_back_what_was_taken_out(centre: Centre, part):
    version, by = drafted(centre), centre.actor("COURSE_EDITOR")
    before = whole(version)
    kept = removals.remove_part(by=by, part=part(version), at=AT)
    assert whole(version) != before
    removals.put_back(by=by, removed=kept, at=AT)
    assert whole(version) == before and not RemovedPart.objects.exists()
    removals.put_back(by=by, removed=kept, at=AT)
    assert whole(version) == before


def test_an_activity_comes_back_after_its_module(centre: Centre):
    version, by = drafted(centre), centre.actor("COURSE_EDITOR")
    before, module = whole(version), version.modules.get()
    activity = removals.remove_part(by=by, part=version.activities.get(code="read"), at=AT)
    module_kept = removals.remove_part(by=by, part=module, at=AT)
    with pytest.raises(removals.PlaceGone):
        removals.put_back(by=by, removed=activity, at=AT)
    removals.put_back(by=by, removed=module_kept, at=AT)
    removals.put_back(by=by, removed=activity, at=AT)
    assert whole(version) == before


def test_a_code_that_is_used_again_stays_with_the_new_part(centre: Centre):
    version, by = drafted(centre), centre.actor("COURSE_EDITOR")
    kept = removals.remove_part(by=by, part=version.items.get(code="two"), at=AT)
    given = drafts.ItemGiven(
        code="two", kind="truefalse", text={"lt": "Ar?", "en": "Is it?"}, options=kept.content["options"][1:]
    )
    drafts.save_item(by=by, version=version, item=None, given=given, at=AT)
    with pytest.raises(removals.PlaceGone):
        removals.put_back(by=by, removed=kept, at=AT)
    assert version.items.filter(code="two").count() == 1 and RemovedPart.objects.count() == 1


def test_only_editors_of_a_draft_put_something_back_and_publishing_forgets_it(centre: Centre):
    version, by = drafted(centre), centre.actor("COURSE_EDITOR")
    kept = removals.remove_part(by=by, part=version.items.get(code="five"), at=AT)
    with pytest.raises(PermissionRefused):
        removals.put_back(by=centre.actor("TUTOR"), removed=kept, at=AT)
    removals.put_back(by=by, removed=kept, at=AT)
    task = removals.remove_part(by=by, part=version.activities.get(code="task"), at=AT)
    publication.submit(by=by, version=version, at=AT)
    with pytest.raises(drafts.NotADraft):
        removals.put_back(by=by, removed=task, at=AT)
    publication.publish(by=centre.actor("PUBLISHER"), version=version, at=AT)
    assert not RemovedPart.objects.exists()


def test_the_page_offers_undo_and_lists_what_was_taken_out(centre: Centre):
    version, desk = drafted(centre), sign_in(centre, "COURSE_EDITOR")
    base = f"/desk/training/courses/{version.ref}/"
    activity = version.activities.get(code="talk")
    page = desk.post(f"{base}do/activity/{activity.ref}/remove/", follow=True).text
    kept = RemovedPart.objects.get()
    assert page.count(f"{base}removed/{kept.ref}/") == 2
    assert sign_in(centre, "TUTOR").post(f"{base}removed/{kept.ref}/").status_code == 404
    other = drafted(centre, "other")
    assert desk.post(f"/desk/training/courses/{other.ref}/removed/{kept.ref}/").status_code == 404
    assert desk.post(f"{base}removed/{kept.ref}/").status_code == 302
    assert version.activities.filter(ref=activity.ref).exists()
    assert kept.ref not in desk.get(base).text
    assert desk.post(f"{base}removed/{kept.ref}/").status_code == 404
