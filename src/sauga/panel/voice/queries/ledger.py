"""The public ledger: proposals that were sent, with what is public of them. Nothing here names a member, not
even by pseudonym."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Count, Q

from sauga.kernel.clock import VILNIUS
from sauga.panel.voice.models import Answer, Proposal
from sauga.panel.voice.queries.proposals import with_titles
from sauga.panel.voice.rules.ledger import Facts, Group, authors_shown, days_late, group_of, was_late
from sauga.panel.voice.rules.states import ASKED, ProposalState


@dataclass(frozen=True, kw_only=True)
class Entry:
    """A proposal as the public sees it."""

    number: int
    title: str
    problem: str
    wish: str
    why: str
    addressee: str
    facts: Facts
    group: Group
    late: int
    was_late: int
    authors: int
    voted: int
    eligible: int
    extended: bool
    reminders: int
    reason: str = ""
    who: str = ""
    decides: str = ""
    tasks: tuple[tuple[str, date | None], ...] = ()
    result_text: str = ""
    told_text: str = ""
    changed_at: datetime


def entries(at: datetime) -> list[Entry]:
    """The whole ledger, the latest question first."""
    found = Proposal.objects.filter(state__in=ASKED, sent_on__isnull=False)
    found = (
        with_titles(found)
        .select_related("addressee", "answer")
        .prefetch_related("versions", "follow_ups", "steps")
    )
    found = found.annotate(n=Count("authors", filter=Q(authors__joined_at__isnull=False)))
    today = at.astimezone(VILNIUS).date()
    return [_entry(row, today) for row in found.order_by("-sent_on", "-number")]


def entry(number: int, at: datetime) -> Entry | None:
    """One of them by its number."""
    return next((one for one in entries(at) if one.number == number), None)


def counts(found: Iterable[Entry]) -> dict[Group, int]:
    """How many entries each filter has."""
    held = dict.fromkeys(Group, 0)
    for one in found:
        held[one.group] += 1
        held[Group.ALL] += 1
    return held


def of_year(found: Iterable[Entry], year: int) -> list[Entry]:
    """What was asked, answered, done or told in a year."""
    return [one for one in found if any(day.year == year for day in _days(one))]


def years(found: Iterable[Entry]) -> list[int]:
    """The years in which something happened, the latest first."""
    return sorted({day.year for one in found for day in _days(one)}, reverse=True)


def _days(one: Entry) -> list[date]:
    facts = one.facts
    days = (facts.sent_on, facts.answered_on, facts.result_on, facts.reported_on)
    return [day for day in days if day is not None]


def _entry(row: Proposal, today: date) -> Entry:
    if row.number is None or row.sent_on is None or row.due_on is None or row.addressee is None:
        raise ValueError("a proposal that was sent has a number, days and an addressee")
    text = next(one for one in row.versions.all() if one.number == row.version)
    held: Answer | None = getattr(row, "answer", None)
    answer = held if held is not None and held.published_at is not None else None
    told = {one.kind: one for one in row.follow_ups.all()}
    result = told.get(ProposalState.DONE) or told.get(ProposalState.NOT_DONE)
    back = told.get(ProposalState.REPORTED_BACK)
    received = answer.received_at if answer else None
    facts = Facts(
        state=row.state,
        sent_on=row.sent_on,
        due_on=row.due_on,
        answer_public=answer is not None,
        verdict=answer.verdict if answer else "",
        answered_on=received.astimezone(VILNIUS).date() if received else None,
        result=result.kind if result else "",
        result_on=result.on if result else None,
        reported_on=back.on if back else None,
    )
    changes = [step.at for step in row.steps.all()]
    if answer and answer.published_at:
        changes.append(answer.published_at)
    return Entry(
        number=row.number,
        title=text.title,
        problem=text.problem,
        wish=text.wish,
        why=text.why,
        addressee=row.addressee.name,
        facts=facts,
        group=group_of(facts, today),
        late=days_late(facts, today),
        was_late=was_late(facts),
        authors=authors_shown(getattr(row, "n", 0)),
        voted=row.voted or 0,
        eligible=row.eligible or 0,
        extended=row.extended,
        reminders=row.reminders,
        reason=answer.reason if answer else "",
        who=answer.who if answer else "",
        decides=answer.decides if answer else "",
        tasks=tuple(_tasks(answer)),
        result_text=result.text if result else "",
        told_text=back.text if back else "",
        changed_at=max(changes),
    )


def _tasks(answer: Answer | None) -> list[tuple[str, date | None]]:
    held = answer.tasks if answer else []
    return [(one["what"], date.fromisoformat(one["by"]) if one["by"] else None) for one in held]
