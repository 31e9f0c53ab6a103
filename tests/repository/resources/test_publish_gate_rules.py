"""The publish gate's checks, each with what passes and what does not."""

from datetime import date

import pytest

from sauga.kernel import vocab
from sauga.kernel.media.upload_checks import captions
from sauga.repository.resources.rules import markup, publish_gate
from sauga.repository.resources.rules.gate_checks import CHECKS
from sauga.repository.resources.rules.gate_facts import Finding, GateFacts, Outcome, PdfMarks
from tests.centre import centre  # noqa: F401  loads the vocabularies

DAY = date(2026, 11, 24)
CONTENT = {
    "type": "lesson_plan",
    "licence": "CC-BY-4.0",
    "languages": ["lt", "en"],
    "topics": ["media_literacy"],
    "audiences": ["teachers"],
    "review_by": date(2027, 5, 1),
    "creators": [{"lt": "Centras"}],
    "title": {"lt": "Pamoka", "en": "Lesson"},
    "abstract": {"lt": "Trumpai.", "en": "In short."},
    "reading_level": "adult",
}
HARD_FOR_A_CHILD = "Mes visi kartu einame į mokyklą per tiltą ir mišką."
PAGE = (
    "<!doctype html><html "
    'lang="lt"><head><title>Pamoka</title></head><body><h1>Pamoka</h1><p>Tekstas.</p>{}</body></html>'
)


def facts(content=None, **more) -> GateFacts:
    return GateFacts(
        **{"content": {**CONTENT, **(content or {})}, "files": [], "parts": [], "day": DAY, **more}
    )


def whys(check: str, given: GateFacts) -> list[str]:
    return [found.why for found in CHECKS[check](given) or []]


@pytest.mark.django_db
def test_the_table_names_the_checks_of_the_vocabulary(centre):
    assert list(CHECKS) == [term.code for term in vocab.terms("gate_checks")]


@pytest.mark.django_db
def test_absolute_checks_cannot_be_overridden(centre):
    absolute = {term.code for term in vocab.terms("gate_checks") if not term.extra["overridable"]}
    assert {
        "captions",
        "keyboard",
        "help_block",
        "licence",
        "child_safety",
        "no_third_party",
        "review_date",
    } <= absolute
    for code in absolute:
        one = {"check": code, "reason": {"lt": "Vėliau."}, "until": "2027-01-01"}
        assert publish_gate.overridden({"gate_overrides": [one]}, DAY) == set()
    late = {"check": "transcript", "reason": {"lt": "Vėliau."}, "until": "2026-11-23"}
    assert publish_gate.overridden({"gate_overrides": [late]}, DAY) == set()
    assert publish_gate.overridden({"gate_overrides": [{**late, "until": "2026-11-24"}]}, DAY) == {
        "transcript"
    }


@pytest.mark.django_db
def test_without_a_browser_the_gate_says_not_run_and_shuts_where_the_house_insists(centre):
    given = facts()
    results = {result.check: result for result in publish_gate.judge(given)}
    assert results["axe"].outcome is Outcome.NOT_RUN
    assert publish_gate.failing(given) == []
    insisting = facts(needs_browser=True)
    assert publish_gate.failing(insisting) == ["axe"]
    spared = facts(
        {"gate_overrides": [{"check": "axe", "reason": {"lt": "Nėra naršyklės."}, "until": "2027-01-01"}]},
        needs_browser=True,
    )
    assert publish_gate.failing(spared) == []
    seen = facts(needs_browser=True, audits={"axe": []})
    assert publish_gate.failing(seen) == []
    assert publish_gate.failing(facts(audits={"axe": [Finding("color-contrast", ".lead")]})) == ["axe"]


@pytest.mark.django_db
def test_a_type_is_asked_for_what_its_term_names(centre):
    video = {
        result.check: result
        for result in publish_gate.judge(facts({"type": "video"}, files=[("main", "video/mp4", "lt")]))
    }
    assert [found.where for found in video["captions"].findings] == ["lt"]
    silent = [("main", "video/mp4", "zxx")]
    for files, whys in ((silent, ["captions_none"]), ([*silent, ("captions", "text/vtt", "en")], [])):
        judged = publish_gate.judge(facts({"type": "video"}, files=files))
        (found,) = [one for one in judged if one.check == "captions"]
        assert [one.why for one in found.findings] == whys, "any captions will do"
    assert video["tagged_pdf"].outcome is Outcome.NOT_APPLICABLE
    lesson = {result.check: result for result in publish_gate.judge(facts(pdfs=[PdfMarks("a.pdf")]))}
    assert (lesson["tagged_pdf"].outcome, lesson["captions"].outcome) == (
        Outcome.FAIL,
        Outcome.NOT_APPLICABLE,
    )


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("check", "given", "expected"),
    [
        ("help_block", {"content": {"topics": ["cyberbullying"]}}, ["help_missing"]),
        ("help_block", {"content": {"topics": ["cyberbullying"], "help_services": ["child_helpline"]}}, []),
        ("licence", {"content": {"licence": ""}}, ["licence_missing"]),
        ("both_languages", {"content": {"languages": ["lt"]}}, ["language_lacks"]),
        ("review_date", {"content": {"review_by": DAY}}, ["review_passed"]),
        ("child_safety", {"content": {"sensitivity": "adult_guided"}}, ["second_person"]),
        ("all_parts_published", {"content": {"type": "toolkit"}}, ["parts_missing"]),
        ("all_parts_published", {"content": {"type": "toolkit"}, "parts": [True, False]}, ["parts_waiting"]),
        ("personal_data", {"texts": {"lt": "Skambink Onai +370 600 00000."}}, ["personal_phone"]),
        ("personal_data", {"texts": {"lt": "Skambink 116 111, rašyk info@centras.example."}}, []),
        ("personal_data", {"texts": {"lt": "Jaunimo linija 8 800 28888, iš užsienio +370 800 28888."}}, []),
        ("personal_data", {"texts": {"lt": "Rašyk vardenei@mokykla.example."}}, ["personal_email"]),
        ("personal_data", {"texts": {"lt": "Kodas 59912310012."}}, ["personal_personal_code"]),
        ("alt_text", {"files": [("main", "image/png", "lt")]}, ["files_without_description"]),
        ("keyboard", {"content": {"type": "game"}, "files": [("main", "application/zip", "lt")]},
        ["keyboard_unsaid"]),
        ("reading_level", {"content": {"reading_level": "child_8"}, "read": {"lt": HARD_FOR_A_CHILD}},
        ["reading_sentence"]),
        ("reading_level", {"content": {"reading_level": "expert"}, "read": {"lt": "Infrastruktūros. " * 40}},
        []),
    ],
)  # fmt: skip
def test_checks(centre, check, given, expected):
    assert whys(check, facts(given.pop("content", None), **given)) == expected


def test_a_valid_page_has_no_findings():
    html = PAGE.format('<a href="/lt/">Pradžia</a><label for="q">Ko ieškai?</label><input id="q" name="q">')
    assert markup.html_findings(html) == []
    assert markup.structure_findings(html) == []
    assert markup.keyboard_findings(html) == []
    assert markup.alt_findings(html) == []
    assert markup.outside_findings(html) == []


@pytest.mark.parametrize(
    ("look", "part", "why"),
    [
        (markup.html_findings, "<p id=a></p><p id=a></p>", "id_twice"),
        (markup.html_findings, "<div><p>x</div></p>", "html_unexpected_end_tag"),
        (markup.html_findings, '<label for="nowhere">x</label>', "reference_lost"),
        (markup.html_findings, '<a href="#nowhere">x</a>', "anchor_lost"),
        (markup.structure_findings, "<h4>x</h4>", "heading_skipped"),
        (markup.structure_findings, "<h1>x</h1>", "first_heading"),
        (markup.alt_findings, '<img src="a.png">', "picture_silent"),
        (markup.alt_findings, '<img src="a.png" alt="foto.png">', "picture_silent"),
        (markup.keyboard_findings, '<a href="/x/"></a>', "without_name"),
        (markup.keyboard_findings, '<input name="q">', "field_without_label"),
        (markup.keyboard_findings, '<p tabindex="3">x</p>', "tab_order"),
        (markup.keyboard_findings, '<div role="button">x</div>', "not_reached"),
        (markup.keyboard_findings, '<button onclick="x()">x</button>', "inline_script"),
        (markup.outside_findings, '<img alt="" src="https://elsewhere.example/a.png">', "outside"),
        (markup.outside_findings, '<script src="//elsewhere.example/a.js"></script>', "outside"),
        (
            markup.outside_findings,
            '<p style="background:url(https://elsewhere.example/a.png)">x</p>',
            "outside",
        ),
    ],
)
def test_what_markup_gives_away(look, part, why):
    assert why in [found.why for found in look(PAGE.format(part))]


def test_a_link_is_not_a_request():
    assert markup.outside_findings(PAGE.format('<a href="https://elsewhere.example/">x</a>')) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("WEBVTT\n\n00:01.000 --> 00:03.000\nLabas\n\n00:03.000 --> 00:05.000\nSveika\n", []),
        ("WEBVTT\n\n00:41.000 --> 00:46.000\nViena\n\n00:45.000 --> 00:49.000\nKita\n", ["captions_overlap"]),
        ("WEBVTT\n\n2\n00:00:05.000 --> 00:00:04.000 line:0\nAtgal\n", ["captions_backwards"]),
        ("WEBVTT\n\nNOTE 00:01.000 --> 00:02.000\n", ["captions_empty"]),
        ("WEBVTT\n\n00:01.000 --> 00:03.000\n\n", ["captions_silent"]),
        ("1\n00:00:01,000 --> 00:00:02,000\nSRT\n", ["captions_format"]),
        ("\ufeffWEBVTT\r\n\r\n00:01.000 --> 00:03.000\r\nLabas\r\n", []),
    ],
)
def test_captions(text, expected):
    assert [found.why for found in captions.faults(text)] == expected


def test_an_overlap_says_where():
    (found,) = captions.faults("WEBVTT\n\n00:41.000 --> 00:46.000\nViena\n\n00:45.000 --> 00:49.000\nKita\n")
    assert found.where == "0:41–0:46 · 0:45–0:49"
