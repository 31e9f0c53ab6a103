"""The demo's planning: teams; tasks and budgets of what comes, some of it late; last year's conference with
its costs, its numbers and a closed report. All by the same actions as at the desk.
"""

from collections.abc import Collection
from datetime import datetime, time, timedelta
from typing import Any

from sauga.events.permissions import TEAM, Permission
from sauga.events.planning.actions import budget, reports, tasks, templates
from sauga.events.planning.actions.team import add_member
from sauga.events.planning.queries.tasks import templates_of
from sauga.events.planning.queries.team import candidates
from sauga.events.programme.models import Event
from sauga.events.states import EventState
from sauga.kernel.clock import VILNIUS
from sauga.kernel.identity import PersonActor

LATE = 2
"""So many of the tasks whose day is past are not done yet."""
COSTS: tuple[tuple[str, str, int, str], ...] = (
    ("venue", "Salės nuoma", 2_400_00, "programme"),
    ("catering", "Kava ir pietūs", 3_150_00, "programme"),
    ("equipment", "Transliacija ir įrašymas", 1_800_00, "programme"),
    ("accessibility", "Vertimas į lietuvių gestų kalbą", 760_00, "programme"),
    ("accessibility", "Subtitrai tiesiogiai", 420_00, "co_financing"),
    ("speakers", "Pranešėjų atlygis", 1_500_00, "programme"),
    ("travel", "Svečių kelionės ir nakvynė", 980_00, "partner"),
    ("materials", "Programos ir kortelės", 310_00, "programme"),
    ("promotion", "Skelbimai mokykloms", 250_00, "co_financing"),
)
PAID = (100, 104, 97, 100, 112, 100, 88, 100, 120)
"""What was paid for each, in hundredths of what was planned."""
CAME = {"educators": 29, "librarians": 12, "other_professionals": 6, "grades_5_8": 19}


def put_team(by: PersonActor, event: Event, roles: Collection[str], at: datetime) -> None:
    """Put one person of each of these roles on the team of an event."""
    if not by.can(Permission.PLAN):
        return
    for role in TEAM:
        if role in roles and (people := candidates(role, at)) and not event.team.filter(role=role).exists():
            add_member(by=by, event=event, person=people[0], role=role, at=at)


def play(by: PersonActor, at: datetime) -> None:
    """Plan what comes and settle what is over."""
    if not by.can(Permission.PLAN):
        return
    templates.load_templates(at)
    coming = Event.objects.filter(state__in=(EventState.PUBLISHED, EventState.DRAFT), starts__gt=at)
    planned = [event for event in coming.order_by("starts", "pk") if templates_of(event.kind)]
    for event in planned:
        _tasks(by, event, at)
    kinds = ("conference", "safer_internet_day")
    large = next((event for kind in kinds for event in planned if event.kind == kind), None)
    if large is not None:
        _budget(by, large, at, is_over=False)
    past = Event.objects.filter(kind="conference", state=EventState.OVER).order_by("-starts").first()
    if past is not None:
        _settle(by, past)


def _tasks(by: PersonActor, event: Event, at: datetime) -> None:
    """Everything whose day is past is done on its day, but for the last ones."""
    tasks.apply_templates(by=by, event=event, at=event.created_at)
    due = list(event.tasks.filter(due__lt=at.astimezone(VILNIUS).date()))
    for row in due[:-LATE]:
        tasks.finish_task(by=by, task=row, at=datetime.combine(row.due, time(15), VILNIUS))


def _budget(by: PersonActor, event: Event, at: datetime, *, is_over: bool) -> None:
    for number, ((category, text, planned, payer), share) in enumerate(zip(COSTS, PAID, strict=True), 1):
        given: dict[str, Any] = {
            "category": category,
            "text": text,
            "planned": planned,
            "actual": planned * share // 100 if is_over or number == 1 else None,
            "payer": payer,
            "receipt": f"R-{number:03}" if is_over or number == 1 else "",
            "note": "",
        }
        budget.save_line(by=by, event=event, line=None, given=given, at=at)


def _settle(by: PersonActor, event: Event) -> None:
    """Tasks done, costs paid, heads counted, the report closed a month later."""
    tasks.apply_templates(by=by, event=event, at=event.created_at)
    for row in event.tasks.all():
        tasks.finish_task(by=by, task=row, at=datetime.combine(row.due, time(15), VILNIUS))
    _budget(by, event, event.ends + timedelta(days=20), is_over=True)
    reports.report_heads(by=by, event=event, heads=CAME, at=event.ends + timedelta(days=1))
    reports.close_report(by=by, event=event, at=event.ends + timedelta(days=28))
