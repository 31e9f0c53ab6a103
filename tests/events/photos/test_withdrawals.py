"""Publishing pictures only with consent; a withdrawal takes everything it affects off public pages at once,
becomes tasks with a day, and the person is told what was done.
"""

from datetime import timedelta
from email import message_from_bytes, policy

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from factories.answers import body
from factories.events import session
from factories.registrations import PRESENT as NOW
from factories.registrations import WORKER, a_ticket, coming, registered
from factories.uploads import image
from kernel.notifications.conftest import post  # noqa: F401  a fixture

from sauga.events.photos.actions import assets, withdrawals
from sauga.events.photos.actions import mail as photos_mail
from sauga.events.photos.actions.assets import AssetRefused
from sauga.events.photos.actions.withdrawals import TaskRefused
from sauga.events.photos.models import Asset, Outcome, PhotoConsent, Shown, WithdrawalTask
from sauga.events.photos.queries import consents
from sauga.events.photos.rules import read_badges
from sauga.events.programme.models import Event
from sauga.events.registration.actions import photographs
from sauga.events.registration.actions.registrations import REGISTRANT
from sauga.events.registration.models import Registration
from sauga.events.states import AssetState
from sauga.kernel import media, retention, sealed
from sauga.kernel.identity import PermissionRefused
from sauga.kernel.notifications.models import Notification
from tests.centre import Centre, centre, sign_in  # noqa: F401  a fixture

pytestmark = pytest.mark.django_db
DESK = "/desk/events/"
ALT = {"lt": "Salė iš galo", "en": "The hall from behind"}


@pytest.fixture
def event(centre: Centre) -> Event:
    """A published event at which Ona (1) may be shown, Jonas (2) only unrecognisably, Rasa (3) not, and of a
    class (4) two of three children."""
    held = coming(centre, photo_policy="with_consent")
    ticket = a_ticket(centre, held, 50, at=NOW)
    for name, photo in (("Ona", "public"), ("Jonas", "faceless"), ("Rasa", "no_recording")):
        registered(ticket, name, photo=photo, at=NOW)
    registered(a_ticket(centre, held, 30, classes=True, at=NOW), "a", pupils=3, photo_children=2, at=NOW)
    return held


def added(centre: Centre, event: Event, badges: str = "", **more) -> Asset:
    given = {"kind": "PHOTO", "name": "a.png", "content": image(), "alt": ALT, "at": NOW, **more}
    return assets.add_asset(by=centre.actor("ORGANISER"), event=event, badges=badges, **given)


def seen(event: Event, asset: Asset) -> bool:
    """Whether a visitor gets the picture, and finds it on the page of the event: never only one of them."""
    address = reverse("events-picture", args=[event.slug, asset.ref])
    answer = Client().get(address)
    body(answer)
    is_on_page = asset.ref in Client().get(f"/lt/renginiai/{event.slug}/").text
    assert (answer.status_code == 200) == is_on_page
    return is_on_page


def of(number: int) -> Registration:
    return Registration.objects.order_by("pk")[number - 1]


@pytest.mark.parametrize(
    ("badges", "is_unrecognisable", "why"),
    [
        ("3", False, "consent"),
        ("3", True, "consent"),
        ("2", False, "consent"),
        ("4-03", False, "consent"),
        ("1, 3", False, "consent"),
        ("9", False, "unknown"),
        ("4", False, "unknown"),
        ("1-01", False, "unknown"),
        ("Ona", False, "badges"),
        (" ".join(map(str, range(1, 70))), False, "badges"),
    ],
)
def test_without_the_consent_of_everybody_it_is_not_published(
    centre: Centre, event: Event, badges: str, is_unrecognisable: bool, why: str
):
    with pytest.raises(AssetRefused) as refused:
        added(centre, event, badges, is_unrecognisable=is_unrecognisable)
    assert refused.value.why == why and not Asset.objects.exists() and not PhotoConsent.objects.exists()


def test_other_things_that_are_refused(centre: Centre, event: Event):
    part = session(centre, event, *_hours(event), do_not_record=True)
    for more, why in (
        ({"alt": {}}, "alt"),
        ({"kind": "RECORDING"}, "kind"),
        ({"kind": "x"}, "kind"),
        ({"session": session(centre, coming(centre), *_hours(event))}, "session"),
    ):
        with pytest.raises(AssetRefused) as refused:
            added(centre, event, **more)
        assert refused.value.why == why
    with pytest.raises(media.FileRefused):
        added(centre, event, content=b"words", name="a.txt")
    for kind, held in (("RECORDING", part), ("RECORDING", None)):
        with pytest.raises(AssetRefused):
            assets._check_session(kind, held)
    assert read_badges("12, 5-03;12\n7") == [(12, 0), (5, 3), (7, 0)]


def _hours(event: Event) -> tuple[str, str]:
    from sauga.events.programme.rules.local_times import local_time

    begin = local_time(event.starts).naive
    return f"{begin:%Y-%m-%d %H:%M}", f"{begin + timedelta(minutes=30):%Y-%m-%d %H:%M}"


def test_a_withdrawal_takes_off_everything_at_once_and_is_carried_out(centre: Centre, event: Event, post):
    first, second = added(centre, event, "1"), added(centre, event, "1, 4-01")
    other = added(centre, event, "4-02")
    consent = PhotoConsent.objects.get(number=1)
    assert b"mokykla" not in bytes(consent.address)
    assert photos_mail.send_mail(by=WORKER, consent_id=consent.pk, what=photos_mail.SHOWN, at=NOW)
    link = reverse("events-pictures-own", args=[consents.token_of(consent)])
    mail = message_from_bytes(post.mails[-1].content, policy=policy.default)
    assert mail["To"] == "ona@mokykla.example" and consents.token_of(consent) in mail.get_content()
    assert all(seen(event, one) for one in (first, second, other))
    photographs.set_photo(by=REGISTRANT, registration=of(1), photo="faceless", at=NOW)
    assert [seen(event, one) for one in (first, second, other)] == [False, False, True]
    tasks = list(WithdrawalTask.objects.order_by("pk"))
    assert [one.asset for one in tasks] == [first, second] and tasks[0].due_date > NOW.date()
    told = Notification.objects.get(template="events.photo_withdrawn")
    assert told.link == f"{DESK}withdrawals/"
    photographs.set_photo(by=REGISTRANT, registration=of(1), photo="no_recording", at=NOW)
    assert WithdrawalTask.objects.count() == 2  # the same tasks, not again
    desk = sign_in(centre, "ORGANISER")
    assert desk.get(f"{DESK}withdrawals/").text.count("Salė iš galo") == 2
    address = f"{DESK}{event.ref}/pictures/"
    assert desk.get(address).status_code == 200
    for given, status in (
        ({}, 422),
        ({"outcome": "CROPPED"}, 422),
        ({"outcome": "CROPPED", "file": SimpleUploadedFile("b.png", image(size=(30, 20)))}, 302),
        ({"outcome": "REMOVED"}, 422),
    ):
        assert desk.post(f"{address}{first.ref}/{tasks[0].pk}/", given).status_code == status, given
    assert desk.post(f"{address}{second.ref}/{tasks[1].pk}/", {"outcome": "REMOVED"}).status_code == 302
    assert [seen(event, one) for one in (first, second)] == [True, False]
    second.refresh_from_db()
    assert second.state == AssetState.REMOVED and not second.file
    assert not Shown.objects.filter(consent=consent).exists()
    assert photos_mail.send_mail(by=WORKER, consent_id=consent.pk, what=photos_mail.DONE, at=NOW)
    told = message_from_bytes(post.mails[-1].content, policy=policy.default).get_content()
    assert told.count("Salė iš galo") == 2
    page = Client().get(link)
    assert page.status_code == 200 and page["Cache-Control"] == "no-store"


def test_fewer_children_withdraw_what_shows_the_others(centre: Centre, event: Event):
    first, second = added(centre, event, "4-01"), added(centre, event, "4-02")
    photographs.set_photo(by=REGISTRANT, registration=of(4), photo="", children=1, at=NOW)
    assert [seen(event, one) for one in (first, second)] == [True, False]
    task = WithdrawalTask.objects.get()
    withdrawals.finish_task(by=centre.actor("ORGANISER"), task=task, outcome=Outcome.NOT_SHOWN, at=NOW)
    assert seen(event, second)
    with pytest.raises(TaskRefused):
        withdrawals.finish_task(by=centre.actor("ORGANISER"), task=task, outcome=Outcome.REMOVED, at=NOW)


def test_the_link_works_when_the_registration_is_gone(centre: Centre, event: Event):
    asset = added(centre, event, "1")
    retention.run(at=event.ends + timedelta(days=31))
    assert not Registration.objects.exists()
    consent = PhotoConsent.objects.get()
    assert consents.address_of(consent) == "ona@mokykla.example" and seen(event, asset)
    link = reverse("events-pictures-own", args=[consents.token_of(consent)])
    assert Client().post(link, {"do": "withdraw"}).status_code == 302
    assert not seen(event, asset)
    withdrawals.finish_task(
        by=centre.actor("ORGANISER"), task=WithdrawalTask.objects.get(), outcome=Outcome.REMOVED, at=NOW
    )
    retention.run(at=event.ends + timedelta(days=62))
    assert not PhotoConsent.objects.exists() and Client().get(link).status_code == 410
    with pytest.raises(sealed.KeyNotAvailable):
        sealed.open_data_key(zone=consents.ZONE, holder=consent.holder, opener=consents.OPENER)


@pytest.mark.parametrize("role", ["PHOTOGRAPHER", "PROGRAMME_COMMITTEE", "DOOR_STAFF", "EDITOR", "ANALYST"])
def test_others_publish_and_decide_nothing(centre: Centre, event: Event, role: str):
    asset = added(centre, event, "1")
    photographs.set_photo(by=REGISTRANT, registration=of(1), photo="no_recording", at=NOW)
    task, by, desk = WithdrawalTask.objects.get(), centre.actor(role), sign_in(centre, role)
    for act in (
        lambda: assets.add_asset(
            by=by, event=event, kind="PHOTO", name="a.png", content=image(), alt=ALT, badges="", at=NOW
        ),
        lambda: withdrawals.remove_asset(by=by, asset=asset, at=NOW),
        lambda: withdrawals.finish_task(by=by, task=task, outcome=Outcome.NOT_SHOWN, at=NOW),
        lambda: withdrawals.withdraw(by=by, consent=PhotoConsent.objects.get(), at=NOW),
    ):
        with pytest.raises(PermissionRefused):
            act()
    address = f"{DESK}{event.ref}/pictures/"
    for path in (address, f"{DESK}withdrawals/"):
        assert desk.get(path).status_code == 404
    assert desk.post(f"{address}{asset.ref}/remove/").status_code == 404
    assert desk.post(f"{address}{asset.ref}/{task.pk}/", {"outcome": "REMOVED"}).status_code == 404
    elsewhere = coming(centre)
    own = sign_in(centre, "ORGANISER")
    assert own.post(f"{DESK}{elsewhere.ref}/pictures/{asset.ref}/remove/").status_code == 404
    asset.refresh_from_db()
    assert asset.state == AssetState.UNDER_WITHDRAWAL and not seen(event, asset)
