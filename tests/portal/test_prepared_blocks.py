"""Prepared blocks: what to do now, kept in one place, shown on many pages, changed by those who publish."""

from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse
from factories.pages import live, ready

from sauga.kernel import clock, vocab
from sauga.kernel.states import SystemActor
from sauga.portal.actions.starter_content import load_starter_content
from sauga.portal.actions.starter_prepared import load_prepared_blocks, read_block, shipped_blocks
from sauga.portal.models.articles import PlainPage
from sauga.portal.models.prepared import PreparedBlock
from sauga.portal.queries import page_gate, prepared
from sauga.portal.rules.starter_format import Malformed
from sauga.portal.states import Audience, HelpCode
from sauga.repository.resources.rules import publish_gate
from tests.centre import Centre, centre, sign_in

__all__ = ["centre"]
pytestmark = pytest.mark.django_db
PLACE = "/desk/cms/snippets/portal/preparedblock/"
HARD = "Konsultacijų centro darbuotojai nuosekliai įgyvendina bendradarbiavimo įsipareigojimus."


@pytest.fixture
def blocks(planted) -> dict[str, PreparedBlock]:
    load_prepared_blocks(publish_all=False)
    return {row.code: row for row in PreparedBlock.objects.all()}


def shows(row: PreparedBlock) -> list[dict[str, Any]]:
    return [{"type": "prepared", "value": {"block": row.pk}}]


def sent(row: PreparedBlock, **more: Any) -> dict[str, Any]:
    """What the tool's form sends of a block."""
    from wagtail.test.utils.form_data import nested_form_data, rich_text, streamfield

    steps = {
        f"steps_{code}": streamfield(
            [
                ("step", {"title": step.value["title"], "text": rich_text(str(step.value["text"]))})
                for step in row.steps(code)
            ]
        )
        for code in ("lt", "en")
    }
    own = {name: getattr(row, name) for name in ("code", "reader", "title_lt", "title_en")}
    flags = {name: "on" for name in ("platform", "confirmed") if getattr(row, name)}
    return nested_form_data({**own, **flags, **steps}) | {"services": row.services, **more}


@pytest.mark.unit
def test_every_situation_is_shipped_in_both_languages_and_names_who_helps():
    shipped = shipped_blocks()
    assert len(shipped) == 10
    for one in shipped:
        assert one.values["reader"] in Audience.values and set(one.values["services"]) <= set(HelpCode.values)
        assert one.values["services"], one.code
        assert len(one.values["steps_lt"]) == len(one.values["steps_en"]) >= 3, one.code
    assert [one.code for one in shipped if one.needs_expert] == ["danger-now"]
    with pytest.raises(Malformed):
        read_block("x.toml", "reader = 'children'")


def test_shipped_blocks_keep_to_what_an_editor_is_held_to(blocks):
    for row in blocks.values():
        row.full_clean()
        assert row.confirmed is (row.code != "danger-now"), row.code


def test_loading_again_improves_what_nobody_changed_and_keeps_what_an_editor_wrote(blocks):
    assert load_prepared_blocks(publish_all=False)[1] == 0
    edited, old = blocks["bullied"], blocks["blackmail"]
    PreparedBlock.objects.filter(pk=edited.pk).update(title_lt="Redaktoriaus žodžiai", loaded="older")
    PreparedBlock.objects.filter(pk=old.pk).update(loaded="older")
    PreparedBlock.objects.filter(code="saw-something").update(confirmed=False)
    numbers, changed = load_prepared_blocks(publish_all=True)
    assert changed == 1 and "saw-something" not in numbers and numbers["blackmail"] == old.pk
    edited.refresh_from_db()
    assert edited.title_lt == "Redaktoriaus žodžiai"


def test_starter_pages_show_a_block_and_are_listed_with_it(
    planted, client: Client, django_capture_on_commit_callbacks
):
    vocab.load_all(at=clock.now())
    folders = ("audiences", "parents-by-age")
    with django_capture_on_commit_callbacks(execute=True):
        done = load_starter_content(by=SystemActor("site"), at=clock.now(), folders=folders)
    assert done.prepared == len(shipped_blocks())
    row = PreparedBlock.objects.get(code="child-told-you")
    uses = prepared.uses_of(row)
    assert len(uses) == 8 and all(use.is_public for use in uses)
    english = next(use.page for use in uses if use.page.locale.language_code == "en")
    assert "Your child has told you" in client.get(english.url).text
    assert load_starter_content(by=SystemActor("site"), at=clock.now(), folders=folders).improved == 0


def test_a_block_is_edited_once_and_changes_on_every_page(
    centre: Centre, blocks, planted, client: Client, django_capture_on_commit_callbacks
):
    row = blocks["bullied"]
    with django_capture_on_commit_callbacks(execute=True):
        page = live(centre, planted["lt"], body=shows(row))
        draft = ready(centre, planted["lt"], "kitas", title="Kitas", body=shows(row))
    shown = client.get(page.url).text
    assert "Neatsakinėk" in shown and "116\xa0111" in shown and "Pranešti ir platformai" in shown
    publisher = sign_in(centre, "PUBLISHER")
    form = publisher.get(f"{PLACE}edit/{row.pk}/").text
    assert "pasikeis 4 puslapiuose" in form, "both pages and their English twins"
    assert reverse("wagtailadmin_pages:edit", args=[page.pk]) in form
    assert reverse("wagtailadmin_pages:edit", args=[draft.pk]) in form and "juodraštyje" in form
    with django_capture_on_commit_callbacks(execute=True):
        answer = publisher.post(f"{PLACE}edit/{row.pk}/", sent(row, title_lt="Taisyklės klasės grupėje"))
    assert answer.status_code == 302
    assert "Taisyklės klasės grupėje" in client.get(page.url).text
    found = client.get("/lt/paieska/", {"q": "Taisyklės klasės grupėje"}).text
    assert page.url in found


def test_words_that_are_too_hard_or_help_nobody_are_refused(centre: Centre, blocks):
    row = blocks["saw-something"]
    for change, field in (
        ({"services": []}, "services"),
        ({"title_lt": "Tu kartu su savo mama ir tėčiu dabar eik ten ir sakyk"}, "steps_lt"),
        ({"steps_en": row.steps_lt}, "steps_en"),
    ):
        broken = PreparedBlock.objects.get(pk=row.pk)
        for name, value in change.items():
            setattr(broken, name, value)
        with pytest.raises(ValidationError) as refused:
            broken.clean()
        assert field in refused.value.message_dict, change
    answer = sign_in(centre, "PUBLISHER").post(f"{PLACE}edit/{row.pk}/", sent(row, services=[]))
    assert answer.status_code == 200 and "Pasirinkite, kas padeda" in answer.text


def test_only_those_who_publish_change_a_block_and_nobody_deletes_one(centre: Centre, blocks):
    row = blocks["bullied"]
    for role in ("EDITOR", "SAFEGUARDING_EDITOR"):
        client = sign_in(centre, role)
        client.post(f"{PLACE}edit/{row.pk}/", sent(row, title_lt="Kitaip"))
        client.post(f"{PLACE}add/", sent(row, code="naujas"))
    for role in ("EDITOR", "PUBLISHER"):
        sign_in(centre, role).post(f"{PLACE}delete/{row.pk}/")
    row.refresh_from_db()
    assert row.title_lt != "Kitaip" and not PreparedBlock.objects.filter(code="naujas").exists()


def test_what_nobody_confirmed_is_not_shown(centre: Centre, blocks, planted, client: Client):
    waiting = blocks["danger-now"]
    page = ready(centre, planted["lt"], body=shows(waiting))
    facts, results = page_gate.judge(page_gate.newest(PlainPage.objects.get(pk=page.pk)), clock.now())
    assert publish_gate.failing(facts, results) == ["metadata"]
    shown = live(centre, planted["lt"], "kitas", title="Kitas", body=shows(blocks["bullied"]))
    PreparedBlock.objects.filter(code="bullied").update(confirmed=False)
    assert "Neatsakinėk" not in client.get(shown.url).text


def test_the_gate_reads_a_block_for_its_readers_and_takes_its_help(centre: Centre, blocks, planted):
    page = ready(centre, planted["lt"], topics=["grooming"], body=shows(blocks["stranger-asks"]))
    newest = page_gate.newest(PlainPage.objects.get(pk=page.pk))
    facts, results = page_gate.judge(newest, clock.now())
    assert publish_gate.failing(facts, results) == [] and facts.offers_help
    assert facts.advice == [("child_8", {"lt": blocks["stranger-asks"].words("lt")})]
    steps = blocks["stranger-asks"].steps_lt.get_prep_value()
    steps[0]["value"]["text"] = f"<p>{HARD} {HARD}</p>"
    PreparedBlock.objects.filter(code="stranger-asks").update(steps_lt=steps)
    newest = page_gate.newest(PlainPage.objects.get(pk=page.pk))
    assert publish_gate.failing(*page_gate.judge(newest, clock.now())) == ["reading_level"]
