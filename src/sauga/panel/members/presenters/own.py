"""What the panel holds about a member, in words for the member and as values for programs."""

from datetime import datetime
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext, pgettext, pgettext_lazy

from sauga.kernel.kit.lists import plain
from sauga.kernel.members.consents import UnknownPurpose, find
from sauga.kernel.members.models import Consent
from sauga.kernel.members.models import Member as Account
from sauga.panel.effects import hooks
from sauga.panel.members.models import AdultAct, Member
from sauga.panel.members.presenters.labels import STATES
from sauga.panel.members.queries import adults
from sauga.panel.members.queries.members import member_of
from sauga.panel.states import MemberState

OPENED = "OPENED_IDENTITY"


RECORDS = {
    "texts": pgettext_lazy("child", "Texts"),
    "proposals": pgettext_lazy("child", "Proposals"),
}


def held_about(member: Member) -> list[tuple[str, list[str]]]:
    """Headings and lines, the plainest first."""
    consents = Consent.objects.filter(member__panel_member=member).order_by("given_at")
    looks = AdultAct.objects.filter(member=member, what=OPENED).order_by("-at")
    found = [
        (
            pgettext("child", "You here"),
            [
                member.pseudonym,
                pgettext("child", "Born in %(month)s")
                % {"month": date_format(member.birth_month, "YEAR_MONTH_FORMAT")},
                str(plain(STATES[MemberState(member.state)])),
            ],
        ),
        (
            pgettext("child", "Only the adults can open this, sealed"),
            [pgettext("child", "Your name, your class and what is good to know at meetings")],
        ),
        (pgettext("child", "Who agreed to what"), [_consent(one) for one in consents]),
        (
            pgettext("child", "When an adult looked up who you are"),
            [date_format(act.at, "DATETIME_FORMAT") for act in looks],
        ),
    ]
    counts = [
        f"{RECORDS.get(name, name)}: {len(rows)}"
        for more in hooks.records
        for name, rows in more(member).items()
    ]
    if counts:
        found.append((pgettext("child", "What you wrote, by kind"), counts))
    return [(title, lines) for title, lines in found if lines]


def _consent(one: Consent) -> str:
    try:
        title = str(find(one.purpose).title)
    except UnknownPurpose:
        title = one.purpose
    who = (
        pgettext("child", "your guardian")
        if one.given_by == Consent.Party.GUARDIAN
        else pgettext("child", "you")
    )
    until = f" – {date_format(one.withdrawn_at, 'DATE_FORMAT')}" if one.withdrawn_at else ""
    return f"{title}: {who}, {date_format(one.given_at, 'DATE_FORMAT')}{until}"


def export(account: Account, _at: datetime) -> dict[str, Any]:
    """The panel's part of “my data”."""
    row = member_of(account.pk)
    if row is None:
        return {}
    found = adults.records_of(row)
    found.pop("adult_acts")
    return {name: [_plain(one) for one in rows] for name, rows in found.items()}


def lines(account: Account, _at: datetime) -> list[tuple[str, str]]:
    """The same in words."""
    row = member_of(account.pk)
    return [(title, "; ".join(said)) for title, said in held_about(row)] if row is not None else []


def _plain(row: dict[str, Any]) -> dict[str, Any]:
    return {key: value.isoformat() if isinstance(value, datetime) else value for key, value in row.items()}


def kept(account: Account) -> list[str]:
    """What stays after a deletion."""
    if member_of(account.pk) is None:
        return []
    return [gettext("What the panel decided stays, without the pseudonym.")]
