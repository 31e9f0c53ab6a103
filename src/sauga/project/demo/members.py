"""The members of the demo: people of the public with an account, made by real actions. They sign in by a link
that comes to the demo's mailbox."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from sauga.kernel.members.actions import account, representations, signin
from sauga.kernel.members.actors import MemberActor, member_actor
from sauga.kernel.members.models import Member
from sauga.kernel.members.representation.register import find
from sauga.kernel.members.signin import cookies
from sauga.kernel.states import SystemActor

DEMO, VISITOR = SystemActor("demo"), SystemActor("visitor")


@dataclass(frozen=True)
class DemoMember:
    """A member of the demo. `organisation`: a code or a name; `purpose`: what for, as the member wrote it;
    `what`: who it is, for the list of sign-ins.
    """

    address: str
    name: str
    organisation: str
    purpose: str
    what: Promise
    is_confirmed: bool = False
    wants_partner: bool = False


MEMBERS = (
    DemoMember(
        "daiva@biblioteka.example",
        "Daiva Girdenytė",
        "SCHOOL",
        "Mokyklos bibliotekininkė, rengiu tėvų vakarus.",
        _("librarian, acts for a school"),
        is_confirmed=True,
    ),
    DemoMember(
        "teacher@mokykla.example",
        "Saulė Liepaitė",
        "SCHOOL",
        "Mokytoja, pritaikau medžiagą savo mokyklai.",
        _("editor of a partner: adapts resources for a school"),
        is_confirmed=True,
    ),
    DemoMember(
        "agne@mokykla.example",
        "Agnė Girdenienė",
        "SCHOOL",
        "Mokytoja ir ambasadorė.",
        _("Safer Internet Ambassador, comes to schools"),
        is_confirmed=True,
    ),
    DemoMember(
        "mindaugas@mokykla.example",
        "Mindaugas Vakaris",
        "SCHOOL",
        "Informatikos mokytojas, norėčiau registruoti klases.",
        _("teacher, asks to act for the school"),
    ),
    DemoMember(
        "rasa@biblioteka.example",
        "Rasa Marytė",
        "Pavyzdinė kopų biblioteka",
        "Norėtume savo bibliotekai pritaikyti lankstinukus tėvams.",
        _("librarian, asks that the library becomes a partner"),
        wants_partner=True,
    ),
)


def settle_members(at: datetime) -> int:
    """Make the members in one transaction, unless there are some. Returns how many were made."""
    if Member.objects.exists():
        return 0
    with transaction.atomic():
        for number, one in enumerate(MEMBERS):
            _settle(one, at - timedelta(days=30 - 7 * number, hours=3))
    return len(MEMBERS)


def _settle(one: DemoMember, at: datetime) -> None:
    who = _join(one, at)
    row = representations.ask_to_represent(
        by=who,
        organisation=find(one.organisation, at),
        asked_name=one.organisation,
        purpose=one.purpose,
        wants_partner=one.wants_partner,
        at=at,
    )
    if one.is_confirmed:
        representations.confirm_representation(by=DEMO, representation=row, at=at + timedelta(days=1))


def _join(one: DemoMember, at: datetime) -> MemberActor:
    """As after the first link; the browser of that day is signed out again."""
    link = signin.ask_link(
        by=VISITOR, address=one.address, browser=cookies.new_secret(), language="lt", wanted="", at=at
    )
    who, _secret = signin.use_link(by=VISITOR, link=link, device="Firefox, Linux", at=at)
    account.change_account(by=who, name=one.name, language="lt", is_reminded=False, at=at)
    signin.end_sessions(by=who, sessions=list(who.member.sessions.all()), at=at)
    return member_actor(who.member, at)
