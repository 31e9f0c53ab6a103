"""The school label in words: states, progress, what moved and why, the plan, the label itself."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from django.urls import reverse
from django.utils.formats import localize
from django.utils.translation import gettext, ngettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from sauga.kernel import members
from sauga.kernel.clock import VILNIUS, local_day
from sauga.kernel.i18n import decimal, long_date
from sauga.kernel.kit.lists import Mark
from sauga.kernel.members.models import Member
from sauga.kernel.organisations.places import short_municipality_name
from sauga.kernel.organisations.tiles import TILES, shade
from sauga.kernel.services import installed
from sauga.kernel.ui.formats.calendars import Event
from sauga.selfcheck.school.actions.labels import last_day
from sauga.selfcheck.school.models import Assessment, Assessor, Label, PlanTask, Round, TeamMember
from sauga.selfcheck.school.queries import assessments, reviews
from sauga.selfcheck.school.queries.register import ListedSchool
from sauga.selfcheck.school.rules import terms
from sauga.selfcheck.school.rules.codes import LEVELS, Level, Owner, TaskState, rank
from sauga.selfcheck.school.rules.help_links import HELPS, Help
from sauga.selfcheck.school.rules.questionnaire import Questionnaire
from sauga.selfcheck.school.rules.score_changes import Cause, Moved
from sauga.selfcheck.school.rules.scores import TENTHS
from sauga.selfcheck.states import ANSWERING, AssessmentState, AssessorState

STATES: dict[str, Mark] = {
    AssessmentState.STARTED: Mark("calm", "", pgettext_lazy("assessment", "begun")),
    AssessmentState.IN_PROGRESS: Mark("info", "", pgettext_lazy("assessment", "being answered")),
    AssessmentState.SUBMITTED: Mark("info", "", pgettext_lazy("assessment", "submitted")),
    AssessmentState.SCORED: Mark("info", "", pgettext_lazy("assessment", "scored")),
    AssessmentState.EVIDENCE_REVIEW: Mark("wait", "", pgettext_lazy("assessment", "with a reviewer")),
    AssessmentState.EVIDENCE_RETURNED: Mark("wait", "", pgettext_lazy("assessment", "back with the school")),
    AssessmentState.LABELLED: Mark("good", "", pgettext_lazy("assessment", "labelled")),
    AssessmentState.REDO_OPEN: Mark("good", "", pgettext_lazy("assessment", "labelled, can be renewed")),
    AssessmentState.EXPIRED: Mark("calm", "", pgettext_lazy("assessment", "expired")),
}
ASSESSOR_STATES: dict[str, Mark] = {
    AssessorState.ASKED: Mark("info", "", pgettext_lazy("assessor", "asks for the role")),
    AssessorState.GRANTED: Mark("good", "", pgettext_lazy("assessor", "may review")),
    AssessorState.REFUSED: Mark("calm", "", pgettext_lazy("assessor", "refused")),
    AssessorState.ENDED: Mark("calm", "", pgettext_lazy("assessor", "ended")),
}
PROGRESS_TONES = {TaskState.TODO: "", TaskState.STARTED: "wait", TaskState.DONE: "good"}
MINUTES_AN_ASPECT = 2
"""About how long an aspect takes when a team talks it over: sixty minutes for thirty."""


def mean(tenths: int) -> str:
    """A mean of levels as people write it."""
    return decimal(tenths / TENTHS)


def level_name(level: str) -> str:
    """What a level is called."""
    return str(Level(level).label)


@dataclass(frozen=True)
class AreaLine:
    """How far an area is."""

    code: str
    name: str
    href: str
    done: int
    of: int


def area_lines(row: Assessment, form: Questionnaire, levels: Mapping[str, int]) -> list[AreaLine]:
    """The areas with how many aspects are answered."""
    return [
        AreaLine(
            area.code,
            area.name,
            reverse("selfcheck-label-area", args=[row.ref, area.code.lower()]),
            sum(one.code in levels for one in area.aspects),
            len(area.aspects),
        )
        for area in form.areas
    ]


@dataclass(frozen=True)
class MovedLine:
    """An aspect that moved, in words."""

    area: str
    name: str
    change: str
    tone: str
    why: str


def moved_lines(form: Questionnaire, found: list[Moved]) -> list[MovedLine]:
    """What differs from the round before, with the reason that is known."""
    areas = {area.code: area.name for area in form.areas}
    return [
        MovedLine(
            areas[form.aspects[one.aspect].area],
            f"{form.aspects[one.aspect].number}. {form.aspects[one.aspect].name}",
            _change(one),
            "up" if one.change > 0 else "down" if one.change < 0 else "",
            _why(form, one),
        )
        for one in found
    ]


def _change(one: Moved) -> str:
    facts = {"before": one.before, "now": one.now}
    if one.before is None:
        return gettext("new: %(now)s") % facts
    if one.change > 0:
        return gettext("rose %(before)s → %(now)s") % facts
    if one.change < 0:
        return gettext("fell %(before)s → %(now)s") % facts
    return gettext("still %(now)s") % facts


def _why(form: Questionnaire, one: Moved) -> str:
    changed = form.aspects[one.aspect].why_changed
    if one.cause == Cause.VERSION:
        return gettext("The requirements changed, not your work. %(why)s") % {"why": changed}
    if one.cause == Cause.BOTH:
        return gettext("By the new requirements it was level %(carried)s. %(why)s") % {
            "carried": one.carried,
            "why": changed,
        }
    if one.cause == Cause.NEW:
        return gettext("This aspect was not asked about before.")
    return gettext("You chose another statement.")


@dataclass(frozen=True)
class TaskLine:
    """A task as its table shows it."""

    row: PlanTask
    title: str
    owner: str
    helps: list[Help]
    progress: str
    tone: str


def task_title(form: Questionnaire, row: PlanTask) -> str:
    """What is to be done."""
    return form.aspects[row.aspect].task if row.aspect in form.aspects else row.title


def task_lines(form: Questionnaire, held: Round, today: date) -> list[TaskLine]:
    """The plan, whatever is due first at the top."""
    running = {one.label for one in installed()}
    lines = []
    for row in PlanTask.objects.filter(round=held).order_by("due", "pk"):
        helps = HELPS[form.aspects[row.aspect].helps] if row.aspect in form.aspects else ()
        is_late = row.due < today and row.progress != TaskState.DONE
        lines.append(
            TaskLine(
                row,
                task_title(form, row),
                str(Owner(row.owner).label),
                [one for one in helps if one.service in running],
                gettext("Late") if is_late else str(TaskState(row.progress).label),
                "bad" if is_late else PROGRESS_TONES[TaskState(row.progress)],
            )
        )
    return lines


def task_events(form: Questionnaire, held: Round) -> Iterator[Event]:
    """The plan as entries of a calendar: the morning of the day on which a task is due."""
    for row in PlanTask.objects.filter(round=held).order_by("due", "pk"):
        begins = datetime.combine(row.due, time(8), tzinfo=VILNIUS)
        yield Event(
            uid=f"{row.ref}@label.sauga",
            begins=begins,
            ends=begins + timedelta(minutes=30),
            title=task_title(form, row),
            text=str(Owner(row.owner).label),
            number=row.revision,
            is_cancelled=row.progress == TaskState.DONE,
        )


@dataclass(frozen=True)
class LabelLine:
    """A label in words: level, state in one word, until when, and from when it can be renewed."""

    row: Label
    level: str
    is_valid: bool
    state: str
    until: str
    renewable: str
    reviewed: str


def label_line(row: Label, today: date) -> LabelLine:
    """How a label stands on a day."""
    is_valid = row.revoked_at is None and terms.is_valid(row.since, row.until, today)
    state = (
        gettext("revoked")
        if row.revoked_at is not None
        else pgettext_lazy("label", "valid")
        if is_valid
        else pgettext_lazy("label", "no longer valid")
    )
    return LabelLine(
        row,
        level_name(row.level),
        is_valid,
        str(state),
        long_date(last_day(row)),
        long_date(terms.renewable_from(row.since)),
        _reviewed(is_reviewed=row.is_reviewed),
    )


STEPS = (1, 2, 4, 8)
"""From how many schools on a tile of the map is a shade darker."""


@dataclass(frozen=True)
class Tile:
    """One municipality on the map of labelled schools."""

    code: str
    short: str
    letters: str
    row: int
    column: int
    n: int

    @property
    def shade(self) -> int:
        """How dark it is, 0 to 4."""
        return shade(self.n, STEPS)

    @property
    def text(self) -> str:
        """What the tile says to a screen reader."""
        counted = ngettext("%(n)s school", "%(n)s schools", self.n) % {"n": localize(self.n)}
        return f"{self.short}: {counted}"


def tiles(counts: Mapping[str, int]) -> list[Tile]:
    """All municipalities in reading order of the map."""
    made = [
        Tile(code, short_municipality_name(code), TILES[code][2], *TILES[code][:2], n)
        for code, n in counts.items()
    ]
    return sorted(made, key=lambda one: (one.row, one.column))


def school_line(one: ListedSchool) -> dict[str, str]:
    """A school in the list."""
    return {
        "name": one.name,
        "place": short_municipality_name(one.municipality) if one.municipality else "",
        "level": level_name(one.level),
        "until": long_date(one.until - timedelta(days=1)),
        "reviewed": _reviewed(is_reviewed=one.is_reviewed),
        "href": reverse("selfcheck-label-page", args=[one.ref]),
    }


def _reviewed(*, is_reviewed: bool) -> str:
    if is_reviewed:
        return gettext("Evidence reviewed by an ambassador from another school")
    return gettext("By the school’s own answers")


def to_next(held: Round) -> tuple[str, int]:
    """The next level, and in how many aspects a step is missing; nothing for gold."""
    if not held.level or held.level == LEVELS[-1]:
        return "", 0
    return level_name(LEVELS[rank(held.level) + 1]), len(held.missing)


# My Sauga
def is_of_school(by: members.MemberActor) -> bool:
    """Whether the menu has the page: for those who act for a school."""
    return by.birth_month is None and bool(assessments.schools_of(by))


def is_assessor(by: members.MemberActor) -> bool:
    """Whether the menu has the page of reviews."""
    return reviews.granted(by) is not None


def waiting(by: members.MemberActor, at: datetime) -> Iterator[members.Waiting]:
    """What waits: answers that are missing, a label to renew, evidence that came back, schools to review."""
    if by.birth_month is not None:
        return
    for school in assessments.schools_of(by):
        row = assessments.open_of(school.pk)
        if row is not None and (one := _waits(row, school.name_at(at), at)) is not None:
            yield one
    assessor = reviews.granted(by)
    if assessor is not None and (n := len(reviews.waiting_for(assessor))):
        yield members.Waiting(
            title=ngettext("%(n)s school waits for a review", "%(n)s schools wait for a review", n)
            % {"n": n},
            text=_("Whoever takes it first reviews it."),
            href=reverse("selfcheck-reviews"),
            action=_("See"),
            icon="clipboard-list",
        )


def _waits(row: Assessment, school: str, at: datetime) -> members.Waiting | None:
    href, title = (
        reverse("selfcheck-label", args=[row.ref]),
        gettext("School label: %(school)s") % {"school": school},
    )
    if row.state in ANSWERING:
        held = assessments.present_round(row)
        total, done = len(assessments.form_of(held).aspects), len(assessments.levels_of(held))
        said = gettext("%(done)s of %(total)s answered") % {"done": done, "total": total}
        return members.Waiting(title=title, text=said, href=href, action=_("Go on"), icon="school")
    if row.state == AssessmentState.EVIDENCE_RETURNED:
        said = gettext("The reviewer asks for more.")
        return members.Waiting(title=title, text=said, href=href, action=_("See"), icon="school")
    label = assessments.label_of(row.school_id)
    if row.state == AssessmentState.REDO_OPEN and label is not None:
        said = gettext("The label lasts until %(day)s.") % {"day": long_date(last_day(label))}
        due = datetime.combine(label.until, time(0), tzinfo=VILNIUS)
        return members.Waiting(title=title, text=said, href=href, action=_("Renew"), icon="school", due=due)
    return None


def export(member: Member, _at: datetime) -> dict[str, Any]:
    """Its part of “my data”."""
    teams = TeamMember.objects.filter(member=member).select_related("assessment__school")
    role = Assessor.objects.filter(member=member).order_by("-asked_at").first()
    held = {
        "teams": [
            {"school": one.assessment.school.present_name(), "joined_at": one.joined_at.isoformat()}
            for one in teams
        ],
        "assessor": role.state if role is not None else None,
    }
    return held if held["teams"] or role is not None else {}


def kept(member: Member) -> list[str]:
    """What stays after a deletion."""
    if not TeamMember.objects.filter(member=member).exists():
        return []
    return [gettext("The school’s answers stay, without who wrote them.")]


def today_of(at: datetime) -> date:
    """The day in Lithuania."""
    return local_day(at)
