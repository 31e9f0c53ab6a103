"""“Ambassador” in My Sauga: where one stands, requests, sessions, the renewal, materials, meetings."""

from datetime import datetime
from typing import Any

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from sauga.certification.applications import presenters
from sauga.certification.applications.actions.board import appealable, suspension_of
from sauga.certification.applications.models import Ambassador
from sauga.certification.applications.queries import ambassadors as queries
from sauga.certification.applications.rules.guards import RENEWAL
from sauga.certification.applications.views.member import SENTENCES, adult
from sauga.certification.overview import queries as overview
from sauga.certification.overview.presenters import certificate_of
from sauga.certification.programme.rules.codes import level_name
from sauga.certification.register.queries import entries
from sauga.certification.sessions import presenters as sessions
from sauga.certification.sessions.mail_text import facts
from sauga.certification.sessions.queries import bookings
from sauga.certification.states import CERTIFIED, OPEN, AmbassadorState
from sauga.kernel import clock, members
from sauga.kernel.clock import local_day


@require_safe
def mine(request: HttpRequest) -> HttpResponseBase:
    """The ambassador's page."""
    by, at = adult(request), clock.now()
    today = local_day(at)
    rows = queries.of_member(by.member)
    present = next((row for row in rows if row.state in CERTIFIED and row.ended_at is None), None)
    entry = entries.entry_of(present) if present is not None else None
    keys = [row.pk for row in rows]
    own = [sessions.own_line(row, today) for row in bookings.own_bookings(keys)]
    language = get_language() or "lt"
    context = {
        "files": [_file(row, at) for row in rows],
        "present": present,
        "entry": entry,
        "offers": [{**facts(one.booking), "offer": one} for one in bookings.own_offers(keys, at)],
        "ahead": [one for one in reversed(own) if one["is_ahead"] or one["to_report"]],
        "past": [one for one in own if not one["is_ahead"] and not one["to_report"]],
        "materials": overview.materials(entry.topics if entry else (), language) if present else [],
        "meetings": overview.meetings(at) if present else [],
        "may_apply": not any(row.state in (*OPEN, AmbassadorState.SUSPENDED) for row in rows)
        and not (present is not None and present.level == 3),
    }
    return members.page(request, "certification/member/mine.html", context, sentences=SENTENCES)


def _file(row: Ambassador, at: datetime) -> dict[str, Any]:
    """One application or certification as its owner sees it."""
    held = queries.latest_certification(row)
    is_open = row.state in OPEN
    is_to_be_renewed = row.state == AmbassadorState.LAPSED or (
        row.state in CERTIFIED and row.ended_at is None
    )
    ask = getattr(row, "employer_ask", None)
    return {
        "row": row,
        "state": presenters.STATES[row.state],
        "level": level_name(row.level),
        "next": presenters.NEXT.get(row.state, ""),
        "period": presenters.period(held.since, held.until) if held is not None else "",
        "checklist": presenters.checklist(row, at) if is_open else [],
        "renewal": presenters.checklist(row, at, RENEWAL) if is_to_be_renewed else [],
        "cases": presenters.cases(row, with_names=False),
        "may_withdraw": row.state in OPEN and row.state != AmbassadorState.BOARD_DECISION,
        "may_ask_employer": row.state == AmbassadorState.APPLIED
        and ask is not None
        and ask.answered_at is None,
        "employer_declined": ask is not None and ask.agrees is False,
        "may_speak": suspension_of(row) is not None,
        "may_appeal": appealable(row) is not None,
        "certificate": certificate_of(held),
    }
