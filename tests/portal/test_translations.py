"""Pages go to a translator's tool and come back: codes for bold and links, blocks laid side by side,
nothing written over.
"""

import io
import json
import re
from dataclasses import replace
from datetime import timedelta
from html import escape

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from factories.pages import live
from factories.people import Hired, sign_in
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from translate.storage import xliff2

from sauga.kernel import clock
from sauga.kernel.audit.models import TrailLine
from sauga.portal.actions import translations as actions
from sauga.portal.actions.pages import publish_page
from sauga.portal.models.articles import PlainPage
from sauga.portal.queries import desk, translation_texts
from sauga.portal.rules import richtext
from sauga.repository.syndication.rules import translation_import, xliff
from tests.centre import PASSWORD, centre

__all__ = ["centre"]

O1, C1, O2, C2 = xliff.opened(1), xliff.closed(1), xliff.opened(2), xliff.closed(2)
LINK = '<a href="https://pavyzdys.example/?a=1&amp;b=2">'
BODY = [
    {"type": "heading", "value": "Kas tai", "id": "b1"},
    {
        "type": "text",
        "value": (
            "<p>Skaityti <b>čia</b>.<br/>Arba <a "
            'href="https://pavyzdys.example/?a=1&amp;b=2">ten</a>.</p><p>Antra</p>'
        ),
        "id": "b2",
    },
    {
        "type": "steps",
        "value": {
            "steps": [
                {"type": "item", "id": "s1", "value": {"title": "Pirmas", "text": "<p>Sustoti</p>"}},
                {"type": "item", "id": "s2", "value": {"title": "Antras", "text": ""}},
            ]
        },
        "id": "b3",
    },
    {"type": "help", "value": {"title": "Kas padės", "services": ["child_helpline"]}, "id": "b4"},
]
WORDS = {
    "body.b1": "What it is",
    "body.b2.0": f"Or {O1}here{C1}.{xliff.alone(2)}{xliff.opened(3)}There{xliff.closed(3)} & then.",
    "body.b2.1": "Second",
    "body.b3.steps.s1.title": "First",
    "body.b3.steps.s1.text.0": "Stop",
    "body.b3.steps.s2.title": "Next",
    "body.b4.title": "Who helps",
}


@pytest.fixture
def pair(db, centre, planted):
    """A public Lithuanian page and its English twin, a draft whose body is still that of the source."""
    source = live(centre, planted["lt"], title="Saugiai", body=BODY)
    return source, twin_of(source)


def twin_of(source):
    return PlainPage.objects.get(translation_key=source.translation_key, locale__language_code="en")


def fresh(centre, planted):
    """A pair whose twin has no blocks yet."""
    source = live(centre, planted["lt"], title="Saugiai", body=BODY)
    twin = twin_of(source)
    twin.body = []
    twin.save_revision()
    return source, PlainPage.objects.get(pk=twin.pk)


def file_of(source, twin, words):
    """The file as a translator's tool gives it back, with `words` in it."""
    made = xliff.read(xliff.write(actions.document_of(twin, source)))
    return replace(
        made, units=tuple(replace(unit, target=words.get(unit.name, unit.target)) for unit in made.units)
    )


def bring(centre, pair, file):
    source, twin = pair
    return actions.take_translation(
        by=centre.actor("EDITOR"), page=twin, source=source, document=file, at=clock.now()
    )


def newest(page):
    return PlainPage.objects.get(pk=page.pk).get_latest_revision_as_object()


def stored(page):
    return {item["id"]: item["value"] for item in newest(page).body.get_prep_value()}


def test_every_text_goes_out_and_comes_back_with_its_bold_and_its_links(centre, planted):
    pair = fresh(centre, planted)
    taken = bring(centre, pair, file_of(*pair, WORDS))
    assert (taken.texts, taken.refused) == (len(WORDS), ())
    english = stored(pair[1])
    assert list(english) == ["b1", "b2", "b3", "b4"]
    assert english["b2"] == (
        '<p>Or <b>here</b>.<br/><a href="https://pavyzdys.example/?a=1&amp;b=2">There</a> &amp; '
        "then.</p><p>Second</p>"
    )
    assert [step["value"]["title"] for step in english["b3"]["steps"]] == ["First", "Next"]
    assert english["b4"]["services"] == ["child_helpline"]
    assert newest(pair[0]).body.get_prep_value()[0]["value"] == "Kas tai", "the source stays as it is"
    assert not PlainPage.objects.get(pk=pair[1].pk).live, "nothing is published"
    assert TrailLine.objects.filter(
        action="cms:act", facts__act="wagtail.edit", facts__object=str(pair[1].pk)
    ).exists()


def test_the_same_file_twice_makes_no_second_version(centre, planted):
    pair = fresh(centre, planted)
    file = file_of(*pair, WORDS)
    bring(centre, pair, file)
    versions = pair[1].revisions.count()
    assert bring(centre, pair, file) == actions.Taken(0, ())
    assert pair[1].revisions.count() == versions


def test_what_changed_on_either_side_is_refused_text_by_text(centre, planted):
    source, twin = fresh(centre, planted)
    file = file_of(source, twin, {**WORDS, "title": "Safely", "summary": "Short."})
    twin = newest(twin)
    twin.title = "My own title"
    twin.save_revision()
    changed = newest(source)
    changed.summary = "Kitaip."
    changed.save_revision()
    publish_page(
        by=centre.actor("PUBLISHER"), page=source, at=clock.now()
    )  # the object knows an older version
    source = PlainPage.objects.get(pk=source.pk)
    taken = bring(centre, (source, twin), file)
    found = {one.name: (one.why, one.theirs, one.ours) for one in taken.refused}
    assert found == {
        "title": (translation_import.TARGET_CHANGED, "Safely", "My own title"),
        "summary": (translation_import.SOURCE_CHANGED, "Trumpai.", "Kitaip."),
    }
    assert newest(twin).title == "My own title" and stored(twin)["b1"] == "What it is"


LOST = [
    "Read here.",
    f"Read {O1}here.",
    f"{C1}Read{O1} it{xliff.alone(2)}{xliff.opened(3)}{xliff.closed(3)}",
    f"{WORDS['body.b2.0']}{O1}{C1}",
]


@pytest.mark.parametrize("words", LOST)
def test_codes_that_are_not_those_of_the_source_refuse_the_text(centre, pair, words):
    taken = bring(centre, pair, file_of(*pair, {**WORDS, "body.b2.0": words}))
    assert [(one.name, one.why) for one in taken.refused] == [("body.b2.0", translation_import.CODES)]
    assert (
        stored(pair[1])["b2"].startswith("<p>Skaityti <b>čia</b>") and stored(pair[1])["b1"] == "What it is"
    )


def test_lines_as_a_form_sends_them_are_no_change(centre, planted):
    quote = {"type": "quote", "value": {"text": "Viena\r\nkita", "who": "Ona"}, "id": "q1"}
    source = live(centre, planted["lt"], title="Saugiai", summary="Pirma.\r\nAntra.", body=[quote])
    pair = source, twin_of(source)
    taken = bring(centre, pair, file_of(*pair, {"summary": "First.\nSecond.", "body.q1.text": "One\nother"}))
    assert taken == actions.Taken(2, ())
    assert newest(pair[1]).summary == "First.\nSecond." and stored(pair[1])["q1"]["text"] == "One\nother"


def test_a_translation_with_codes_of_its_own_stays_when_nobody_touched_it(centre, pair):
    source, twin = pair
    english = newest(twin)
    raw = list(english.body.get_prep_value())
    raw[1]["value"] = (
        '<p>Read <b>here</b>.<br/>Or <a href="https://other.example/">there</a> <b>or</b> '
        "<b>not</b>.</p><p>Second</p>"
    )
    english.body = english._meta.get_field("body").to_python(json.dumps(raw))
    english.save_revision()
    pair = source, PlainPage.objects.get(pk=twin.pk)
    assert bring(centre, pair, file_of(*pair, {"body.b1": "What it is"})) == actions.Taken(1, ())
    assert stored(twin)["b1"] == "What it is" and stored(twin)["b2"] == raw[1]["value"]


def test_a_body_with_a_place_left_empty_waits_and_says_which(centre, planted):
    pair = fresh(centre, planted)
    taken = bring(centre, pair, file_of(*pair, {"title": "Safely", "body.b1": "What it is"}))
    assert taken.texts == 1 and newest(pair[1]).title == "Safely" and not stored(pair[1])
    assert {(one.name, one.why) for one in taken.refused} == {
        (name, translation_import.INCOMPLETE) for name in set(WORDS) - {"body.b1"}
    }


def test_a_text_too_long_for_its_place_is_refused_and_the_rest_is_taken(centre, pair):
    taken = bring(centre, pair, file_of(*pair, {**WORDS, "summary": "x" * 301}))
    assert [(one.name, one.why, one.ours) for one in taken.refused] == [
        ("summary", translation_import.TOO_LONG, "300")
    ]
    assert stored(pair[1])["b1"] == "What it is"


def test_blocks_follow_the_source_and_the_twin_s_own_stay_where_they_were(centre, pair):
    source, twin = pair
    bring(centre, pair, file_of(source, twin, WORDS))
    english = newest(twin)
    own = [{"type": "heading", "value": "Only in English", "id": "own"}]
    raw = list(english.body.get_prep_value())
    english.body = english._meta.get_field("body").to_python(json.dumps([raw[0], *own, *raw[1:]]))
    english.save_revision()
    lithuanian = newest(source)
    new = {"type": "heading", "value": "Nauja", "id": "new"}
    lithuanian.body = [*BODY[:1], new, *BODY[2:], BODY[1]]
    lithuanian.save_revision()
    publish_page(by=centre.actor("PUBLISHER"), page=PlainPage.objects.get(pk=source.pk), at=clock.now())
    source = PlainPage.objects.get(pk=source.pk)
    pair = source, PlainPage.objects.get(pk=twin.pk)
    taken = bring(centre, pair, file_of(*pair, {"body.new": "New"}))
    assert (taken.texts, taken.refused) == (1, ())
    assert [item["id"] for item in newest(twin).body.get_prep_value()] == [
        "b1",
        "own",
        "new",
        "b3",
        "b4",
        "b2",
    ]
    assert stored(twin)["b2"].startswith("<p>Or <b>here</b>"), "what was translated before is kept"


def test_links_to_our_pages_lead_to_their_twins(centre, planted):
    other = live(centre, planted["lt"], slug="kitas", title="Kitas")
    body = [
        {"type": "text", "value": f'<p>Žr. <a linktype="page" id="{other.pk}">kitą</a>.</p>', "id": "b1"},
        {
            "type": "pages",
            "value": {"title": "Toliau", "pages": [{"type": "item", "value": other.pk, "id": "p1"}]},
            "id": "b2",
        },
    ]
    source = live(centre, planted["lt"], title="Saugiai", body=body)
    twin = twin_of(source)
    twin.body = []
    twin.save_revision()
    pair = source, PlainPage.objects.get(pk=twin.pk)
    assert not bring(
        centre, pair, file_of(*pair, {"body.b1.0": f"See {O1}the other{C1}.", "body.b2.title": "Next"})
    ).refused
    english = stored(pair[1])
    assert re.findall(r'id="(\d+)"', english["b1"]) == [str(twin_of(other).pk)]
    assert [item["value"] for item in english["b2"]["pages"]] == [twin_of(other).pk]


def test_files_of_others_and_locked_pages_are_refused_whole(centre, pair, planted):
    source, twin = pair
    file = file_of(source, twin, WORDS)
    for wrong in (replace(file, original="x"), replace(file, target_language="lt")):
        with pytest.raises(translation_import.NotThisOne):
            bring(centre, pair, wrong)
    PlainPage.objects.filter(pk=twin.pk).update(locked=True, locked_by=centre.people["PUBLISHER"])
    with pytest.raises(actions.PageHeld):
        bring(centre, (source, PlainPage.objects.get(pk=twin.pk)), file)


def test_an_independent_reader_finds_texts_and_codes(centre, planted):
    source, twin = fresh(centre, planted)
    data = xliff.write(actions.document_of(twin, source))
    store = xliff2.Xliff2File.parsestring(data)
    assert {"Kas tai", "Antra", "Kas padės"} <= {str(unit.source) for unit in store.units}
    out = io.BytesIO()
    store.serialize(out)
    assert xliff.read(out.getvalue()).units == xliff.read(data).units


def test_passages_that_a_tool_cut_at_a_sentence_are_put_together():
    head = (
        f'<xliff xmlns="{xliff.NAMESPACE}" version="2.1" srcLang="lt" trgLang="en"><file id="f" '
        f'original="x"><unit id="1" name="a">'
    )
    one = '<segment><source><sc id="1"/>Labas. </source><target><sc id="1"/>Hello. </target></segment>'
    two = (
        '<segment><source>Rytas.<ec startRef="1"/></source><target><mrk id="m1">Morning</mrk>.<ec '
        'startRef="1"/></target></segment>'
    )
    (unit,) = xliff.read(f"{head}{one}{two}</unit></file></xliff>".encode()).units
    assert (unit.source, unit.target) == (f"{O1}Labas. Rytas.{C1}", f"{O1}Hello. Morning.{C1}")
    (odd,) = xliff.read(
        f'{head}<segment><source>a<ph id="x9"/></source></segment></unit></file></xliff>'.encode()
    ).units
    assert not xliff.same_codes("a", odd.source)


# Space alone is no text: HTML reads several as one, and a translation of nothing but space is none.
LETTERS = st.text(st.characters(codec="utf-8", exclude_categories=["C"]), min_size=1, max_size=8).filter(
    str.strip
)
TAGS = st.sampled_from(["b", "i", 'a href="#x"'])
FRAGMENTS = st.recursive(
    LETTERS.map(lambda text: escape(text, quote=False)),
    lambda inner: st.one_of(
        st.tuples(TAGS, inner).map(lambda made: f"<{made[0]}>{made[1]}</{made[0][0]}>"),
        st.tuples(inner, inner).map("".join),
        inner.map(lambda text: f"{text}<br/>"),
    ),
    max_leaves=8,
)


@pytest.mark.unit
@settings(suppress_health_check=[HealthCheck.too_slow])  # a busy machine is no fault
@given(FRAGMENTS)
def test_any_text_with_markup_survives_the_way_out_and_back(fragment):
    text, codes = richtext.coded(fragment)
    assert richtext.from_coded(text, codes) == fragment
    file = xliff.Document("x", "lt", "en", (xliff.Unit("a", text, text, codes=codes),))
    (unit,) = xliff.read(xliff.write(file)).units
    assert (unit.source, unit.target) == (text, text)
    assert xliff.same_codes(text, unit.target)
    assert len(codes) == len({code for code in map(xliff.code_of, text) if code and code[0] != xliff.CLOSED})


@pytest.mark.unit
@settings(suppress_health_check=[HealthCheck.too_slow])  # a busy machine is no fault
@given(st.lists(FRAGMENTS, min_size=1, max_size=4))
def test_the_frame_of_rich_text_stays(fragments):
    html = "".join(f"<p>{one}</p>" for one in fragments) + "<ul><li>x<ul><li>y</li></ul></li></ul>"
    assert richtext.with_pieces(html, richtext.pieces(html)) == html
    assert len(richtext.pieces(html)) == len(fragments) + 2


@pytest.mark.parametrize("language", ["lt", "en"])
def test_a_translator_takes_the_file_and_brings_it_back(centre, pair, client, language):
    source, twin = pair
    person = centre.people["EDITOR"]
    person.language = language
    person.save(update_fields=["language"])
    sign_in(client, Hired(person, centre.totp["EDITOR"], "", PASSWORD))
    page = f"/desk/portal/translations/{twin.pk}/file/"
    assert page in client.get(f"/desk/portal/translations/{twin.pk}/").content.decode()
    assert f"{page}texts.xlf" in client.get(page).content.decode()
    answer = client.get(f"{page}texts.xlf")
    assert (
        answer["Content-Type"] == "application/xliff+xml"
        and f'"{twin.slug}.lt-en.xlf"' in answer["Content-Disposition"]
    )
    said = answer.content.decode().replace("<target>Kas tai</target>", "<target>What it is</target>")
    assert "What it is" in said
    done = client.post(page, {"file": SimpleUploadedFile("a.xlf", said.encode())})
    assert done.status_code == 302 and stored(twin)["b1"] == "What it is"
    again = said.replace("<target>What it is</target>", "<target>Something else</target>")
    shown = client.post(page, {"file": SimpleUploadedFile("a.xlf", again.encode())})
    assert (
        shown.status_code == 200
        and "Something else" in shown.content.decode()
        and stored(twin)["b1"] == "What it is"
    )
    refused = client.post(page, {"file": SimpleUploadedFile("a.xlf", b"<html/>")})
    assert refused.status_code == 422 and "XLIFF 2" in refused.content.decode()
    assert client.get(f"/desk/portal/translations/{source.pk}/file/").status_code == 404
    assert desk.source_of(twin).pk == source.pk and translation_texts.texts_of(source)["title"].longest == 255
    assert timedelta(0) <= clock.now() - twin.latest_revision_created_at
