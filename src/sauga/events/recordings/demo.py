"""The demo's recordings: films of the product's own material stand for three sessions of last year's
conference. One is published by the repository, one waits there as a draft, and of one a speaker has withdrawn
the consent, which waits for the organisers.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from importlib.resources import files as packaged

from sauga.events.photos.models import Asset
from sauga.events.programme.actions.speakers import set_recording
from sauga.events.programme.models import Event, Session
from sauga.events.recordings.actions import recordings
from sauga.events.recordings.actions.handing_on import HandOnGiven, hand_on
from sauga.kernel.identity import PersonActor, person_actor
from sauga.kernel.identity.models import Person
from sauga.kernel.kit.demo import Cast
from sauga.kernel.states import SystemActor
from sauga.repository.resources.actions import publication, resources, review
from sauga.repository.resources.models import Resource
from sauga.repository.resources.queries.snapshots import files_of
from sauga.repository.states import ResourceState

EDITORS = {"EDITOR", "PUBLISHER"}
"""Roles that a demo without a repository does not have."""
HOUR = timedelta(hours=1)
BOTH = ("lt", "en")


@dataclass(frozen=True)
class Film:
    """A film of the repository's demo that stands for a session, named by its English title."""

    session: str
    name: str
    abstract: dict[str, str]


EVENING = Film(
    "An evening for parents in the library: what worked",
    "parents-evening-recording",
    {
        "lt": "Kaip biblioteka surengė vakarą, į kurį tėvai atėjo su vaikais, ir ką keistų kitą kartą.",
        "en": "How a library held an evening for parents with their children, and what it would change.",
    },
)
BULLYING = Film(
    "Bullying in the class chat: the first hour",
    "bystander-video-1",
    {
        "lt": "Kas ką daro, ko nedaryti ir kaip kalbėti su visa klase.",
        "en": "Who does what, what not to do, and how to talk to the whole class.",
    },
)
QUESTIONS = Film(
    "What children ask artificial intelligence",
    "deepfake-video",
    {
        "lt": "Ką parodė tūkstantis užrašytų klausimų ir ką iš jų gali paimti mokykla.",
        "en": "What a thousand written questions showed, and what a school can take from them.",
    },
)


def play(cast: Cast, event: Event, at: datetime) -> None:
    """In the weeks after the event, up to the day before `at`."""
    after = event.ends + timedelta(days=7)
    by = cast.actor("ORGANISER", after)
    published = _handed_on(by, event, EVENING, "lt", after)
    _handed_on(by, event, QUESTIONS, "en", at - timedelta(days=2))
    _handed_on(by, event, BULLYING, "lt", after + HOUR)
    if cast.staff.keys() >= EDITORS:
        _publish(cast, published, at - timedelta(days=300))
    one = _session(event, BULLYING).speaking.order_by("pk")[0]
    set_recording(by=SystemActor("speaker"), speaking=one, agrees=False, at=at - timedelta(days=1))


def _handed_on(by: PersonActor, event: Event, film: Film, language: str, at: datetime) -> Resource:
    part = _session(event, film)
    asset = _attached(by, event, part, film, at)
    given = HandOnGiven(title=part.title, abstract=film.abstract, language=language, licence="CC-BY-NC-4.0")
    return Resource.objects.get(ref=hand_on(by=by, asset=asset, given=given, at=at).resource_ref)


def _attached(by: PersonActor, event: Event, part: Session, film: Film, at: datetime) -> Asset:
    """The film has its own name in an element that players skip (Void, RFC 8794 §11.3.2): no file belongs to
    two resources."""
    mark = part.ref.encode()
    content = _kept(f"{film.name}.webm") + bytes((0xEC, 0x80 | len(mark))) + mark
    asset = recordings.attach_recording(
        by=by, event=event, session=part, name=f"{film.name}.webm", content=content, at=at
    )
    for code in BOTH:
        text = _kept(f"{film.name}.{code}.vtt").rstrip() + f"\n\nNOTE {part.ref}\n".encode()
        recordings.put_captions(
            by=by, asset=asset, language=code, name=f"{film.name}.vtt", content=text, at=at
        )
    return asset


def _publish(cast: Cast, resource: Resource, at: datetime) -> None:
    """An editor says what this session is about and submits it, another reviews it, the editor-in-chief
    publishes it."""
    by = cast.actor("EDITOR", at)
    resource = resources.edit_resource(
        by=by, resource=resource, at=at, topics=["media_literacy"], audiences=["public_librarians"]
    )
    resource = review.submit_resource(by=by, resource=resource, at=at)
    second = Person.objects.filter(email__startswith="second@awareness").first()
    reader = person_actor(second, at) if second is not None else cast.actor("PUBLISHER", at)
    for row in files_of(resource):
        review.open_file(by=reader, rendition=row, at=at)
    resource = review.pass_review(by=reader, resource=resource, at=at + HOUR)
    if resource.state == ResourceState.APPROVED:
        publication.publish_resource(by=cast.actor("PUBLISHER", at), resource=resource, at=at + 2 * HOUR)


def _session(event: Event, film: Film) -> Session:
    found: Session = event.sessions.get(title__en=film.session)
    return found


def _kept(name: str) -> bytes:
    return packaged("sauga.repository").joinpath("demo/films", name).read_bytes()
