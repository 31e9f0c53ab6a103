"""An own version of a partner: what the licence allows, what a slot may hold, who is asked, and that it stays
what it was released as.
"""

import zlib
from datetime import timedelta

import pytest
from django.core.files.storage import default_storage
from factories.adaptations import BODY, PNG, begun, editor, live, other_partner, released, school
from factories.resources import fields

from sauga.kernel.identity import PermissionRefused
from sauga.kernel.media import FileRefused
from sauga.kernel.refusals import ChangedMeanwhile, TextMissing
from sauga.kernel.states import MoveNotAllowed
from sauga.repository.adaptations.actions import adaptations, edits, partners
from sauga.repository.adaptations.actions.adaptations import LicenceRefused, NotEditing, SlotsMissing
from sauga.repository.adaptations.queries.composition import compose
from sauga.repository.adaptations.queries.lineage import LineageCycle
from sauga.repository.adaptations.rules.slots import SlotRefused
from sauga.repository.resources.rules.blocks import BlockRefused
from sauga.repository.resources.rules.upstream_diff import with_origin
from tests.centre import AT, Centre, centre  # noqa: F401  a fixture

pytestmark = pytest.mark.django_db
SVG = (
    b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 2 2"><rect width="2" height="2" '
    b'fill="#146"/></svg>'
)


def test_an_adaptable_work_is_edited_and_keeps_its_licence_and_lineage(centre: Centre):
    base = live(centre)
    made = begun(centre, base)
    assert (made.state, made.licence, made.base_version.number) == ("editing", "CC-BY-4.0", 1)
    assert "Pamoka apie pokalbius" in made.attribution
    assert made.attribution.startswith("Pritaikė Pavyzdžio mokykla")


def test_a_work_without_derivatives_is_refused_with_its_reason_but_takes_slots(centre: Centre):
    base = live(centre, licence="CC-BY-ND-4.0")
    refused = begun(centre, base, kind="translation", language="en")
    assert (refused.state, refused.licence_outcome["reasons"]) == ("licence_refused", ["no_derivatives"])
    with pytest.raises(NotEditing):
        edits.set_order(by=editor(), adaptation=refused, order=[], at=AT)
    filled = begun(centre, base, kind="slot_fill")
    by = editor()
    filled = edits.fill_slots(by=by, adaptation=filled, values={"place": {"lt": "Aktų salė"}}, at=AT)
    assert filled.licence == "CC-BY-ND-4.0"
    with pytest.raises(LicenceRefused):
        edits.write_section(
            by=by, adaptation=filled, section=base.ref, language="lt", title="Kitaip", body=BODY["lt"], at=AT
        )
    with pytest.raises(LicenceRefused):
        edits.add_part(
            by=by, adaptation=filled, title="Mūsų", body=BODY["lt"][:2], licence="CC-BY-4.0", at=AT
        )


def test_share_alike_stays_in_a_copy_of_a_copy(centre: Centre):
    base = live(centre, licence="CC-BY-SA-4.0")
    first = released(centre, base)
    assert first.licence == "CC-BY-SA-4.0"
    second = begun(centre, base, parent=first, wanted="CC-BY-4.0")
    assert (second.state, second.licence_outcome["reasons"]) == ("licence_refused", ["share_alike_lost"])
    assert begun(centre, base, parent=first).licence == "CC-BY-SA-4.0"


def test_a_work_that_rests_on_itself_is_refused(centre: Centre):
    base = live(centre)
    other = live(centre, title={"lt": "Kita", "en": "Another"}, is_based_on=base)
    base.is_based_on = other
    base.save(update_fields=["is_based_on"])
    with pytest.raises(LineageCycle):
        begun(centre, base)


def test_only_the_own_house_may_touch_it(centre: Centre):
    base = live(centre)
    made = begun(centre, base)
    stranger = other_partner()
    with pytest.raises(PermissionRefused):
        adaptations.begin_adaptation(
            by=editor(),
            partner=stranger,
            base=base,
            kind="slot_fill",
            language="lt",
            at=AT,
        )
    with pytest.raises(PermissionRefused):
        adaptations.send_to_review(by=centre.actor("EDITOR"), adaptation=made, at=AT)


def test_what_a_slot_may_hold(centre: Centre):
    made, by = begun(centre, live(centre), kind="slot_fill"), editor()
    for values, why in (
        ({"place": {"lt": "<b>Salė</b>"}}, "markup"),
        ({"place": {"lt": "[čia](https://kitur.example/)"}}, "markup"),
        ({"place": {"lt": "x" * 201}}, "too_long"),
        ({"help": {"lt": "Mokyklos psichologas"}}, "helpline_removed"),
        ({"help": {"lt": ""}}, "helpline_removed"),
        ({"help": {"lt": "Vaikų linija: 116 1112"}}, "helpline_removed"),
        ({"web": {"*": "javascript:1"}}, "address"),
        ({"web": {"*": "https://a:b@mokykla.example/"}}, "address"),
    ):
        with pytest.raises(SlotRefused) as refused:
            edits.fill_slots(by=by, adaptation=made, values=values, at=AT)
        assert refused.value.why == why, values
    with pytest.raises(adaptations.Unknown):
        edits.fill_slots(by=by, adaptation=made, values={"nothing": {"lt": "x"}}, at=AT)
    help_lines = "Vaikų linija: 116\u00a0111\r\nMokyklos psichologė, 12 kabinetas"
    made = edits.fill_slots(
        by=by, adaptation=made, values={"help": {"lt": help_lines}, "place": {"lt": " Aktų  salė "}}, at=AT
    )
    content = compose(made)
    assert content["help"]["lt"] == ["Vaikų linija: 116 111", "Mokyklos psichologė, 12 kabinetas"]
    assert content["help"]["en"] == ["Child Line: 116 111"]
    assert content["sections"][0]["blocks"]["lt"][-1]["text"] == "Aktų salė"


def test_a_logo_is_rebuilt_or_refused(centre: Centre):
    made, by = begun(centre, live(centre), kind="slot_fill"), editor()
    made = edits.set_logo(
        by=by, adaptation=made, name="zenklas.svg", content=SVG, alt="Mokyklos ženklas", at=AT
    )
    assert compose(made)["logo"]["mime"] == "image/svg+xml"
    made = edits.set_logo(
        by=by, adaptation=made, name="zenklas.png", content=PNG, alt="Mokyklos ženklas", at=AT
    )
    kept = compose(made)["logo"]
    assert kept["mime"] == "image/png"
    with default_storage.open(kept["file"]) as stored:
        assert b"Software" not in stored.read()
    for name, content, why in (
        ("a.svg", SVG.replace(b"<rect", b"<script>1</script><rect"), "script"),
        ("a.svg", SVG.replace(b"<rect", b'<rect onload="x"'), "script"),
        ("a.svg", SVG.replace(b"<rect", b'<use href="https://kitur.example/a.svg"/><rect'), "outside"),
        ("a.svg", b'<!DOCTYPE svg [<!ENTITY a "b">]>' + SVG, "doctype"),
        ("a.svg", SVG.replace(b'fill="#146"', b'style="fill:url(https://kitur.example/a)"'), "outside"),
        ("a.png", SVG, "belies"),
        (
            "a.svg",
            SVG.replace(b"<rect", b"<g>" * 1500 + b"<rect").replace(b"</svg>", b"</g>" * 1500 + b"</svg>"),
            "damaged",
        ),
        ("a.svg", SVG.replace(b"<rect", b'<g style="' + b"style:" * 5000 + b'"/><a/><rect'), "outside"),
        ("a.png", b"\x89PNG\r\n\x1a\n" + b"\0\0\0\0IHDR" + zlib.crc32(b"IHDR").to_bytes(4, "big"), "damaged"),
        ("a.png", PNG[:40], "damaged"),
        ("a.gif", b"GIF89a" + b"\0" * 20, "not_a_logo"),
        ("a.png", PNG + b"\0" * 500_000, "large"),
    ):
        with pytest.raises(FileRefused) as refused:
            edits.set_logo(by=by, adaptation=made, name=name, content=content, alt="x", at=AT)
        assert refused.value.why == why, (name, why)
    assert compose(edits.remove_logo(by=by, adaptation=made, at=AT))["logo"] is None


def test_own_words_keep_where_they_come_from_and_hold_no_markup(centre: Centre):
    base = live(centre)
    made, by = begun(centre, base), editor()
    words = with_origin(BODY["lt"])
    words[1] = {**words[1], "text": "Mūsų klasė sutaria dėl keturių taisyklių."}
    made = edits.write_section(
        by=by, adaptation=made, section=base.ref, language="lt", title="Mūsų pamoka", body=words, at=AT
    )
    content = compose(made)
    assert content["title"]["lt"] == "Mūsų pamoka"
    assert content["sections"][0]["blocks"]["lt"][1] == {
        "kind": "paragraph",
        "text": "Mūsų klasė sutaria dėl keturių taisyklių.",
    }
    assert made.body[base.ref]["lt"][1]["from"] == 1
    with pytest.raises(BlockRefused):
        edits.write_section(
            by=by,
            adaptation=made,
            section=base.ref,
            language="lt",
            title="x",
            body=[{"kind": "paragraph", "text": "<i>x</i>"}],
            at=AT,
        )
    seen = adaptations.seen_of(made)
    made = edits.restore_section(
        by=by, adaptation=made, section=base.ref, language="lt", at=AT + timedelta(minutes=1)
    )
    assert compose(made)["title"]["lt"] == "Pamoka apie pokalbius"
    with pytest.raises(ChangedMeanwhile):
        edits.write_section(
            by=by,
            adaptation=made,
            section=base.ref,
            language="lt",
            title="x",
            body=words,
            seen=seen,
            at=AT + timedelta(minutes=2),
        )


def test_a_toolkit_in_another_order_with_an_own_part(centre: Centre):
    first = live(centre, title={"lt": "Pirma", "en": "First"})
    second = live(centre, title={"lt": "Antra", "en": "Second"}, licence="CC-BY-ND-4.0")
    kit = live(centre, title={"lt": "Rinkinys", "en": "Kit"}, type="toolkit", parts=[first, second])
    made, by = begun(centre, kit, kind="translation", language="pl"), editor()
    part = edits.add_part(
        by=by, adaptation=made, title="Mūsų dalis", body=BODY["lt"][:2], licence="CC-BY-4.0", at=AT
    )
    made = edits.set_order(by=by, adaptation=made, order=[part.ref, second.ref, first.ref], at=AT)
    content = compose(made)
    assert [section["ref"] for section in content["sections"]] == [part.ref, second.ref, first.ref, kit.ref]
    # A part without derivatives stays as it is, also in a kit that is translated.
    with pytest.raises(LicenceRefused) as refused:
        edits.write_section(
            by=by,
            adaptation=made,
            section=second.ref,
            language="pl",
            title="Druga",
            body=BODY["lt"][:1],
            at=AT,
        )
    assert refused.value.verdict.reasons == ("no_derivatives",)
    made = edits.write_section(
        by=by, adaptation=made, section=first.ref, language="pl", title="Pierwsza", body=BODY["lt"][:1], at=AT
    )
    titles = {section["ref"]: section["title"]["pl"] for section in compose(made)["sections"]}
    assert titles[first.ref] == "Pierwsza"
    assert any("Druga" in line or "Second" in line or "Antra" in line for line in content["credits"]["pl"])
    made.refresh_from_db()
    assert (
        compose(edits.remove_part(by=by, adaptation=made, part=part, at=AT))["sections"][0]["ref"]
        == second.ref
    )


def test_a_toolkit_with_a_part_under_terms_of_its_own_asks_the_owner(centre: Centre):
    terms = {"licence": "custom", "licence_note": {"lt": "Klausti.", "en": "Ask."}}
    closed = live(centre, title={"lt": "Sava", "en": "Own"}, **terms)
    kit = live(centre, title={"lt": "Rinkinys", "en": "Kit"}, type="toolkit", parts=[closed])
    made = begun(centre, kit, kind="slot_fill")
    assert (made.state, made.licence_outcome["answer"], adaptations.owner_reasons(made)) == (
        "editing",
        "ask_owner",
        ["custom"],
    )


def test_released_by_the_partner_alone_and_kept_as_it_was(centre: Centre):
    made = released(centre)
    assert (made.state, made.release_number) == ("released", 1)
    assert made.releases.get().content["title"]["lt"] == "Pamoka apie pokalbius"
    with pytest.raises(NotEditing):
        edits.fill_slots(by=editor(), adaptation=made, values={}, at=AT)
    with pytest.raises(MoveNotAllowed):
        adaptations.release_adaptation(by=editor(), adaptation=made, at=AT)


def test_back_to_editing_needs_words_and_required_slots_must_be_filled(centre: Centre):
    slots = [{"code": "place", "kind": "place", "required": True, "default": {}}]
    base = live(centre, slots=slots, body={"lt": BODY["lt"][:2], "en": BODY["en"][:2]})
    made, by = begun(centre, base), editor()
    with pytest.raises(SlotsMissing) as missing:
        adaptations.send_to_review(by=by, adaptation=made, at=AT)
    assert missing.value.codes == ["place"]
    edits.fill_slots(by=by, adaptation=made, values={"place": {"lt": "Salė"}}, at=AT)
    made = adaptations.send_to_review(by=by, adaptation=made, at=AT)
    with pytest.raises(TextMissing):
        adaptations.back_to_editing(by=by, adaptation=made, comment=" ", at=AT)
    assert (
        adaptations.back_to_editing(by=by, adaptation=made, comment="Trūksta laiko.", at=AT).state
        == "editing"
    )


@pytest.mark.parametrize(
    ("more", "logo", "reasons"),
    [
        ({"sensitivity": "adult_guided"}, False, ["sensitive"]),
        ({"licence": "custom", "licence_note": {"lt": "Klausti.", "en": "Ask."}}, False, ["custom"]),
        ({}, True, ["logo"]),
    ],
)
def test_the_owner_is_asked_only_where_needed(centre: Centre, more: dict, logo: bool, reasons: list[str]):
    made, by = begun(centre, live(centre, **more)), editor()
    if logo:
        made = edits.set_logo(
            by=by, adaptation=made, name="a.svg", content=SVG, alt="Ženklas", ours_too=True, at=AT
        )
    made = adaptations.send_to_review(by=by, adaptation=made, at=AT)
    made = adaptations.release_adaptation(by=by, adaptation=made, at=AT)
    assert (made.state, adaptations.owner_reasons(made)) == ("owner_approval", reasons)
    with pytest.raises(PermissionRefused):
        adaptations.approve_adaptation(by=by, adaptation=made, at=AT)
    owner = centre.actor("PARTNER_MANAGER")
    with pytest.raises(TextMissing):
        adaptations.object_to(by=owner, adaptation=made, words="", at=AT)
    assert adaptations.object_to(by=owner, adaptation=made, words="Ženklas per didelis.", at=AT).owner_words
    made = adaptations.approve_adaptation(by=owner, adaptation=made, at=AT)
    assert (made.state, made.owner_words, made.releases.count()) == ("released", "", 1)


def test_commercial_use_of_a_work_not_for_profit_is_refused(centre: Centre):
    base = live(centre, licence="CC-BY-NC-4.0")
    assert begun(centre, base, commercial=True).licence_outcome["reasons"] == ["not_commercial"]
    assert begun(centre, base).state == "editing"


def test_a_draft_is_not_adapted_and_a_partner_joins_once(centre: Centre):
    from factories.resources import draft

    assert fields()
    with pytest.raises(adaptations.NotOffered):
        begun(centre, draft(centre))
    held = school(centre)
    with pytest.raises(partners.PartnerExists):
        partners.join_partner(by=centre.actor("PARTNER_MANAGER"), organisation=held.registered_as, at=AT)
    closed = other_partner().registered_as
    closed.valid_to = AT
    with pytest.raises(partners.OrganisationClosed):
        partners.join_partner(by=centre.actor("PARTNER_MANAGER"), organisation=closed, at=AT)
