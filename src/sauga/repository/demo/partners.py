"""A partner of the demo: a school that adapts the toolkit of the day, opens its page and takes an offline
copy. Its editor is a member of the public who acts for it.
"""

from collections.abc import Mapping
from datetime import datetime, timedelta

from sauga.kernel.identity import PersonActor
from sauga.kernel.members import MemberActor
from sauga.kernel.members.actions.invitations import invite_representative
from sauga.kernel.members.actors import member_actor
from sauga.kernel.organisations.models import Organisation
from sauga.kernel.states import SystemActor
from sauga.repository.adaptations.actions import adaptations, edits, partners
from sauga.repository.adaptations.queries.composition import slots_of
from sauga.repository.deployments import actions as deployment_actions
from sauga.repository.resources.models import Resource

DEMO = SystemActor("demo")
EDITOR = ("teacher@mokykla.example", "Saulė Liepaitė")
TOOLKIT = "sid-2027-toolkit"
PLACES = {
    "help": {"lt": "Vaikų linija: 116 111\nMokyklos psichologė, 12 kabinetas"},
    "place": {"lt": "Aktų salė"},
    "when": {"*": "2027-02-09T10:00"},
    "who": {"lt": "Socialinė pedagogė, 12 kabinetas"},
}


def seed(actors: Mapping[str, PersonActor], at: datetime) -> None:
    """The school joins, adapts, releases and deploys. Without a school, or without the toolkit, nothing
    happens.
    """
    base = Resource.objects.live().filter(slug_en=TOOLKIT).first()
    place = Organisation.objects.filter(kinds__contains=["SCHOOL"]).order_by("pk").first()
    if base is None or place is None or "PARTNER_MANAGER" not in actors:
        return
    began = at - timedelta(hours=20)
    teacher = _editor(place, began)
    school = partners.join_partner(by=actors["PARTNER_MANAGER"], organisation=place, at=began)
    partners.accept_terms(by=teacher, partner=school, at=began)
    made = adaptations.begin_adaptation(
        by=teacher,
        partner=school,
        base=base,
        kind="localisation",
        language="lt",
        name="Mūsų mokyklos diena",
        at=began,
    )
    known = {slot["code"] for slot in slots_of(made.base_version)}
    values = {code: said for code, said in PLACES.items() if code in known}
    made = edits.fill_slots(by=teacher, adaptation=made, values=values, at=began)
    made = adaptations.send_to_review(by=teacher, adaptation=made, at=began)
    made = adaptations.release_adaptation(by=teacher, adaptation=made, at=began)
    for channel in ("page", "offline_zip", "scorm12"):
        row = deployment_actions.request_deployment(by=teacher, adaptation=made, channel=channel, at=began)
        deployment_actions.start_deployment(by=teacher, deployment=row, at=began)
    adaptations.begin_adaptation(
        by=teacher,
        partner=school,
        base=base,
        kind="translation",
        language="pl",
        name="Dzień w naszej szkole",
        at=at - timedelta(hours=2),
    )


def _editor(place: Organisation, at: datetime) -> MemberActor:
    """The member who acts for the school; the demo's list of members has made her already."""
    address, name = EDITOR
    row = invite_representative(by=DEMO, address=address, name=name, language="lt", organisation=place, at=at)
    return member_actor(row.member, at)
