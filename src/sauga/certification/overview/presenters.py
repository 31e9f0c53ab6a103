"""What waits for an ambassador in My Sauga, and what certification holds about a member."""

from collections.abc import Iterator
from datetime import datetime, time
from typing import Any

from django.urls import reverse
from django.utils.translation import get_language, gettext, ngettext
from django.utils.translation import gettext_lazy as _

from sauga.certification.applications.actions.credentials import subject_of
from sauga.certification.applications.models import Ambassador, Certification
from sauga.certification.applications.presenters import STATES
from sauga.certification.applications.queries import ambassadors as queries
from sauga.certification.applications.queries import evidence, protection
from sauga.certification.applications.rules.credential import AMBASSADOR
from sauga.certification.programme.queries import versions
from sauga.certification.register.queries import entries
from sauga.certification.register.rules.shown import Field
from sauga.certification.sessions.mail_text import host_of, when
from sauga.certification.sessions.presenters import STATES as SESSION_STATES
from sauga.certification.sessions.queries import bookings
from sauga.certification.states import CERTIFIED, AmbassadorState, BookingState
from sauga.kernel import credentials, members
from sauga.kernel.clock import VILNIUS, local_day
from sauga.kernel.credentials import check_address
from sauga.kernel.i18n import long_date
from sauga.kernel.members.models import Member
from sauga.kernel.sealed import KeyNotAvailable

CODES = {code: mark.text for code, mark in (STATES | SESSION_STATES).items()} | dict(Field.choices)
"""What the states, and the parts of the register's entry, are called in “my data”."""


def waiting(by: members.MemberActor, at: datetime) -> Iterator[members.Waiting]:
    """Requests of schools, sessions to report, a renewal that is due."""
    if by.birth_month is not None:
        return
    rows = list(Ambassador.objects.filter(member=by.member_id))
    if not rows:
        return
    if any(row.state in CERTIFIED and row.ended_at is None and entries.entry_of(row) is None for row in rows):
        yield members.Waiting(
            title=_("Fill your profile so that schools can ask you"),
            text=_(
                "Say where you come, about what and in which languages. Until then no request reaches you."
            ),
            href=reverse("certification-profile"),
            action=_("Fill it in"),
            icon="users",
        )
    keys, page, today = [row.pk for row in rows], reverse("certification-mine"), local_day(at)
    if n := len(bookings.own_offers(keys, at)):
        said = ngettext(
            "%(n)s request of a school or library", "%(n)s requests of schools or libraries", n
        ) % {"n": n}
        yield members.Waiting(
            title=said, text=_("Whoever accepts first comes."), href=page, action=_("See"), icon="school"
        )
    for one in bookings.own_bookings(keys):
        if one.state == BookingState.ACCEPTED and one.has_come(today):
            yield members.Waiting(
                title=gettext("Session: %(host)s") % {"host": host_of(one)},
                text=when(one),
                href=reverse("certification-my-session", args=[one.ref]),
                action=_("Report it"),
                icon="clipboard-list",
            )
    for row in rows:
        held = queries.latest_certification(row) if row.state == AmbassadorState.RENEWAL_DUE else None
        if held is not None and row.ended_at is None:
            yield members.Waiting(
                title=_("Renew the certification"),
                text=gettext("It ends on %(day)s.") % {"day": long_date(held.until)},
                href=page,
                action=_("See what is missing"),
                icon="clock",
                due=datetime.combine(held.until, time(23, 59), tzinfo=VILNIUS),
            )


def certificate_of(held: Certification | None) -> str:
    """The address of the page where everybody checks the certificate."""
    if held is None or not held.credential:
        return ""
    row = credentials.credential_for(subject_of(held.ambassador), AMBASSADOR)
    if row is None:
        return ""
    try:
        return check_address(credentials.content_of(row).code, get_language() or "lt")
    except KeyNotAvailable:
        return ""


def may_become_one(by: members.MemberActor) -> bool:
    """Whether becoming an ambassador is offered: to adults who are none and have not applied."""
    held = Ambassador.objects.filter(member=by.member_id, ended_at__isnull=True)
    return by.birth_month is None and not held.exists()


def is_ambassador(by: members.MemberActor) -> bool:
    """Whether the menu of the member site has the page."""
    return by.birth_month is None and Ambassador.objects.filter(member=by.member_id).exists()


def export(member: Member, _at: datetime) -> dict[str, Any]:
    """Its part of “my data”."""
    rows = queries.of_member(member)
    return {"applications": [_exported(row) for row in rows]} if rows else {}


def _exported(row: Ambassador) -> dict[str, Any]:
    entry = entries.entry_of(row)
    criteria = {one.code: one.text for one in versions.criteria_of(row.programme)}
    return {
        "name": protection.text_of(row, row, "name"),
        "level": row.level,
        "state": row.state,
        "applied_at": row.applied_at.isoformat(),
        "workplaces": [one.organisation.present_name() for one in row.workplaces.all()],
        "evidence": [
            {
                "criterion": criteria.get(one.code, one.code),
                "amount": one.amount,
                "day": one.on.isoformat(),
                "reference": protection.text_of(row, one, "reference"),
            }
            for one in evidence.records_of(row)
        ],
        "register": {"shown": entry.shown, "municipalities": entry.municipalities} if entry else None,
        "sessions": [
            {"host": host_of(one), "day": one.day.isoformat(), "state": one.state}
            for one in bookings.own_bookings([row.pk])
        ],
    }


def kept(member: Member) -> list[str]:
    """What stays after a deletion."""
    if not Ambassador.objects.filter(member=member, was_certified=True).exists():
        return []
    return [
        gettext("That somebody was certified, and the sessions held, stay without your name and address.")
    ]
