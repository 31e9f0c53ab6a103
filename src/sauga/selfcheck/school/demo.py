"""The demo's school label: 240 invented schools over two rounds, written as rows because there are so many;
and by the same actions as at work a school in its second round, one whose evidence waits for a reviewer, an
assessor.
"""

import random
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from itertools import pairwise

from procrastinate.contrib.django import app
from procrastinate.testing import InMemoryConnector

from sauga.kernel.clock import local_day
from sauga.kernel.kit.demo import Cast, Staff
from sauga.kernel.members.actors import MemberActor, member_actor
from sauga.kernel.members.models import Member, Representation
from sauga.kernel.members.protection import lookup_of
from sauga.kernel.members.states import RepresentationState
from sauga.kernel.organisations import create_organisation
from sauga.kernel.organisations.models import Organisation
from sauga.kernel.organisations.tiles import TILES
from sauga.kernel.states import SystemActor
from sauga.selfcheck.school.actions import assessments as assessment_actions
from sauga.selfcheck.school.actions import comparison, plans
from sauga.selfcheck.school.actions import evidence as evidences
from sauga.selfcheck.school.actions import labels as label_actions
from sauga.selfcheck.school.actions import reviews as review_actions
from sauga.selfcheck.school.actions.assessments import Given
from sauga.selfcheck.school.actions.plans import TaskGiven
from sauga.selfcheck.school.actions.questionnaires import load_questionnaires
from sauga.selfcheck.school.models import Answer, Assessment, AssessmentStep, Label, PlanTask, Round
from sauga.selfcheck.school.models import Questionnaire as Row
from sauga.selfcheck.school.queries import assessments, questionnaires, reviews
from sauga.selfcheck.school.rules import terms
from sauga.selfcheck.school.rules.codes import Owner, TaskState
from sauga.selfcheck.school.rules.plans import plan
from sauga.selfcheck.school.rules.questionnaire import Questionnaire
from sauga.selfcheck.school.rules.reviews import without_review
from sauga.selfcheck.school.rules.scores import Score, score
from sauga.selfcheck.states import AssessmentState

DEMO, WORKER = SystemActor("demo"), SystemActor("selfcheck")
SCHOOLS = 240
TEAM = ("agne@mokykla.example", "teacher@mokykla.example", "daiva@biblioteka.example")
ASSESSOR = "ambasadorius-1@paskyra.example"
FIRST_ROUND, SECOND_ROUND = timedelta(days=470), timedelta(days=60)
NAMES = ("Ąžuolų", "Beržų", "Gluosnių", "Kopų", "Marių", "Nendrių", "Pušų", "Smilčių", "Vėjų", "Žuvėdrų")
KINDS = ("progimnazija", "gimnazija", "pagrindinė mokykla", "mokykla")
LARGE = ("LT-57", "LT-15", "LT-20", "LT-43", "LT-58", "LT-16", "LT-31", "LT-42")
"""Municipalities with ten schools and more, so that the comparison shows something."""
COMMENT = (
    "Rugsėjį tvarką aptarėme su visais mokytojais ir budėtojais. Prie mokytojų kambario kabo pirmos valandos "
    "atmintinė. Per rudenį buvo du atvejai, abu sustabdyti tą pačią dieną."
)


def play(at: datetime, staff: Staff) -> None:
    """The school label up to `at`."""
    with app.replace_connector(InMemoryConnector()):
        load_questionnaires(at - timedelta(days=640))
        _Many(at).play()
        _team(at)
        _reviews(at, Cast(staff))
        label_actions.advance_all(by=WORKER, at=at)
        comparison.publish_comparison(by=WORKER, at=at)


BEGUN = {
    1: (AssessmentState.STARTED, AssessmentState.IN_PROGRESS),
    2: (AssessmentState.LABELLED, AssessmentState.REDO_OPEN, AssessmentState.IN_PROGRESS),
}
"""The states through which a round comes to be answered."""


@dataclass
class _Many:
    """Rows of many schools: what submitting would have written, without audit entries and badges."""

    at: datetime
    dice: random.Random = field(default_factory=lambda: random.Random(240))  # noqa: S311  a seed, not a secret
    rounds: list[Round] = field(default_factory=list)
    answers: list[Answer] = field(default_factory=list)
    labels: list[Label] = field(default_factory=list)
    tasks: list[PlanTask] = field(default_factory=list)
    steps: list[AssessmentStep] = field(default_factory=list)
    forms: dict[int, Row] = field(default_factory=dict)

    def play(self) -> None:
        rows = [
            Assessment(
                school=school,
                started_at=self.at - FIRST_ROUND - timedelta(days=n % 40),
                state=AssessmentState.LABELLED,
            )
            for n, school in enumerate(self._schools())
        ]
        Assessment.objects.bulk_create(rows)
        first, second = questionnaires.every()[:2]
        for n, row in enumerate(rows):
            habit = self.dice.choice((2, 2, 3, 3, 3, 4))
            began = row.started_at + timedelta(days=3)
            answers = self._round(row, 1, first, began, habit=habit, before={})
            again = self.at - SECOND_ROUND + timedelta(days=n % 50)
            if n % 8:
                row.round = 2
                self._round(row, 2, second, again, habit=habit, before=answers)
        Assessment.objects.bulk_update(rows, ["round"])
        Round.objects.bulk_create(self.rounds)
        Answer.objects.bulk_create(self.answers)
        Label.objects.bulk_create(self.labels)
        PlanTask.objects.bulk_create(self.tasks)
        AssessmentStep.objects.bulk_create(self.steps)

    def _schools(self) -> Iterator[Organisation]:
        codes = [code for code in TILES if code not in LARGE]
        for n in range(SCHOOLS):
            place = LARGE[n % len(LARGE)] if n < SCHOOLS * 3 // 4 else codes[n % len(codes)]
            name = f"{NAMES[n % 10]} {KINDS[n // 10 % 4]} {n + 1} (pavyzdys)"
            yield create_organisation(
                by=DEMO,
                names={"lt": name},
                kinds=["SCHOOL"],
                municipality=place,
                at=self.at - timedelta(days=900),
            )

    def _round(
        self,
        row: Assessment,
        number: int,
        form: Questionnaire,
        at: datetime,
        *,
        habit: int,
        before: dict[str, int],
    ) -> dict[str, int]:
        levels = {code: self._level(habit, before.get(code)) for code in form.aspects}
        found, day = score(form, levels), local_day(at)
        held = Round(
            assessment=row,
            number=number,
            questionnaire=self._form_row(form),
            started_at=at - timedelta(hours=1),
            submitted_at=at,
            scored_at=at,
            level=found.level,
            points={code: one.points for code, one in found.areas.items()},
            weights={code: one.weight for code, one in found.areas.items()},
            missing=list(found.missing),
        )
        self.rounds.append(held)
        self.answers += [
            Answer(round=held, aspect=code, level=n, answered_at=at) for code, n in levels.items()
        ]
        self._label(row, held, found, day)
        self._plan(held, form, levels, found, day)
        for name, after in pairwise(
            (*BEGUN[number], AssessmentState.SUBMITTED, AssessmentState.SCORED, AssessmentState.LABELLED)
        ):
            self.steps.append(
                AssessmentStep(
                    subject=row, track="state", before=name, after=after, at=at, by=WORKER.pseudonym, why=""
                )
            )
        return levels

    def _label(self, row: Assessment, held: Round, found: Score, day: date) -> None:
        level = without_review(found.level)
        self.labels.append(
            Label(
                round=held,
                school=row.school,
                level=level,
                since=day,
                until=terms.valid_to(day),
                listed_at=held.submitted_at if row.school.pk % 3 else None,
            )
        )

    def _plan(
        self, held: Round, form: Questionnaire, levels: dict[str, int], found: Score, day: date
    ) -> None:
        for one in plan(form, levels, found, day):
            progress = self.dice.choice(TaskState.values)
            self.tasks.append(
                PlanTask(round=held, aspect=one.aspect, owner=one.owner, due=one.due, progress=progress)
            )

    def _level(self, habit: int, before: int | None) -> int:
        if before is None:
            return min(5, max(1, habit + self.dice.choice((-1, -1, 0, 0, 0, 1))))
        return min(5, max(1, before + self.dice.choice((-1, 0, 0, 0, 0, 1, 1))))

    def _form_row(self, form: Questionnaire) -> Row:
        if not self.forms:
            self.forms = {one.version: one for one in Row.objects.all()}
        return self.forms[form.version]


def _member(address: str, at: datetime) -> MemberActor | None:
    found = Member.objects.filter(lookup=lookup_of(address)).first()
    return member_actor(found, at) if found is not None else None


def _school_of(who: MemberActor) -> Organisation | None:
    rows = Representation.objects.filter(member=who.member_id, state=RepresentationState.CONFIRMED)
    held = [one.organisation for one in rows.select_related("organisation") if one.organisation]
    return next((one for one in held if "SCHOOL" in one.kinds), None)


def _answer(who: MemberActor, row: Assessment, levels: dict[str, int], comment: str, at: datetime) -> None:
    form = assessments.form_of(assessments.present_round(row))
    for area in form.areas:
        given = {one.code: Given(levels[one.code], comment, 0) for one in area.aspects}
        assessment_actions.save_area(by=who, assessment=row, area=area.code, given=given, at=at)


def _team(at: datetime) -> None:
    """The demo's school: a label of the first round, and a second round that reaches gold and waits for
    review."""
    team = [one for address in TEAM if (one := _member(address, at)) is not None]
    school = _school_of(team[0]) if team else None
    if school is None:
        return
    first = at - timedelta(days=400)
    row = assessment_actions.start_assessment(by=team[0], school=school, at=first)
    levels = {code: 3 for code in assessments.form_of(assessments.present_round(row)).aspects}
    _answer(team[0], row, {**levels, "bullying": 2, "phones": 4, "peers": 2}, "", first)
    assessment_actions.submit(by=team[0], assessment=row, at=first + timedelta(hours=1))
    label_actions.advance_all(by=WORKER, at=at - timedelta(days=20))
    row = Assessment.objects.get(pk=row.pk)
    assessment_actions.begin_next_round(by=team[0], assessment=row, at=at - timedelta(days=9))
    for who in team[1:]:
        assessment_actions.start_assessment(by=who, school=school, at=at - timedelta(days=8))
    better = dict.fromkeys(levels, 4)
    _answer(
        team[-1], row, {**better, "bullying": 5, "peers": 3, "council": 3}, COMMENT, at - timedelta(days=7)
    )
    assessment_actions.submit(
        by=team[0], assessment=Assessment.objects.get(pk=row.pk), at=at - timedelta(days=6)
    )
    due = local_day(at) + timedelta(days=40)
    given = TaskGiven(
        Owner.LIBRARY, due, TaskState.STARTED, "Atminties apie saugų internetą kampelis bibliotekoje"
    )
    plans.add_task(by=team[-1], assessment=row, given=given, at=at - timedelta(days=5))


def _reviews(at: datetime, cast: Cast) -> None:
    """An ambassador who may review, and schools that asked to be reviewed: one waits, one was reviewed."""
    who = _member(ASSESSOR, at)
    if who is None:
        return
    held = [one for one in (_school_of(who),) if one is not None]
    other = held or list(Organisation.objects.filter(kinds__contains=["SCHOOL"]).order_by("pk")[:1])
    role = review_actions.ask_to_assess(by=who, workplaces=other, at=at - timedelta(days=30))
    try:
        review_actions.grant_role(
            by=cast.actor("LABEL_COORDINATOR", at), assessor=role, at=at - timedelta(days=29)
        )
    except review_actions.AssessorRefused:
        return
    for row in Assessment.objects.filter(state=AssessmentState.SCORED):
        team = assessments.team_of(row)
        by = member_actor(team[0].row.member, at)
        form_held = assessments.present_round(row)
        for code in reviews.to_show(form_held):
            evidences.add_evidence(
                by=by,
                assessment=row,
                aspect=code,
                content=_page(),
                name="tvarka.pdf",
                pledges=evidences.EVERY_PLEDGE,
                at=at - timedelta(days=4),
            )
        evidences.send_for_review(by=by, assessment=row, at=at - timedelta(days=3))


OBJECTS = (
    "<</Type/Catalog/Pages 2 0 R>>",
    "<</Type/Pages/Kids[3 0 R]/Count 1>>",
    "<</Type/Page/Parent 2 0 R/MediaBox[0 0 300 200]>>",
)


def _page() -> bytes:
    """An empty page as a PDF: what evidence of the demo shows."""
    text, places = "%PDF-1.4\n", []
    for number, one in enumerate(OBJECTS, 1):
        places.append(len(text))
        text += f"{number} 0 obj{one}endobj\n"
    table = "".join(f"{place:010} 00000 n \n" for place in places)
    size = len(OBJECTS) + 1
    tail = f"trailer<</Size {size}/Root 1 0 R>>\nstartxref\n{len(text)}\n%%EOF\n"
    return f"{text}xref\n0 {size}\n0000000000 65535 f \n{table}{tail}".encode()
