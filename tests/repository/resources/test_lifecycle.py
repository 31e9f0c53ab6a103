"""A resource's life, through its actions: made, judged by others, published in versions, taken back,
brought to its end.
"""

from datetime import timedelta

import pytest
from factories.adaptations import other_partner
from factories.resources import PDF, approved, draft, fields, published, with_file

from sauga.kernel import media
from sauga.kernel.identity import PermissionRefused
from sauga.kernel.refusals import ChangedMeanwhile, TextMissing
from sauga.kernel.states import MoveNotAllowed, SystemActor
from sauga.repository.adaptations.models import Adaptation
from sauga.repository.deployments.models import Deployment
from sauga.repository.resources.actions import files, publication, resources, review, transitions
from sauga.repository.resources.models import Resource
from sauga.repository.resources.rules.metadata import MetadataRefused
from tests.centre import AT, Centre, centre  # noqa: F401  a fixture

pytestmark = pytest.mark.django_db
SWEEP = SystemActor("repository")
LATER = AT + timedelta(hours=1)


def test_from_draft_to_the_first_version(centre: Centre):
    resource = published(centre)
    assert (resource.state, resource.version_number, resource.published_at) == ("published", 1, AT)
    version = resource.versions.get()
    assert version.snapshot["title"]["lt"] == "Pamoka apie pokalbius"
    assert version.snapshot["files"][0]["sha256"] == resource.renditions.get().sha256
    assert resource.renditions.get().version == version
    assert [step.after for step in resource.steps.order_by("pk")] == [
        "in_review",
        "gate_check",
        "approved",
        "published",
    ]


def test_review_asks_for_what_is_missing_and_for_another_person(centre: Centre):
    resource = draft(centre, topics=[], abstract={"lt": "Trumpai."})
    with pytest.raises(review.Incomplete) as missing:
        review.submit_resource(by=centre.actor("EDITOR"), resource=resource, at=AT)
    assert missing.value.missing == ["topics", "abstract_en"]
    resource = review.submit_resource(by=centre.actor("EDITOR"), resource=draft(centre), at=AT)
    with pytest.raises(transitions.OwnWork):
        review.pass_review(by=centre.actor("EDITOR"), resource=resource, at=AT)
    with pytest.raises(PermissionRefused):
        review.pass_review(by=centre.actor("PARTNER_MANAGER"), resource=resource, at=AT)


def test_changes_are_asked_for_with_words_and_must_be_made(centre: Centre):
    resource = review.submit_resource(by=centre.actor("EDITOR"), resource=draft(centre), at=AT)
    with pytest.raises(TextMissing):
        review.request_changes(by=centre.actor("EDITOR_2"), resource=resource, text=" ", at=AT)
    resource = review.request_changes(
        by=centre.actor("EDITOR_2"), resource=resource, text="Trūksta trukmės.", at=AT
    )
    with pytest.raises(review.NothingChanged):
        review.submit_resource(by=centre.actor("EDITOR"), resource=resource, at=LATER)
    resource = resources.edit_resource(
        by=centre.actor("EDITOR"), resource=resource, learning_minutes=45, at=LATER
    )
    assert review.submit_resource(by=centre.actor("EDITOR"), resource=resource, at=LATER).state == "in_review"
    assert resource.remarks.get().text == "Trūksta trukmės."


def test_a_sensitive_topic_is_seen_by_a_second_person(centre: Centre):
    resource = review.submit_resource(
        by=centre.actor("EDITOR"), resource=draft(centre, sensitivity="adult_guided"), at=AT
    )
    resource = review.pass_review(by=centre.actor("EDITOR_2"), resource=resource, at=AT)
    assert resource.state == "child_safety_check"
    with pytest.raises(PermissionRefused):
        review.pass_child_safety(by=centre.actor("EDITOR_2"), resource=resource, at=AT)
    with pytest.raises(PermissionRefused):
        review.request_changes(by=centre.actor("EDITOR_2"), resource=resource, text="x", at=AT)
    assert (
        review.pass_child_safety(by=centre.actor("SAFEGUARDING_EDITOR"), resource=resource, at=AT).state
        == "approved"
    )


def test_gate_refuses_with_the_list_and_an_override_has_name_reason_and_end(centre: Centre):
    resource = draft(
        centre, type="video", topics=["cyberbullying"], languages=["lt"], title={"lt": "Vaizdas"}
    )
    with pytest.raises(transitions.GateBlocked) as shut:
        approved(centre, resource)
    assert shut.value.failing == [
        "captions",
        "transcript",
        "audio_description",
        "both_languages",
        "help_block",
    ]
    chief = centre.actor("PUBLISHER")
    with pytest.raises(review.OverrideRefused):
        review.override_gate(
            by=chief,
            resource=resource,
            check="captions",
            reason={"lt": "Nespėta."},
            until="2027-01-01",
            at=AT,
        )
    with pytest.raises(review.OverrideRefused):
        review.override_gate(
            by=chief, resource=resource, check="transcript", reason={"lt": " "}, until="2027-01-01", at=AT
        )
    resource = review.override_gate(
        by=chief,
        resource=resource,
        check="transcript",
        reason={"lt": "Nėra kalbos."},
        until="2027-01-01",
        at=AT,
    )
    assert resource.gate_overrides[0]["by"] == chief.pseudonym


def test_publishing_is_scheduled_for_the_future_and_happens_then(centre: Centre):
    resource = approved(centre, draft(centre))
    chief = centre.actor("PUBLISHER")
    with pytest.raises(publication.NotInFuture):
        publication.schedule_resource(by=chief, resource=resource, publish_at=AT, at=AT)
    publication.schedule_resource(by=chief, resource=resource, publish_at=LATER, at=AT)
    assert publication.publish_due(by=SWEEP, at=AT) == 0
    assert publication.publish_due(by=SWEEP, at=LATER) == 1
    assert Resource.objects.get().state == "published"


def test_a_scheduled_resource_whose_gate_shut_stays_and_says_so_once(centre: Centre):
    resource = approved(centre, draft(centre))
    publication.schedule_resource(by=centre.actor("PUBLISHER"), resource=resource, publish_at=LATER, at=AT)
    much_later = AT + timedelta(days=400)
    for _again in range(2):
        assert publication.publish_due(by=SWEEP, at=much_later) == 0
    assert [remark.text for remark in resource.remarks.all()] == ["review_date"]


def test_a_live_resource_is_changed_in_a_revision(centre: Centre):
    resource = published(centre)
    editor = centre.actor("EDITOR")
    with pytest.raises(resources.NotEditable):
        resources.edit_resource(by=editor, resource=resource, learning_minutes=10, at=LATER)
    revision = resources.open_revision(by=editor, resource=resource, at=LATER)
    assert resources.open_revision(by=editor, resource=resource, at=LATER) == revision
    assert (revision.version, revision.renditions.count()) == ("1.1", 1)
    revision = resources.edit_resource(
        by=editor, resource=revision, title={"lt": "Nauja", "en": "New"}, at=LATER
    )
    live = publication.publish_resource(
        by=centre.actor("PUBLISHER"), resource=approved(centre, revision, at=LATER), at=LATER
    )
    assert (live.pk, live.slug_lt, live.title["lt"], live.version_number, live.version) == (
        resource.pk,
        "pamoka-apie-pokalbius",
        "Nauja",
        2,
        "1.1",
    )
    assert [version.snapshot["title"]["lt"] for version in live.versions.order_by("number")] == [
        "Pamoka apie pokalbius",
        "Nauja",
    ]
    assert list(Resource.objects.live()) == [live]
    revision.refresh_from_db()
    assert revision.state == "archived"
    assert resources.open_revision(by=editor, resource=live, at=LATER).pk != revision.pk


def test_review_date_passes_and_is_set_anew(centre: Centre):
    resource = published(centre)
    after = AT + timedelta(days=301)
    assert publication.mark_overdue(by=SWEEP, at=after) == 1
    resource.refresh_from_db()
    assert (resource.state, resource.is_live()) == ("review_due", True)
    with pytest.raises(publication.NotInFuture):
        publication.confirm_review(
            by=centre.actor("EDITOR"), resource=resource, review_by=after.date(), at=after
        )
    later = (after + timedelta(days=200)).date()
    assert (
        publication.confirm_review(
            by=centre.actor("EDITOR"), resource=resource, review_by=later, at=after
        ).state
        == "published"
    )


def test_withdrawal_needs_the_role_and_a_reason_and_reaches_every_copy(centre: Centre):
    resource = published(centre)
    partner = other_partner()
    version = resource.versions.get()
    adapted = Adaptation.objects.create(
        base=resource,
        base_version=version,
        kind="slot_fill",
        organisation=partner,
        language="lt",
        state="released",
        created_at=AT,
        changed_at=AT,
    )
    for thing, state in (
        ({"resource": resource}, "active"),
        ({"adaptation": adapted}, "stale"),
        ({"resource": resource}, "ended"),
    ):
        Deployment.objects.create(
            **thing, organisation=partner, channel="page_widget", state=state, requested_at=AT
        )
    safety = centre.actor("SAFEGUARDING_EDITOR")
    with pytest.raises(PermissionRefused):
        publication.withdraw_resource(
            by=centre.actor("PUBLISHER"), resource=resource, reason={"lt": "Klaida."}, at=LATER
        )
    with pytest.raises(TextMissing):
        publication.withdraw_resource(by=safety, resource=resource, reason={"lt": " "}, at=LATER)
    resource = publication.withdraw_resource(by=safety, resource=resource, reason={"lt": "Klaida."}, at=LATER)
    adapted.refresh_from_db()
    assert (resource.state, adapted.state) == ("withdrawn", "suspended")
    assert sorted(Deployment.objects.values_list("state", flat=True)) == ["ended", "suspended", "suspended"]
    assert list(Resource.objects.with_page()) == [resource]
    assert not Resource.objects.public()
    again = publication.rework_resource(by=centre.actor("EDITOR"), resource=resource, at=LATER)
    assert again.state == "draft"


def test_retired_with_what_instead_then_archived(centre: Centre):
    old, new = published(centre), published(centre, title={"lt": "Kita", "en": "Other"})
    chief = centre.actor("PUBLISHER")
    old = publication.retire_resource(
        by=chief, resource=old, reason={"lt": "Pasenusi."}, replaced_by=new, at=LATER
    )
    assert (old.state, old.replaced_by) == ("retired", new)
    with pytest.raises(MoveNotAllowed):
        publication.withdraw_resource(
            by=centre.actor("SAFEGUARDING_EDITOR"), resource=old, reason={"lt": "x"}, at=LATER
        )
    assert publication.archive_due(by=SWEEP, before=AT, at=LATER) == 0
    assert publication.archive_due(by=SWEEP, before=LATER + timedelta(days=1), at=LATER) == 1
    assert list(Resource.objects.with_page()) == [new]


def test_a_draft_may_be_discarded_and_what_was_published_not(centre: Centre):
    resources.discard_resource(by=centre.actor("EDITOR"), resource=draft(centre), at=AT)
    assert not Resource.objects.exists()
    revision = resources.open_revision(by=centre.actor("EDITOR"), resource=published(centre), at=AT)
    resources.discard_resource(by=centre.actor("EDITOR"), resource=revision, at=AT)
    withdrawn = publication.withdraw_resource(
        by=centre.actor("SAFEGUARDING_EDITOR"), resource=Resource.objects.get(), reason={"lt": "x"}, at=AT
    )
    again = publication.rework_resource(by=centre.actor("EDITOR"), resource=withdrawn, at=AT)
    with pytest.raises(resources.InUse):
        resources.discard_resource(by=centre.actor("EDITOR"), resource=again, at=AT)


def test_a_toolkit_waits_for_its_parts_and_holds_no_circle(centre: Centre):
    part = draft(centre)
    toolkit = draft(centre, type="toolkit", title={"lt": "Rinkinys", "en": "Toolkit"})
    editor = centre.actor("EDITOR")
    resources.set_parts(by=editor, resource=toolkit, parts=[part], at=LATER)
    with pytest.raises(MetadataRefused, match="cycle"):
        resources.set_parts(by=editor, resource=part, parts=[toolkit], at=LATER)
    with pytest.raises(MetadataRefused, match="cycle"):
        resources.set_parts(by=editor, resource=part, parts=[part], at=LATER)
    with pytest.raises(transitions.GateBlocked, match="all_parts_published"):
        approved(centre, toolkit, at=LATER)
    publication.publish_resource(
        by=centre.actor("PUBLISHER"), resource=approved(centre, part, at=LATER), at=LATER
    )
    toolkit = resources.edit_resource(
        by=editor, resource=toolkit, learning_minutes=90, at=LATER + timedelta(hours=1)
    )
    assert approved(centre, toolkit, at=LATER + timedelta(hours=1)).state == "approved"


def test_addresses_are_made_from_titles_and_never_taken_twice(centre: Centre):
    first, second = draft(centre), draft(centre)
    assert (first.slug_lt, second.slug_lt, second.slug_en) == (
        "pamoka-apie-pokalbius",
        "pamoka-apie-pokalbius-2",
        "a-lesson-about-chats-2",
    )
    with pytest.raises(MetadataRefused) as taken:
        resources.edit_resource(by=centre.actor("EDITOR"), resource=second, slug_lt=first.slug_lt, at=LATER)
    assert (taken.value.field, taken.value.why) == ("slug_lt", "taken")


@pytest.mark.parametrize(
    ("change", "field", "why"),
    [
        ({"licence": "CC-BY-9.0"}, "licence", "unknown_code"),
        ({"topics": ["no_such_topic"]}, "topics", "unknown_code"),
        ({"title": {"lt": "<b>x</b>"}}, "title", "markup"),
        ({"abstract": {"lt": "x" * 1201}}, "abstract", "too_long"),
        ({"age_min": 14, "age_max": 10}, "age_max", "ages"),
        ({"slug_en": "Not a slug"}, "slug_en", "slug"),
        ({"body": {"lt": [{"kind": "slot", "slot": "logo"}]}}, "body", "blocks:1:slot"),
    ],
)
def test_what_a_resource_may_not_hold(centre: Centre, change, field, why):
    with pytest.raises(MetadataRefused) as refused:
        resources.create_resource(by=centre.actor("EDITOR"), at=AT, **fields(**change))
    assert (refused.value.field, refused.value.why) == (field, why)


def test_two_editors_do_not_overwrite_each_other(centre: Centre):
    resource = draft(centre)
    seen = resource.modified_at
    resources.edit_resource(
        by=centre.actor("EDITOR"), resource=resource, learning_minutes=10, seen=seen, at=LATER
    )
    with pytest.raises(ChangedMeanwhile):
        resources.edit_resource(
            by=centre.actor("EDITOR_2"), resource=resource, learning_minutes=20, seen=seen, at=LATER
        )


def test_a_file_is_taken_once_removed_and_put_back(centre: Centre):
    resource = draft(centre)
    row = with_file(centre, resource, name="../../Pamokos planas.pdf")
    assert (row.mime, row.name, row.size) == ("application/pdf", "Pamokos-planas.pdf", len(PDF))
    assert media.read(row.media) == PDF
    with pytest.raises(files.SameFile):
        with_file(centre, resource)
    editor = centre.actor("EDITOR")
    assert files.remove_file(by=editor, rendition=row, at=LATER).removed_at == LATER
    assert files.put_back_file(by=editor, rendition=row, at=LATER).removed_at is None
