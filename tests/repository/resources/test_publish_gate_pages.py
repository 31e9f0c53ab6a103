"""The gate at the desk: what stands in the way, exceptions by name, and nobody writes one
along with the text.
"""

import pytest
from django.urls import reverse
from factories.resources import approved, draft, fields

from sauga.kernel.audit.models import TrailLine
from sauga.kernel.clock import VILNIUS
from sauga.kernel.identity import PermissionRefused
from sauga.kernel.states import SystemActor
from sauga.repository.resources.actions import audits, publication, resources, review
from sauga.repository.resources.models import Resource
from sauga.repository.resources.presenters import publish_gate as gate_words
from sauga.repository.resources.queries import publish_gate
from sauga.repository.resources.rules import publish_gate as gate
from sauga.repository.resources.rules.gate_facts import Finding
from tests.centre import AT, Centre, centre, sign_in  # noqa: F401  a fixture

pytestmark = pytest.mark.django_db
GATE = SystemActor("repository")
TODAY = AT.astimezone(VILNIUS).date()


def test_the_page_names_what_stands_in_the_way_and_takes_an_exception(centre: Centre):
    resource = draft(centre, type="video", topics=["media_literacy"])
    client = sign_in(centre, "PUBLISHER")
    page = reverse("repository-gate", args=[resource.ref])
    shown = client.get(page).content.decode()
    assert "Skelbti dar negalima" in shown
    assert "Trūksta subtitrų" in shown
    assert "be išimčių" in shown
    given = {"check": "transcript", "reason_lt": "Filme nieko nesakoma.", "until": "2099-01-01"}
    assert client.post(page, given).status_code == 422
    assert client.post(page, {**given, "reason_lt": "Citata", "until": "2027-09-01"}).status_code == 422
    assert client.post(page, {**given, "check": "captions", "until": "2027-09-01"}).status_code == 422
    assert client.post(page, {**given, "until": "2027-09-01"}).status_code == 302
    shown = client.get(page).content.decode()
    assert "Galioja išimtis" in shown
    assert "Filme nieko nesakoma." in shown
    assert centre.people["PUBLISHER"].name in shown
    assert TrailLine.objects.filter(action="resource:gate_overridden").exists()
    assert (
        client.post(reverse("repository-gate-end", args=[resource.ref]), {"check": "transcript"}).status_code
        == 302
    )
    resource.refresh_from_db()
    assert resource.gate_overrides == []


def test_who_may_not_override_sees_the_page_without_the_form(centre: Centre):
    resource = draft(centre, type="video")
    client = sign_in(centre, "EDITOR")
    page = reverse("repository-gate", args=[resource.ref])
    assert "Leisti išimtį" not in client.get(page).content.decode()
    assert (
        client.post(
            page, {"check": "transcript", "reason_lt": "Filme nieko nesakoma.", "until": "2027-09-01"}
        ).status_code
        == 404
    )
    with pytest.raises(PermissionRefused):
        review.end_override(by=centre.actor("EDITOR"), resource=resource, check="transcript", at=AT)


def test_an_exception_is_never_written_along_with_the_text(centre: Centre):
    one = [{"check": "both_languages", "reason": {"lt": "Tyliai praleista."}, "until": "2027-09-01"}]
    resource = draft(centre, languages=["lt"], title={"lt": "Viena kalba"}, gate_overrides=one)
    assert resource.gate_overrides == []
    resource = resources.edit_resource(
        by=centre.actor("EDITOR"), resource=resource, gate_overrides=one, at=AT
    )
    assert resource.gate_overrides == []


def test_publishing_refuses_when_the_gate_shut_meanwhile(centre: Centre):
    resource = approved(centre, draft(centre))
    Resource.objects.filter(pk=resource.pk).update(licence="all_rights_reserved")
    with pytest.raises(publication.GateBlocked) as shut:
        publication.publish_resource(by=centre.actor("PUBLISHER"), resource=resource, at=AT)
    assert shut.value.failing == ["licence"]


def test_a_look_counts_for_exactly_the_text_it_saw(centre: Centre, settings):
    settings.GATE_NEEDS_BROWSER = True
    resource = draft(centre)
    assert gate.failing(publish_gate.gate_facts(resource, TODAY)) == ["axe"]
    seen_by(resource, {"axe": []})
    assert gate.failing(publish_gate.gate_facts(resource, TODAY)) == []
    edited = resources.edit_resource(
        by=centre.actor("EDITOR"), resource=resource, title={"lt": "Kita", "en": "Another"}, at=AT
    )
    assert gate.failing(publish_gate.gate_facts(edited, TODAY)) == ["axe"]
    seen_by(
        edited,
        {
            "axe": [Finding("color-contrast", ".lead")],
            "no_third_party": [],
            "keyboard": [Finding("trap", text="<a>")],
        },
    )
    assert gate.failing(publish_gate.gate_facts(edited, TODAY)) == ["axe", "keyboard"]


def seen_by(resource: Resource, findings: dict[str, list[Finding]]) -> None:
    for language in publish_gate.spoken(resource):
        audits.record_audit(
            by=GATE,
            subject=publish_gate.subject_of(resource),
            kind="repository.resource",
            language=language,
            digest=publish_gate.digest_of(publish_gate.page_of(resource, language)),
            tool="test",
            findings=findings,
            at=AT,
        )


def test_where_there_is_a_browser_the_gate_waits_for_it(centre: Centre, settings):
    settings.GATE_NEEDS_BROWSER, settings.CHROMIUM = True, "/usr/bin/chromium"
    resource = review.submit_resource(by=centre.actor("EDITOR"), resource=draft(centre), at=AT)
    resource = review.pass_review(by=centre.actor("EDITOR_2"), resource=resource, at=AT)
    assert resource.state == "gate_check"
    seen_by(resource, {"axe": []})
    assert review.settle_gate(by=GATE, resource=resource, at=AT).state == "approved"


def test_the_page_of_a_resource_is_valid_markup(centre: Centre):
    body = {
        "lt": [
            {"kind": "heading", "text": "Pradžia"},
            {"kind": "paragraph", "text": "Pakvieskite vaikus į ratą."},
            {"kind": "list", "items": ["Viena", "Kita"], "ordered": True},
            {"kind": "task", "title": "Užduotis", "text": "Aptarkite poroje.", "minutes": 5},
            {"kind": "question", "text": "Ar tai tiesa?", "answers": ["Taip", "Ne"], "right": [0]},
        ]
    }
    resource = resources.create_resource(by=centre.actor("EDITOR"), at=AT, **fields(body=body))
    results = {result.check: result for result in gate.judge(publish_gate.gate_facts(resource, TODAY))}
    for check in ("html", "keyboard", "no_third_party"):
        assert (check, results[check].outcome, results[check].findings) == (check, "pass", ())


@pytest.mark.browser
def test_a_real_browser_looks_at_the_page(centre: Centre, settings):
    import shutil

    from sauga.repository.resources.actions import browser_audit

    settings.CHROMIUM = next(
        (found for name in ("chromium", "chromium-browser") if (found := shutil.which(name))), ""
    )
    if not settings.CHROMIUM:
        pytest.skip("no Chromium here")
    good = browser_audit.audit_page(publish_gate.page_of(draft(centre), "lt"))
    assert good.findings == {"axe": [], "keyboard": [], "no_third_party": []}
    bad = (
        "<!doctype html><html><head><title>x</title></head><body><img "
        'src="https://elsewhere.example/a.png"><input></body></html>'
    )
    found = browser_audit.audit_page(bad).findings
    assert {"image-alt", "html-has-lang", "label"} <= {one.why for one in found["axe"]}
    assert [one.why for one in found["no_third_party"]] == ["outside"]


def test_a_house_without_a_browser_says_so(settings):

    from sauga.repository.resources.actions import browser_audit

    settings.CHROMIUM = ""
    with pytest.raises(browser_audit.NoBrowser):
        browser_audit.audit_page("<p>x</p>")


def test_what_is_not_filled_in_is_named_as_on_the_form():
    from django.utils import translation

    with translation.override("en"):
        assert gate_words.say(Finding("missing", "review_by")) == "Not filled in: Review by."
