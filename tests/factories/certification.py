"""Ambassadors and sessions for tests, made by the same actions as real ones."""

from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from sauga.certification.applications.actions import applications, board, evidence
from sauga.certification.applications.actions.applications import Applied
from sauga.certification.applications.actions.evidence import Shown
from sauga.certification.applications.models import Ambassador, EmployerAsk
from sauga.certification.applications.queries.ambassadors import open_case_of
from sauga.certification.applications.rules.codes import CONDUCT_VERSION
from sauga.certification.programme.actions.versions import load_programme
from sauga.certification.register.actions import profiles
from sauga.certification.register.actions.profiles import Profile
from sauga.certification.register.rules.shown import Field
from sauga.certification.sessions.actions import requests
from sauga.certification.sessions.models import Booking
from sauga.certification.states import AmbassadorState
from sauga.kernel.members.actors import MemberActor, member_actor
from sauga.kernel.organisations import create_organisation
from sauga.kernel.organisations.models import Organisation
from sauga.kernel.states import SystemActor
from tests.centre import Centre
from tests.factories.members import joined

AT = datetime(2026, 11, 28, 10, tzinfo=UTC)
SETUP, HOST, EMPLOYER, WORKER = (SystemActor(name) for name in ("setup", "host", "employer", "certification"))
EMPLOYERS_ADDRESS = "rastine@mokykla.example"


def school(name: str = "Girių mokykla (pavyzdys)", municipality: str = "LT-18") -> Organisation:
    """A school of the register."""
    begun = AT.replace(year=2020)
    return create_organisation(
        by=SETUP, names={"lt": name}, kinds=["SCHOOL"], municipality=municipality, at=begun
    )


def given(employer: Organisation, **more: Any) -> Applied:
    """What an applicant gives."""
    said: dict[str, Any] = {
        "level": 1,
        "name": "Agnė Girdenienė",
        "born": date(1985, 4, 2),
        "municipality": "LT-18",
        "employer": employer,
        "employer_address": EMPLOYERS_ADDRESS,
        "conduct_version": CONDUCT_VERSION,
        **more,
    }
    return Applied(**said)


def applied(
    employer: Organisation | None = None,
    *,
    at: datetime = AT,
    address: str = "agne@mokykla.example",
    **more: Any,
) -> tuple[MemberActor, Ambassador]:
    """A member and their application."""
    load_programme(at)
    who, _secret = joined(address, "Agnė Girdenienė", at)
    return who, applications.apply(by=who, given=given(employer or school(), **more), at=at)


def employer_agrees(row: Ambassador, at: datetime = AT) -> None:
    """The employer presses the button behind its link."""
    ask = EmployerAsk.objects.get(ambassador=row)
    evidence.answer_as_employer(by=EMPLOYER, ask=ask, agrees=True, at=at)


def shown(code: str, at: datetime = AT, **more: Any) -> Shown:
    """Evidence of today."""
    amounts = {"training_hours": 40, "exam": 80}
    said: dict[str, Any] = {"code": code, "amount": amounts.get(code, 1), "on": at.date(), **more}
    if code == "background_check":
        said = {"authority": "Pavyzdžio tarnyba", "reference": "NR-17", **said}
    return Shown(**said)


def record(centre: Centre, row: Ambassador, *codes: str, at: datetime = AT) -> None:
    """Staff decide that evidence for these criteria counts."""
    by = centre.actor("CERTIFICATION_MANAGER", at)
    for code in codes:
        evidence.record_evidence(by=by, ambassador=row, shown=shown(code, at), at=at)


def at_board(centre: Centre, row: Ambassador, at: datetime = AT) -> Ambassador:
    """The application with every criterion met, before the board."""
    by = centre.actor("CERTIFICATION_MANAGER", at)
    employer_agrees(row, at)
    record(centre, row, "background_check", at=at)
    for to in (AmbassadorState.ELIGIBLE, AmbassadorState.IN_TRAINING):
        applications.advance(by=by, ambassador=row, to=to, at=at)
    record(centre, row, "training_hours", "exam", at=at)
    if row.level > 1:
        record(centre, row, *["supervised_session"] * (row.level - 1), at=at)
        applications.advance(by=by, ambassador=row, to=AmbassadorState.SUPERVISED, at=at)
    board.present_to_board(by=by, ambassador=row, at=at)
    return Ambassador.objects.get(pk=row.pk)


def decided(centre: Centre, row: Ambassador, choice: str = "FOR", at: datetime = AT) -> Ambassador:
    """Both people of the board say the same."""
    case = open_case_of(row)
    assert case is not None
    for role in ("CERTIFICATION_BOARD", "CERTIFICATION_BOARD_2"):
        board.vote(by=centre.actor(role, at), case=case, choice=choice, reason="Viskas tvarkoje.", at=at)
    return Ambassador.objects.get(pk=row.pk)


def certified(centre: Centre, *, at: datetime = AT, **more: Any) -> tuple[MemberActor, Ambassador]:
    """A certified ambassador."""
    who, row = applied(at=at, **more)
    return who, decided(centre, at_board(centre, row, at), at=at)


PROFILE: dict[str, Any] = {
    "municipalities": ["LT-18", "LT-10"],
    "topics": ["cyberbullying", "data_privacy"],
    "languages": ["lt"],
    "audiences": ["teenagers", "teachers"],
    "about": "Pasakoju iš savo patirties.",
    "is_listed": True,
    "shown": list(Field.values),
}


def listed(
    centre: Centre, *, at: datetime = AT, profile: dict[str, Any] | None = None, **more: Any
) -> tuple[MemberActor, Ambassador]:
    """A certified ambassador in the register."""
    who, row = certified(centre, at=at, **{"level": 2, **more})
    profiles.save_profile(by=who, ambassador=row, profile=Profile(**{**PROFILE, **(profile or {})}), at=at)
    return who, row


def wanted(**more: Any) -> requests.Asked:
    """What a school asks for."""
    said: dict[str, Any] = {
        "organisation": None,
        "organisation_name": "Ąžuolų gimnazija (pavyzdys)",
        "municipality": "LT-18",
        "topic": "cyberbullying",
        "audience": "teenagers",
        "language": "lt",
        "day": (AT + timedelta(days=14)).date(),
        "begins": time(10, 0),
        "heads_expected": 25,
        "note": "Dvi septintos klasės.",
        **more,
    }
    return requests.Asked(**said)


def asked(at: datetime = AT, address: str = "mokykla@azuolai.example", **more: Any) -> Booking:
    """A request whose address is confirmed."""
    row = requests.request(by=HOST, given=wanted(**more), address=address, at=at)
    return requests.confirm(by=HOST, booking=row, at=at)


def again(who: MemberActor, at: datetime) -> MemberActor:
    """The member at another time."""
    return member_actor(who.member, at)
