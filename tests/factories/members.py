"""Members for tests: made by the same actions as real ones, signed in by a cookie."""

from datetime import date, datetime
from typing import Any

from django.test import Client

from sauga.kernel import clock
from sauga.kernel.i18n.normal import normal_address
from sauga.kernel.members import protection
from sauga.kernel.members.actions import account, representations, signin
from sauga.kernel.members.actors import MemberActor
from sauga.kernel.members.models import Member, Representation, SigninLink
from sauga.kernel.members.signin import cookies
from sauga.kernel.states import SystemActor

VISITOR = SystemActor("visitor")
SETUP = SystemActor("demo")


def asked(address: str, at: datetime | None = None, **more: Any) -> tuple[SigninLink, str]:
    """A link that was asked for, and the secret of the browser that asked."""
    browser = cookies.new_secret()
    given = {"language": "en", "wanted": "", **more}
    link = signin.ask_link(
        by=VISITOR,
        address=normal_address(address),
        browser=browser,
        at=at or clock.now(),
        **given,
    )
    return link, browser


def joined(
    address: str = "ona@mokykla.example", name: str = "Ona Pavyzdė", at: datetime | None = None
) -> tuple[MemberActor, str]:
    """A member who has just signed in: the actor and the secret of the session's cookie."""
    when = at or clock.now()
    link, _browser = asked(address, when)
    who, secret = signin.use_link(by=VISITOR, link=link, device="Firefox, Linux", at=when)
    if name:
        account.change_account(by=who, name=name, language="en", is_reminded=False, at=when)
    return who, secret


def browser_of(secret: str, **more: Any) -> Client:
    """A browser in which the session's cookie is."""
    client = Client(**more)
    client.cookies[cookies.session_name()] = secret
    return client


def born_in(row: Member, month: date) -> None:
    """The member is a young one, born in this month."""
    protection.seal_birth_month(protection.open_key(row), row, month)
    row.save(update_fields=["born"])


def acts_for(who: MemberActor, organisation: Any, at: datetime | None = None) -> Representation:
    """The member acts for the organisation, as staff confirmed."""
    when = at or clock.now()
    row = representations.ask_to_represent(
        by=who,
        organisation=organisation,
        asked_name="",
        purpose="Teaches there.",
        wants_partner=False,
        at=when,
    )
    representations.confirm_representation(by=SETUP, representation=row, at=when)
    return row
