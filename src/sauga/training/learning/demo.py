"""The demo's learners: one group of librarians that is well on its way and one of teachers that has just
begun, each person at another point. All by the same actions as on the pages; people are invented.
"""

import random
from datetime import date, datetime, timedelta

from sauga.kernel.clock import VILNIUS
from sauga.kernel.kit.demo import Cast
from sauga.kernel.members import MemberActor
from sauga.kernel.members.actions import account, signin
from sauga.kernel.members.actors import member_actor
from sauga.kernel.members.models import Member
from sauga.kernel.members.protection import lookup_of
from sauga.kernel.members.signin import cookies
from sauga.kernel.refusals import ActionRefused
from sauga.kernel.states import SystemActor
from sauga.training.courses.models import Activity, CourseVersion
from sauga.training.courses.queries.versions import Content, content_of
from sauga.training.courses.rules.items import ItemKind
from sauga.training.learning.actions import (
    activities,
    appeals,
    assignments,
    discussions,
    enrolments,
    group_messages,
    package_runs,
    quizzes,
)
from sauga.training.learning.actions.enrolments import CohortGiven, EnrolmentData
from sauga.training.learning.models import Cohort, Enrolment, Submission
from sauga.training.learning.queries import people
from sauga.training.learning.rules.progress import Kind
from sauga.training.states import LEARNING

VISITOR, WORKER = SystemActor("visitor"), SystemActor("training")
LIBRARIANS, TEACHERS = 12, 9
NAMES = (
    "Asta Lieptaitė",
    "Birutė Smiltė",
    "Danutė Gluosnė",
    "Elena Kopaitė",
    "Giedrė Vėjūnė",
    "Irena Pušaitė",
    "Jolanta Eglytė",
    "Kristina Marienė",
    "Laima Uosienė",
    "Milda Beržė",
    "Nijolė Rūkaitė",
    "Onutė Šilaitė",
    "Paulius Drobė",
    "Ramunė Girelė",
    "Simonas Akmenis",
    "Toma Vilnelė",
    "Ugnė Laukaitė",
    "Vaida Ežerė",
    "Vytas Kalnėnas",
    "Zita Upytė",
    "Žydrė Tilvytė",
)
PLACES = ("LT-57", "LT-15", "LT-20", "LT-43", "LT-32", "LT-58")
SAID = (
    "Mūsų bibliotekoje vaikai dažniausiai klausia, kaip atpažinti suklastotą nuotrauką.",
    "Pas mus padėjo paprasta taisyklė: pirmiausia išklausau, tik tada siūlau.",
    "Tėvų vakare geriausiai suveikė trumpas filmas ir vienas klausimas.",
)
WORK = (
    "Susitinku su paaugliais bibliotekoje, kartu pažiūrime trumpą filmą ir aptariame, kas galėjo padėti. "
    "Pabaigoje kiekvienas pasiima kortelę su pagalbos linijos numeriu 116 111."
)

PART_WAY = """{"run": "demo01", "status": "incomplete", "location": "questions", "suspended": "{\\"0\\":1}",
"time": "00:04:10", "exit": "suspend"}"""
WHOLE = """{"run": "demo02", "status": "passed", "raw": "100", "min": "0", "max": "100",
"location": "questions", "suspended": "{\\"0\\":1,\\"1\\":0,\\"2\\":1}", "time": "00:11:30", "exit": ""}"""


def play(cast: Cast, at: datetime) -> None:
    """Two groups up to `at`."""
    versions = {row.course.code: row for row in CourseVersion.objects.published().select_related("course")}
    story = _Story(cast, at)
    if librarians := versions.get("school-librarians"):
        story.librarians(librarians)
    if teachers := versions.get("class-teacher-cyberbullying"):
        story.teachers(teachers)
    if sign_in := versions.get("stronger-sign-in"):
        story.signing_in(sign_in)


class _Story:
    """What happened, in order."""

    def __init__(self, cast: Cast, at: datetime) -> None:
        self.cast, self.at = cast, at
        self.dice = random.Random(18)  # noqa: S311  a fixed story, not a secret
        self.names = iter(NAMES)

    def librarians(self, version: CourseVersion) -> None:
        """Nine weeks in: some are done, some learn, one has stopped, one has no try left."""
        group = self.cohort(version, {"lt": "2026 m. ruduo", "en": "Autumn 2026"}, weeks_ago=9, places=11)
        shares = (1, 1, 1, 0.85, 0.8, 0.7, 0.6, 0.5, 0.35, 0.2, 0.1)
        rows = [
            self.enrolled(group, n, "school_librarian", weeks_ago=9 - n * 0.05) for n in range(LIBRARIANS)
        ]
        content = content_of(version)
        for (by, row, began), share in zip(rows[:11], shares, strict=False):
            self.learn(by, row, content, share, began)
        self.graded(group)
        group_messages.notice_stalls(by=WORKER, at=self.at - timedelta(days=1))
        tutor = self.cast.actor("TUTOR", self.at - timedelta(days=4))
        text = "Labas! Kitą savaitę aptarsime tėvų vakarą: parašykite grupei, kas jums pavyko."
        group_messages.message(
            by=tutor, cohort=group, audience="all", text=text, at=self.at - timedelta(days=4)
        )

    def teachers(self, version: CourseVersion) -> None:
        """Two weeks in, all places are taken, two wait."""
        group = self.cohort(version, {"lt": "2026 m. žiema", "en": "Winter 2026"}, weeks_ago=2, places=7)
        rows = [self.enrolled(group, n + LIBRARIANS, "teacher", weeks_ago=2) for n in range(TEACHERS)]
        content = content_of(version)
        for (by, row, began), share in zip(rows[:7], (0.6, 0.4, 0.3, 0.3, 0.2, 0.1, 0), strict=False):
            self.learn(by, row, content, share, began)

    def signing_in(self, version: CourseVersion) -> None:
        """A short course with an imported package: three are done, two within it, one has just enrolled."""
        group = self.cohort(version, {"lt": "2026 m. žiema", "en": "Winter 2026"}, weeks_ago=1, places=30)
        content, began = content_of(version), self.at - timedelta(days=6)
        for n, share in ((3, 1), (4, 0.5), (5, 1), (6, 1), (7, 0.5), (8, 0)):
            address = "daiva@biblioteka.example" if n == 4 else f"mokosi{n}@mokykla.example"
            if (by := self.known(address, began)) is None:
                continue
            data = EnrolmentData(role="school_librarian", municipality=PLACES[n % len(PLACES)], language="lt")
            row = enrolments.enrol(by=by, cohort=group, data=data, at=began)
            self.learn(by, row, content, share, began)
            if share == 0.5:
                self.package(by, row, "lesson", PART_WAY, began + timedelta(days=2))

    def package(self, by: MemberActor, row: Enrolment, code: str, report: str, at: datetime) -> None:
        """What the browser reports of the imported lesson."""
        package_runs.save(by=by, enrolment=row, activity=code, part="lesson", report=report, at=at)

    def cohort(self, version: CourseVersion, name: dict[str, str], *, weeks_ago: int, places: int) -> Cohort:
        """A cohort planned three weeks before it began."""
        starts = self.day(self.at) - timedelta(weeks=weeks_ago)
        planned = self.at - timedelta(weeks=weeks_ago + 3)
        tutors = people.tutors(self.at)
        return enrolments.save_cohort(
            by=self.cast.actor("TUTOR", planned),
            version=version,
            cohort=None,
            given=CohortGiven(
                name=name,
                language="lt",
                starts=starts,
                ends=starts + timedelta(weeks=16),
                closes=starts + timedelta(weeks=12),
                places=places,
                group_size=6,
                tutor_id=tutors[0][0] if tutors else None,
            ),
            at=planned,
        )

    def enrolled(
        self, group: Cohort, number: int, role: str, *, weeks_ago: float
    ) -> tuple[MemberActor, Enrolment, datetime]:
        """A member who enrols; the first of the librarians is the demo's Daiva."""
        when = self.at - timedelta(weeks=weeks_ago) + timedelta(minutes=7 * number)
        by = self.known("daiva@biblioteka.example", when) if number == 4 else None
        by = by or self.joined(f"mokosi{number}@mokykla.example", next(self.names), when)
        data = EnrolmentData(role=role, municipality=PLACES[number % len(PLACES)], language="lt")
        return by, enrolments.enrol(by=by, cohort=group, data=data, at=when), when

    def known(self, address: str, at: datetime) -> MemberActor | None:
        """A member whom the demo has already."""
        row = Member.objects.filter(lookup=lookup_of(address)).first()
        return member_actor(row, at) if row else None

    def joined(self, address: str, name: str, at: datetime) -> MemberActor:
        """A new member, as after the first link; the browser of that day is signed out again."""
        link = signin.ask_link(
            by=VISITOR, address=address, browser=cookies.new_secret(), language="lt", wanted="", at=at
        )
        who, _secret = signin.use_link(by=VISITOR, link=link, device="Firefox, Linux", at=at)
        account.change_account(by=who, name=name, language="lt", is_reminded=False, at=at)
        signin.end_sessions(by=who, sessions=list(who.member.sessions.all()), at=at)
        return member_actor(who.member, at)

    def learn(self, by: MemberActor, row: Enrolment, content: Content, share: float, began: datetime) -> None:
        """Do the first parts of the course, up to a share of it, over the days that have passed."""
        parts = content.activities[: round(len(content.activities) * share)]
        span = (self.at - timedelta(days=2) - began) * (0.6 if share == 1 else min(1.0, share + 0.15))
        for n, part in enumerate(parts, 1):
            row.refresh_from_db()
            if row.state not in LEARNING:
                break
            self.done(by, row, part, content, began + span * (n / len(parts)))

    def done(self, by: MemberActor, row: Enrolment, part: Activity, content: Content, at: datetime) -> None:
        """Do one part as a learner would."""
        code = part.code
        match part.kind:
            case Kind.QUIZ:
                self.quiz(by, row, part, content, at)
            case Kind.DISCUSSION:
                text = self.dice.choice(SAID)
                discussions.post(by=by, enrolment=row, activity=code, text=text, at=at)
            case Kind.ASSIGNMENT:
                assignments.hand_in(by=by, enrolment=row, activity=code, text=WORK, at=at)
            case Kind.PACKAGE:
                self.package(by, row, code, WHOLE, at)
            case Kind.WEBINAR | Kind.SESSION:
                tutor = self.cast.actor("TUTOR", at)
                activities.confirm(
                    by=tutor, enrolment=row, activity=code, reason="Dalyvavo visą laiką.", at=at
                )
            case _:
                for one in part.content.get("questions", ()):
                    activities.answer_film(
                        by=by, enrolment=row, activity=code, item=one["item"], answer=[0], at=at
                    )
                activities.finish(by=by, enrolment=row, activity=code, at=at)

    def quiz(self, by: MemberActor, row: Enrolment, part: Activity, content: Content, at: datetime) -> None:
        """Most pass at the first try, a few need a second."""
        for skill in (0.85, 1.0):
            try:
                attempt = quizzes.begin(by=by, enrolment=row, activity=part.code, at=at)
            except ActionRefused:
                return
            answers = {code: self.answer(content, code, skill) for code in attempt.items}
            quizzes.send(by=by, attempt=attempt, answers=answers, at=at + timedelta(minutes=8))
            row.refresh_from_db()
            record = row.progress.get(activity=part.code)
            if record.done_at or row.state not in LEARNING:
                return

    def answer(self, content: Content, code: str, skill: float) -> list[int]:
        """A right answer as often as the skill says."""
        item = content.items[code]
        right = [n for n, option in enumerate(item.options) if option.get("right")]
        if self.dice.random() < skill:
            return right
        if item.kind in (ItemKind.ORDER, ItemKind.MATCH):
            return [*right[1:], right[0]]
        return [
            next(n for n in range(len(item.options)) if n not in right or len(right) == len(item.options))
        ]

    def graded(self, group: Cohort) -> None:
        """The tutor grades what was handed in until last week; one appeal waits."""
        until = self.at - timedelta(days=7)
        rows = Submission.objects.filter(enrolment__cohort=group, sent_at__lt=until).order_by("sent_at")
        for row in rows.select_related("enrolment__version"):
            when = row.sent_at + timedelta(days=2)
            part = Activity.objects.get(version=row.enrolment.version_id, code=row.activity)
            points = {
                criterion["code"]: max(level["points"] for level in criterion["levels"])
                for criterion in part.content["rubric"]
            }
            tutor = self.cast.actor("TUTOR", when)
            feedback = "Aiškus ir įgyvendinamas planas. Ačiū, kad paminėjote pagalbos liniją."
            assignments.grade(by=tutor, submission=row, points=points, feedback=feedback, at=when)
            self.reviewed(row.enrolment, points, when + timedelta(hours=3))
        first = group.enrolments.filter(state__in=LEARNING, member__isnull=False).order_by("pk").first()
        if first is not None and first.member is not None:
            by, when = member_actor(first.member, self.at), self.at - timedelta(days=1)
            text = "Teste vienas klausimas man pasirodė dviprasmiškas. Ar galėtumėte pažiūrėti?"
            appeals.ask(by=by, enrolment=first, activity="", text=text, at=when)

    def reviewed(self, row: Enrolment, points: dict[str, int], at: datetime) -> None:
        """Write the reviews that were asked of a learner."""
        if row.member is None or row.state not in LEARNING:
            return
        for review in row.reviews.filter(sent_at__isnull=True).select_related("submission", "reviewer"):
            try:
                assignments.review(
                    by=member_actor(row.member, at),
                    review=review,
                    points=points,
                    comment="Patiko, kad viskas paprasta. Pridėčiau klausimą tėvams.",
                    at=at,
                )
            except ActionRefused:
                return

    @staticmethod
    def day(at: datetime) -> date:
        """The day in Lithuania."""
        return at.astimezone(VILNIUS).date()
