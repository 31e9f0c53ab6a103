"""Recordings of sessions: attached with captions, handed on to the repository only where every speaker
agrees, shown with the event once published there, stopped everywhere when a consent is withdrawn.
"""

from datetime import timedelta

import pytest
from bs4 import BeautifulSoup
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from factories.answers import body
from factories.events import session
from factories.registrations import PRESENT as NOW
from factories.registrations import coming
from factories.resources import approved
from factories.uploads import film

from sauga.events.photos.actions import withdrawals
from sauga.events.photos.actions.assets import AssetRefused
from sauga.events.photos.models import Asset, Outcome, WithdrawalTask
from sauga.events.programme.actions import speakers as entries
from sauga.events.programme.models import Event, Session, SessionSpeaker, Speaker
from sauga.events.recordings.actions import recordings
from sauga.events.recordings.actions.handing_on import HandOnGiven, HandOnRefused, hand_on
from sauga.events.recordings.actions.recordings import RecordingRefused
from sauga.events.recordings.models import Became, RecordingCaptions, RecordingHandOver
from sauga.events.recordings.rules import LICENCES, agrees, paragraphs
from sauga.events.speakers.queries.links import own_path
from sauga.events.states import AssetState
from sauga.kernel import media, retention
from sauga.kernel.clock import VILNIUS
from sauga.kernel.identity import PermissionRefused
from sauga.kernel.notifications.models import Notification
from sauga.kernel.states import SystemActor
from sauga.repository.permissions import Permission as Repository
from sauga.repository.resources.actions import proposed, publication, resources, review
from sauga.repository.resources.actions.transitions import OwnWork, PublicationObjected
from sauga.repository.resources.models import Resource
from sauga.repository.states import ResourceState
from tests.centre import Centre, centre, sign_in  # noqa: F401  a fixture

pytestmark = pytest.mark.django_db
DESK = "/desk/events/"
SPEAKER = SystemActor("speaker")
TITLE = {"lt": "Pokalbis klasėje", "en": "Talking in class"}
ABSTRACT = {"lt": "Kaip pradėti pokalbį.", "en": "How to begin."}
CUES = "WEBVTT\n\n00:01.000 --> 00:03.000\nLabas rytas.\n\n00:03.000 --> 00:05.000\nPradėkime.\n"
GIVEN = HandOnGiven(title=TITLE, abstract=ABSTRACT, language="lt", licence="CC-BY-4.0")


def status(browser: Client, path: str) -> int:
    """What a browser gets that closes the file."""
    answer = browser.get(path)
    body(answer)
    return answer.status_code


class Stage:
    """A published event with one recorded session of two speakers who agreed to everything."""

    def __init__(self, centre: Centre) -> None:
        self.centre, self.by = centre, centre.actor("ORGANISER")
        self.event: Event = coming(centre, photo_policy="with_consent")
        Event.objects.filter(pk=self.event.pk).update(topics=["media_literacy"])
        self.event.refresh_from_db()
        self.ona, self.jonas = self.speaker("Ona Pušaitė"), self.speaker("Jonas Beržynis")
        begins = self.event.starts.astimezone(VILNIUS)
        hours = [f"{begins + timedelta(minutes=n):%Y-%m-%d %H:%M}" for n in (0, 45)]
        both = [self.ona, self.jonas]
        self.part: Session = session(
            centre, self.event, *hours, title=TITLE, abstract=ABSTRACT, language="lt", speakers=both
        )
        for one in both:
            self.agree(one, agrees=True)

    def speaker(self, name: str) -> Speaker:
        row = entries.save_speaker(
            by=self.by, event=self.event, speaker=None, name=name, role={}, biography={}, at=NOW
        )
        return entries.record_consent(by=self.by, speaker=row, at=NOW)

    def agree(self, who: Speaker, *, agrees: bool, by=None, **more) -> None:
        one = SessionSpeaker.objects.get(session=self.part, speaker=who)
        entries.set_recording(by=by or self.by, speaking=one, agrees=agrees, at=NOW, **more)

    def attach(self, **more) -> Asset:
        given = {"name": "a.mp4", "content": film(), "session": self.part, **more}
        return recordings.attach_recording(by=self.by, event=self.event, at=NOW, **given)

    def caption(self, asset: Asset, language: str = "lt", text: str = CUES):
        return recordings.put_captions(
            by=self.by, asset=asset, language=language, name="a.vtt", content=text.encode(), at=NOW
        )

    def handed_on(self) -> tuple[Asset, Resource]:
        asset = self.attach()
        self.caption(asset)
        self.caption(asset, "en", CUES.replace("Labas rytas", "Good morning"))
        made = hand_on(by=self.by, asset=asset, given=GIVEN, at=NOW)
        return asset, Resource.objects.get(ref=made.resource_ref)

    def published(self) -> tuple[Asset, Resource]:
        asset, resource = self.handed_on()
        return asset, self.publish(resource)

    def publish(self, resource: Resource) -> Resource:
        resource = approved(self.centre, resource, at=NOW)
        return publication.publish_resource(by=self.centre.actor("PUBLISHER"), resource=resource, at=NOW)

    def page(self, language: str = "lt") -> BeautifulSoup:
        address = f"/{language}/{'renginiai' if language == 'lt' else 'events'}/{self.event.slug}/"
        return BeautifulSoup(Client().get(address).text, "html.parser")


@pytest.fixture
def stage(centre: Centre) -> Stage:
    return Stage(centre)


@pytest.mark.unit
def test_a_transcript_is_what_was_said_in_paragraphs():
    said = [
        (0.0, 2.0, "Labas\nrytas."),
        (2.0, 4.0, "Labas rytas."),
        (4.5, 6.0, "Pradėkime."),
        (9.0, 9.5, "Taip."),
    ]
    assert paragraphs(said) == ["Labas rytas. Pradėkime.", "Taip."]
    assert paragraphs([(0.0, 1.0, "  ")]) == []


@pytest.mark.unit
@pytest.mark.parametrize("version", [None, 1, 2, 3])
def test_an_older_consent_does_not_reach_the_repository(version):
    assert agrees(is_recorded=True, version=version, is_named=True) is ((version or 0) >= 2)
    assert not agrees(is_recorded=False, version=version, is_named=True)
    assert not agrees(is_recorded=True, version=version, is_named=False)
    assert all("BY" in code for code in LICENCES)


def test_from_a_film_to_the_page_of_the_event(stage: Stage, centre: Centre):
    asset, resource = stage.handed_on()
    assert (
        resource.state == ResourceState.DRAFT
        and resource.author is None
        and resource.type == "webinar_recording"
    )
    assert resource.title == TITLE and resource.languages == ["lt", "en"] and resource.licence == "CC-BY-4.0"
    assert [one["lt"] for one in resource.creators] == ["Ona Pušaitė", "Jonas Beržynis"]
    assert resource.learning_minutes == 45 and resource.attribution == "Ona Pušaitė, Jonas Beržynis"
    held = [(row.kind, row.language) for row in resource.renditions.order_by("pk")]
    assert held == [
        ("main", "lt"),
        ("captions", "en"),
        ("transcript", "en"),
        ("captions", "lt"),
        ("transcript", "lt"),
    ]
    text = media.read(resource.renditions.get(kind="transcript", language="lt").media).decode()
    assert '<html lang="lt">' in text and "<p>Labas rytas. Pradėkime.</p>" in text and "Ona Pušaitė" in text
    assert Notification.objects.filter(template="events.recording_handed_on").count() == 2  # both editors
    assert not stage.page().select("#h-recordings")  # a draft is not shown
    stage.publish(resource)
    resource.refresh_from_db()
    assert resource.author_id == centre.actor("EDITOR").person_id  # whoever submitted it
    for language in ("lt", "en"):
        page = stage.page(language)
        assert page.select_one("video source")["src"].endswith(".mp4")
        assert [one["srclang"] for one in page.select("track")] == ["lt", "en"]
        assert page.select("a[download][href$='.html']")  # the transcript
        assert page.select_one(".recording h3").text == TITLE[language]
    source = stage.page().select_one("video source")["src"]
    assert status(Client(), source) == 200
    raw = reverse("events-picture", args=[stage.event.slug, asset.ref])
    assert Client().get(raw).status_code == 404  # only the repository sends it


def test_the_archive_says_that_there_is_a_recording(stage: Stage):
    stage.published()
    long_ago = NOW - timedelta(days=90)
    Event.objects.filter(pk=stage.event.pk).update(
        starts=long_ago, ends=long_ago + timedelta(hours=2), state="OVER"
    )
    archive = reverse("events-archive")
    assert "1 įrašas" in Client().get(archive).text
    Asset.objects.update(state=AssetState.UNDER_WITHDRAWAL)
    assert "1 įrašas" not in Client().get(archive, {"page": "1"}).text


@pytest.mark.parametrize(
    ("why", "names"),
    [
        ("old", "Jonas Beržynis"),
        ("never", "Jonas Beržynis"),
        ("unnamed", "Jonas Beržynis"),
        ("both", "Ona Pušaitė, Jonas Beržynis"),
    ],
)
def test_without_every_speaker_it_is_not_handed_on_and_says_who_is_missing(
    stage: Stage, why: str, names: str
):
    asset = stage.attach()
    stage.caption(asset)
    rows = SessionSpeaker.objects.filter(session=stage.part)
    one = rows.filter(speaker=stage.jonas)
    if why == "old":
        one.update(recording_version=1)
    elif why == "never":
        one.update(recording_agreed_at=None)
    elif why == "unnamed":
        Speaker.objects.filter(pk=stage.jonas.pk).update(withdrawn_at=NOW)
    else:
        rows.update(recording_version=1)
    with pytest.raises(HandOnRefused) as refused:
        hand_on(by=stage.by, asset=asset, given=GIVEN, at=NOW)
    assert refused.value.why == "consent" and names in str(refused.value.text)
    assert not Resource.objects.exists() and not RecordingHandOver.objects.exists()
    page = sign_in(stage.centre, "ORGANISER").get(f"{DESK}{stage.event.ref}/recordings/{asset.ref}/").text
    assert names in page


def test_other_things_that_are_refused(stage: Stage):
    asset = stage.attach()
    for given, why in (
        (GIVEN, "captions"),
        (HandOnGiven(TITLE, ABSTRACT, "lt", "CC0-1.0"), "licence"),
        (HandOnGiven(TITLE, ABSTRACT, "lt", "all_rights_reserved"), "licence"),
        (HandOnGiven({"lt": " "}, {}, "lt", "CC-BY-4.0"), "title"),
    ):
        with pytest.raises(HandOnRefused) as refused:
            hand_on(by=stage.by, asset=asset, given=given, at=NOW)
        assert refused.value.why == why
    with pytest.raises(RecordingRefused):
        stage.attach()  # one recording of a session
    stage.caption(asset)
    Session.objects.update(do_not_record=True)
    asset.refresh_from_db()
    with pytest.raises(HandOnRefused) as refused:
        hand_on(by=stage.by, asset=Asset.objects.get(), given=GIVEN, at=NOW)
    assert refused.value.why == "unrecorded"
    Session.objects.update(do_not_record=False)
    hand_on(by=stage.by, asset=Asset.objects.get(), given=GIVEN, at=NOW)
    with pytest.raises(HandOnRefused) as refused:
        hand_on(by=stage.by, asset=asset, given=GIVEN, at=NOW)
    assert refused.value.why == "handed"
    with pytest.raises(RecordingRefused):
        stage.caption(asset, "en")


def test_a_recording_without_consent_is_not_even_attached(stage: Stage):
    stage.agree(stage.ona, agrees=False)
    with pytest.raises(AssetRefused) as refused:
        stage.attach()
    assert refused.value.why == "recording" and "Ona Pušaitė" in str(refused.value.text)


@pytest.mark.parametrize(
    "text",
    [
        "WEBVTT\n\n00:41.000 --> 00:46.000\nViena\n\n00:45.000 --> 00:49.000\nKita\n",
        "WEBVTT\n\n00:05.000 --> 00:04.000\nAtgal\n",
        "WEBVTT\n",
        "Ne subtitrai",
    ],
)
def test_captions_follow_the_rules_of_the_repository(stage: Stage, text: str):
    asset = stage.attach()
    with pytest.raises(media.FileRefused):
        stage.caption(asset, text=text)
    address = f"{DESK}{stage.event.ref}/recordings/{asset.ref}/captions/"
    sent = {"language": "lt", "file": SimpleUploadedFile("a.vtt", text.encode())}
    assert sign_in(stage.centre, "ORGANISER").post(address, sent).status_code == 422
    assert not RecordingCaptions.objects.exists()


def test_captions_are_replaced_and_removed(stage: Stage):
    asset = stage.attach()
    first = stage.caption(asset)
    second = stage.caption(asset, text=CUES.replace("rytas", "vakaras"))
    assert first.pk == second.pk and first.file.name != second.file.name
    recordings.remove_captions(by=stage.by, captions=second, at=NOW)
    assert not RecordingCaptions.objects.exists()
    with pytest.raises(RecordingRefused):
        stage.caption(asset, "xx")


def test_a_consent_withdrawn_takes_a_published_recording_off_everywhere_at_once(stage: Stage):
    asset, resource = stage.published()
    source = stage.page().select_one("video source")["src"]
    own = own_path(stage.ona)
    assert "paskelbtas" in Client().get(own).text
    assert Client().post(own, {"do": "unrecord", "session": stage.part.ref}).status_code == 302
    resource.refresh_from_db()
    assert resource.state == ResourceState.WITHDRAWN and resource.withdrawn_reason["lt"]
    assert not stage.page().select("#h-recordings") and status(Client(), source) == 410
    row = RecordingHandOver.objects.get()
    assert row.became == Became.WITHDRAWN and row.ended_at
    assert "nuimtas: sutikimas atšauktas" in Client().get(own).text
    desk = sign_in(stage.centre, "ORGANISER")
    assert str(asset) in desk.get(f"{DESK}withdrawals/").text
    assert "Ona Pušaitė" in desk.get(f"{DESK}withdrawals/").text
    page = desk.get(f"{DESK}{stage.event.ref}/recordings/{asset.ref}/").text
    assert "nuimtas nuo visų puslapių" in page or "withdrawn from all pages" in page
    assert Notification.objects.filter(template="events.recording_stopped").count() == 2


def test_after_the_cut_the_others_are_handed_on_anew(stage: Stage):
    asset, old = stage.published()
    stage.agree(stage.ona, agrees=False, by=SPEAKER)
    task = WithdrawalTask.objects.get()
    withdrawals.finish_task(
        by=stage.by, task=task, outcome=Outcome.CROPPED, name="b.mp4", content=film(500), at=NOW
    )
    assert not RecordingCaptions.objects.exists()  # what she said goes with the film
    asset.refresh_from_db()
    stage.caption(asset)
    stage.caption(asset, "en")
    made = hand_on(by=stage.by, asset=asset, given=GIVEN, at=NOW)
    resource = stage.publish(Resource.objects.get(ref=made.resource_ref))
    assert [one["lt"] for one in resource.creators] == ["Jonas Beržynis"]
    assert stage.page().select("#h-recordings")
    old = publication.rework_resource(by=stage.centre.actor("EDITOR"), resource=old, at=NOW)
    with pytest.raises(PublicationObjected):  # the old one never again
        review.submit_resource(by=stage.centre.actor("EDITOR"), resource=old, at=NOW)
    stage.agree(stage.jonas, agrees=False, by=SPEAKER)
    resource.refresh_from_db()
    assert resource.state == ResourceState.WITHDRAWN


def test_two_speakers_withdraw_and_each_is_dealt_with(stage: Stage):
    asset = stage.attach()
    for who in (stage.ona, stage.jonas):
        stage.agree(who, agrees=False, by=SPEAKER)
    first, second = WithdrawalTask.objects.order_by("pk")
    withdrawals.finish_task(by=stage.by, task=first, outcome=Outcome.NOT_SHOWN, at=NOW)
    asset.refresh_from_db()
    assert asset.state == AssetState.UNDER_WITHDRAWAL  # the second is open
    withdrawals.finish_task(by=stage.by, task=second, outcome=Outcome.NOT_SHOWN, at=NOW)
    asset.refresh_from_db()
    assert asset.state == AssetState.SHOWN


def test_whoever_no_longer_wants_to_be_named_is_not_named_by_a_recording(stage: Stage):
    _asset, resource = stage.published()
    entries.withdraw_consent(by=SPEAKER, speaker=stage.jonas, at=NOW)
    resource.refresh_from_db()
    assert resource.state == ResourceState.WITHDRAWN and WithdrawalTask.objects.get().speaker == stage.jonas


@pytest.mark.parametrize("state", ["draft", "approved"])
def test_what_is_not_published_yet_can_no_longer_be(stage: Stage, state: str):
    _asset, resource = stage.handed_on()
    if state == "approved":
        resource = approved(stage.centre, resource, at=NOW)
    stage.agree(stage.ona, agrees=False, by=SPEAKER)
    assert RecordingHandOver.objects.get().became == Became.HELD
    publisher = stage.centre.actor("PUBLISHER")
    with pytest.raises(PublicationObjected):
        if state == "draft":
            review.submit_resource(by=stage.centre.actor("EDITOR"), resource=resource, at=NOW)
        else:
            publication.publish_resource(by=publisher, resource=resource, at=NOW)
    if state == "approved":
        with pytest.raises(PublicationObjected):
            publication.schedule_resource(
                by=publisher, resource=resource, publish_at=NOW + timedelta(days=1), at=NOW
            )
    resource.refresh_from_db()
    assert resource.state == state


def test_a_schedule_does_not_publish_what_lost_its_consent(stage: Stage):
    _asset, resource = stage.handed_on()
    resource = approved(stage.centre, resource, at=NOW)
    later = NOW + timedelta(hours=1)
    publication.schedule_resource(
        by=stage.centre.actor("PUBLISHER"), resource=resource, publish_at=later, at=NOW
    )
    SessionSpeaker.objects.filter(speaker=stage.ona).update(recording_version=1)  # however it came about
    for minutes in (1, 2):
        at = later + timedelta(minutes=minutes)
        assert publication.publish_due(by=SystemActor("repository"), at=at) == 0
    resource.refresh_from_db()
    assert resource.state == ResourceState.SCHEDULED
    assert "Ona Pušaitė" in resource.remarks.get(kind="objection").text
    desk = sign_in(stage.centre, "EDITOR").get(f"/desk/repository/resources/{resource.ref}/")
    assert desk.status_code == 200 and "Ona Pušaitė" in desk.text


def test_removing_a_recording_stops_it_too_and_a_deleted_draft_is_said_to_be_gone(stage: Stage):
    asset, resource = stage.published()
    withdrawals.remove_asset(by=stage.by, asset=asset, at=NOW)
    resource.refresh_from_db()
    assert resource.state == ResourceState.WITHDRAWN and not RecordingCaptions.objects.exists()
    with pytest.raises(RecordingRefused):
        stage.caption(asset)
    second = stage.attach()
    stage.caption(second)
    made = hand_on(by=stage.by, asset=second, given=GIVEN, at=NOW)
    editor = stage.centre.actor("EDITOR")
    draft = Resource.objects.get(ref=made.resource_ref)
    resources.discard_resource(by=editor, resource=draft, at=NOW)
    stage.agree(stage.ona, agrees=False, by=SPEAKER)
    assert RecordingHandOver.objects.get(asset=second).became == Became.GONE
    assert sign_in(stage.centre, "ORGANISER").get(f"{DESK}{stage.event.ref}/recordings/").status_code == 200


def test_who_submits_the_draft_is_not_who_reviews_it(stage: Stage):
    _asset, resource = stage.handed_on()
    editor = stage.centre.actor("EDITOR")
    resource = review.submit_resource(by=editor, resource=resource, at=NOW)
    with pytest.raises(OwnWork):
        review.pass_review(by=editor, resource=resource, at=NOW)


@pytest.mark.parametrize("role", ["PHOTOGRAPHER", "PROGRAMME_COMMITTEE", "DOOR_STAFF", "EDITOR", "ANALYST"])
def test_others_attach_and_hand_on_nothing(stage: Stage, role: str):
    asset = stage.attach()
    captions = stage.caption(asset)
    by, desk = stage.centre.actor(role), sign_in(stage.centre, role)
    for act in (
        lambda: recordings.attach_recording(
            by=by, event=stage.event, session=stage.part, name="a.mp4", content=film(), at=NOW
        ),
        lambda: recordings.put_captions(
            by=by, asset=asset, language="en", name="a.vtt", content=CUES.encode(), at=NOW
        ),
        lambda: recordings.remove_captions(by=by, captions=captions, at=NOW),
        lambda: hand_on(by=by, asset=asset, given=GIVEN, at=NOW),
    ):
        with pytest.raises(PermissionRefused):
            act()
    here = f"{DESK}{stage.event.ref}/recordings/"
    for path in (here, f"{here}{asset.ref}/", f"{here}{asset.ref}/film/", f"{here}{asset.ref}/film/lt/"):
        assert desk.get(path).status_code == 404
    assert desk.post(f"{here}{asset.ref}/captions/", {"remove": "lt"}).status_code == 404
    assert RecordingCaptions.objects.count() == 1 and not RecordingHandOver.objects.exists()


def test_an_organiser_hands_on_but_does_not_edit_resources(stage: Stage):
    by = stage.by
    assert by.can(Repository.PROPOSE_RESOURCE) and not by.can(Repository.EDIT_RESOURCE)
    with pytest.raises(PermissionRefused):
        resources.create_resource(by=by, at=NOW, title=TITLE)
    for role in ("EDITOR", "PUBLISHER", "DOOR_STAFF"):
        with pytest.raises(PermissionRefused):
            proposed.propose_resource(by=stage.centre.actor(role), files=[], how="event", at=NOW, title=TITLE)


def test_at_the_desk_from_film_to_repository(stage: Stage):
    desk = sign_in(stage.centre, "ORGANISER")
    here = f"{DESK}{stage.event.ref}/recordings/"
    assert desk.post(here, {}).status_code == 422
    sent = {"session": stage.part.ref, "file": SimpleUploadedFile("a.mp4", film())}
    answer = desk.post(here, sent)
    asset = Asset.objects.get()
    one = f"{here}{asset.ref}/"
    assert answer.status_code == 302 and answer["Location"] == one
    assert desk.post(one, {"language": "lt", "licence": "CC-BY-4.0", "title_lt": "A"}).status_code == 422
    sent = {"language": "lt", "file": SimpleUploadedFile("a.vtt", CUES.encode())}
    assert desk.post(f"{one}captions/", sent).status_code == 302
    page = BeautifulSoup(desk.get(one).text, "html.parser")
    assert page.select_one("[name=title_lt]")["value"] == TITLE["lt"]
    assert status(desk, page.select_one("source")["src"]) == 200
    assert status(desk, page.select_one("track")["src"]) == 200
    given = {"language": "lt", "licence": "CC-BY-4.0", "title_lt": TITLE["lt"], "abstract_lt": "Apie."}
    assert desk.post(one, given).status_code == 302
    text, ref = desk.get(one).text, RecordingHandOver.objects.get().resource_ref
    place = f"/desk/repository/resources/{ref}/"
    assert "Perduota" in text and place not in text  # where organisers may not go, no link leads
    assert desk.get(place).status_code == 404
    assert desk.post(f"{one}captions/", {"remove": "en"}).status_code == 404
    other = coming(stage.centre)
    assert desk.get(f"{DESK}{other.ref}/recordings/{asset.ref}/").status_code == 404


def test_lists_ask_as_often_for_three_as_for_one(stage: Stage):
    desk, here = sign_in(stage.centre, "ORGANISER"), f"{DESK}{stage.event.ref}/recordings/"
    stage.attach()
    desk.get(here)
    with CaptureQueriesContext(connection) as one:
        desk.get(here)
    begins = stage.event.starts.astimezone(VILNIUS)
    for number in (1, 2):
        hours = [f"{begins + timedelta(minutes=45 + 20 * n):%Y-%m-%d %H:%M}" for n in (number - 1, number)]
        part = session(stage.centre, stage.event, *hours, title=TITLE)
        stage.attach(session=part, content=film(400 + number))
    with CaptureQueriesContext(connection) as three:
        assert desk.get(here).status_code == 200
    assert len(three) == len(one)


def test_what_is_kept_ends_with_the_recording(stage: Stage):
    stage.handed_on()
    retention.run(at=NOW + timedelta(days=3660))
    assert not Asset.objects.exists() and not RecordingHandOver.objects.exists()
    assert not RecordingCaptions.objects.exists()
