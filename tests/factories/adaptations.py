"""Partners, adapted versions and deployments for tests, made by the repository's own actions."""

import struct
import zlib
from datetime import timedelta
from typing import Any

from django.test import Client

from factories.members import browser_of
from factories.resources import approved, draft, with_file
from sauga.kernel import clock
from sauga.kernel.members import MemberActor
from sauga.kernel.members.actions import signin
from sauga.kernel.members.actions.invitations import invite_representative
from sauga.kernel.members.actors import member_actor
from sauga.kernel.organisations import create_organisation
from sauga.kernel.organisations.models import Organisation
from sauga.kernel.states import SystemActor
from sauga.repository.adaptations.actions import adaptations, partners, upstream_updates
from sauga.repository.adaptations.models import Adaptation, Partner
from sauga.repository.deployments import actions as deployment_actions
from sauga.repository.deployments.models import Deployment
from sauga.repository.resources.actions import publication, resources
from sauga.repository.resources.models import Resource
from tests.centre import AT, Centre

SWEEP, DEMO = SystemActor("repository"), SystemActor("demo")
EDITOR = "saule@mokykla.example"
SLOTS = [
    {"code": "logo", "kind": "logo", "required": False, "default": {"lt": "", "en": ""}},
    {
        "code": "help",
        "kind": "help_contacts",
        "required": True,
        "default": {"lt": "Vaikų linija: 116 111", "en": "Child Line: 116 111"},
    },
    {"code": "place", "kind": "place", "required": False, "default": {}},
    {"code": "web", "kind": "web_address", "required": False, "default": {}},
]
BODY = {
    "lt": [
        {"kind": "heading", "text": "Ko išmoksime"},
        {"kind": "paragraph", "text": "Klasė sutaria dėl trijų bendravimo taisyklių."},
        {
            "kind": "task",
            "title": "Apšilimas",
            "text": "Poromis pasakykite, kas praskaidrino dieną.",
            "minutes": 8,
        },
        {
            "kind": "question",
            "text": "Kas padeda patikrinti naujieną?",
            "answers": ["Antras šaltinis", "Daug patiktukų", "Data"],
            "right": [0, 2],
        },
        {"kind": "slot", "slot": "place"},
    ],
    "en": [
        {"kind": "heading", "text": "What we learn"},
        {"kind": "paragraph", "text": "The class agrees on three rules for talking."},
        {
            "kind": "task",
            "title": "Warm-up",
            "text": "In pairs say what made the day brighter.",
            "minutes": 8,
        },
        {
            "kind": "question",
            "text": "What helps to check the news?",
            "answers": ["A second source", "Many likes", "The date"],
            "right": [0, 2],
        },
        {"kind": "slot", "slot": "place"},
    ],
}


def _png() -> bytes:
    """A picture of one dot, with the name of a program that a rebuilt logo does not keep."""

    def chunk(kind: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))

    dot = zlib.compress(b"\0\x12\x34\x56")
    head = struct.pack(">IIBBBBB", 1, 1, 8, 2, 0, 0, 0)
    parts = (
        chunk(b"IHDR", head),
        chunk(b"tEXt", b"Software\0Drawn somewhere"),
        chunk(b"IDAT", dot),
        chunk(b"IEND", b""),
    )
    return b"\x89PNG\r\n\x1a\n" + b"".join(parts)


PNG = _png()


def live(
    centre: Centre, *, slots: Any = None, body: Any = None, parts: Any = (), at: Any = AT, **more: Any
) -> Resource:
    """A published resource with slots and words."""
    made = draft(centre, at=at, **more)
    editor = centre.actor("EDITOR")
    resources.set_slots(by=editor, resource=made, slots=SLOTS if slots is None else slots, at=at)
    made = resources.edit_resource(by=editor, resource=made, body=BODY if body is None else body, at=at)
    if parts:
        made = resources.set_parts(by=editor, resource=made, parts=list(parts), at=at)
    with_file(centre, made)
    return publication.publish_resource(
        by=centre.actor("PUBLISHER"), resource=approved(centre, made, at=at), at=at
    )


def next_version(centre: Centre, resource: Resource, *, at: Any, **changes: Any) -> Resource:
    """The resource published anew with these changes."""
    revision = resources.open_revision(by=centre.actor("EDITOR"), resource=resource, at=at)
    revision = resources.edit_resource(by=centre.actor("EDITOR"), resource=revision, at=at, **changes)
    return publication.publish_resource(
        by=centre.actor("PUBLISHER"), resource=approved(centre, revision, at=at), at=at
    )


def editor(at: Any = AT) -> MemberActor:
    """The member who acts for the school of the test's installation."""
    place = Organisation.objects.get(code="MOKYKLA")
    row = invite_representative(
        by=DEMO, address=EDITOR, name="Saulė Liepaitė", language="lt", organisation=place, at=at
    )
    return member_actor(row.member, at)


def editor_secret() -> str:
    """The secret of the cookie of a browser in which that member has just signed in."""
    by = editor()
    return signin.begin_session(
        by=by, member=by.member, method="link", device="Firefox, Linux", at=clock.now()
    )


def editor_browser() -> Client:
    """A browser in which that member is signed in."""
    return browser_of(editor_secret())


def school(centre: Centre) -> Partner:
    """The partner for which the editor acts; it has accepted the terms."""
    held = Partner.objects.filter(registered_as__code="MOKYKLA").first()
    if held is not None:
        return held
    place = Organisation.objects.get(code="MOKYKLA")
    made = partners.join_partner(by=centre.actor("PARTNER_MANAGER"), organisation=place, at=AT)
    return partners.accept_terms(by=editor(), partner=made, at=AT)


def elsewhere() -> Organisation:
    """An organisation for which nobody of the test acts."""
    return create_organisation(by=SystemActor("setup"), names={"lt": "Kita mokykla"}, at=AT)


def other_partner() -> Partner:
    """The same as a partner."""
    return Partner.objects.create(registered_as=elsewhere(), joined_at=AT)


def begun(
    centre: Centre, base: Resource, *, kind: str = "localisation", language: str = "lt", **more: Any
) -> Adaptation:
    """An own version of the school, being edited (or refused)."""
    by = editor()
    return adaptations.begin_adaptation(
        by=by, partner=school(centre), base=base, kind=kind, language=language, at=AT, **more
    )


def released(centre: Centre, base: Resource | None = None, *, at: Any = AT, **more: Any) -> Adaptation:
    """An own version, released by the school alone."""
    by = editor()
    made = begun(centre, base or live(centre), **more)
    made = adaptations.send_to_review(by=by, adaptation=made, at=at)
    return adaptations.release_adaptation(by=by, adaptation=made, at=at)


def deployed(
    centre: Centre, adaptation: Adaptation | None = None, *, channel: str = "page", at: Any = AT, **more: Any
) -> tuple[Deployment, str]:
    """A running deployment and its token."""
    by = editor()
    made = deployment_actions.request_deployment(
        by=by, adaptation=adaptation or released(centre), channel=channel, at=at, **more
    )
    token = deployment_actions.start_deployment(by=by, deployment=made, at=at)
    made.refresh_from_db()
    return made, token


def offered(
    centre: Centre, adaptation: Adaptation, *, after: timedelta = timedelta(days=1), **changes: Any
) -> Adaptation:
    """The original was published anew, and the job has offered it."""
    at = AT + after
    next_version(centre, adaptation.base, at=at, **changes)
    upstream_updates.offer_updates(by=SWEEP, at=at)
    adaptation.refresh_from_db()
    return adaptation
