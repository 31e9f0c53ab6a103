"""The demo's ambassadors: 60 invented people in all states and all counties, and 40 requests of schools and
libraries in all states. All by the same actions as at work.
"""

import random
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Any

from procrastinate.contrib.django import app
from procrastinate.testing import InMemoryConnector

from sauga.certification.applications.actions import applications, board, evidence, suspensions
from sauga.certification.applications.actions.applications import Applied
from sauga.certification.applications.actions.evidence import Shown
from sauga.certification.applications.models import Ambassador, EmployerAsk
from sauga.certification.applications.queries.ambassadors import open_case_of
from sauga.certification.applications.rules.codes import CONDUCT_VERSION
from sauga.certification.programme.actions import versions
from sauga.certification.programme.actions.versions import load_programme
from sauga.certification.register.actions import profiles
from sauga.certification.register.actions.profiles import Profile
from sauga.certification.register.forms import AUDIENCES, TOPICS
from sauga.certification.register.models import RegisterEntry
from sauga.certification.register.rules.shown import Field
from sauga.certification.sessions.actions import bookings, requests
from sauga.certification.sessions.actions.requests import Asked
from sauga.certification.sessions.models import Booking, Offer
from sauga.certification.states import AmbassadorState, BookingState, OfferState
from sauga.kernel.identity import PersonActor, person_actor
from sauga.kernel.identity.models import Person
from sauga.kernel.kit.demo import Cast, Staff, seeds
from sauga.kernel.members.actions import account, signin
from sauga.kernel.members.actors import MemberActor, member_actor
from sauga.kernel.members.models import Member
from sauga.kernel.members.protection import lookup_of
from sauga.kernel.members.signin import cookies
from sauga.kernel.organisations import create_organisation
from sauga.kernel.organisations.models import Organisation
from sauga.kernel.organisations.places import county_of
from sauga.kernel.organisations.tiles import TILES
from sauga.kernel.states import SystemActor

AFTER = ("events", "training")
DEMO, VISITOR = SystemActor("demo"), SystemActor("visitor")
HOST, EMPLOYER, WORKER = SystemActor("host"), SystemActor("employer"), SystemActor("certification")
MANAGER, SECOND = "CERTIFICATION_MANAGER", "board2@awareness.example"
FIRST_NAMES = (
    "Rūta",
    "Marius",
    "Elena",
    "Tomas",
    "Ieva",
    "Paulius",
    "Lina",
    "Darius",
    "Sigita",
    "Jonas",
    "Asta",
    "Rimas",
)
LAST_NAMES = (
    ("Smiltytė", "Smiltys"),
    ("Kopaitė", "Kopaitis"),
    ("Girienė", "Giris"),
    ("Nendrytė", "Nendrys"),
    ("Vakaraitė", "Vakaris"),
    ("Žuvėdraitė", "Žuvėdra"),
    ("Pušynaitė", "Pušynas"),
    ("Marienė", "Marys"),
    ("Tiltienė", "Tiltas"),
    ("Lankaitė", "Lankas"),
)
"""The form of a woman and of a man; first names take turns."""
FATES = (
    *(("ACTIVE", 2),) * 22, *(("ACTIVE", 1),) * 6, *(("ACTIVE", 3),) * 2, *(("RENEWAL_DUE", 2),) * 5,
    *(("LAPSED", 1),) * 3, *(("SUSPENDED", 2),) * 2, ("REVOKED", 1), *(("REJECTED", 1),) * 2, ("APPEALED", 2),
    *(("BOARD_DECISION", 1),) * 3, *(("SUPERVISED", 2),) * 2, *(("EXAM_PASSED", 2),) * 2,
    *(("IN_TRAINING", 1),) * 4, *(("ELIGIBLE", 1),) * 2, *(("APPLIED", 1),) * 2, ("WITHDRAWN", 1),
)  # fmt: skip
"""What becomes of each of the 60, and at which level."""
EARLY = {"RENEWAL_DUE": 310, "LAPSED": 380}
"""How many days ago those applied whose certification ends or has ended."""
REQUESTS = (
    *("HOST_CONFIRMED",) * 14, *("HELD",) * 4, *("CONTRADICTED",) * 3, *("ACCEPTED",) * 6,
    *("REQUESTED",) * 7, *("DECLINED",) * 2, *("CANCELLED",) * 2, *("UNCONFIRMED",) * 2,
)  # fmt: skip


@seeds(unless=Ambassador.objects.exists)
def seed(at: datetime, staff: Staff) -> None:
    """Ambassadors and sessions up to `at`."""
    with app.replace_connector(InMemoryConnector()):
        load_programme(at - timedelta(days=396))
        story = _Story(Cast(staff), at)
        story.ambassadors()
        story.sessions()


@dataclass
class _Story:
    cast: Cast
    at: datetime
    dice: random.Random = field(default_factory=lambda: random.Random(18))  # noqa: S311  a seed, not a secret
    members: dict[int, MemberActor] = field(default_factory=dict)
    listed: list[Ambassador] = field(default_factory=list)

    def by(self, at: datetime) -> PersonActor:
        return self.cast.actor(MANAGER, at)

    def ambassadors(self) -> None:
        """Each applied a while ago and went as far as their fate says. At first certifications lasted a year,
        then two."""
        places = list(self._places())
        numbered = list(enumerate(FATES))
        self._version(395, 12, "Pirmieji metai")
        for number, (fate, level) in numbered:
            if fate in EARLY:
                self._one(number, fate, level, places[number])
        self._version(290, 24, "Dvejų metų sertifikatas")
        for number, (fate, level) in numbered:
            if fate not in EARLY:
                self._one(number, fate, level, places[number])
        suspensions.advance_all(by=WORKER, at=self.at)  # a day each: announced, then lapsed
        suspensions.advance_all(by=WORKER, at=self.at)

    def _version(self, days: int, months: int, why: str) -> None:
        at = self.at - timedelta(days=days)
        draft = versions.begin_version(by=self.by(at), reason=why, months=months, at=at)
        decision = f"S-{draft.version} (pavyzdys)"
        versions.put_into_force(by=self.by(at), programme=draft, decision=decision, at=at)

    def _places(self) -> Iterator[str]:
        """A municipality for each: every county again and again."""
        by_county: dict[str, list[str]] = {}
        for code in TILES:
            by_county.setdefault(county_of(code), []).append(code)
        for number in range(len(FATES)):
            county = sorted(by_county)[number % len(by_county)]
            codes = by_county[county]
            yield codes[(number // len(by_county)) % len(codes)]

    def _member(self, number: int, at: datetime) -> tuple[MemberActor, str]:
        """The demo's own ambassador first, then invented people."""
        known = (
            Member.objects.filter(lookup=lookup_of("agne@mokykla.example")).first() if not number else None
        )
        if known is not None:
            return member_actor(known, at), "Agnė Girdenienė"
        first, last = FIRST_NAMES[number % 12], LAST_NAMES[(number * 7 + number // 12) % 10][number % 2]
        address = f"ambasadorius-{number}@paskyra.example"
        link = signin.ask_link(
            by=VISITOR, address=address, browser=cookies.new_secret(), language="lt", wanted="", at=at
        )
        who, _secret = signin.use_link(by=VISITOR, link=link, device="Firefox, Linux", at=at)
        account.change_account(by=who, name=f"{first} {last}", language="lt", is_reminded=False, at=at)
        signin.end_sessions(by=who, sessions=list(who.member.sessions.all()), at=at)
        return member_actor(who.member, at), f"{first} {last}"

    def _one(self, number: int, fate: str, level: int, place: str) -> None:
        ago = EARLY.get(fate, 40 + number * 4)
        at = self.at - timedelta(days=ago)
        who, name = self._member(number, at)
        employer = self._employer(place, at)
        given = Applied(level, name, date(1980 + number % 20, 1 + number % 12, 3), place, employer,
                        f"rastine-{number}@istaiga.example", CONDUCT_VERSION)  # fmt: skip
        row = applications.apply(by=who, given=given, at=at)
        self.members[row.pk] = who
        self._go(row, fate, at)
        row = Ambassador.objects.get(pk=row.pk)
        if row.state in (AmbassadorState.ACTIVE, AmbassadorState.RENEWAL_DUE) and number % 9 != 8:
            self._list(row, number, place, at + timedelta(days=3))
        if fate == "SUSPENDED":
            suspensions.suspend(
                by=self.by(self.at), ambassador=row, why="CONDUCT", at=self.at - timedelta(days=1)
            )

    def _employer(self, place: str, at: datetime) -> Organisation:
        found = (
            Organisation.objects.filter(municipality=place, kinds__contains=["SCHOOL"]).order_by("pk").first()
        )
        if found is not None and found.valid_from <= at:
            return found
        return create_organisation(
            by=DEMO, names={"lt": f"Pavyzdžio mokykla {place}"}, kinds=["SCHOOL"], municipality=place,
            at=at - timedelta(days=400),
        )  # fmt: skip

    def _go(self, row: Ambassador, fate: str, at: datetime) -> None:
        """As far as the fate says."""
        if fate == "APPLIED":
            return
        if fate == "WITHDRAWN":
            applications.withdraw(by=self.members[row.pk], ambassador=row, at=at)
            return
        ask = EmployerAsk.objects.get(ambassador=row)
        evidence.answer_as_employer(by=EMPLOYER, ask=ask, agrees=True, at=at)
        self._show(row, at, "background_check", authority="Pavyzdžio tarnyba", reference=f"P-{row.pk}")
        self._move(row, AmbassadorState.ELIGIBLE, at)
        if fate == "ELIGIBLE":
            return
        self._move(row, AmbassadorState.IN_TRAINING, at)
        if fate == "IN_TRAINING":
            return
        self._show(row, at, "training_hours", amount=40)
        self._show(row, at, "exam", amount=self.dice.randint(70, 98))
        if fate == "EXAM_PASSED":
            return
        if row.level > 1:
            for _one in range(row.level - 1):
                self._show(row, at, "supervised_session")
            self._move(row, AmbassadorState.SUPERVISED, at)
        if fate == "SUPERVISED" or row.level == 3:
            return
        board.present_to_board(by=self.by(at), ambassador=row, at=at)
        if fate != "BOARD_DECISION":
            self._decide(row, "AGAINST" if fate in ("REJECTED", "APPEALED") else "FOR", at)
        if fate == "APPEALED":
            words = "Prašau dar kartą pažiūrėti į stebėto užsiėmimo formą."
            board.appeal(by=self.members[row.pk], ambassador=row, words=words, at=at + timedelta(days=5))
        if fate == "REVOKED":
            suspensions.suspend(by=self.by(at), ambassador=row, why="RIGHT_TO_WORK", at=at)
            self._decide(row, "AGAINST", at + timedelta(days=4))

    def _move(self, row: Ambassador, to: str, at: datetime) -> None:
        applications.advance(by=self.by(at), ambassador=row, to=to, at=at)

    def _show(self, row: Ambassador, at: datetime, code: str, amount: int = 1, **more: Any) -> None:
        shown = Shown(code, amount, at.date(), **more)
        evidence.record_evidence(by=self.by(at), ambassador=row, shown=shown, at=at)

    def _decide(self, row: Ambassador, choice: str, at: datetime) -> None:
        case = open_case_of(row)
        assert case is not None
        second = person_actor(Person.objects.get(email=SECOND), at)
        reason = "Visi kriterijai įvykdyti." if choice == "FOR" else "Reikia dar vieno stebėto užsiėmimo."
        for by in (self.cast.actor("CERTIFICATION_BOARD", at), second):
            board.vote(by=by, case=case, choice=choice, reason=reason, at=at)

    def _list(self, row: Ambassador, number: int, place: str, at: datetime) -> None:
        others = [code for code in TILES if county_of(code) == county_of(place) and code != place]
        shown = [one for one in Field.values if self.dice.random() < 0.85] if number else list(Field.values)
        profile = Profile(
            municipalities=[place, *self.dice.sample(others, min(2, len(others)))],
            topics=self.dice.sample(TOPICS, 4)
            if number
            else ["cyberbullying", "data_privacy", "gaming", "fake_news"],
            languages=["lt", *(["en"] if number % 4 == 1 else []), *(["ru"] if number % 5 == 2 else [])],
            audiences=self.dice.sample(AUDIENCES, 4)
            if number
            else ["teenagers", "teachers", "parents_carers"],
            about="Kalbu paprastai ir iš savo patirties klasėje." if number % 3 == 0 else "",
            is_listed=True,
            shown=shown,
        )
        profiles.save_profile(by=self.members[row.pk], ambassador=row, profile=profile, at=at)
        if row.level > 1 and row.state == AmbassadorState.ACTIVE:
            self.listed.append(row)

    def sessions(self) -> None:
        """Requests of the last months and of the next weeks."""
        for number, fate in enumerate(REQUESTS):
            ambassador = self.listed[number % len(self.listed)] if number % 5 else self.listed[0]
            is_past = fate in ("HOST_CONFIRMED", "HELD", "CONTRADICTED")
            asked = self.at - timedelta(days=55 - number % 20 if is_past else 6)
            day = (
                (self.at - timedelta(days=5 + number))
                if is_past
                else self.at + timedelta(days=7 + number % 30)
            )
            self._request(number, fate, ambassador, asked, min(day, self.at + timedelta(days=40)))

    def _request(self, number: int, fate: str, wanted: Ambassador, asked: datetime, day: datetime) -> None:
        entry = RegisterEntry.objects.get(ambassador=wanted)
        day = max(day, asked + timedelta(days=4))
        given = Asked(
            organisation=Organisation.objects.filter(municipality=entry.municipalities[0])
            .order_by("pk")
            .first(),
            organisation_name=f"Pavyzdžio gimnazija {number}",
            municipality=entry.municipalities[0],
            topic=entry.topics[number % len(entry.topics)],
            audience=entry.audiences[number % len(entry.audiences)],
            language="lt",
            day=day.date(),
            begins=time(9 + number % 6, 0),
            heads_expected=20 + number,
            note="Dvi klasės aktų salėje." if number % 2 else "",
        )
        row = requests.request(by=HOST, given=given, address=f"mokykla-{number}@istaiga.example", at=asked)
        if fate == "UNCONFIRMED":
            return
        requests.confirm(by=HOST, booking=row, at=asked)
        if fate == "DECLINED":
            requests.decline(by=self.by(asked), booking=row, at=asked + timedelta(days=3))
        if fate in ("REQUESTED", "DECLINED"):
            return
        offer = Offer.objects.filter(booking=row, state=OfferState.OFFERED).order_by("pk").first()
        if offer is None:
            return
        who = self.members[offer.ambassador_id]
        bookings.answer(by=who, offer=offer, accepts=True, at=asked + timedelta(days=1))
        row = Booking.objects.get(pk=row.pk)
        if fate == "CANCELLED":
            bookings.cancel(by=HOST, booking=row, why="SCHEDULE", at=asked + timedelta(days=2))
        if fate in ("ACCEPTED", "CANCELLED"):
            return
        heads = {"grades_5_8": 24 + number, "educators": 2}
        evening = day + timedelta(hours=2)
        bookings.report_held(by=who, booking=row, heads=heads, at=evening)
        if fate != BookingState.HELD:
            counted = (
                {"grades_5_8": heads["grades_5_8"] - 2}
                if fate == BookingState.HOST_CONFIRMED
                else {"grades_5_8": 4}
            )
            bookings.confirm_held(
                by=HOST, booking=row, took_place=True, heads=counted, rating=str(3 + number % 2),
                words="Vaikai daug klausė." if number % 3 == 0 else "", at=evening + timedelta(hours=1),
            )  # fmt: skip
