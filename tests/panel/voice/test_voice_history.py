"""Random histories of proposals by the pure rule, beside a model written from the rules' words: two adults in
every discussion, the text frozen at the vote, a date for the addressee, and no proposal that was asked closes
without a reasoned answer that is public and a report of what happened.
"""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from random import Random

import pytest
from repetition import often, repeated

from sauga.kernel.clock import local_day
from sauga.panel.permissions import ROLES, SYSTEM
from sauga.panel.permissions import Permission as May
from sauga.panel.voice.rules import answers, decisions, ledger
from sauga.panel.voice.rules.answers import Ease, Verdict
from sauga.panel.voice.rules.hours import is_resting
from sauga.panel.voice.rules.moderation import Checklist
from sauga.panel.voice.rules.states import DISCUSSED, DRAFTS, PROPOSAL, WAITING, ProposalState

BEGIN = datetime(2026, 3, 2, 10, tzinfo=UTC)
DAY = timedelta(days=1)
NIGHT = timedelta(hours=11)
OLDER, YOUNGER = date(2008, 1, 1), date(2015, 6, 1)
FACILITATOR, LEAD, STAND_IN, EDITOR = "PANEL_FACILITATOR", "PANEL_SAFEGUARDING_LEAD", "COORDINATOR", "EDITOR"
JOB = "panel"
VERDICTS = {"ACCEPTED": "accepted", "PARTLY": "partly", "DECLINED": "declined", "OTHER": "declined"}
BEFORE_THE_VOTE = ("idea", "pre_moderation", "returned", "published", "discussion", "qualified")
TALKED_ABOUT = ("published", "discussion", "qualified")
ANSWERED = ("answered_accepted", "answered_partly", "answered_declined")
HIDEABLE = (*TALKED_ABOUT, "not_qualified", "vote_open", "vote_closed", "sent", "overdue", *ANSWERED)
HIDEABLE += ("in_progress", "done", "not_done", "reported_back")
IN_LEDGER = ("sent", "overdue", *ANSWERED, "in_progress", "done", "not_done")
EXPECTED = {
    *(("submit", why) for why in ("", "state", "incomplete", "same", "night")),
    *(("publish", why) for why in ("", "role", "state", "checklist", "flag")),
    *(("discuss", why) for why in ("", "role", "state", "until", "adults")),
    *(("support", why) for why in ("", "state", "changed")),
    *(("qualify", why) for why in ("", "role", "state", "support")),
    *(("end", why) for why in ("", "role", "state", "open")),
    *(("explain", why) for why in ("", "role", "state")),
    *(("count", why) for why in ("", "role", "state")),
    *(("send", why) for why in ("", "role", "state", "addressee", "due")),
    *(("more time", why) for why in ("", "state", "again", "late")),
    *(("overdue", why) for why in ("", "role", "state", "due")),
    *(("answer", why) for why in ("", "state", "verdict", "reason", "hard", "who", "decides", "tasks")),
    *(("publish answer", why) for why in ("", "role", "early", "sent")),
    *(("begin", why) for why in ("", "role", "state", "answer", "tasks")),
    *(("result", why) for why in ("", "role", "state")),
    *(("tell", why) for why in ("", "role", "state", "answer")),
    *(("archive", why) for why in ("", "role", "state", "early")),
    *(("hide", why) for why in ("", "role", "state")),
    *(("show", why) for why in ("", "role", "state", "flag")),
    *(("withdraw", why) for why in ("", "state")),
    *(("group", str(one)) for one in ledger.Group if one != ledger.Group.ALL),
}
"""What a history as long as in `make test` has met: each refusal, and each act done."""


@dataclass
class Told:
    """What the words say of one proposal. `asked`: it was sent since it was last published."""

    phase: str = "idea"
    version: int = 1
    at_vote: int = 0
    support: dict[int, int] = field(default_factory=dict)
    is_whole: bool = False
    is_unchanged: bool = False
    has_flag: bool = False
    until: date | None = None
    adults: int = 0
    asked: bool = False
    due: date | None = None
    extended: bool = False
    reminded: set[int] = field(default_factory=set)
    verdict: str = ""
    promises: int = 0
    public_on: date | None = None
    is_public: bool = False
    results: list[str] = field(default_factory=list)
    told_at: datetime | None = None


@dataclass
class Kept:
    """What the product keeps beside it and moves by the rule only."""

    state: str = str(ProposalState.IDEA)
    due_on: date | None = None
    reminders: int = 0


class History:
    """Members, staff in four roles, the job and an addressee do something to one proposal after another."""

    def __init__(self, dice: Random) -> None:
        self.dice, self.at = dice, BEGIN + dice.randrange(300) * DAY
        self.authors = set(range(dice.choice((1, 2, 3))))
        self.told, self.kept = Told(), Kept()
        self.met: Counter[tuple[str, str]] = Counter()

    @property
    def today(self) -> date:
        return local_day(self.at)

    def settle(self, act: str, expected: set[str], found: str) -> bool:
        """Both say the same; whether the act is done."""
        assert found in expected if expected else not found, (act, self.told.phase, expected, found)
        self.met[act, found] += 1
        return not found

    def asked(
        self, act: str, allowed: tuple[str, ...], may: May, expected: set[str], why: Callable[[], str]
    ) -> bool:
        """Somebody of the staff, or the job, tries something: by the words those in `allowed` may."""
        role = self.dice.choice((*[allowed[0]] * 8, FACILITATOR, LEAD, STAND_IN, EDITOR, JOB))
        held = SYSTEM[JOB] if role == JOB else ROLES.get(role, set())
        found = why() if may in held else "role"
        return self.settle(act, expected | (set() if role in allowed else {"role"}), found)

    def within(self, *phases: str) -> set[str]:
        return set() if self.told.phase in phases else {"state"}

    def move(self, to: ProposalState) -> None:
        assert PROPOSAL.allows(self.kept.state, to)
        self.kept.state = str(to)

    def new(self) -> None:
        if self.told.phase in ("withdrawn", "archived"):
            assert self.kept.state in PROPOSAL.ends()
            self.told, self.kept = Told(), Kept()

    # Members
    def edit(self) -> None:
        found = decisions.elsewhere(self.kept.state, *DRAFTS)
        if self.settle("edit", self.within("idea", "returned"), found):
            self.told.is_whole = self.dice.random() < 0.9
            self.told.is_unchanged = False

    def submit(self) -> None:
        told, is_night = self.told, self.dice.random() < 0.1
        born, at = self.dice.choice((OLDER, YOUNGER)), self.at + (NIGHT if is_night else DAY * 0)
        expected = self.within("idea", "returned")
        expected |= {"night"} if is_night and born == YOUNGER else set()
        expected |= set() if told.is_whole else {"incomplete"}
        expected |= {"same"} if told.phase == "returned" and told.is_unchanged else set()
        found = "night" if is_resting(born, at) else ""
        found = found or decisions.why_not_submitted(
            self.kept.state, is_whole=told.is_whole, is_as_returned=told.is_unchanged
        )
        if self.settle("submit", expected, found):
            self.move(ProposalState.PRE_MODERATION)
            told.phase, told.is_unchanged = "pre_moderation", True
            told.has_flag = self.dice.random() < 0.2

    def withdraw(self) -> None:
        if self.dice.random() < 0.15:
            found = decisions.why_not_withdrawn(self.kept.state)
            if self.settle("withdraw", self.within(*BEFORE_THE_VOTE), found):
                self.move(ProposalState.WITHDRAWN)
                self.told.phase = "withdrawn"

    def back(self) -> None:
        """A member supports the version that was read, or no longer."""
        dice, told = self.dice, self.told
        who, version, supports = dice.randrange(8), told.version - (dice.random() < 0.1), dice.random() < 0.9
        expected = self.within(*TALKED_ABOUT)
        expected |= {"changed"} if supports and version != told.version else set()
        found = decisions.why_not_supported(self.kept.state, version, told.version, supports=supports)
        if self.settle("support", expected, found):
            told.support.pop(who, None)
            told.support |= {who: version} if supports else {}

    def amend(self) -> None:
        """Some authors accept what a member suggested; all of them make a new version."""
        who = self.dice.randrange(4)
        agreed = {one for one in self.authors if self.dice.random() < 0.7}
        is_agreed = decisions.is_agreed(self.authors, agreed, who)
        assert is_agreed == all(one in agreed or one == who for one in self.authors)
        found = decisions.elsewhere(self.kept.state, *DISCUSSED)
        if self.settle("amend", self.within(*TALKED_ABOUT), found) and is_agreed:
            self.told.version += 1

    @property
    def backing(self) -> int:
        """By the words: those who supported an older version were asked again."""
        return sum(version == self.told.version for version in self.told.support.values())

    # Reading, hiding
    def publish(self) -> None:
        told, dice = self.told, self.dice
        confirmed = Checklist.values if dice.random() < 0.9 else Checklist.values[1:]
        expected = self.within("pre_moderation")
        expected |= {"flag"} if told.has_flag else set()
        expected |= {"checklist"} if len(confirmed) < 3 else set()
        if self.asked(
            "publish",
            (FACILITATOR, LEAD),
            May.MODERATE,
            expected,
            lambda: decisions.why_not_published(self.kept.state, confirmed, has_flag=told.has_flag),
        ):
            self.move(ProposalState.PUBLISHED)
            told.phase = "published"

    def give_back(self) -> None:
        if self.dice.random() < 0.5 and self.asked(
            "return",
            (FACILITATOR, LEAD),
            May.MODERATE,
            self.within("pre_moderation"),
            lambda: decisions.moves(self.kept.state, ProposalState.RETURNED),
        ):
            self.move(ProposalState.RETURNED)
            self.told.phase = "returned"

    def answer_flag(self) -> None:
        self.told.has_flag = False

    def hide(self) -> None:
        if self.dice.random() < 0.15 and self.asked(
            "hide",
            (FACILITATOR, LEAD),
            May.MODERATE,
            self.within(*HIDEABLE),
            lambda: decisions.moves(self.kept.state, ProposalState.HIDDEN),
        ):
            self.move(ProposalState.HIDDEN)
            self.told.phase, self.told.has_flag = "hidden", self.dice.random() < 0.4

    def show(self) -> None:
        """What was hidden is shown and goes through the steps again, or stays hidden for good."""
        told, again = self.told, self.dice.random() < 0.8
        expected = self.within("hidden") | ({"flag"} if told.has_flag else set())
        if self.asked(
            "show",
            (FACILITATOR, LEAD, STAND_IN),
            May.ANSWER_FLAGS,
            expected,
            lambda: decisions.why_stays_hidden(self.kept.state, has_flag=told.has_flag),
        ):
            self.move(ProposalState.PUBLISHED if again else ProposalState.ARCHIVED)
            told.phase, told.asked = ("published" if again else "archived"), False

    # Discussion and vote
    def discuss(self) -> None:
        told, adults = self.told, self.dice.choice((1, 2, 2, 2, 2))
        days = self.dice.choice((2, 3, 3, 5, 14, 60, 61))
        expected = self.within("published")
        expected |= {"until"} if days < 3 or days > 60 else set()
        expected |= {"adults"} if adults < 2 else set()
        until = self.today + days * DAY
        if self.asked(
            "discuss",
            (FACILITATOR,),
            May.RUN_CYCLES,
            expected,
            lambda: decisions.why_not_discussed(self.kept.state, until, self.today, adults=adults),
        ):
            self.move(ProposalState.DISCUSSION)
            told.phase, told.until, told.adults = "discussion", until, adults

    def qualify(self) -> None:
        told, has_reason = self.told, self.dice.random() < 0.3
        expected = self.within("discussion")
        expected |= {"support"} if self.backing < 3 and not has_reason else set()
        if self.asked(
            "qualify",
            (FACILITATOR,),
            May.RUN_CYCLES,
            expected,
            lambda: decisions.why_not_qualified(
                self.kept.state, support=self.backing, needed=3, has_reason=has_reason
            ),
        ):
            self.move(ProposalState.QUALIFIED)
            told.phase = "qualified"

    def end(self) -> None:
        told = self.told
        expected = self.within("discussion")
        expected |= {"open"} if told.until is None or self.today <= told.until else set()
        if self.asked(
            "end",
            (JOB,),
            May.ADVANCE_VOICE,
            expected,
            lambda: decisions.why_not_ended(self.kept.state, told.until, self.today),
        ):
            self.move(decisions.after_discussion(support=self.backing, needed=3))
            told.phase = "qualified" if self.backing > 2 else "not_qualified"

    def open_vote(self) -> None:
        if self.asked(
            "vote",
            (FACILITATOR,),
            May.RUN_BALLOTS,
            self.within("qualified"),
            lambda: decisions.moves(self.kept.state, ProposalState.VOTE_OPEN),
        ):
            self.move(ProposalState.VOTE_OPEN)
            self.told.phase, self.told.at_vote = "vote_open", self.told.version

    def count(self) -> None:
        """Only the count closes a vote, never a person."""
        if self.asked(
            "count",
            (JOB,),
            May.COUNT_BALLOTS,
            self.within("vote_open"),
            lambda: decisions.moves(self.kept.state, ProposalState.VOTE_CLOSED),
        ):
            self.move(ProposalState.VOTE_CLOSED)
            self.told.phase = "vote_closed"
            if self.dice.random() < 0.2:
                self.move(ProposalState.NOT_QUALIFIED)
                self.told.phase = "not_qualified"

    def explain(self) -> None:
        if self.asked(
            "explain",
            (FACILITATOR,),
            May.RUN_CYCLES,
            self.within("not_qualified"),
            lambda: decisions.why_not_explained(self.kept.state),
        ):
            self.move(ProposalState.REPORTED_BACK)
            self.told.phase, self.told.told_at = "reported_back", self.at

    # The addressee
    def send(self) -> None:
        told, kept, dice = self.told, self.kept, self.dice
        days, is_active = dice.choice((13, 14, 30, 30, 90, 91)), dice.random() < 0.9
        expected = self.within("vote_closed")
        expected |= {"due"} if days < 14 or days > 90 else set()
        expected |= set() if is_active else {"addressee"}
        due = self.today + days * DAY
        if self.asked(
            "send",
            (FACILITATOR,),
            May.SEND_TO_ADDRESSEE,
            expected,
            lambda: decisions.why_not_sent(kept.state, due, self.today, is_active=is_active),
        ):
            self.move(ProposalState.SENT)
            told.phase, told.asked, told.due, told.extended, told.reminded = "sent", True, due, False, set()
            told.verdict, told.promises, told.public_on, told.is_public = "", 0, None, False
            told.results, told.told_at = [], None
            kept.due_on, kept.reminders = due, 0

    def ask_time(self) -> None:
        told, kept = self.told, self.kept
        expected = self.within("sent", "overdue") | ({"again"} if told.extended else set())
        expected |= {"late"} if told.due is None or self.today > told.due else set()
        found = decisions.why_no_more_time(kept.state, kept.due_on, self.today, was_extended=told.extended)
        if self.settle("more time", expected, found):
            assert told.due is not None and kept.due_on is not None
            told.due, told.extended = told.due + 14 * DAY, True
            told.reminded = self.reached(told.due)
            kept.due_on += answers.MORE_TIME
            kept.reminders = answers.reminders_reached(kept.due_on, self.today)

    def reached(self, due: date) -> set[int]:
        """By the words: reminders fourteen days, three days before the date, and on it."""
        return {days for days in (14, 3, 0) if (due - self.today).days <= days}

    def remind(self) -> None:
        told, kept = self.told, self.kept
        if kept.state != ProposalState.SENT or kept.due_on is None or told.due is None:
            return
        is_due = answers.reminder_due(kept.due_on, self.today, kept.reminders)
        assert is_due == bool(self.reached(told.due) - told.reminded)
        if is_due:
            kept.reminders = answers.reminders_reached(kept.due_on, self.today)
            told.reminded |= self.reached(told.due)

    def overdue(self) -> None:
        told, kept = self.told, self.kept
        expected = self.within("sent") | ({"due"} if told.due is None or self.today <= told.due else set())
        if self.asked(
            "overdue",
            (JOB,),
            May.ADVANCE_VOICE,
            expected,
            lambda: decisions.why_not_overdue(kept.state, kept.due_on, self.today),
        ):
            self.move(ProposalState.OVERDUE)
            told.phase = "overdue"

    def answer(self) -> None:
        told, kept, dice = self.told, self.kept, self.dice
        verdict = dice.choice((*Verdict.values * 3, "PERHAPS"))
        ease = dice.choice((*[Ease.PLAIN] * 8, Ease.HARD, Ease.SHORT, Ease.TOO_HARD))
        who, decides = (
            dice.choice(("Ministerija", "Ministerija", "Ministerija", " ")),
            dice.choice(("", "Ji")),
        )
        days = [
            None if dice.random() < 0.05 else dice.choice((0, 1, 40, 40)) for _ in range(dice.randrange(3))
        ]
        promises = [None if n is None else self.today + n * DAY for n in days]
        expected = self.within("sent", "overdue")
        expected |= set() if verdict in VERDICTS else {"verdict"}
        expected |= {"reason"} if ease == Ease.SHORT else {"hard"} if ease == Ease.TOO_HARD else set()
        expected |= set() if who.strip() else {"who"}
        expected |= {"decides"} if verdict == "OTHER" and not decides else set()
        if not all(days) or (verdict in ("ACCEPTED", "PARTLY") and not days):
            expected.add("tasks")
        found = decisions.elsewhere(kept.state, *WAITING) or decisions.why_not_whole(
            verdict, ease, who=who, decides=decides, promises=promises, today=self.today
        )
        if self.settle("answer", expected, found):
            self.move(answers.STATE_AFTER[Verdict(verdict)])
            told.phase, told.verdict, told.promises = f"answered_{VERDICTS[verdict]}", verdict, len(days)
            told.public_on = answers.public_from(self.at)
            assert told.public_on > self.today and told.public_on.weekday() < 5

    def publish_answer(self) -> None:
        """Staff publish an answer at once, the job when its day has come."""
        told, kept = self.told, self.kept
        by_itself = self.dice.random() < 0.5
        expected = {"sent"} if told.is_public else set()
        if (
            told.public_on is None
            or told.phase not in ANSWERED
            or (by_itself and self.today < told.public_on)
        ):
            expected.add("early")
        if self.asked(
            "publish answer",
            (JOB,) if by_itself else (FACILITATOR,),
            May.ADVANCE_VOICE if by_itself else May.PUBLISH_ANSWER,
            expected,
            lambda: decisions.why_not_made_public(
                kept.state,
                self.today,
                public_on=told.public_on,
                is_published=told.is_public,
                by_itself=by_itself,
            ),
        ):
            told.is_public = True

    # What happened
    def begin(self) -> None:
        told, kept = self.told, self.kept
        expected = self.within("answered_accepted", "answered_partly")
        expected |= set() if told.is_public else {"answer"}
        # Nobody agrees without a promise: here somebody has taken it away since.
        promises = told.promises if self.dice.random() < 0.7 else 0
        expected |= set() if promises else {"tasks"}
        if self.asked(
            "begin",
            (FACILITATOR,),
            May.PUBLISH_ANSWER,
            expected,
            lambda: decisions.why_not_begun(kept.state, is_public=told.is_public, promises=promises),
        ):
            self.move(ProposalState.IN_PROGRESS)
            told.phase = "in_progress"

    def report(self) -> None:
        to = self.dice.choice((ProposalState.DONE, ProposalState.NOT_DONE))
        if self.asked(
            "result",
            (FACILITATOR,),
            May.PUBLISH_ANSWER,
            self.within("in_progress"),
            lambda: decisions.moves(self.kept.state, to),
        ):
            self.move(to)
            self.told.phase = to.lower()
            self.told.results.append(self.told.phase)

    def tell(self) -> None:
        told = self.told
        expected = self.within("answered_declined", "done", "not_done")
        expected |= set() if told.is_public else {"answer"}
        if self.asked(
            "tell",
            (FACILITATOR,),
            May.PUBLISH_ANSWER,
            expected,
            lambda: decisions.why_not_told(self.kept.state, is_public=told.is_public),
        ):
            self.move(ProposalState.REPORTED_BACK)
            told.phase, told.told_at = "reported_back", self.at

    def archive(self) -> None:
        told = self.told
        expected = self.within("reported_back")
        expected |= {"early"} if told.told_at is None or self.at < told.told_at + 30 * DAY else set()
        if self.asked(
            "archive",
            (JOB,),
            May.ADVANCE_VOICE,
            expected,
            lambda: decisions.why_not_archived(self.kept.state, told.told_at, self.at),
        ):
            self.move(ProposalState.ARCHIVED)
            told.phase = "archived"

    def wait(self) -> None:
        self.at += self.dice.choice((1, 1, 3, 8, 20)) * DAY
        self.remind()

    def act(self) -> Callable[[], None]:
        """What the phase invites to, or now and then anything."""
        early, closing = [self.edit, self.submit, self.withdraw], [self.tell, self.wait]
        follow = [
            self.publish_answer,
            self.publish_answer,
            self.begin,
            self.begin,
            self.tell,
            self.hide,
            self.wait,
        ]
        invited: dict[str, list[Callable[[], None]]] = {
            "idea": early,
            "pre_moderation": [self.publish, self.publish, self.give_back, self.answer_flag],
            "returned": early,
            "published": [self.discuss, self.discuss, self.back, self.withdraw, self.hide],
            "discussion": [self.back] * 5 + [self.amend, self.qualify, self.end, self.wait, self.hide],
            "qualified": [self.open_vote, self.back, self.amend, self.withdraw],
            "not_qualified": [self.explain, self.wait],
            "vote_open": [self.count, self.hide, self.amend],
            "vote_closed": [self.send, self.send, self.hide],
            "sent": [self.answer, self.ask_time, self.overdue, self.wait, self.wait, self.hide],
            "overdue": [self.answer, self.answer, self.ask_time, self.wait],
            **dict.fromkeys(ANSWERED, follow),
            "in_progress": [self.report, self.wait, self.hide, self.publish_answer],
            "done": closing,
            "not_done": closing,
            "reported_back": [self.archive, self.wait, self.hide],
            "hidden": [self.show, self.show, self.answer_flag, self.publish_answer],
        }
        every = [one for acts in invited.values() for one in acts]
        phase = self.told.phase
        return self.dice.choice(invited.get(phase, [self.new]) if self.dice.random() < 0.8 else every)

    def check(self) -> None:
        """What holds after every step."""
        told, kept = self.told, self.kept
        assert kept.state.lower() == told.phase
        assert kept.due_on == told.due and kept.reminders == len(told.reminded)
        if told.phase == "discussion":
            assert told.adults == 2 and told.until is not None
        if told.phase in ("vote_open", "vote_closed", "sent", "overdue", *ANSWERED):
            assert told.version == told.at_vote, "the text is frozen at the vote"
        if told.phase == "reported_back" and told.asked:
            assert told.is_public and told.verdict, "closed without an answer"
            assert told.verdict in ("DECLINED", "OTHER") or told.results, "closed without a report"
        assert told.public_on is not None or not told.is_public
        if told.phase in IN_LEDGER or (told.phase == "reported_back" and told.asked):
            self.check_ledger()

    def check_ledger(self) -> None:
        """Everybody sees who was asked and is late, what was promised, done and not done."""
        told = self.told
        assert told.due is not None
        if not told.is_public:
            expected = "overdue" if self.today > told.due else "waiting"
        elif told.results or VERDICTS[told.verdict] == "declined":
            expected = "done" if told.results == ["done"] else "not-done"
        else:
            expected = "in-progress" if told.phase == "in_progress" else "answered"
        facts = ledger.Facts(
            state=self.kept.state,
            sent_on=self.today,
            due_on=told.due,
            answer_public=told.is_public,
            verdict=told.verdict if told.is_public else "",
            result=told.results[0].upper() if told.results else "",
        )
        found = ledger.group_of(facts, self.today)
        assert found == expected
        self.met["group", found] += 1


@pytest.mark.unit
@repeated(shards=10)
def test_the_pure_rule_agrees_with_its_words(shard: int):
    """20,000 steps in `make test`, 10⁶ in `make prove`."""
    met: Counter[tuple[str, str]] = Counter()
    for number in range(often(80, 400)):
        history = History(Random(f"proposals {shard} {number}"))
        for _step in range(250):
            history.act()()
            history.check()
        met += history.met
    never = sorted(EXPECTED - met.keys())
    assert not never, never
