"""Speakers: the public page, the personal link, consents and their withdrawal, slides, hours; by whom, and
what is refused.
"""

import re
from datetime import timedelta
from email import message_from_bytes, policy

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from factories.answers import body
from factories.events import NOW, on_team, published_event, session
from factories.uploads import image, pdf
from kernel.notifications.conftest import post  # noqa: F401  a fixture

from sauga.events.programme.actions import speakers as entries
from sauga.events.programme.models import Event, Session, Speaker, SpeakerAbsence
from sauga.events.speakers.actions import absences, links, slides
from sauga.events.speakers.models import Portrait, Slides, SpeakerContact
from sauga.events.speakers.queries import contacts
from sauga.events.speakers.queries.links import own_path
from sauga.events.speakers.rules.consents import TEXTS, ConsentKind, text_of
from sauga.kernel import retention, sealed
from sauga.kernel.identity import PermissionRefused
from sauga.kernel.media.models import MediaFile
from sauga.kernel.notifications.models import Notification
from sauga.kernel.states import SystemActor
from sauga.project.requests.upload_limits import takes_files
from tests.centre import Centre, centre, sign_in  # noqa: F401  a fixture

pytestmark = pytest.mark.django_db
SPEAKER = SystemActor("speaker")
ALT = {"alt_lt": "Ona prie lentos", "alt_en": "Ona at a board"}


@pytest.fixture
def held(centre: Centre) -> tuple[Event, Session, Speaker]:
    """A published event with one session and its speaker, who has agreed to nothing yet."""
    event = published_event(centre)
    by = centre.actor("ORGANISER")
    ona = entries.save_speaker(
        by=by,
        event=event,
        speaker=None,
        name="Ona Pušaitė",
        role={"lt": "Mokytoja"},
        biography={"lt": "Moko."},
        at=NOW,
    )
    part = session(centre, event, "10:00", "11:00", speakers=[ona])
    return event, part, ona


def acts(speaker: Speaker, do: str, client: Client | None = None, **values):
    return (client or Client()).post(own_path(speaker), {"do": do, **values})


def status(path: str) -> int:
    """What a visitor gets, whose browser closes the file."""
    answer = Client().get(path)
    body(answer)
    return answer.status_code


def file(content: bytes, name: str) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)


def with_slides(speaker: Speaker, part: Session, content: bytes, name: str, **values):
    given = {"session": part.ref, "language": "lt", "licence": "CC-BY-4.0", "agrees": "on", **values}
    return acts(speaker, "slides", file=file(content, name), **given)


def pages_of(event: Event, speaker: Speaker) -> dict[str, str]:
    there = f"/lt/renginiai/{event.slug}"
    paths = ["/", "/programa/", "/programa.json", "/programa.xml", ".ics", f"/pranesejai/{speaker.ref}/"]
    answers = {path: Client().get(there + path) for path in paths}
    return {path: answer.text for path, answer in answers.items() if answer.status_code == 200}


def test_nothing_is_shown_before_consent_and_nothing_after_it_is_withdrawn(held):
    event, part, ona = held
    assert not any("Pušaitė" in text for text in pages_of(event, ona).values())
    assert acts(ona, "publish").status_code == 302
    ona.refresh_from_db()
    assert ona.consent_version == entries.CONSENT_VERSION
    assert acts(ona, "portrait", file=file(image(), "ona.png"), **ALT).status_code == 302
    assert with_slides(ona, part, pdf(), "mintys.pdf").status_code == 302
    shown = pages_of(event, ona)
    assert {path for path, text in shown.items() if "Pušaitė" in text} == set(shown) - {".ics"}
    page = shown[f"/pranesejai/{ona.ref}/"]
    assert "Ona prie lentos" in page and "mintys.pdf" in page and "CC BY 4.0" in page
    row = Slides.objects.get()
    there = f"/lt/renginiai/{event.slug}"
    sent = Client().get(f"{there}/skaidres/{row.ref}/")
    body(sent)
    assert sent.status_code == 200 and sent["Cache-Control"] == "no-cache"
    assert status(f"{there}/pranesejai/{ona.ref}/portretas/") == 200
    own = Client().get(own_path(ona)).text
    for path in ("/programa/", "/programa.json", "/programa.xml", f"/skaidres/{row.ref}/"):
        assert there.replace("/lt/renginiai", "") + path in own, path  # everything affected is listed
    assert acts(ona, "unpublish").status_code == 302
    after = pages_of(event, ona)
    assert f"/pranesejai/{ona.ref}/" not in after
    assert not any("Pušaitė" in text for text in after.values())
    assert status(f"{there}/skaidres/{row.ref}/") == 404
    assert status(f"{there}/pranesejai/{ona.ref}/portretas/") == 404
    told = Notification.objects.get(template="events.consent_withdrawn")
    assert told.link == f"/desk/events/{event.ref}/speakers/{ona.ref}/"
    assert acts(ona, "unpublish").status_code == 422


def test_recording_follows_from_the_consent_of_the_session(held):
    event, part, ona = held

    def optout() -> bool:
        xml = Client().get(f"/en/events/{event.slug}/programme.xml").text
        held = Client().get(f"/en/events/{event.slug}/programme.json").json()["sessions"][0]
        assert ("<optout>true" in xml) == held["do_not_record"]
        return held["do_not_record"]

    assert optout()
    assert acts(ona, "record", session=part.ref).status_code == 302
    assert not optout()
    assert acts(ona, "unrecord", session=part.ref).status_code == 302
    assert optout() and Notification.objects.filter(template="events.consent_withdrawn").exists()
    assert acts(ona, "record", session="0000-0000").status_code == 404


def test_slides_are_shown_by_their_own_consent_and_deleted_on_request(held):
    event, part, ona = held
    acts(ona, "publish")
    with_slides(ona, part, pdf(), "a.pdf", agrees="")
    row = Slides.objects.get()
    address = f"/en/events/{event.slug}/slides/{row.ref}/"
    assert status(address) == 404
    assert acts(ona, "show-slides", slides=row.ref).status_code == 302
    assert status(address) == 200
    assert not row.is_tagged
    assert "without tags" in Client().get(f"/en/events/{event.slug}/speakers/{ona.ref}/").text
    assert acts(ona, "hide-slides", slides=row.ref).status_code == 302
    assert status(address) == 404
    assert acts(ona, "remove-slides", slides=row.ref).status_code == 302
    assert not Slides.objects.exists()


@pytest.mark.parametrize(
    ("content", "name", "more"),
    [
        (b"", "a.pdf", {}),
        (b"plain words", "a.txt", {}),
        (pdf("<< /S /JavaScript /JS (x) >>", catalog="/OpenAction 4 0 R"), "a.pdf", {}),
        (image(), "a.png", {}),  # nobody says what can be seen
        (pdf(), "a.pdf", {"licence": "mine"}),
        (pdf(), "a.pdf", {"language": "xx"}),
    ],
)
def test_a_file_that_cannot_be_slides_is_refused(held, content: bytes, name: str, more):
    _event, part, ona = held
    assert with_slides(ona, part, content, name, **more).status_code == 422
    assert not Slides.objects.exists() and not MediaFile.objects.filter(owner="events.slides").exists()


def test_a_speaker_changes_the_entry_and_states_hours(held):
    _event, _part, ona = held
    assert acts(ona, "entry", name="Ona P.", role_lt="Mokytoja").status_code == 302
    ona.refresh_from_db()
    assert ona.name == "Ona P." and not ona.is_shown
    assert acts(ona, "entry", name=" ").status_code == 422
    hours = {"starts": "2027-02-09T11:00", "ends": "2027-02-09T12:00"}
    assert acts(ona, "absence", **hours).status_code == 302
    row = SpeakerAbsence.objects.get()
    for wrong in (
        {"starts": "2027-02-09T12:00", "ends": "2027-02-09T11:00"},
        {"starts": "2027-02-19T11:00", "ends": "2027-02-19T12:00"},
        {"starts": "2027-03-28T03:30", "ends": "2027-03-28T05:00"},
    ):
        assert acts(ona, "absence", **wrong).status_code == 422
    assert acts(ona, "remove-absence", absence=row.pk).status_code == 302
    assert not SpeakerAbsence.objects.exists()


def test_the_link_is_mailed_by_an_organiser_and_the_address_is_encrypted(held, centre: Centre, post):
    event, _part, ona = held
    desk = sign_in(centre, "PROGRAMME_COMMITTEE")
    assert desk.get(f"/desk/events/{event.ref}/speakers/{ona.ref}/").status_code == 404  # not on the team
    on_team(centre, event, "PROGRAMME_COMMITTEE")
    address = f"/desk/events/{event.ref}/speakers/{ona.ref}/"
    assert desk.get(address).status_code == 200
    for typed in ("x", ""):
        assert desk.post(address, {"do": "link", "address": typed, "language": "en"}).status_code == 422
    sent = desk.post(address, {"do": "link", "address": "Ona@Mokykla.example", "language": "en"})
    assert sent.status_code == 302
    contact = SpeakerContact.objects.get()
    assert b"mokykla" not in bytes(contact.address).lower()
    assert contacts.address_of(contact) == "ona@mokykla.example"
    assert links.send_mail(by=SystemActor("events"), speaker_id=ona.pk, at=NOW)
    mail = message_from_bytes(post.mails[-1].content, policy=policy.default)
    link = re.search(r"https?://[^/]+(/en/events/speaker/\S+)", mail.get_content()).group(1)
    assert mail["To"] == "ona@mokykla.example" and Client().get(link).status_code == 200
    assert takes_files(link) and not takes_files("/en/events/speaker/nothing/")
    assert not takes_files(link.replace(ona.ref, "0000-0000"))
    entries.remove_speaker(by=centre.actor("ORGANISER"), speaker=ona, at=NOW)
    assert Client().get(link).status_code == 410 and not SpeakerContact.objects.exists()
    with pytest.raises(sealed.KeyNotAvailable):
        sealed.open_data_key(zone=contacts.ZONE, holder=contact.holder, opener=contacts.OPENER)


def test_the_desk_records_what_a_speaker_agreed_to(held, centre: Centre):
    event, part, ona = held
    desk, address = sign_in(centre, "ORGANISER"), f"/desk/events/{event.ref}/speakers/{ona.ref}/"
    for do in ("publish", "record"):
        assert desk.post(address, {"do": do, "session": part.ref}).status_code == 302
    given = {"do": "slides", "session": part.ref, "language": "lt", "licence": "CC-BY-4.0", "agrees": "on"}
    assert desk.post(address, {**given, "file": file(pdf(), "b.pdf")}).status_code == 302
    assert Session.objects.get().may_be_recorded and Slides.objects.get().is_agreed
    assert desk.post(address, {**given, "file": file(b"x", "b.pdf")}).status_code == 422
    assert desk.post(address, {"do": "unpublish"}).status_code == 302
    assert not Notification.objects.exists()  # an organiser recorded it
    assert desk.post(address, {"do": "nothing"}).status_code == 404


@pytest.mark.parametrize("role", ["DOOR_STAFF", "PHOTOGRAPHER", "EDITOR", "ANALYST"])
def test_others_reach_no_speaker(held, centre: Centre, role: str):
    event, part, ona = held
    desk, by = sign_in(centre, role), centre.actor(role)
    address = f"/desk/events/{event.ref}/speakers/{ona.ref}/"
    assert desk.get(address).status_code == 404
    for do in ("publish", "record", "link", "remove-portrait"):
        assert desk.post(address, {"do": do, "session": part.ref}).status_code == 404
    for act in (
        lambda: entries.record_consent(by=by, speaker=ona, at=NOW),
        lambda: entries.set_recording(by=by, speaking=part.speaking.get(), agrees=True, at=NOW),
        lambda: slides.remove_portrait(by=by, speaker=ona, at=NOW),
        lambda: absences.remove_absence(by=by, speaker=ona, number=1, at=NOW),
        lambda: links.send_link(by=by, speaker=ona, address="a@b.example", language="lt", at=NOW),
    ):
        with pytest.raises(PermissionRefused):
            act()
    with pytest.raises(PermissionRefused):  # the link does not send links
        links.send_link(by=SPEAKER, speaker=ona, address="a@b.example", language="lt", at=NOW)
    assert acts(ona, "link", address="a@b.example", language="lt").status_code == 422
    assert not SpeakerContact.objects.exists()


def test_one_link_opens_no_other_speaker(held, centre: Centre):
    event, part, ona = held
    other = entries.save_speaker(
        by=centre.actor("ORGANISER"), event=event, speaker=None, name="Jonas", role={}, biography={}, at=NOW
    )
    with_slides(ona, part, pdf(), "a.pdf")
    row = Slides.objects.get()
    for do, values in (
        ("record", {"session": part.ref}),
        ("hide-slides", {"slides": row.ref}),
        ("remove-slides", {"slides": row.ref}),
    ):
        assert acts(other, do, **values).status_code == 404
    assert Client().get("/en/events/speaker/" + ona.ref + "/").status_code == 410
    row.refresh_from_db()
    assert row.is_agreed


def test_retention_forgets_addresses_and_withdrawn_slides(held, centre: Centre):
    event, part, ona = held
    links.send_link(
        by=centre.actor("ORGANISER"), speaker=ona, address="ona@mokykla.example", language="lt", at=NOW
    )
    acts(ona, "portrait", file=file(image(), "a.png"), **ALT)
    with_slides(ona, part, pdf(), "a.pdf")
    row = Slides.objects.get()
    slides.set_slides_consent(by=SPEAKER, slides=row, agrees=False, at=NOW)
    retention.run(at=event.ends + timedelta(days=100))
    assert SpeakerContact.objects.exists() and not Slides.objects.exists()
    retention.run(at=event.ends + timedelta(days=184))
    assert not SpeakerContact.objects.exists() and Portrait.objects.exists()


def test_every_text_that_somebody_agreed_to_can_be_shown():
    assert {kind: max(texts) for kind, texts in TEXTS.items()} == {
        ConsentKind.PUBLICATION: entries.CONSENT_VERSION,
        ConsentKind.RECORDING: entries.RECORDING_VERSION,
        ConsentKind.SLIDES: 1,
    }
    assert "parašęs organizatoriui" in str(text_of(ConsentKind.PUBLICATION, 1))
