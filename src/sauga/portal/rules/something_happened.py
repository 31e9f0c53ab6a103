"""The guided choice “Something happened” as data: what is asked after each answer, and where each path ends.

Pure: answers → the next question or the end. At most four questions, and every path ends at something that
the installation has: `offered` are the goals it can lead to beside those that need no service (`ALWAYS`).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum


class Question(StrEnum):
    """What is asked, in this order."""

    WHAT = "what"
    WHEN = "when"
    DANGER = "danger"
    WANT = "want"


class What(StrEnum):
    """What happened, in the order in which it is offered."""

    PICTURE = "picture"
    THREAT = "threat"
    BULLYING = "bullying"
    CONTACT = "contact"
    HURT = "hurt"
    LOW = "low"
    FRIEND = "friend"
    SEEN = "seen"
    ACCOUNT = "account"
    MONEY = "money"
    SCREEN = "screen"
    OTHER = "other"


class When(StrEnum):
    """Since when. Days and longer differ in what still helps."""

    TODAY = "today"
    DAYS = "days"
    LONG = "long"


class Danger(StrEnum):
    """Whether anyone is in danger now."""

    YES = "yes"
    UNSURE = "unsure"
    NO = "no"


class Goal(StrEnum):
    """Where a path can end; all but the first are also what a visitor may want."""

    EMERGENCY = "emergency"
    TALK = "talk"
    PICTURE = "picture"
    REPORT = "report"
    PLATFORM = "platform"
    POLICE = "police"
    ADVICE = "advice"


class Step(StrEnum):
    """One thing to do now."""

    PAY_NOTHING = "pay_nothing"
    SEND_NOTHING = "send_nothing"
    PLACES = "places"
    REMOVAL = "removal"
    KEEP_MESSAGES = "keep_messages"
    BLOCK = "block"
    TELL_ADULT = "tell_adult"
    NO_REPLY = "no_reply"
    SCHOOL = "school"
    NO_MEETING = "no_meeting"
    NOT_TOO_LATE = "not_too_late"
    SAFE_PLACE = "safe_place"
    NOT_ALONE = "not_alone"
    CALL = "call"
    SMALL_THING = "small_thing"
    LISTEN = "listen"
    NO_SECRET = "no_secret"  # noqa: S105  as above
    ADULT_FOR_FRIEND = "adult_for_friend"
    CLOSE = "close"
    SHARE_NOTHING = "share_nothing"
    TALK_IT_OVER = "talk_it_over"
    PASSWORD = "password"  # noqa: S105  a step
    RECOVER = "recover"
    WARN_FRIENDS = "warn_friends"
    BANK_NOW = "bank_now"
    BANK_TOO = "bank_too"
    ONE_CHANGE = "one_change"
    NIGHT = "night"
    WRITE_DOWN = "write_down"


@dataclass(frozen=True, kw_only=True)
class Branch:
    """What follows from one answer to “What happened?”.

    `wants` are offered where WANT is asked; otherwise the path ends at `goal`. `first` is what comes before
    `steps`, by the answer to WHEN.
    """

    topic: str
    questions: tuple[Question, ...] = ()
    wants: tuple[Goal, ...] = ()
    goal: Goal = Goal.TALK
    steps: tuple[Step, ...]
    first: Mapping[When, Step]


ALWAYS = frozenset({Goal.EMERGENCY, Goal.TALK, Goal.POLICE, Goal.ADVICE})
"""What needs no service of the installation: numbers to call, and the pages of the site itself."""
MOST_TAPS = 4
Q, G, S = Question, Goal, Step
NEVER: Mapping[When, Step] = {}

BRANCHES: Mapping[What, Branch] = {
    What.PICTURE: Branch(
        topic="ncii",
        goal=G.PICTURE,
        steps=(S.REMOVAL, S.PLACES, S.SEND_NOTHING, S.TELL_ADULT),
        first=NEVER,
    ),
    What.THREAT: Branch(
        topic="sexual_extortion",
        questions=(Q.DANGER, Q.WANT),
        wants=(G.TALK, G.PICTURE, G.POLICE, G.ADVICE),
        steps=(S.SEND_NOTHING, S.KEEP_MESSAGES, S.BLOCK, S.REMOVAL, S.TELL_ADULT),
        first=NEVER,
    ),
    What.BULLYING: Branch(
        topic="cyberbullying",
        questions=(Q.WHEN, Q.DANGER, Q.WANT),
        wants=(G.TALK, G.PLATFORM, G.ADVICE),
        steps=(S.NO_REPLY, S.KEEP_MESSAGES, S.BLOCK, S.TELL_ADULT),
        first={When.LONG: S.SCHOOL},
    ),
    What.CONTACT: Branch(
        topic="grooming",
        questions=(Q.WHEN, Q.DANGER, Q.WANT),
        wants=(G.TALK, G.PLATFORM, G.POLICE, G.REPORT, G.ADVICE),
        steps=(S.NO_MEETING, S.KEEP_MESSAGES, S.BLOCK, S.TELL_ADULT),
        first={When.DAYS: S.NOT_TOO_LATE, When.LONG: S.NOT_TOO_LATE},
    ),
    What.HURT: Branch(
        topic="abuse_at_home",
        questions=(Q.DANGER, Q.WANT),
        wants=(G.TALK, G.POLICE, G.ADVICE),
        steps=(S.SAFE_PLACE, S.TELL_ADULT, S.CALL),
        first=NEVER,
    ),
    What.LOW: Branch(
        topic="self_harm",
        questions=(Q.DANGER,),
        steps=(S.CALL, S.NOT_ALONE, S.SMALL_THING),
        first=NEVER,
    ),
    What.FRIEND: Branch(
        topic="friend_in_trouble",
        questions=(Q.DANGER, Q.WANT),
        wants=(G.TALK, G.ADVICE),
        steps=(S.LISTEN, S.NO_SECRET, S.ADULT_FOR_FRIEND),
        first=NEVER,
    ),
    What.SEEN: Branch(
        topic="violence",
        questions=(Q.DANGER, Q.WANT),
        wants=(G.TALK, G.REPORT, G.PLATFORM, G.ADVICE),
        steps=(S.CLOSE, S.SHARE_NOTHING, S.TALK_IT_OVER),
        first=NEVER,
    ),
    What.ACCOUNT: Branch(
        topic="account_takeover",
        questions=(Q.WHEN, Q.WANT),
        wants=(G.PLATFORM, G.ADVICE, G.TALK, G.POLICE),
        steps=(S.WARN_FRIENDS, S.KEEP_MESSAGES, S.TELL_ADULT),
        first={When.TODAY: S.PASSWORD, When.DAYS: S.RECOVER, When.LONG: S.RECOVER},
    ),
    What.MONEY: Branch(
        topic="ecrime",
        questions=(Q.WHEN, Q.WANT),
        wants=(G.POLICE, G.TALK, G.PLATFORM, G.ADVICE),
        steps=(S.PAY_NOTHING, S.KEEP_MESSAGES, S.TELL_ADULT),
        first={When.TODAY: S.BANK_NOW, When.DAYS: S.BANK_TOO, When.LONG: S.BANK_TOO},
    ),
    What.SCREEN: Branch(
        topic="excessive_use",
        questions=(Q.WANT,),
        wants=(G.ADVICE, G.TALK),
        steps=(S.ONE_CHANGE, S.NIGHT, S.TALK_IT_OVER),
        first=NEVER,
    ),
    What.OTHER: Branch(
        topic="",
        questions=(Q.DANGER, Q.WANT),
        wants=(G.TALK, G.REPORT, G.ADVICE),
        steps=(S.WRITE_DOWN, S.TELL_ADULT, S.CALL),
        first=NEVER,
    ),
}
NEEDS: Mapping[Step, Goal] = {Step.REMOVAL: Goal.PICTURE}
"""Steps that only an installation with such an end can offer."""
PLATFORM_TOPIC = "platform_reporting"
"""The topic whose page leads to the platforms' own forms."""

type Answers = Mapping[Question, str]


@dataclass(frozen=True)
class End:
    """Where a path ends.

    `numbers_first`: a person is or may be in danger, so 112 and 116 111 stand before everything else.
    """

    goal: Goal
    what: What
    topic: str
    steps: tuple[Step, ...]
    numbers_first: bool


def topic_of(what: str) -> str:
    """The code of the topic that an answer to “What happened?” is about; empty when there is none."""
    return BRANCHES[What(what)].topic if what in set(What) else ""


def read(fields: Mapping[str, str], offered: frozenset[Goal]) -> dict[Question, str]:
    """The answers in what a form sent: in order, up to the first that is missing or not among the options."""
    answers: dict[Question, str] = {}
    while isinstance(question := next_of(answers, offered), Question):
        value = fields.get(question, "")
        if value not in options(question, answers, offered):
            break
        answers[question] = value
    return answers


def options(question: Question, answers: Answers, offered: frozenset[Goal]) -> tuple[str, ...]:
    """What can be answered to a question after these answers."""
    match question:
        case Question.WHAT:
            return tuple(What)
        case Question.WHEN:
            return tuple(When)
        case Question.DANGER:
            return tuple(Danger)
        case Question.WANT:
            return wants(What(answers[Question.WHAT]), offered)


def wants(what: What, offered: frozenset[Goal]) -> tuple[Goal, ...]:
    """What a visitor may want in this case, as far as this installation can lead there."""
    return tuple(goal for goal in BRANCHES[what].wants if goal in ALWAYS | offered)


def next_of(answers: Answers, offered: frozenset[Goal]) -> Question | End:
    """The next question after these answers, or the end. A reader in danger is asked nothing more."""
    if Question.WHAT not in answers:
        return Question.WHAT
    what = What(answers[Question.WHAT])
    if answers.get(Question.DANGER) == Danger.YES:
        return _end(what, answers, Goal.EMERGENCY, offered)
    for question in BRANCHES[what].questions:
        if question not in answers:
            return question
    wanted = Goal(answers.get(Question.WANT, BRANCHES[what].goal))
    return _end(what, answers, wanted if wanted in ALWAYS | offered else Goal.TALK, offered)


def _end(what: What, answers: Answers, goal: Goal, offered: frozenset[Goal]) -> End:
    branch = BRANCHES[what]
    when = answers.get(Question.WHEN)
    first = branch.first.get(When(when)) if when else None
    steps = (first, *branch.steps) if first else branch.steps
    return End(
        goal=goal,
        what=what,
        topic=branch.topic,
        steps=tuple(step for step in steps if step not in NEEDS or NEEDS[step] in offered),
        numbers_first=answers.get(Question.DANGER) in {Danger.YES, Danger.UNSURE},
    )


def number_of(question: Question, answers: Answers) -> tuple[int, int]:
    """Which question it is, and how many there are at most on this path."""
    if question is Question.WHAT:
        return 1, MOST_TAPS
    asked = BRANCHES[What(answers[Question.WHAT])].questions
    return asked.index(question) + 2, len(asked) + 1
