"""How learning reads: states, the checklist's words, what waits for a member."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext, ngettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from sauga.kernel import credentials, members
from sauga.kernel.i18n import decimal, languages, long_date
from sauga.kernel.kit.lists import Mark
from sauga.kernel.members.models import Member
from sauga.training.courses.models import said
from sauga.training.courses.presenters import KINDS
from sauga.training.courses.queries.versions import Content
from sauga.training.courses.rules.trees import Condition, explain, flat
from sauga.training.learning.actions.certificates import subject_of
from sauga.training.learning.models import Cohort, Enrolment, Progress
from sauga.training.learning.queries import enrolments
from sauga.training.learning.queries import progress as progress_queries
from sauga.training.learning.rules.progress import Line, Sign, Why, planned_days
from sauga.training.states import COMPLETE, LEARNING, EnrolmentState

STATES: dict[str, Mark] = {
    EnrolmentState.WAITLISTED: Mark("wait", "half", pgettext_lazy("enrolment", "in the waiting list")),
    EnrolmentState.ACTIVE: Mark("good", "", pgettext_lazy("enrolment", "learning")),
    EnrolmentState.STALLED: Mark("wait", "dashed", pgettext_lazy("enrolment", "paused for a while")),
    EnrolmentState.COMPLETED: Mark("good", "", pgettext_lazy("enrolment", "completed")),
    EnrolmentState.CERTIFIED: Mark("good", "", pgettext_lazy("enrolment", "completed, certificate issued")),
    EnrolmentState.FAILED: Mark("act", "", pgettext_lazy("enrolment", "no tries left")),
    EnrolmentState.WITHDRAWN: Mark("calm", "", pgettext_lazy("enrolment", "left")),
}
INVITED: dict[str, tuple[Mark, Any]] = {
    "new": (Mark("good", "", pgettext_lazy("invitation", "will be invited")), ""),
    "known": (
        Mark("calm", "dash", pgettext_lazy("invitation", "left out")),
        _("Invited to this group already."),
    ),
    "twice": (Mark("calm", "dash", pgettext_lazy("invitation", "left out")), _("Shown further up.")),
    "none": (Mark("bad", "cross", pgettext_lazy("invitation", "unusable")), _("There is no address here.")),
    "many": (
        Mark("bad", "cross", pgettext_lazy("invitation", "unusable")),
        _("There is more than one address here. Put each on a line of its own."),
    ),
    "unfit": (
        Mark("bad", "cross", pgettext_lazy("invitation", "unusable")),
        _("This is no email address. Check it for typing errors."),
    ),
}
"""What becomes of a line of a list of colleagues, and why."""
WHY: dict[Why, Any] = {
    Why.READ: _("read it and say that you are done."),
    Why.WATCH: _("watch the film and say that you are done."),
    Why.QUESTIONS: _("answer the questions of the film and say that you are done."),
    Why.TRY: _("take the quiz."),
    Why.TRY_AGAIN: _("not passed yet; look at what you missed and try again."),
    Why.NO_TRIES: _("all tries are used. Ask the tutor to look again."),
    Why.OPEN_FILE: _("open the file and say that you are done."),
    Why.WRITE: _("write something in the discussion of your group."),
    Why.HAND_IN: _("hand your work in."),
    Why.REVIEWS: _("your work is handed in; now read the work of others and write what you think."),
    Why.GRADING: _("handed in. The tutor grades it; you need do nothing."),
    Why.REDO: _("the tutor asks you to work on it once more."),
    Why.ATTEND: _("attend the webinar; that is noted by itself."),
    Why.CONFIRM: _("hold the session; your mentor confirms it."),
    Why.PLAY: _("work through it to its end; what you do is saved as you go."),
    Why.PLAY_AGAIN: _("the result is not enough yet; go through it once more."),
    Why.OPEN_TOOL: _("open the tool and finish what it asks."),
    Why.TOOL_RESULT: _("the result so far is not enough; open the tool once more."),
}


@dataclass(frozen=True)
class CheckLine:
    """A line of the checklist in words. `lead` says what kind of “not yet” it is."""

    code: str
    title: str
    kind: Any
    sign: str
    lead: str
    text: str
    note: str
    minutes: int
    is_here: bool
    is_wanted: bool
    why_code: str


@dataclass(frozen=True)
class ModuleLines:
    """A module with its lines; `planned` is by when it is best finished."""

    title: str
    lines: Sequence[CheckLine]
    planned: date | None
    is_late: bool


@dataclass(frozen=True)
class Standing:
    """Everything that the learner's page says about where they are."""

    modules: Sequence[ModuleLines]
    done: int
    of: int
    left: int
    next: CheckLine | None
    conditions: Sequence[str]
    hours: str


def standing_of(
    row: Enrolment, content: Content, at: datetime, progress: Mapping[str, Progress] | None = None
) -> Standing:
    """The checklist of an enrolment: done, now, not yet and why, and what comes next. `progress` is what was
    done, where it was read already."""
    progress = progress_queries.progress_of(row) if progress is None else progress
    lines = {line.piece.code: line for line in progress_queries.checklist(row, progress)}
    today = enrolments.today(at)
    planned = planned_days(
        max(row.cohort.starts, enrolments.today(row.started_at or row.enrolled_at)),
        row.cohort.ends,
        [sum(one.minutes for one in module.activities.all()) for module in content.modules],
    )
    modules, every = [], []
    for module, day in zip(content.modules, planned, strict=True):
        held = [
            _line(lines[one.code], said(one.title), row)
            for one in module.activities.all()
            if one.code in lines
        ]
        every += held
        is_open = row.state in LEARNING and any(line.sign != Sign.DONE for line in held)
        modules.append(
            ModuleLines(said(module.title), held, day if is_open else None, is_open and day < today)
        )
    wanted = [line for line in every if line.is_wanted] or every
    done = sum(line.sign == Sign.DONE for line in wanted)
    return Standing(
        modules=modules,
        done=done,
        of=len(wanted),
        left=len(wanted) - done,
        next=next((line for line in every if line.sign == Sign.NOW), None),
        conditions=list(_conditions(row, content, progress)),
        hours=decimal(round(row.minutes / 60, 1)),
    )


def _line(line: Line, title: str, row: Enrolment) -> CheckLine:
    lead = {Sign.DONE: "", Sign.WAIT: gettext("Waiting:")}.get(line.sign, gettext("Not yet:"))
    note = ""
    if line.record.score is not None:
        note = gettext("%(n)d%% reached") % {"n": line.record.score}
    if line.left is not None and line.sign != Sign.DONE and line.left:
        tries = ngettext("%(n)d try left", "%(n)d tries left", line.left) % {"n": line.left}
        note = f"{note}, {tries}" if note else tries
    text = str(WHY[line.why]) if line.why else ""
    return CheckLine(
        line.piece.code,
        title,
        KINDS[line.piece.kind],
        line.sign,
        lead,
        text if line.sign != Sign.DONE else "",
        note,
        line.piece.minutes,
        line.piece.code == row.here,
        line.is_wanted,
        line.why,
    )


def _conditions(row: Enrolment, content: Content, progress: Mapping[str, Progress]) -> Iterator[str]:
    """What the certificate takes beyond the ticks of the checklist, with where one stands."""
    titles = {one.code: said(one.title) for one in content.activities}
    for one in flat(explain(row.tree, progress_queries.facts(row, progress))):
        if text := _condition(one, titles):
            yield text


def _condition(one: Condition, titles: dict[str, str]) -> str:
    if one.is_met:
        return ""
    if one.kind == "score":
        given = {"title": titles.get(one.activity, one.activity), "n": one.needed, "m": one.reached}
        return gettext("“%(title)s”: %(n)d%% are needed, you have %(m)d%%.") % given
    if one.kind == "hours":
        given = {"n": decimal(one.needed), "m": decimal(one.reached)}
        return gettext("%(n)s hours are needed, you have %(m)s.") % given
    if one.kind in ("any", "of"):
        left = max(1, int(one.needed - one.reached))
        names = [titles.get(part.activity, "") for part in one.parts if part.activity and not part.is_met]
        given = {"n": left, "names": ", ".join(name for name in names if name)}
        return gettext("%(n)d more of these: %(names)s.") % given if given["names"] else ""
    return ""


def room_text(cohort: Cohort) -> str:
    """How many places are free, in words."""
    free = cohort.places - cohort.taken
    if free <= 0 or cohort.waiting:
        text = ngettext(
            "No free place, %(n)d person waits", "No free places, %(n)d people wait", cohort.waiting
        )
        return text % {"n": cohort.waiting}
    return ngettext("%(n)d place left", "%(n)d places left", free) % {"n": free}


def waiting(by: members.MemberActor, at: datetime) -> Iterator[members.Waiting]:
    """What waits for a member in their courses."""
    for row in enrolments.of_member(by.member_id):
        if row.state not in (*LEARNING, EnrolmentState.FAILED):
            continue
        held = progress_queries.checklist(row, progress_queries.progress_of(row))
        done = sum(line.sign == Sign.DONE for line in held)
        text = gettext("%(done)d of %(of)d parts done. You go on where you stopped.") % {
            "done": done,
            "of": len(held),
        }
        if row.state == EnrolmentState.FAILED:
            text = gettext("The tries of a quiz are used. You can ask the tutor to look again.")
        yield members.Waiting(
            title=said(row.version.title),
            text=text,
            href=reverse("training-learn", args=[row.ref]),
            action=_("Go on learning") if done else _("Begin"),
            icon="book-open",
        )


def kept(member: Member) -> list[str]:
    """What stays after a deletion."""
    rows = enrolments.of_member(member.pk)
    if not any(row.state in COMPLETE for row in rows):
        return []
    return [gettext("That courses were completed is kept for the statistics, without your name.")]


@dataclass(frozen=True)
class CertificateLine:
    """A certificate with its number and the page on which everybody checks it."""

    number: str
    code: str
    href: str


def certificate_of(row: Enrolment) -> CertificateLine | None:
    """The certificate of an enrolment."""
    held = credentials.credential_for(subject_of(row)) if row.certificate else None
    if held is None:
        return None
    code = credentials.content_of(held).code
    return CertificateLine(row.certificate, code, credentials.check_address(code, languages.active().code))


def when(cohort: Cohort) -> str:
    """From when to when a cohort runs."""
    return gettext("%(starts)s to %(ends)s") % {
        "starts": long_date(cohort.starts),
        "ends": long_date(cohort.ends),
    }
