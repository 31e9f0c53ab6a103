"""Pages by themselves: going up and down at their hour, being looked at again, translations
behind their source.
"""

from datetime import timedelta

import pytest
from django.test import Client

from sauga.kernel import clock
from sauga.kernel.identity import PermissionRefused
from sauga.kernel.notifications.models import Notification
from sauga.kernel.states import SystemActor
from sauga.portal.actions import publication_schedule, translations
from sauga.portal.actions.pages import write_page
from sauga.portal.models.articles import PlainPage
from sauga.portal.queries import desk
from tests.centre import centre
from tests.factories.pages import live, ready

__all__ = ["centre"]
pytestmark = pytest.mark.django_db
SCHEDULE = SystemActor("schedule")
AT = clock.now()


def written(centre, parent, slug="tekstas", **more):
    page = PlainPage(
        title="Tekstas", summary="Trumpai.", slug=slug, review_by=AT.date() + timedelta(days=90), **more
    )
    return write_page(by=centre.actor("EDITOR"), parent=parent, page=page, at=AT)


def test_a_page_goes_up_at_its_hour_and_comes_down(centre, planted):
    page = ready(centre, planted["lt"])
    page.go_live_at, page.expire_at = AT + timedelta(hours=1), AT + timedelta(hours=2)
    revision = page.save_revision(approved_go_live_at=page.go_live_at)
    assert publication_schedule.publish_due(by=SCHEDULE, at=AT) == 0
    assert revision and not PlainPage.objects.get(pk=page.pk).live
    # The tool itself asks the clock whether the hour has come, so the hour is moved and not the clock.
    page.go_live_at = AT - timedelta(minutes=1)
    page.expire_at = None
    page.save_revision(approved_go_live_at=page.go_live_at)
    assert publication_schedule.publish_due(by=SCHEDULE, at=clock.now()) == 1
    assert PlainPage.objects.get(pk=page.pk).live
    PlainPage.objects.filter(pk=page.pk).update(expire_at=AT)
    assert publication_schedule.publish_due(by=SCHEDULE, at=clock.now()) == 1
    assert not PlainPage.objects.get(pk=page.pk).live
    assert publication_schedule.publish_due(by=SCHEDULE, at=clock.now()) == 0


def test_nobody_else_runs_the_schedule(centre):
    with pytest.raises(PermissionRefused):
        publication_schedule.publish_due(by=centre.actor("EDITOR"), at=AT)


def test_pages_due_are_counted_listed_and_told(centre, planted, client):
    page = live(centre, planted["lt"])
    assert publication_schedule.tell_of_reviews_due(by=SCHEDULE, at=AT) == 0
    PlainPage.objects.update(review_by=AT.date() - timedelta(days=3))
    assert publication_schedule.tell_of_reviews_due(by=SCHEDULE, at=AT) == 1
    assert (
        Notification.objects.filter(person=centre.people["PUBLISHER"], template="portal.pages_due").count()
        == 1
    )
    assert [row.pk for row in desk.due(AT.date())] == [page.pk]


def test_a_translation_falls_behind_and_is_confirmed(centre, planted):
    source = live(centre, planted["lt"])
    twin = PlainPage.objects.get(slug="tekstas-en")
    assert desk.behind() == []
    source.body = [{"type": "text", "value": "<p>Nauja pastraipa.</p>"}]
    source.save_revision().publish()
    behind = desk.behind()
    assert [row.page.pk for row in behind] == [twin.pk]
    source = desk.source_of(twin)
    with pytest.raises(translations.SourceChanged):
        translations.confirm_translation(
            by=centre.actor("EDITOR"), page=twin, source=source, seen=twin.translated_from_id, at=AT
        )
    translations.confirm_translation(
        by=centre.actor("EDITOR"), page=twin, source=source, seen=source.live_revision_id, at=AT
    )
    assert desk.behind() == []
    # Publishing an older version of the translation does not forget it.
    PlainPage.objects.get(pk=twin.pk).get_latest_revision().publish()
    assert desk.behind() == []


def test_a_variant_retells_a_main_text_of_its_language_once(centre, planted):
    from django.core.exceptions import ValidationError

    main = written(centre, planted["lt"])
    written(centre, planted["lt"], "vaikams", level="child_8", main=main)
    for slug, more in (
        ("dar", {"level": "child_8", "main": main}),
        ("pats", {"level": "adult", "main": main}),
    ):
        with pytest.raises(ValidationError):
            written(centre, planted["lt"], slug, **more)
    with pytest.raises(ValidationError):
        written(centre, planted["en"], "other", level="child_8", main=main)


@pytest.mark.unit
@pytest.mark.parametrize(
    ("before", "after", "shown"),
    [
        ("vienas du", "vienas trys", "vienas <del>du</del><ins>trys</ins>"),
        ("a", "a", "a"),
        ("", "naujas", "<ins>naujas</ins>"),
        ("<b>", "<i>", "&lt;<del>b</del><ins>i</ins>&gt;"),
    ],
)
def test_the_difference_is_word_by_word_and_never_markup(before, after, shown):
    assert desk.difference(before, after) == shown


def test_the_map_the_feed_and_the_offline_page(centre, planted):
    live(centre, planted["lt"])
    client = Client()
    assert "/lt/tekstas/" in client.get("/sitemap.xml").content.decode()
    assert client.get("/lt/naujienos.xml").headers["Content-Type"].startswith("application/atom+xml")
    assert "116\xa0111" in client.get("/offline/").content.decode()


def test_publishers_hear_of_a_page_that_waits_and_its_editor_of_the_answer(centre, planted):
    page = ready(centre, planted["lt"])
    editor, publisher = centre.people["EDITOR"], centre.people["PUBLISHER"]
    waiting = page.get_workflow().start(page, editor)
    assert Notification.objects.filter(person=publisher, template="portal.page_submitted").count() == 1
    task = waiting.current_task_state
    task.reject(user=publisher, comment="Per ilgas sakinys.")
    assert Notification.objects.filter(person=editor, template="portal.page_rejected").count() == 1
