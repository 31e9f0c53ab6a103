"""Reading a resource before it is published: preview, changes, files; the gate before and
beside the decision.
"""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from factories.resources import PDF, approved, draft, opened, published, with_file

from sauga.kernel.audit.models import TrailLine
from sauga.kernel.identity import PermissionRefused
from sauga.repository.resources.actions import files, publication, resources, review, transitions
from sauga.repository.resources.models import FileOpening
from sauga.repository.resources.queries import review as read
from sauga.repository.resources.queries.review import Since, What
from tests.centre import AT, Centre, centre, sign_in  # noqa: F401  a fixture
from tests.repository.catalogue.test_public import body as sent

pytestmark = pytest.mark.django_db
LATER = AT + timedelta(hours=1)
BODY = {"lt": [{"kind": "paragraph", "text": "Išklausykite ir padėkokite. Pažadėkite niekam nesakyti."}]}
NEW_BODY = {"lt": [{"kind": "paragraph", "text": "Išklausykite ir padėkokite. Nežadėkite paslapties."}]}


@pytest.fixture
def waiting(centre: Centre):
    """A resource with a text and a file, handed in for review."""
    resource = draft(centre)
    resource = resources.edit_resource(by=centre.actor("EDITOR"), resource=resource, body=BODY, at=AT)
    with_file(centre, resource)
    return review.submit_resource(by=centre.actor("EDITOR"), resource=resource, at=AT)


def page(client: Client, resource, name: str = "repository-review", *more: str) -> str:
    answer = client.get(reverse(name, args=[resource.ref, *more]))
    assert answer.status_code == 200
    return answer.content.decode()


def test_a_reviewer_reads_the_public_page_before_it_is_public(centre: Centre, waiting):
    reviewer = sign_in(centre, "EDITOR_2")
    shown = page(reviewer, waiting)
    preview = reverse("repository-review-preview", args=[waiting.ref, "lt"])
    assert f'src="{preview}?look=light"' in shown and 'sandbox="allow-same-origin"' in shown
    assert "/do/pass/" in shown
    answer = reviewer.get(preview)
    text = answer.content.decode()
    assert "Pažadėkite niekam nesakyti." in text and "Pamoka apie pokalbius" in text and 'lang="lt"' in text
    policy = answer.headers["Content-Security-Policy"]
    assert (
        "frame-ancestors 'self'" in policy and "script-src" not in policy and "form-action 'none'" in policy
    )
    assert answer.headers["X-Frame-Options"] == "SAMEORIGIN"
    assert (
        "A lesson about chats"
        in reviewer.get(reverse("repository-review-preview", args=[waiting.ref, "en"])).content.decode()
    )
    assert Client().get("/lt/istekliai/pamoka-apie-pokalbius/").status_code == 404, "nobody else sees it"
    assert reviewer.get(reverse("repository-review-preview", args=[waiting.ref, "pl"])).status_code == 404


def test_an_author_has_the_preview_without_the_decision(centre: Centre, waiting):
    author = sign_in(centre, "EDITOR")
    shown = page(author, waiting)
    assert "/do/pass/" not in shown and "/do/changes/" not in shown
    assert "Pažadėkite" in page(author, waiting, "repository-review-preview", "lt")
    assert sign_in(centre, "ANALYST").get(reverse("repository-review", args=[waiting.ref])).status_code == 404


def test_every_file_is_opened_before_it_is_approved(centre: Centre, waiting):
    reviewer, by = sign_in(centre, "EDITOR_2"), centre.actor("EDITOR_2")
    with pytest.raises(review.FilesUnopened) as unread:
        review.pass_review(by=by, resource=waiting, at=LATER)
    assert unread.value.files == ["a.pdf"]
    told = reviewer.post(reverse("repository-desk-do", args=[waiting.ref, "pass"]), follow=True)
    assert "Pirma atverkite šiuos failus: a.pdf." in told.content.decode()
    waiting.refresh_from_db()
    assert waiting.state == "in_review"
    row = waiting.renditions.get()
    answer = reviewer.get(reverse("repository-review-file", args=[waiting.ref, row.ref]))
    assert sent(answer) == PDF and answer.headers["Cache-Control"] == "no-store"
    sent(reviewer.get(reverse("repository-review-file", args=[waiting.ref, row.ref])))
    assert FileOpening.objects.filter(person=centre.people["EDITOR_2"]).count() == 1
    assert TrailLine.objects.filter(action="file:opened").count() == 1
    assert "Atverti visi failai".lower() in page(reviewer, waiting).lower()
    assert reviewer.post(reverse("repository-desk-do", args=[waiting.ref, "pass"])).status_code == 302
    waiting.refresh_from_db()
    assert waiting.state == "approved"


def test_the_child_safety_checker_opens_the_files_too(centre: Centre):
    resource = draft(centre, sensitivity="adult_guided")
    with_file(centre, resource)
    resource = review.submit_resource(by=centre.actor("EDITOR"), resource=resource, at=AT)
    resource = review.pass_review(by=opened(centre, resource, "EDITOR_2"), resource=resource, at=AT)
    with pytest.raises(review.FilesUnopened):
        review.pass_child_safety(by=centre.actor("SAFEGUARDING_EDITOR"), resource=resource, at=AT)
    by = opened(centre, resource, "SAFEGUARDING_EDITOR")
    assert review.pass_child_safety(by=by, resource=resource, at=AT).state == "approved"


def test_only_people_of_the_desk_open_files(centre: Centre, waiting):
    with pytest.raises(PermissionRefused):
        review.open_file(by=centre.actor("ANALYST"), rendition=waiting.renditions.get(), at=AT)


def test_what_changed_since_the_published_version(centre: Centre):
    resource = draft(centre)
    resource = resources.edit_resource(by=centre.actor("EDITOR"), resource=resource, body=BODY, at=AT)
    with_file(centre, resource)
    resource = publication.publish_resource(
        by=centre.actor("PUBLISHER"), resource=approved(centre, resource), at=AT
    )
    assert read.differences(resource) == []
    revision = resources.open_revision(by=centre.actor("EDITOR"), resource=resource, at=LATER)
    new = {"body": NEW_BODY, "age_min": 9, "topics": ["media_literacy", "fake_news"]}
    revision = resources.edit_resource(by=centre.actor("EDITOR"), resource=revision, at=LATER, **new)
    with_file(
        centre, revision, content=PDF.replace(b"%%EOF", b"%%EOF\n%"), kind="print_ready", name="plakatas.pdf"
    )
    kinds = [(one.what, one.name) for one in read.differences(revision)]
    assert kinds == [
        (What.TEXT, "body"),
        (What.FIELD, "topics"),
        (What.FIELD, "age_min"),
        (What.FILE, "print_ready"),
    ]
    body = read.differences(revision)[0]
    assert "Nežadėkite" in "".join(piece.text for piece in body.pieces if piece.kind == "new")
    assert "Pažadėkite" in "".join(piece.text for piece in body.pieces if piece.kind == "gone")
    since = {one.name: one.since for one in read.reviewed_files(revision, None)}
    assert since == {"a.pdf": Since.SAME, "plakatas.pdf": Since.NEW}
    files.remove_file(by=centre.actor("EDITOR"), rendition=revision.renditions.get(name="a.pdf"), at=LATER)
    assert read.reviewed_files(revision, None)[-1].since is Since.REMOVED
    shown = page(sign_in(centre, "EDITOR_2"), revision)
    assert (
        "<ins>Nežadėkite" in shown
        and "<del>" in shown
        and "plakatas.pdf" in shown
        and "melagienos" in shown.lower()
    )


def test_what_publishing_would_refuse_is_not_handed_in(centre: Centre):
    resource = draft(
        centre, type="video", languages=["lt"], title={"lt": "Vaizdas"}, abstract={"lt": "Trumpai."}
    )
    with pytest.raises(transitions.GateBlocked) as shut:
        review.submit_resource(by=centre.actor("EDITOR"), resource=resource, at=AT)
    assert shut.value.failing == ["captions", "transcript", "audio_description", "both_languages"]
    client = sign_in(centre, "EDITOR")
    told = client.post(
        reverse("repository-desk-do", args=[resource.ref, "submit"]), follow=True
    ).content.decode()
    assert "Neįveiktos patikros" in told
    resource.refresh_from_db()
    assert resource.state == "draft"


def test_what_publishing_would_refuse_is_not_approved(centre: Centre, waiting):
    by = opened(centre, waiting, "EDITOR_2")
    late = AT + timedelta(days=400)
    with pytest.raises(transitions.GateBlocked) as shut:
        review.pass_review(by=by, resource=waiting, at=late)
    assert shut.value.failing == ["review_date"]
    assert "peržiūros data" in page(sign_in(centre, "EDITOR_2"), waiting), (
        "the checks stand beside the decision"
    )


def test_what_would_be_refused_on_its_day_is_not_scheduled(centre: Centre):
    resource = approved(centre, draft(centre))
    with pytest.raises(publication.GateBlocked):
        publication.schedule_resource(
            by=centre.actor("PUBLISHER"), resource=resource, publish_at=AT + timedelta(days=400), at=AT
        )
    resource.refresh_from_db()
    assert (resource.state, resource.publish_at) == ("approved", None)


def test_a_translation_that_was_not_made_is_no_translation(centre: Centre):
    lithuanian = "Trumpa pamoka klasei apie tai, kaip kalbėtis su vaikais ir ką daryti, kai kas nors negerai."
    resource = draft(centre, abstract={"lt": lithuanian, "en": lithuanian})
    with pytest.raises(transitions.GateBlocked) as shut:
        review.submit_resource(by=centre.actor("EDITOR"), resource=resource, at=AT)
    assert shut.value.failing == ["both_languages"]


def test_a_refused_file_leaves_a_page_that_can_be_fetched_again(centre: Centre):
    resource, client = draft(centre), sign_in(centre, "EDITOR")
    address = reverse("repository-desk-file-add", args=[resource.ref])
    here = reverse("repository-desk-resource", args=[resource.ref])
    refused = client.post(address, {"kind": "main", "language": "lt"})
    assert refused.status_code == 422 and f'data-here="{here}"' in refused.content.decode()
    assert client.get(address).headers["Location"] == here
    assert (
        client.get(reverse("repository-desk-do", args=[resource.ref, "submit"])).headers["Location"] == here
    )


def test_the_resource_leads_to_its_gate_and_its_preview(centre: Centre, waiting):
    shown = (
        sign_in(centre, "EDITOR")
        .get(reverse("repository-desk-resource", args=[waiting.ref]))
        .content.decode()
    )
    for name in ("repository-gate", "repository-review"):
        assert f'href="{reverse(name, args=[waiting.ref])}"' in shown
    manager = (
        sign_in(centre, "PARTNER_MANAGER")
        .get(reverse("repository-desk-resource", args=[waiting.ref]))
        .content.decode()
    )
    assert reverse("repository-gate", args=[waiting.ref]) not in manager


def test_channels_that_are_not_made_are_not_offered(centre: Centre):
    place = reverse("repository-desk-step", args=[draft(centre).ref, "text"])
    shown = sign_in(centre, "EDITOR").get(place).content.decode()
    assert 'value="scorm2004"' in shown and 'value="cmi5"' not in shown and 'value="lti13"' not in shown


def test_the_first_version_says_that_there_is_nothing_to_compare(centre: Centre, waiting):
    assert "palyginti nėra su kuo" in page(sign_in(centre, "EDITOR_2"), waiting)
    assert (
        read.differences(waiting) == []
        and published(centre, slug_lt="kita", slug_en="other").version_number == 1
    )
