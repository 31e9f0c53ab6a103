"""The demo's pictures: drawn for it, by the product's own actions. At last year's conference people and a
class were photographed; one of them has withdrawn the consent now, which waits for the organisers.
"""

import tempfile
from datetime import datetime
from importlib.resources import files as packaged
from pathlib import Path

from sauga.events.photos.actions import withdrawals
from sauga.events.photos.actions.assets import add_asset
from sauga.events.photos.models import PhotoConsent
from sauga.events.programme.models import Event
from sauga.events.registration.actions import setup
from sauga.events.registration.actions.registrations import REGISTRANT, RegistrationData
from sauga.events.registration.demo import register_confirmed
from sauga.events.registration.queries.details import Details
from sauga.kernel.identity import PersonActor

PEOPLE = (
    ("Ieva Smiltė", "public"),
    ("Lukas Klevas", "public"),
    ("Rūta Kopa", "faceless"),
    ("Tomas Uosis", ""),
)
PICTURES = (
    (
        "hall",
        "1",
        {"lt": "Piešinys: moteris kalba prie lentos", "en": "Drawing: a woman talks at a board"},
        False,
    ),
    (
        "pair",
        "2, 5-01",
        {"lt": "Piešinys: du žmonės prie stalo", "en": "Drawing: two people at a table"},
        False,
    ),
    ("crowd", "3", {"lt": "Piešinys: salė iš galo", "en": "Drawing: the hall from behind"}, True),
)


def register(by: PersonActor, event: Event, at: datetime) -> None:
    """Before the event: people and a class register and say what they agree to."""
    made = []
    for is_class in (False, True):
        name = {"lt": "Klasė", "en": "A class"} if is_class else {"lt": "Vieta", "en": "A seat"}
        quota = setup.add_quota(by=by, event=event, name=name, size=60, at=at)
        given = {
            "name": name,
            "quotas": [quota],
            "is_for_classes": is_class,
            "wants_approval": False,
            "opens_at": at,
            "closes_at": event.starts,
        }
        made.append(setup.put_ticket(by=by, event=event, given=given, at=at))
    person, group = made
    for number, (who, photo) in enumerate(PEOPLE):
        data = RegistrationData(
            details=Details(who, f"svecias{number}@pastas.example"),
            language="lt",
            sending=f"{event.pk:08x}{number:024x}",
            photo=photo,
        )
        register_confirmed(ticket=person, data=data, at=at)
    details = Details(
        "Rasa Pievaitė", "klase@mokykla.example", school="Pavyzdinė Beržyno progimnazija", class_name="6c"
    )
    data = RegistrationData(
        details=details,
        language="lt",
        sending=f"{event.pk:08x}{len(PEOPLE):024x}",
        groups={"grades_5_8": 20, "educators": 1},
        photo_children=16,
    )
    register_confirmed(ticket=group, data=data, at=at)


def publish(by: PersonActor, event: Event, at: datetime) -> None:
    """After the event: three pictures."""
    for name, badges, alt, is_unrecognisable in PICTURES:
        add_asset(
            by=by,
            event=event,
            kind="PHOTO",
            name=f"{name}.png",
            content=drawing(name),
            alt=alt,
            badges=badges,
            is_unrecognisable=is_unrecognisable,
            at=at,
        )


def withdraw(event: Event, at: datetime) -> None:
    """One of those who are shown no longer agrees."""
    consent = PhotoConsent.objects.get(event=event, number=2)
    withdrawals.withdraw(by=REGISTRANT, consent=consent, at=at)


def drawing(name: str) -> bytes:
    """A drawing of the demo as a picture; `name` is what it shows."""
    import typst  # a process that draws nothing does without it

    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder) / "scene.typ"
        source.write_bytes(packaged(__package__).joinpath("scene.typ").read_bytes())
        drawn: bytes = typst.compile(
            str(source), root=folder, format="png", ppi=96, sys_inputs={"scene": name}
        )
        return drawn
