"""Reading a page before it goes live: preview, changes, files; one gate before and beside the review and
at publication.
"""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from factories.pages import body, live, ready
from wagtail.models import WorkflowState

from sauga.kernel import clock
from sauga.portal.actions import page_gate
from sauga.portal.actions.pages import publish_page
from sauga.portal.models.articles import PlainPage
from sauga.portal.queries import page_changes
from sauga.portal.queries import page_gate as gates
from sauga.portal.rules import page_checks
from sauga.repository.resources.rules import publish_gate
from tests.centre import centre, sign_in

__all__ = ["centre"]
pytestmark = pytest.mark.django_db
AT = clock.now()
LITHUANIAN = "Kalbėkis su vaiku apie tai, kas vyksta internete, ir klausyk."
ENGLISH = "Talk with your child about what happens online and listen to them."


def failing(page) -> list[str]:
    return publish_gate.failing(gates.page_facts(gates.newest(page), clock.now()))


def found(page, check: str) -> list[str]:
    facts = gates.page_facts(gates.newest(page), clock.now())
    return [one.why for one in page_checks.CHECKS[check](facts) or []]


def test_what_the_editors_tool_refuses_the_gate_refuses_too(centre, planted):
    page = ready(
        centre,
        planted["lt"],
        body=[{"type": "text", "value": ""}, {"type": "text", "value": "<p>Trumpai.</p>"}],
    )
    assert found(page, "metadata") == ["page_unfit"]
    client = sign_in(centre, "PUBLISHER")
    shown = client.get(reverse("portal-gate", args=[page.pk])).content.decode()
    assert "nebus paskelbtas" in shown and "Niekas netrukdo" not in shown
    with pytest.raises(page_gate.GateBlocked) as shut:
        publish_page(by=centre.actor("PUBLISHER"), page=page, at=AT)
    assert shut.value.failing == ["metadata"]
    page = gates.newest(page)
    page.body = body("Trumpai.")
    page.save_revision()
    assert failing(page) == []


def test_a_block_inside_a_block_is_named_with_its_reason(centre, planted):
    page = ready(
        centre, planted["lt"], body=[{"type": "steps", "value": {"steps": [{"title": "", "text": ""}]}}]
    )
    facts = gates.page_facts(gates.newest(page), clock.now())
    (one,) = facts.unfit
    assert one.where.startswith("1. ") and one.text


def twin(page, **words) -> PlainPage:
    held = gates.newest(PlainPage.objects.get(slug="tekstas-en"))
    for name, value in words.items():
        setattr(held, name, value)
    held.save_revision()
    return held


def test_an_english_page_in_lithuanian_words_does_not_go_live(centre, planted):
    page = ready(centre, planted["lt"], summary=LITHUANIAN, body=body(LITHUANIAN, LITHUANIAN))
    english = twin(page)
    assert "page_copied" in found(english, "both_languages"), "the twin is a copy that nobody translated"
    other = {
        "summary": "Visai kitas sakinys, bet ir jis yra lietuviškas.",
        "body": body("Ir čia dar kitas tekstas, kuris nėra angliškas."),
    }
    english = twin(page, **other)
    assert found(english, "both_languages") == ["language_other"]
    english.go_live_at = clock.now() + timedelta(days=1)
    english.save_revision()
    with pytest.raises(page_gate.GateBlocked):
        publish_page(by=centre.actor("PUBLISHER"), page=english, at=AT)
    english = twin(page, summary=ENGLISH, body=body(ENGLISH), go_live_at=None)
    assert found(english, "both_languages") == []


def test_what_would_be_refused_at_its_hour_is_refused_when_it_is_scheduled(centre, planted):
    page = gates.newest(ready(centre, planted["lt"]))
    page.go_live_at = clock.now() + timedelta(days=120)
    page.save_revision()
    with pytest.raises(page_gate.GateBlocked) as shut:
        publish_page(by=centre.actor("PUBLISHER"), page=page, at=AT)
    assert shut.value.failing == ["review_date"]


def test_nobody_reviews_what_could_not_be_published(centre, planted):
    page = ready(centre, planted["lt"], body=[{"type": "text", "value": ""}])
    with pytest.raises(page_gate.ReviewShut):
        page.get_workflow().start(page, centre.people["EDITOR"])
    assert not WorkflowState.objects.exists()
    page = gates.newest(page)
    page.body = body("Trumpai.")
    page.save_revision()
    waiting = page.get_workflow().start(page, centre.people["EDITOR"])
    waiting.current_task_state.reject(user=centre.people["PUBLISHER"])
    page.body = [{"type": "text", "value": ""}]
    page.save_revision()
    waiting.refresh_from_db()
    with pytest.raises(page_gate.ReviewShut):
        waiting.resume(centre.people["EDITOR"])


def test_handing_in_leads_to_the_gate_and_keeps_what_was_written(centre, planted):
    from tests.portal.test_page_gate import form

    page = ready(
        centre, planted["lt"], summary="Trumpai.", review_by=AT.date() + timedelta(days=90), audiences=[]
    )
    assert failing(page) == ["metadata"]
    client = sign_in(centre, "EDITOR")
    answer = client.post(
        reverse("wagtailadmin_pages:edit", args=[page.pk]),
        {**form(page, title="Naujas"), "action-submit": "1"},
    )
    assert answer.headers["Location"] == reverse("portal-gate", args=[page.pk])
    assert "peržiūrai nepateikta" in client.get(answer.headers["Location"]).content.decode()
    assert PlainPage.objects.get(pk=page.pk).draft_title == "Naujas"


def test_whoever_approves_a_page_reads_it_as_visitors_will(centre, planted):
    page = ready(centre, planted["lt"], body=body("Dar neskelbtas sakinys."))
    client = sign_in(centre, "PUBLISHER")
    address = reverse("portal-gate-preview", args=[page.pk])
    shown = client.get(reverse("portal-gate", args=[page.pk]))
    assert (
        f'src="{address}?look=light"' in shown.content.decode()
        and "frame-src 'self'" in shown.headers["Content-Security-Policy"]
    )
    answer = client.get(address)
    assert (
        "Dar neskelbtas sakinys." in answer.content.decode()
        and answer.headers["X-Frame-Options"] == "SAMEORIGIN"
    )
    assert Client().get("/lt/tekstas/").status_code == 404
    assert sign_in(centre, "ANALYST").get(address).status_code == 404
    assert sign_in(centre, "EDITOR").get(address).status_code == 200, "its author sees it too"


def test_what_changed_since_what_is_published_stands_beside_the_preview(centre, planted):
    page = live(centre, planted["lt"], body=body("Pirmas sakinys."))
    assert page_changes.review_of(gates.newest(page)).text == ""
    newest = gates.newest(page)
    newest.body, newest.level = body("Antras sakinys."), "teen_12"
    newest.save_revision()
    review = page_changes.review_of(gates.newest(PlainPage.objects.get(pk=page.pk)))
    assert "<del>Pirmas</del><ins>Antras</ins>" in review.text
    assert [name for name, _before, _after in review.fields] == ["teksto lygis"]
    shown = sign_in(centre, "PUBLISHER").get(reverse("portal-gate", args=[page.pk])).content.decode()
    assert "<ins>Antras</ins>" in shown


def test_the_address_of_a_new_page_is_made_from_its_title(centre, planted):
    from tests.portal.test_page_gate import form

    client = sign_in(centre, "EDITOR")
    add = reverse("wagtailadmin_pages:add", args=["portal", "plainpage", planted["lt"].pk])
    assert "data-w-sync-target-value" in client.get(add).content.decode(), (
        "it is filled in while the title is typed"
    )
    for _again in range(2):
        fresh = PlainPage(
            title="Žaidimų taisyklės", summary="Trumpai.", slug="", review_by=AT.date() + timedelta(days=90)
        )
        assert client.post(add, form(fresh)).status_code == 302
    assert set(PlainPage.objects.values_list("slug", flat=True)) >= {
        "zaidimu-taisykles",
        "zaidimu-taisykles-2",
    }


def test_the_tab_of_address_and_schedule_holds_a_schedule(centre, planted):
    page = ready(centre, planted["lt"])
    shown = (
        sign_in(centre, "PUBLISHER").get(reverse("wagtailadmin_pages:edit", args=[page.pk])).content.decode()
    )
    assert "Tvarkaraštis" in shown and 'name="go_live_at"' in shown
    assert "schedule-publishing-dialog" not in shown, "no window behind the side panel"
