"""Random histories of one person through the real actions, and what must hold after each of them.

What is certified is judged anew from the stored rows, by a reading of the version of its own: it shares no
line with the product's rules.
"""

import random
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from sauga.certification.applications.actions import applications, board, evidence, suspensions
from sauga.certification.applications.models import (
    Ambassador,
    AmbassadorStep,
    Case,
    Certification,
    CriterionRecord,
    EmployerAsk,
    Interest,
    Vote,
)
from sauga.certification.applications.queries.ambassadors import open_case_of
from sauga.certification.overview.actions.erasure import forget_member
from sauga.certification.programme.models import Criterion
from sauga.certification.register.actions import profiles
from sauga.certification.register.queries import entries
from sauga.certification.sessions.models import Booking
from sauga.certification.states import AmbassadorState, BookingState
from sauga.kernel import credentials
from sauga.kernel.clock import VILNIUS
from sauga.kernel.credentials import CredentialState
from sauga.kernel.credentials.models import Credential
from sauga.kernel.identity import PermissionRefused, person_actor
from sauga.kernel.identity.models import Person
from sauga.kernel.organisations.models import Organisation
from sauga.kernel.refusals import ActionRefused
from tests.centre import Centre
from tests.factories import certification as make

PHASES = {
    "FIRST": {"ENTRY", "TRAINING", "SUPERVISION", "BOARD"},
    "RENEWED": {"ENTRY", "UPDATE", "RENEWAL"},
    "RETURNED": {"ENTRY", "UPDATE"},
    "RESTORED": {"ENTRY"},
}
CERTIFIED = {"ACTIVE", "RENEWAL_DUE"}
WAYS = {"BOARD_DECISION": "FIRST", "RENEWAL_DUE": "RENEWED", "LAPSED": "RETURNED", "SUSPENDED": "RESTORED"}
"""By the state from which somebody becomes certified: what that asks for."""


def unmet(row: Ambassador, way: str, day: date) -> list[str]:
    """The criteria of the file's own version that stored evidence does not meet on the day."""
    sessions = Booking.objects.filter(
        ambassador__member=row.member_id, state="HOST_CONFIRMED", took_place=True
    ).values_list("day", flat=True)
    found = []
    for code, kind, phase, minimums, days in Criterion.objects.filter(programme=row.programme_id).values_list(
        "code", "kind", "phase", "minimums", "valid_days"
    ):
        if phase not in PHASES[way] or str(row.level) not in minimums:
            continue
        shown = [(1, held, None) for held in sessions] if kind == "SESSIONS" else []
        shown += CriterionRecord.objects.filter(ambassador=row, code=code, withdrawn_at=None).values_list(
            "amount", "on", "until"
        )
        good = [
            n
            for n, on, until in shown
            if on <= day and (days is None or (day - on).days <= days) and (until is None or day <= until)
        ]
        have = max(good, default=0) if kind == "SCORE" else sum(good)
        if have < minimums[str(row.level)]:
            found.append(code)
    return found


@dataclass
class History:
    """One person, the centre around them, and a die."""

    centre: Centre
    voters: list[Person]
    schools: list[Organisation]
    dice: random.Random
    at: datetime = make.AT
    who: Any = None
    done: list[str] = field(default_factory=list)
    certified: int = 0
    seen: int = 0

    def begin(self) -> None:
        """The person joins; steps of other tests are not looked at."""
        self.who, _secret = make.joined(f"h{self.dice.random()}@mokykla.example", "Agnė Girdenienė", self.at)
        last = AmbassadorStep.objects.order_by("-pk").values_list("pk", flat=True).first()
        self.seen = last or 0

    @property
    def rows(self) -> list[Ambassador]:
        """The person's files, the oldest first."""
        return list(Ambassador.objects.filter(member=self.who.member_id).order_by("pk"))

    def actor(self, role: str = "CERTIFICATION_MANAGER") -> Any:
        """Somebody of the centre, now."""
        return self.centre.actor(role, self.at)

    def step(self) -> None:
        """Time passes, somebody does something that fits or that does not, and everything must hold."""
        rows = self.rows
        row = self.dice.choice(rows) if rows else None
        leaps = (1, 7, 40, 200) if any(one.was_certified for one in rows) else (1, 3)
        self.at += timedelta(days=self.dice.choice((0,) * 16 + leaps))
        fitting = self.dice.random() < 0.75
        name = self.dice.choice(self._next(row)) if fitting else self.dice.choice(list(ACTS))
        if row is None and name != "apply":
            return
        self.who = make.again(self.who, self.at)
        try:
            ACTS[name](self, row)
        except (ActionRefused, PermissionRefused):
            return
        self.done.append(f"{self.at:%F} {name}")
        self.check()

    def _next(self, row: Ambassador | None) -> list[str]:
        """What brings a file on from where it is."""
        if row is None:
            return ["apply"]
        return {
            AmbassadorState.APPLIED: ["employer", "employer", "evidence", "advance", "advance"],
            AmbassadorState.ELIGIBLE: ["advance"],
            AmbassadorState.IN_TRAINING: ["course", "evidence"],
            AmbassadorState.EXAM_PASSED: ["evidence", "advance", "present", "present"],
            AmbassadorState.SUPERVISED: ["present", "sessions", "employer"],
            AmbassadorState.BOARD_DECISION: ["vote"],
            AmbassadorState.ACTIVE: ["morning", "suspend", "list", "sessions", "apply"],
            AmbassadorState.RENEWAL_DUE: ["evidence", "sessions", "renew", "morning", "suspend"],
            AmbassadorState.LAPSED: ["evidence", "renew"],
            AmbassadorState.SUSPENDED: ["vote", "speak"],
            AmbassadorState.REJECTED: ["appeal", "vote", "apply"],
            AmbassadorState.REVOKED: ["appeal", "vote", "evidence"],
            AmbassadorState.WITHDRAWN: ["apply"],
        }[AmbassadorState(row.state)]

    def check(self) -> None:
        """Nobody is certified without every criterion and two people without a conflict, nor twice, nor while
        suspended; credential and register say what the files say.
        """
        self._check_steps()
        rows = self.rows
        standing_ones = [row for row in rows if row.state in CERTIFIED and row.ended_at is None]
        held = Credential.objects.filter(subject__in=[f"certification.ambassador:{one.ref}" for one in rows])
        stand = [credentials.status_of(one, self.at).state for one in held]
        is_over = any(self._is_over(row) for row in standing_ones)
        assert len(standing_ones) <= 1, self.done
        assert stand.count(CredentialState.VALID) == len(standing_ones) * (not is_over), self.done
        if any(row.state == AmbassadorState.SUSPENDED and row.ended_at is None for row in rows):
            assert not standing_ones, self.done
        shown = {one.ref for one in entries.listed(self.at)} & {row.ref for row in rows}
        assert shown <= {row.ref for row in standing_ones}, self.done

    def _is_over(self, row: Ambassador) -> bool:
        """Whether its term has ended and the daily job has not come yet."""
        last = Certification.objects.filter(ambassador=row).order_by("-until", "-pk")[0]
        return self._today() > last.until

    def _today(self) -> date:
        return self.at.astimezone(VILNIUS).date()

    def _check_steps(self) -> None:
        steps = AmbassadorStep.objects.filter(pk__gt=self.seen, after=AmbassadorState.ACTIVE).order_by("pk")
        for step in steps.select_related("subject"):
            row = step.subject
            assert unmet(row, WAYS[step.before], self._today()) == [], self.done
            self.certified += 1
            if step.before in (AmbassadorState.BOARD_DECISION, AmbassadorState.SUSPENDED):
                # an appeal that was upheld is a case of the earlier file
                cases = Case.objects.filter(
                    ambassador__member=row.member_id, state="DECIDED", outcome="FOR", decided_at=self.at
                )
                votes = Vote.objects.filter(case=cases.latest("pk"), choice="FOR")
                people = set(votes.values_list("person", flat=True))
                assert len(people) >= 2, self.done
        self.seen = AmbassadorStep.objects.order_by("-pk").values_list("pk", flat=True).first() or 0

    def are_colleagues(self, person: Person, row: Ambassador) -> bool:
        """Whether both work at the same place today, as far as it was said."""
        today = self._today()
        work = [one for one in row.workplaces.all() if one.since <= today]
        places = {one.organisation_id for one in work if one.until is None or today < one.until}
        said = Interest.objects.filter(person=person, organisation__in=places, since__lte=today)
        return any(one.until is None or today < one.until for one in said)


type Act = Callable[[History, Any], object]


def _apply(history: History, _row: Any) -> object:
    given = make.given(
        history.dice.choice(history.schools),
        level=history.dice.choice((1, 2, 2, 3)),
        born=date(1985, 4, 2) if history.dice.random() < 0.95 else date(2015, 1, 1),
        conduct_version=1 if history.dice.random() < 0.95 else None,
    )
    return applications.apply(by=history.who, given=given, at=history.at)


def _employer(history: History, row: Ambassador) -> object:
    ask = EmployerAsk.objects.filter(ambassador=row).first()
    if ask is None:
        return None
    agrees = history.dice.random() < 0.95
    return evidence.answer_as_employer(by=make.EMPLOYER, ask=ask, agrees=agrees, at=history.at)


def _evidence(history: History, row: Ambassador) -> object:
    codes = list(Criterion.objects.filter(programme=row.programme_id).values_list("code", flat=True))
    way = "RENEWED" if row.state in ("RENEWAL_DUE", "LAPSED") else "FIRST"
    others = {"code_of_conduct", "employer_consent", "confirmed_sessions", "min_sessions"}
    open_ones = [one for one in unmet(row, way, history.at.date()) if one not in others]
    wanted = open_ones if history.dice.random() < 0.8 else []
    code = history.dice.choice(wanted or codes)
    full = {"training_hours": 40, "exam": 80}.get(code, 1)
    shown = make.shown(
        code,
        history.at,
        amount=history.dice.choice((full, full, full, max(1, full // 2))),
        on=(history.at - timedelta(days=history.dice.choice((0, 0, 30, 700)))).date(),
    )
    return evidence.record_evidence(by=history.actor(), ambassador=row, shown=shown, at=history.at)


def _course(history: History, _row: Ambassador) -> object:
    given = {"member_id": history.who.member_id, "on": history.at.date(), "at": history.at}
    evidence.course_completed(code="training_hours", amount=40, **given)
    return evidence.course_completed(code="exam", amount=history.dice.choice((60, 85, 95)), **given)


def _withdraw_evidence(history: History, row: Ambassador) -> object:
    held = list(CriterionRecord.objects.filter(ambassador=row, withdrawn_at=None))
    if not held:
        return None
    one = history.dice.choice(held)
    return evidence.withdraw_evidence(by=history.actor(), evidence=one, at=history.at)


def _sessions(history: History, row: Ambassador) -> object:
    if not row.was_certified:  # nobody else is asked by a school
        return None
    for _one in range(history.dice.choice((2, 4, 12))):
        Booking.objects.create(
            state=BookingState.HOST_CONFIRMED,
            took_place=history.dice.random() < 0.9,
            organisation=history.schools[0],
            municipality="LT-18",
            day=(history.at - timedelta(days=history.dice.choice((1, 100, 300)))).date(),
            asked_at=history.at,
            ambassador=row,
        )
    return None


def _advance(history: History, row: Ambassador) -> object:
    ahead = {
        AmbassadorState.APPLIED: AmbassadorState.ELIGIBLE,
        AmbassadorState.ELIGIBLE: AmbassadorState.IN_TRAINING,
        AmbassadorState.EXAM_PASSED: AmbassadorState.SUPERVISED,
    }
    to = ahead.get(AmbassadorState(row.state)) if history.dice.random() < 0.8 else None
    to = to or history.dice.choice([one for one in AmbassadorState if one != AmbassadorState.BOARD_DECISION])
    return applications.advance(by=history.actor(), ambassador=row, to=to, at=history.at)


def _present(history: History, row: Ambassador) -> object:
    return board.present_to_board(by=history.actor(), ambassador=row, at=history.at)


def _vote(history: History, row: Ambassador) -> object:
    case = open_case_of(row)
    if case is None:
        return None
    voter = history.dice.choice(history.voters)
    is_barred = history.are_colleagues(voter, row)
    choice = history.dice.choice(("FOR", "FOR", "FOR", "AGAINST"))
    by = person_actor(voter, history.at)
    done = board.vote(by=by, case=case, choice=choice, reason="Svarstyta.", at=history.at)
    assert not is_barred, history.done
    return done


def _interest(history: History, _row: Ambassador) -> object:
    by = person_actor(history.dice.choice(history.voters), history.at)
    since = (history.at - timedelta(days=history.dice.choice((0, 400)))).date()
    until = history.dice.choice((None, since + timedelta(days=100)))
    place = history.dice.choice(history.schools)
    return board.declare_interest(by=by, organisation=place, since=since, until=until, at=history.at)


def _workplace(history: History, row: Ambassador) -> object:
    place, since = history.dice.choice(history.schools), history.at.date()
    return applications.change_workplace(
        by=history.actor(), ambassador=row, organisation=place, since=since, at=history.at
    )


def _suspend(history: History, row: Ambassador) -> object:
    by = history.actor("SAFEGUARDING_EDITOR")
    return suspensions.suspend(by=by, ambassador=row, why="SAFEGUARDING", at=history.at)


def _list(history: History, row: Ambassador) -> object:
    shown = [one for one in make.PROFILE["shown"] if history.dice.random() < 0.5]
    said = {**make.PROFILE, "shown": shown}
    return profiles.save_profile(
        by=history.who, ambassador=row, profile=profiles.Profile(**said), at=history.at
    )


ACTS: dict[str, Act] = {
    "apply": _apply,
    "employer": _employer,
    "evidence": _evidence,
    "course": _course,
    "withdraw_evidence": _withdraw_evidence,
    "sessions": _sessions,
    "advance": _advance,
    "present": _present,
    "vote": _vote,
    "interest": _interest,
    "workplace": _workplace,
    "suspend": _suspend,
    "list": _list,
    "renew": lambda history, row: suspensions.renew(by=history.actor(), ambassador=row, at=history.at),
    "morning": lambda history, _row: suspensions.advance_all(by=make.WORKER, at=history.at),
    "expire": lambda history, _row: credentials.expire_due(at=history.at),
    "withdraw": lambda history, row: applications.withdraw(by=history.who, ambassador=row, at=history.at),
    "unlist": lambda history, row: profiles.withdraw_consent(by=history.who, ambassador=row, at=history.at),
    "speak": lambda history, row: board.speak_for_oneself(
        by=history.who, ambassador=row, words="Mano pusė.", at=history.at
    ),
    "appeal": lambda history, row: board.appeal(
        by=history.who, ambassador=row, words="Prašau pažiūrėti dar kartą.", at=history.at
    ),
    "name": lambda history, row: applications.correct_name(
        by=history.actor(), ambassador=row, name="Agnė Girdenytė", at=history.at
    ),
}


def forget(history: History) -> None:
    """The person leaves: no case waits, no credential stands, nobody is listed."""
    refs = [row.ref for row in history.rows]
    forget_member(history.who.member, history.at)
    kept = Ambassador.objects.filter(ref__in=refs)
    assert not Case.objects.filter(ambassador__in=kept, state="OPEN").exists(), history.done
    held = Credential.objects.filter(subject__in=[f"certification.ambassador:{ref}" for ref in refs])
    assert not [one for one in held if credentials.status_of(one, history.at).is_valid], history.done
    assert not {one.ref for one in entries.listed(history.at)} & set(refs)
