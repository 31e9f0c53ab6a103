"""Random histories of a school's assessments by the pure rule, beside a model written from the rules' words:
answers of a team, at most silver without a review, gold only with every reviewed aspect accepted by somebody
from another school, renewable from month 12, over after month 18.
"""

import calendar
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from fractions import Fraction
from random import Random

import pytest
from repetition import often, repeated

from sauga.selfcheck import states
from sauga.selfcheck.school.rules import decisions, reviews, terms
from sauga.selfcheck.school.rules.codes import Pledge
from sauga.selfcheck.school.rules.decisions import Given, Stored
from sauga.selfcheck.school.rules.questionnaire import Area, Aspect, Minimum, Questionnaire
from sauga.selfcheck.school.rules.scores import AnswersMissing, score
from sauga.selfcheck.states import ASSESSMENT, AssessmentState

WEIGHTS = {"a1": 1, "a2": 1, "b1": 2, "b2": 5, "c1": 1, "c2": 1}
ESSENTIAL = {"a1", "c1"}
LOOKED_AT = {"a1", "b1", "b2", "c1"}
"""Essential ones and those that weigh more."""
MINIMUMS = {"BRONZE": (20, 18, 2), "SILVER": (29, 26, 2), "GOLD": (38, 35, 4)}
FORM = Questionnaire(
    version=1,
    valid_from=date(2025, 1, 1),
    areas=tuple(
        Area(
            area,
            {},
            tuple(
                Aspect(code, area, n, WEIGHTS[code], code in ESSENTIAL, {})
                for n, code in enumerate(sorted(WEIGHTS))
                if code[0] == area
            ),
        )
        for area in "abc"
    ),
    minimums={level: Minimum(*least) for level, least in MINIMUMS.items()},
    sources=(),
    note={},
)
SCHOOL, BEFORE = 10, 11
"""The school, and the one that it followed."""
GOOD = "Aprašyta dviem sakiniais. Tai matyti mokykloje."
TEXTS = ("", GOOD[:39], GOOD[:40], GOOD)
EXPECTED = {
    *(("answer", why) for why in ("", "now", "aspect", "level", "comment")),
    *(("submit", why) for why in ("", "now", "answers")),
    *(("take label", why) for why in ("", "now")),
    *(("add file", why) for why in ("", "now", "comment_first", "many", "FACE", "PLACE")),
    *(("send", why) for why in ("", "now", "comments", "files")),
    *(("take", why) for why in ("", "taken", "same_school")),
    *(("verdict", why) for why in ("", "stranger", "over", "same_school", "aspect", "reason", "long")),
    *(("conclude", why) for why in ("", "stranger", "over", "missing")),
    *(("renew", why) for why in ("", "now")),
    *(("revoke", why) for why in ("", "over")),
    *(("due", to) for to in ("", "redo", "expired")),
    *(("label", level) for level in ("IRON", "BRONZE", "SILVER", "GOLD", "worth gold")),
    *(("issue", why) for why in ("", "gold")),
}
"""What a history as long as in `make test` has met: each refusal, each act done, each level."""


def months_later(day: date, n: int) -> date:
    """The same day n months later, or the last one of that month."""
    year, month = day.year, day.month
    for _ in range(n):
        year, month = (year + 1, 1) if month == 12 else (year, month + 1)
    return date(year, month, min(day.day, calendar.monthrange(year, month)[1]))


def level_of(answers: dict[str, int]) -> str:
    """By the words: the mean of all, of each area, and every essential aspect reach the level's minimum."""

    def mean(codes: list[str]) -> Fraction:
        return Fraction(sum(answers[c] * WEIGHTS[c] for c in codes), sum(WEIGHTS[c] for c in codes))

    reached = "IRON"
    for level, (total, area, essential) in MINIMUMS.items():
        areas = [mean([code for code in WEIGHTS if code[0] == one]) for one in "abc"]
        if (
            mean(list(WEIGHTS)) >= Fraction(total, 10)
            and min(areas) >= Fraction(area, 10)
            and min(answers[code] for code in ESSENTIAL) >= essential
        ):
            reached = level
    return reached


def at_most_silver(level: str) -> str:
    return "SILVER" if level == "GOLD" else level


@dataclass
class Told:
    """What the words say of one round of a school, and of its last label."""

    phase: str = "begun"
    answers: dict[str, int] = field(default_factory=dict)
    comments: dict[str, str] = field(default_factory=dict)
    revisions: dict[str, int] = field(default_factory=dict)
    files: Counter[str] = field(default_factory=Counter)
    accepted: dict[str, bool] = field(default_factory=dict)
    level: str = ""
    label: str = ""
    since: date | None = None
    is_reviewed: bool = False
    is_revoked: bool = False
    assessor: int = 0
    is_review_open: bool = False


@dataclass
class Kept:
    """The same as the product keeps it, moved by the rule only."""

    state: str = str(ASSESSMENT.initial)
    stored: dict[str, Stored] = field(default_factory=dict)
    level: str = ""
    verdicts: dict[str, bool] = field(default_factory=dict)
    label: str = ""
    since: date | None = None
    until: date | None = None


PHASES = {
    AssessmentState.STARTED: "begun",
    AssessmentState.IN_PROGRESS: "answering",
    AssessmentState.SCORED: "scored",
    AssessmentState.EVIDENCE_REVIEW: "in review",
    AssessmentState.EVIDENCE_RETURNED: "returned",
    AssessmentState.LABELLED: "labelled",
    AssessmentState.REDO_OPEN: "redo",
    AssessmentState.EXPIRED: "expired",
}


class History:
    """A school's team and four assessors: two from elsewhere, one of this school, one of its predecessor."""

    def __init__(self, dice: Random) -> None:
        self.dice, self.day = dice, date(2026, 1, 1) + timedelta(dice.randrange(800))
        self.told, self.kept = Told(), Kept()
        self.bodies = {1: {20}, 2: {21, 22}, 3: {SCHOOL}, 4: {BEFORE}}
        self.is_good = dice.random() < 0.75
        self.met: Counter[tuple[str, str]] = Counter()

    def settle(self, act: str, expected: set[str], found: str) -> bool:
        """Both say the same; whether the act is done."""
        assert found in expected if expected else not found, (act, expected, found)
        self.met[act, found] += 1
        return not found

    def move(self, to: AssessmentState, phase: str) -> None:
        assert ASSESSMENT.allows(self.kept.state, to)
        self.kept.state, self.told.phase = str(to), phase

    def now(self, phases: tuple[str, ...], allowed: tuple[AssessmentState, ...]) -> tuple[set[str], str]:
        """What the words, and what the product, say of doing something in the present state."""
        return set() if self.told.phase in phases else {"now"}, "" if self.kept.state in allowed else "now"

    def start(self) -> None:
        """At most one assessment runs: whoever begins while one does joins it."""
        if self.kept.state not in ASSESSMENT.ends():
            return
        assert self.told.phase == "expired"
        self.told, self.kept = Told(), Kept()

    def answer(self) -> None:
        dice, told, kept = self.dice, self.told, self.kept
        area = dice.choice("abc")
        known = {code for code in WEIGHTS if code[0] == area}
        levels = (4, 5, 5) if self.is_good else (1, 2, 3, 4, 5)
        given = {
            code: Given(
                dice.choice(levels) if dice.random() < 0.97 else dice.choice((None, 0, 6)),
                dice.choice((GOOD, GOOD, GOOD, "", "x" * 1500, "x" * 1501 if dice.random() < 0.1 else GOOD)),
                told.revisions.get(code, 0) - (dice.random() < 0.05),
            )
            for code in sorted(known | ({"z9"} if dice.random() < 0.05 else set()))
        }
        expected, found = self.now(("begun", "answering"), states.ANSWERING)
        expected |= {"aspect"} if "z9" in given else set()
        expected |= {"level"} if any(one.level in (0, 6) for one in given.values()) else set()
        expected |= {"comment"} if any(len(one.comment) == 1501 for one in given.values()) else set()
        if not self.settle("answer", expected, found or decisions.why_not_saved(given, known)):
            return
        saved = decisions.sorted_out(kept.stored, given)
        for code in saved.changed:
            one, before = given[code], kept.stored.get(code)
            kept.stored[code] = Stored(one.level, one.comment, before.revision + 1 if before else 1)
        if saved.changed and kept.state == AssessmentState.STARTED:
            self.move(AssessmentState.IN_PROGRESS, "answering")
        self.tell(given, saved)

    def tell(self, given: dict[str, Given], saved: decisions.Saved) -> None:
        """By the words: what a colleague saved since this person's page was made is left alone."""
        told = self.told
        changed, left = set(), set()
        for code, one in given.items():
            if told.answers.get(code) == one.level and told.comments.get(code, "") == one.comment:
                continue
            if one.seen != told.revisions.get(code, 0):
                left.add(code)
                continue
            changed.add(code)
            told.answers.pop(code, None)
            told.answers |= {code: one.level} if one.level else {}
            told.comments[code] = one.comment
            told.revisions[code] = told.revisions.get(code, 0) + 1
        assert (changed, left) == (set(saved.changed), set(saved.left))

    def submit(self) -> None:
        told, kept, wants = self.told, self.kept, self.dice.random() < 0.7
        expected, found = self.now(("answering",), states.SUBMITTING)
        expected |= set() if set(told.answers) == set(WEIGHTS) else {"answers"}
        levels = {code: one.level for code, one in kept.stored.items() if one.level is not None}
        scored = None
        if not found:
            try:
                scored = score(FORM, levels)
            except AnswersMissing:
                found = "answers"
        if not self.settle("submit", expected, found):
            return
        assert scored is not None
        told.level, kept.level = level_of(told.answers), scored.level
        assert told.level == kept.level
        self.move(AssessmentState.SUBMITTED, "")
        self.move(AssessmentState.SCORED, "scored")
        at_once = decisions.is_labelled_at_once(kept.level, wants_review=wants)
        assert at_once == (told.level != "GOLD" and not wants)
        if at_once:
            self.label(kept.level, told.level, is_reviewed=False)

    def take_label(self) -> None:
        if self.dice.random() < 0.9:
            return
        if self.settle("take label", *self.now(("scored",), states.TAKING_LABEL)):
            self.told.files.clear()
            level = reviews.without_review(self.kept.level)
            self.label(level, at_most_silver(self.told.level), is_reviewed=False)

    def label(self, found: str, expected: str, *, is_reviewed: bool) -> None:
        """A label is issued for eighteen months."""
        told, kept = self.told, self.kept
        assert decisions.may_issue(found, FORM, kept.verdicts, is_reviewed=is_reviewed)
        assert found == expected
        self.met["label", found] += 1
        told.label, told.since, told.is_reviewed, told.is_revoked = expected, self.day, is_reviewed, False
        kept.label, kept.since, kept.until = found, self.day, terms.valid_to(self.day)
        self.move(AssessmentState.LABELLED, "labelled")

    def judge(self) -> None:
        """What an assessor could come to with any answers and verdicts."""
        answers = {code: self.dice.choice((3, 4, 5, 5, 5)) for code in WEIGHTS}
        accepted = {code: self.dice.random() < 0.8 for code in sorted(LOOKED_AT)}
        found = decisions.conclusion(FORM, answers, accepted, is_final=True)
        assert found == self.worth(answers, accepted)

    def issue(self) -> None:
        """Whoever asks for gold gets it only after a review that accepted everything."""
        level, is_reviewed = self.dice.choice(("SILVER", "GOLD", "GOLD")), self.dice.random() < 0.7
        fits = level != "GOLD" or (
            is_reviewed and all(self.told.accepted.get(code, False) for code in LOOKED_AT)
        )
        may = decisions.may_issue(level, FORM, self.kept.verdicts, is_reviewed=is_reviewed)
        self.settle("issue", set() if fits else {"gold"}, "" if may else "gold")

    def comment(self) -> None:
        """A comment of an aspect can be changed as long as files can be added."""
        code, text = self.dice.choice(sorted(LOOKED_AT)), self.dice.choice((*TEXTS, GOOD, GOOD))
        if self.settle("comment", *self.now(("scored", "returned"), states.GIVING_EVIDENCE)):
            self.told.comments[code] = text
            self.told.revisions[code] += 1
            was = self.kept.stored[code]
            self.kept.stored[code] = replace(was, comment=text, revision=was.revision + 1)

    def add_file(self) -> None:
        dice, told, kept = self.dice, self.told, self.kept
        open_ones = [code for code in LOOKED_AT if not told.files[code]] if dice.random() < 0.8 else []
        code = dice.choice(sorted(open_ones or LOOKED_AT))
        pledges = [one for one in Pledge if dice.random() < 0.97]
        tells = dice.random() < 0.05
        expected, found = self.now(("scored", "returned"), states.GIVING_EVIDENCE)
        comment, files = told.comments.get(code, ""), told.files[code]
        expected |= {"comment_first"} if len(comment) < 40 else set()
        expected |= {"many"} if files > 2 else set()
        stored = kept.stored.get(code)
        found = found or decisions.why_not_added(stored.comment if stored else "", files)
        if not expected:
            expected |= {"PLACE"} if tells else set()
            expected |= {"FACE", "NAME", "MESSAGES"} if len(pledges) < 3 else set()
            found = found or decisions.why_returned(pledges, tells_of_people=tells)
        if self.settle("add file", expected, found):
            told.files[code] += 1

    def send(self) -> None:
        told, kept = self.told, self.kept
        expected, found = self.now(("scored", "returned"), states.GIVING_EVIDENCE)
        open_ones = {code for code in LOOKED_AT if told.accepted.get(code) is not True}
        short = {code for code in open_ones if len(told.comments.get(code, "")) < 40}
        bare = {code for code in open_ones if not told.files[code]}
        expected |= {"comments"} if short else set()
        expected |= {"files"} if bare and told.level == "GOLD" else set()
        if not found:
            shown = reviews.to_show(FORM, kept.verdicts)
            comments = {code: one.comment for code, one in kept.stored.items()}
            with_files = {code for code, n in told.files.items() if n}
            found, codes = decisions.lacking(kept.level, shown, comments, with_files)
            assert set(shown) == open_ones
            assert set(codes) == ({"comments": short, "files": bare}[found] if found else set())
        if self.settle("send", expected, found):
            self.move(AssessmentState.EVIDENCE_REVIEW, "in review")

    def is_conflict(self, assessor: int) -> bool:
        return reviews.is_conflict(self.bodies[assessor], {SCHOOL, BEFORE})

    def belongs(self, assessor: int) -> set[str]:
        """By the words: an assessor is not from the same school, nor from the one that it followed."""
        return {"same_school"} if self.bodies[assessor] & {SCHOOL, BEFORE} else set()

    def take(self) -> None:
        told, assessor = self.told, self.dice.choice((1, 1, 2, 2, 3, 4))
        if told.is_review_open:  # the table keeps one open review for a round
            return
        expected = self.belongs(assessor) | (set() if told.phase == "in review" else {"taken"})
        found = decisions.why_not_taken(self.kept.state, is_conflict=self.is_conflict(assessor))
        if self.settle("take", expected, found):
            told.assessor, told.is_review_open = assessor, True

    def judging(self) -> tuple[set[str], str]:
        """Somebody goes on with the last review, mostly its assessor."""
        told = self.told
        who = told.assessor if told.assessor and self.dice.random() < 0.9 else self.dice.choice((1, 2, 3, 4))
        expected = self.belongs(who) | (set() if who == told.assessor else {"stranger"})
        expected |= set() if told.is_review_open and told.phase == "in review" else {"over"}
        found = decisions.why_not_judged(
            self.kept.state,
            is_own=who == told.assessor,
            is_over=not told.is_review_open,
            is_conflict=self.is_conflict(who),
        )
        return expected, found

    def verdict(self) -> None:
        dice, told = self.dice, self.told
        open_ones = [code for code in LOOKED_AT if not told.accepted.get(code)] if dice.random() < 0.8 else []
        aspect = dice.choice(sorted(open_ones or [*LOOKED_AT, "a2"]))
        reason = dice.choice((*["Matyti."] * 8, "x" * 600, "x" * 601, ""))
        expected, found = self.judging()
        expected |= set() if aspect in LOOKED_AT else {"aspect"}
        expected |= set() if reason else {"reason"}
        expected |= {"long"} if len(reason) > 600 else set()
        if self.settle("verdict", expected, found or decisions.why_no_verdict(FORM, aspect, reason)):
            told.accepted[aspect] = self.kept.verdicts[aspect] = dice.random() < 0.85

    def give_back(self) -> None:
        if self.dice.random() < 0.3 and self.settle("give back", *self.judging()):
            self.told.is_review_open = False

    def conclude(self) -> None:
        told, kept, is_final = self.told, self.kept, self.dice.random() < 0.6
        expected, found = self.judging()
        expected |= set() if told.accepted.keys() >= LOOKED_AT else {"missing"}
        found = found or ("" if decisions.is_decided(FORM, kept.verdicts) else "missing")
        if not self.settle("conclude", expected, found):
            return
        levels = {code: one.level for code, one in kept.stored.items() if one.level is not None}
        level = decisions.conclusion(FORM, levels, kept.verdicts, is_final=is_final)
        told.is_review_open = False
        told.files.clear()
        refused = {code for code in LOOKED_AT if not told.accepted[code]}
        if refused and not is_final:
            assert level is None
            self.move(AssessmentState.EVIDENCE_RETURNED, "returned")
            return
        assert level is not None
        self.label(level, self.worth(told.answers, told.accepted), is_reviewed=True)

    def worth(self, answers: dict[str, int], accepted: dict[str, bool]) -> str:
        """By the words: what was not accepted counts two at most, and is no gold however good the rest."""
        refused = {code for code in LOOKED_AT if not accepted[code]}
        level = level_of({code: min(n, 2) if code in refused else n for code, n in answers.items()})
        self.met["label", "worth gold"] += bool(refused) and level == "GOLD"
        return at_most_silver(level) if refused else level

    def hire(self) -> None:
        """An assessor begins to work at the school, or never did."""
        if self.dice.random() < 0.4:
            self.bodies[2] ^= {SCHOOL}

    def wait(self) -> None:
        """Days pass; at night the job moves what is due, unless it did not run."""
        told, kept = self.told, self.kept
        self.day += timedelta(self.dice.choice((1, 5, 40, 180, 200, 370)))
        if kept.since is None or kept.until is None or self.dice.random() < 0.2:
            return
        assert told.since is not None
        is_labelled = told.phase in ("labelled", "redo")
        due = ""
        if is_labelled and self.day >= months_later(told.since, 18):
            due = "expired"
        elif told.phase == "labelled" and self.day >= months_later(told.since, 12):
            due = "redo"
        to = decisions.due_move(kept.state, kept.since, kept.until, self.day)
        assert (PHASES[to] if to else "") == due
        self.met["due", due] += 1
        if to is not None:
            self.move(to, due)

    def renew(self) -> None:
        """The next round begins without answers; the label lasts until its day."""
        told, kept = self.told, self.kept
        if self.settle("renew", *self.now(("redo",), states.RENEWABLE)):
            self.move(AssessmentState.IN_PROGRESS, "answering")
            self.told = Told(
                phase="answering",
                label=told.label,
                since=told.since,
                is_reviewed=told.is_reviewed,
                is_revoked=told.is_revoked,
            )
            self.kept = Kept(state=kept.state, label=kept.label, since=kept.since, until=kept.until)

    def revoke(self) -> None:
        told, kept = self.told, self.kept
        if told.since is None or kept.until is None or self.dice.random() < 0.7:
            return
        over = told.is_revoked or self.day >= months_later(told.since, 18)
        found = decisions.is_over(kept.until, self.day, is_revoked=told.is_revoked)
        if self.settle("revoke", {"over"} if over else set(), "over" if found else ""):
            told.is_revoked = True

    def act(self) -> Callable[[], None]:
        """What the phase invites to, or now and then anything."""
        invited: dict[str, list[Callable[[], None]]] = {
            "begun": [self.answer],
            "answering": [self.answer, self.answer, self.submit, self.submit],
            "scored": [*[self.add_file] * 4, self.comment, self.send, self.take_label],
            "in review": [self.take, *[self.verdict] * 6, self.conclude, self.give_back, self.hire],
            "returned": [self.add_file, self.add_file, self.comment, self.send, self.send],
            "labelled": [*[self.wait] * 4, self.revoke, self.issue],
            "redo": [self.renew, self.renew, self.wait],
            "expired": [self.start],
        }
        every = [one for acts in invited.values() for one in acts] + [
            self.wait,
            self.issue,
            self.judge,
            self.hire,
        ]
        return self.dice.choice(invited[self.told.phase] if self.dice.random() < 0.75 else every)

    def check(self) -> None:
        """What holds after every step."""
        told, kept = self.told, self.kept
        assert PHASES[AssessmentState(kept.state)] == told.phase
        assert kept.verdicts == told.accepted and kept.label == told.label
        assert {code: one.revision for code, one in kept.stored.items()} == told.revisions
        if any(told.files.values()):
            assert told.phase in ("scored", "in review", "returned"), "files only until the verdict"
        if kept.since is None or kept.until is None:
            assert told.phase not in ("labelled", "redo", "expired")
            return
        assert kept.until == months_later(kept.since, 18)
        assert terms.is_valid(kept.since, kept.until, self.day) == (self.day < months_later(kept.since, 18))
        if told.phase in ("labelled", "redo") and kept.label == "GOLD":
            assert told.is_reviewed and all(kept.verdicts[code] for code in LOOKED_AT)


@pytest.mark.unit
@repeated(shards=10)
def test_the_pure_rule_agrees_with_its_words(shard: int):
    """20,000 steps in `make test`, 10⁶ in `make prove`."""
    met: Counter[tuple[str, str]] = Counter()
    for number in range(often(80, 400)):
        history = History(Random(f"labels {shard} {number}"))
        for _step in range(250):
            history.act()()
            history.check()
        met += history.met
    never = sorted(EXPECTED - (+met).keys())
    assert not never, never
