"""“The original has changed”: the difference in words, block by block; merged as chosen, or put off with an
end; offered by a job.
"""

from datetime import timedelta

import pytest
from factories.adaptations import BODY, SWEEP, begun, deployed, editor, live, next_version, offered, released
from factories.resources import approved

from sauga.kernel.refusals import TextMissing
from sauga.repository.adaptations.actions import adaptations, edits, upstream_updates
from sauga.repository.adaptations.actions.adaptations import LicenceRefused
from sauga.repository.adaptations.models import Adaptation
from sauga.repository.adaptations.queries.composition import compose
from sauga.repository.adaptations.queries.upstream_updates import merge_rows, other_changes
from sauga.repository.deployments import actions as deployment_actions
from sauga.repository.resources.actions import publication
from sauga.repository.resources.actions.publication import NotInFuture
from sauga.repository.resources.rules.upstream_diff import (
    ChoiceMissing,
    Take,
    merged,
    rows,
    with_origin,
    word_pieces,
)
from tests.centre import AT, Centre, centre  # noqa: F401  a fixture

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


def said(text: str) -> dict:
    """A paragraph."""
    return {"kind": "paragraph", "text": text}


BASE = [
    said("Sveiki, mielos mokytojos."),
    said("Kalbame ramiai ir aiškiai apie internetą."),
    said("Pabaigoje padėkojame."),
]
NEWER = [
    BASE[0],
    said("Kalbame labai ramiai ir aiškiai apie internetą."),
    said("Visai naujas dalykas: trys žingsniai."),
    BASE[2],
]


def test_words_that_came_and_went():
    pieces = word_pieces("Kalbame ramiai ir ilgai.", "Kalbame labai ramiai.")
    assert "".join(piece.text for piece in pieces if piece.kind != "new") == "Kalbame ramiai ir ilgai."
    assert "".join(piece.text for piece in pieces if piece.kind != "gone") == "Kalbame labai ramiai."
    assert [piece.text.strip() for piece in pieces if piece.kind == "new"] == ["labai"]


def test_what_only_the_original_changed_is_taken_and_own_words_stay():
    ours = with_origin(BASE)
    ours[0] = {**ours[0], "text": "Labas rytas, penktokai."}
    ours.insert(1, said("Mūsų klasės priedas."))
    found = rows(BASE, NEWER, ours)
    assert [row.change for row in found] == ["ours", "ours", "theirs", "theirs", "same"]
    kept = merged(found, {})
    assert [block["text"] for block in kept] == [
        "Labas rytas, penktokai.",
        "Mūsų klasės priedas.",
        "Kalbame labai ramiai ir aiškiai apie internetą.",
        "Visai naujas dalykas: trys žingsniai.",
        "Pabaigoje padėkojame.",
    ]
    assert [block.get("from") for block in kept] == [0, None, 1, 2, 3]
    assert rows(NEWER, NEWER, kept)[0].change == "ours"  # the next update starts from here


def test_a_conflict_waits_for_a_person_who_may_take_one_or_both():
    ours = with_origin(BASE)
    ours[1] = {**ours[1], "text": "Kalbame trumpai."}
    found = rows(BASE, NEWER, ours)
    assert [place for place, row in enumerate(found) if row.wants_choice] == [1]
    with pytest.raises(ChoiceMissing) as missing:
        merged(found, {})
    assert missing.value.places == [1]
    theirs, own = "Kalbame labai ramiai ir aiškiai apie internetą.", "Kalbame trumpai."
    for take, texts in ((Take.THEIRS, [theirs]), (Take.OURS, [own]), (Take.BOTH, [theirs, own])):
        kept = [block["text"] for block in merged(found, {1: take})]
        assert kept == [BASE[0]["text"], *texts, NEWER[2]["text"], BASE[2]["text"]]


def test_what_left_the_original_leaves_unless_it_was_changed():
    ours = with_origin(BASE)
    shorter = [BASE[0], BASE[2]]
    assert [block["text"] for block in merged(rows(BASE, shorter, ours), {})] == [
        BASE[0]["text"],
        BASE[2]["text"],
    ]
    ours[1] = {**ours[1], "text": "Savais žodžiais."}
    found = rows(BASE, shorter, ours)
    assert found[1].wants_choice
    assert len(merged(found, {1: Take.OURS})) == 3
    assert len(merged(found, {1: Take.THEIRS})) == 2


def test_both_sides_made_the_same_change():
    ours = with_origin(BASE)
    ours[1] = {**ours[1], "text": NEWER[1]["text"]}
    assert rows(BASE, NEWER, ours)[1].change == "agreed"


def test_a_translation_is_asked_about_every_change_of_the_source():
    ours = [{**block, "text": f"PL {block['text']}"} for block in with_origin(BASE)]
    found = rows(BASE, NEWER, ours, translated=True)
    assert [row.change for row in found] == ["same", "conflict", "theirs", "same"]


def changed_words(word: str) -> dict:
    """The original's words with another second block."""
    body = {language: [dict(block) for block in blocks] for language, blocks in BODY.items()}
    body["lt"][1]["text"] = f"Klasė sutaria dėl {word} bendravimo taisyklių."
    return body


def test_a_new_version_is_offered_and_merged(centre: Centre):
    base, by = live(centre), editor()
    made = begun(centre, base)
    words = with_origin(BODY["lt"])
    words[0] = {**words[0], "text": "Mūsų tikslas"}
    made = edits.write_section(
        by=by, adaptation=made, section=base.ref, language="lt", title="Mūsų", body=words, at=AT
    )
    made = adaptations.release_adaptation(
        by=by, adaptation=adaptations.send_to_review(by=by, adaptation=made, at=AT), at=AT
    )
    assert upstream_updates.offer_updates(by=SWEEP, at=AT) == 0
    made = offered(centre, made, body=changed_words("penkių"))
    assert (made.state, made.offered_version.number) == ("merge_offered", 2)
    assert upstream_updates.offer_updates(by=SWEEP, at=AT + DAY) == 0
    assert [row.change for row in merge_rows(made)[base.ref, "lt"]][:2] == ["ours", "theirs"]
    assert other_changes(made) == []  # English did not change
    made = upstream_updates.merge_adaptation(by=by, adaptation=made, choices={}, at=AT + DAY)
    assert (made.state, made.base_version.number, made.release_number, made.offered_version) == (
        "released",
        2,
        2,
        None,
    )
    texts = [block.get("text") for block in compose(made)["sections"][0]["blocks"]["lt"]]
    assert texts[:2] == ["Mūsų tikslas", "Klasė sutaria dėl penkių bendravimo taisyklių."]
    assert (
        made.releases.get(number=1).content["sections"][0]["blocks"]["lt"][1]["text"] == BODY["lt"][1]["text"]
    )
    with pytest.raises(upstream_updates.NothingOffered):
        upstream_updates.merge_adaptation(by=by, adaptation=made, choices={}, at=AT + DAY)


def test_put_off_until_a_day_or_a_newer_version(centre: Centre):
    made, by = offered(centre, released(centre), body=changed_words("penkių")), editor()
    until = (AT + 10 * DAY).date()
    with pytest.raises(TextMissing):
        upstream_updates.pin_adaptation(by=by, adaptation=made, reason=" ", until=until, at=AT + DAY)
    with pytest.raises(NotInFuture):
        upstream_updates.pin_adaptation(
            by=by, adaptation=made, reason="Pusmetis", until=AT.date(), at=AT + DAY
        )
    made = upstream_updates.pin_adaptation(
        by=by, adaptation=made, reason="Pusmetis jau suplanuotas.", until=until, at=AT + DAY
    )
    assert upstream_updates.offer_updates(by=SWEEP, at=AT + 9 * DAY) == 0
    next_version(centre, made.base, at=AT + 9 * DAY, body=changed_words("šešių"))
    assert upstream_updates.offer_updates(by=SWEEP, at=AT + 9 * DAY) == 1
    made.refresh_from_db()
    assert (made.state, made.offered_version.number) == ("merge_offered", 3)
    made = upstream_updates.pin_adaptation(
        by=by, adaptation=made, reason="Dar ne.", until=until, at=AT + 9 * DAY
    )
    assert upstream_updates.offer_updates(by=SWEEP, at=AT + 11 * DAY) == 1


def test_a_new_version_under_a_narrower_licence_is_not_merged(centre: Centre):
    made = offered(centre, released(centre), licence="CC-BY-ND-4.0")
    with pytest.raises(LicenceRefused):
        upstream_updates.merge_adaptation(by=editor(), adaptation=made, choices={}, at=AT + DAY)


def test_after_a_withdrawal_nothing_runs_before_the_new_version_is_merged(centre: Centre):
    base, by = live(centre), editor()
    made = released(centre, base)
    running, _token = deployed(centre, made)
    guard = centre.actor("SAFEGUARDING_EDITOR")
    base = publication.withdraw_resource(by=guard, resource=base, reason={"lt": "Klaida."}, at=AT + DAY)
    made.refresh_from_db()
    running.refresh_from_db()
    assert (made.state, running.state) == ("suspended", "suspended")
    assert upstream_updates.offer_updates(by=SWEEP, at=AT + DAY) == 0
    with pytest.raises(deployment_actions.NotReleased):
        deployment_actions.resume_deployment(
            by=centre.actor("PARTNER_MANAGER"), deployment=running, at=AT + DAY
        )
    base = publication.rework_resource(by=centre.actor("EDITOR"), resource=base, at=AT + DAY)
    from sauga.repository.resources.actions import resources

    base = resources.edit_resource(
        by=centre.actor("EDITOR"), resource=base, body=changed_words("penkių"), at=AT + DAY
    )
    publication.publish_resource(
        by=centre.actor("PUBLISHER"), resource=approved(centre, base, at=AT + DAY), at=AT + DAY
    )
    upstream_updates.offer_updates(by=SWEEP, at=AT + DAY)
    made.refresh_from_db()
    running.refresh_from_db()
    assert (made.state, running.state) == ("merge_offered", "suspended")
    upstream_updates.merge_adaptation(by=by, adaptation=made, choices={}, at=AT + DAY)
    running.refresh_from_db()
    assert running.state == "active"


def test_the_job_reaches_all_of_them(centre: Centre):
    base = live(centre)
    first = released(centre, base)
    names = [field.name for field in Adaptation._meta.concrete_fields if field.name not in {"id", "ref"}]
    Adaptation.objects.bulk_create(
        Adaptation(**{name: getattr(first, name) for name in names}) for _ in range(130)
    )
    next_version(centre, base, at=AT + DAY, body=changed_words("penkių"))
    assert upstream_updates.offer_updates(by=SWEEP, at=AT + DAY) == 131
    assert Adaptation.objects.filter(state="merge_offered").count() == 131
