"""Random histories of assessments: whoever does what in whatever order, the rules of the label hold after
every step."""

from collections.abc import Callable
from datetime import timedelta
from random import Random

from repetition import often, repeated

from sauga.kernel.identity import PermissionRefused
from sauga.kernel.media.models import MediaFile
from sauga.kernel.members.actors import MemberActor
from sauga.kernel.refusals import ActionRefused
from sauga.kernel.states import SystemActor
from sauga.selfcheck.school.actions import assessments as assessment_actions
from sauga.selfcheck.school.actions import evidence as evidences
from sauga.selfcheck.school.actions import labels
from sauga.selfcheck.school.actions import reviews as review_actions
from sauga.selfcheck.school.actions.assessments import Given
from sauga.selfcheck.school.models import Assessment, Evidence, Label, Review
from sauga.selfcheck.school.queries import assessments, reviews
from sauga.selfcheck.school.rules import terms
from sauga.selfcheck.school.rules.reviews import reviewed_aspects
from sauga.selfcheck.states import ASSESSMENT, AssessmentState
from tests.centre import Centre, centre  # noqa: F401  a fixture
from tests.factories import labels as make
from tests.factories.labels import COMMENT, FIRST_VERSION, PLEDGES

WORKER = SystemActor("selfcheck")


class School:
    """A school with two of its team, an assessor from another school, and one from its own."""

    def __init__(self, centre: Centre, dice: Random) -> None:
        self.dice, self.at = dice, FIRST_VERSION
        make.load_questionnaires(self.at)
        self.school = make.school()
        self.team = [
            make.teacher(self.school, f"{name}@mokykla.example", self.at) for name in ("rima", "jonas")
        ]
        self.other = make.assessor(centre, at=self.at)
        self.own = make.assessor(centre, works_at=self.school, address="sava@mokykla.example", at=self.at)

    @property
    def row(self) -> Assessment:
        found = assessments.latest_of(self.school.pk)
        assert found is not None
        return found

    def anybody(self) -> MemberActor:
        return self.dice.choice([*self.team, *self.team, self.other, self.own])

    def start(self) -> None:
        assessment_actions.start_assessment(by=self.anybody(), school=self.school, at=self.at)

    def answer(self) -> None:
        row = self.row
        form = assessments.form_of(assessments.present_round(row))
        area, level = self.dice.choice(form.areas), self.dice.choice((2, 3, 4, 5, 5))
        stored = assessments.answers_of(assessments.present_round(row))
        given = {
            one.code: Given(level, COMMENT, stored[one.code].revision if one.code in stored else 0)
            for one in area.aspects
        }
        assessment_actions.save_area(
            by=self.anybody(), assessment=row, area=area.code, given=given, at=self.at
        )

    def submit(self) -> None:
        assessment_actions.submit(
            by=self.anybody(), assessment=self.row, wants_review=self.dice.random() < 0.5, at=self.at
        )

    def take(self) -> None:
        labels.take_label(by=self.anybody(), assessment=self.row, at=self.at)

    def gather(self) -> None:
        row, by = self.row, self.dice.choice(self.team)
        for code in reviews.to_show(assessments.present_round(row)):
            if self.dice.random() < 0.9:
                evidences.add_evidence(
                    by=by,
                    assessment=row,
                    aspect=code,
                    content=make.pdf(),
                    name="a.pdf",
                    pledges=PLEDGES if self.dice.random() < 0.9 else (),
                    at=self.at,
                )

    def send(self) -> None:
        evidences.send_for_review(by=self.anybody(), assessment=self.row, at=self.at)

    def review(self) -> None:
        review_actions.take_review(by=self.anybody(), assessment=self.row, at=self.at)

    def judge(self) -> None:
        review = Review.objects.filter(ended_at__isnull=True).first()
        if review is None:
            return
        refused = ("data",) if self.dice.random() < 0.3 else ()
        make.judged(self.dice.choice([self.other, self.other, self.own]), review, refused, self.at)

    def conclude(self) -> None:
        review = Review.objects.filter(ended_at__isnull=True).first()
        if review is not None:
            by = self.dice.choice([self.other, self.other, self.own, self.team[0]])
            review_actions.conclude(by=by, review=review, is_final=self.dice.random() < 0.3, at=self.at)

    def wait(self) -> None:
        self.at += timedelta(days=self.dice.choice((1, 40, 200, 370)))
        labels.advance_all(by=WORKER, at=self.at)

    def again(self) -> None:
        assessment_actions.begin_next_round(by=self.anybody(), assessment=self.row, at=self.at)

    def acts(self) -> list[Callable[[], None]]:
        common = [self.answer] * 6 + [self.gather, self.send, self.review, self.judge, self.conclude] * 2
        return [self.start, *common, self.submit, self.submit, self.take, self.wait, self.again]

    def check(self) -> None:
        """What holds after every step."""
        rows = Assessment.objects.filter(school=self.school)
        assert rows.exclude(state=AssessmentState.EXPIRED).count() <= 1
        for row in rows:
            before = str(ASSESSMENT.initial)
            for step in row.steps.order_by("pk"):
                assert step.before == before and ASSESSMENT.allows(step.before, step.after)
                before = step.after
            assert row.state == before
        for label in Label.objects.select_related("round__questionnaire"):
            assert label.until == terms.valid_to(label.since)
            if label.level == "GOLD":
                decided = reviews.verdicts_of(label.round)
                looked_at = reviewed_aspects(assessments.form_of(label.round))
                assert label.is_reviewed and all(decided[code].is_accepted for code in looked_at)
        held = Evidence.objects.filter(file__isnull=False)
        assert held.count() == MediaFile.objects.count()
        giving = (AssessmentState.SCORED, AssessmentState.EVIDENCE_REVIEW, AssessmentState.EVIDENCE_RETURNED)
        assert not held.exclude(round__assessment__state__in=giving).exists()
        assert not Review.objects.exclude(assessor__member=self.other.member_id).exists()


@repeated(shards=20)
def test_random_histories_keep_the_rules(centre: Centre, shard: int):
    dice = Random(shard)
    school = School(centre, dice)
    assessment_actions.start_assessment(by=school.team[0], school=school.school, at=school.at)
    make.answered(school.team[0], school.row, dice.choice((3, 5)), comment=COMMENT, at=school.at)
    done = 0
    for _ in range(often(120, 500)):
        act = dice.choice(school.acts())
        try:
            act()
            done += 1
        except (ActionRefused, PermissionRefused):
            pass
        school.check()
    assert done > 20 and school.row.steps.filter(after=AssessmentState.SCORED).exists()
