"""The demo's Safer Internet Day: last year's activities with the numbers that came, and this year's 300, in
all municipalities; all organisations are invented.
"""

import random
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta

from sauga.events.activities.actions import moderation, registrations, reports
from sauga.events.activities.demo.words import COMPANIES, ENGLISH, LITHUANIAN, TOPICS, library, school
from sauga.events.activities.models import Activity, HeadsKind
from sauga.events.activities.rules.codes import SENDER
from sauga.events.activities.rules.details import Details
from sauga.events.activities.rules.editions import Edition, current, end_of_day
from sauga.kernel import organisations
from sauga.kernel.clock import VILNIUS, local_day
from sauga.kernel.identity import PersonActor
from sauga.kernel.kit.demo import Cast
from sauga.kernel.organisations.models import Organisation
from sauga.kernel.organisations.places import municipality_names
from sauga.kernel.organisations.tiles import TILES
from sauga.kernel.states import SystemActor

ORGANISER, DEMO, WORKER = SystemActor(SENDER), SystemActor("demo"), SystemActor("events")
ACTIVITIES, LAST_YEARS = 300, 84
HIGHLIGHTS = {0, 7, 21}
MODERATOR = "ORGANISER"
CITIES = {"LT-57": 30, "LT-15": 22, "LT-20": 14, "LT-43": 11, "LT-32": 10, "LT-58": 7, "LT-16": 8, "LT-02": 6}
"""Municipalities where more happens than the rest."""
WAITING, DECLINED, COUNTED_ONLY, UNKNOWN = 9, 41, 17, 53
"""Every so many activities one waits to be read, is to be changed, is only counted, is of an organisation
that the register does not know yet."""


def seed(at: datetime, cast: Cast, *, activities: int = ACTIVITIES, last_years: int = LAST_YEARS) -> None:
    """Safer Internet Day up to `at`: so many activities of this year, and of the one before."""
    edition = current(local_day(at))
    if not edition.is_open(local_day(at)):  # between March and September the last one is shown
        edition = Edition(edition.year - 1)
    before = Edition(edition.year - 1)
    begun = datetime.combine(before.opens, time(9), tzinfo=VILNIUS)
    story = _Story(cast, at, _organisations(begun))
    story.last_year(before, last_years)
    story.this_year(edition, activities)


def _organisations(at: datetime) -> dict[str, list[Organisation]]:
    """A school and a library in each municipality, and a few companies; all invented."""
    named = {code: name for code, name in municipality_names() if name.endswith("savivaldybė")}
    made: dict[str, list[Organisation]] = {}
    for number, code in enumerate(TILES):
        place = named[code].removesuffix(" savivaldybė").removesuffix(" rajono").removesuffix(" miesto")
        kind = "m." if "miesto" in named[code] else "r." if "rajono" in named[code] else ""
        where = f"{place} {kind}".strip()
        made[code] = [
            _organisation(f"{where} {school(number)} (pavyzdys)", "SCHOOL", code, at),
            _organisation(f"{where} {library(number)} (pavyzdys)", "LIBRARY", code, at),
        ]
    for name, code in COMPANIES:
        made[code].append(_organisation(f"{name} (pavyzdys)", "COMPANY", code, at))
    return made


def _organisation(name: str, kind: str, code: str, at: datetime) -> Organisation:
    return organisations.create_organisation(
        by=DEMO, names={"lt": name}, kinds=[kind], municipality=code, at=at
    )


def _places(n: int) -> Iterator[str]:
    """Where each of n activities is: one in every municipality, then more where more people live."""
    yield from list(TILES)[:n]
    rest = [code for code in TILES for _ in range(CITIES.get(code, 3))]
    random.Random(60).shuffle(rest)  # noqa: S311  a fixed story, not a secret
    yield from (rest[number % len(rest)] for number in range(max(0, n - len(TILES))))


@dataclass
class _Story:
    """What happens, in order."""

    cast: Cast
    at: datetime
    bodies: dict[str, list[Organisation]]
    dice: random.Random = field(default_factory=lambda: random.Random(2027))  # noqa: S311  a story

    def staff(self, at: datetime) -> PersonActor:
        """Who reads what organisers write."""
        return self.cast.actor(MODERATOR, at)

    def last_year(self, edition: Edition, n: int) -> None:
        """Registered in January, read by staff, reported after the day; some did not take place."""
        for number, code in enumerate(_places(n)):
            asked = datetime.combine(edition.day - timedelta(days=35 - number % 30), time(10), tzinfo=VILNIUS)
            row = self._registered(edition, code, number, asked)
            read_at = asked + timedelta(hours=3)
            if row.is_public:
                moderation.approve_text(by=self.staff(read_at), activity=row, at=read_at)
            after = datetime.combine(row.day + timedelta(days=1 + number % 6), time(15), tzinfo=VILNIUS)
            if number % 40 == 39:
                reports.say_not_held(by=ORGANISER, activity=row, at=after)
            elif number % 12 != 11:  # some never answer
                self._report(row, after)
            if number in HIGHLIGHTS:
                moderation.set_highlight(by=self.staff(after), activity=row, is_highlight=True, at=after)
        for days in (2, 10, 16):
            morning = datetime.combine(edition.day + timedelta(days=days), time(9), tzinfo=VILNIUS)
            reports.remind_all(by=WORKER, at=morning)

    def this_year(self, edition: Edition, n: int) -> None:
        """Registered over the last weeks; most are read, some wait. Once the day is over, some reported."""
        opens = datetime.combine(edition.opens, time(8), tzinfo=VILNIUS)
        span = min(self.at, end_of_day(edition.last) - timedelta(hours=2)) - opens
        for number, code in enumerate(_places(n)):
            asked = opens + span * ((number + 0.5) / n)
            row = self._registered(edition, code, number, asked)
            self._read(row, number, min(asked + timedelta(hours=5), self.at))
            if local_day(self.at) > row.day and number % 5 < 3:
                self._report(row, self.at)

    def _read(self, row: Activity, number: int, at: datetime) -> None:
        if not row.is_public or number % WAITING == WAITING - 1:
            return
        if number % DECLINED == DECLINED - 1:
            why = "Parašykite, prašome, kam skirta veikla: klasei ar tėvams?"
            moderation.decline_text(by=self.staff(at), activity=row, reason=why, at=at)
        else:
            moderation.approve_text(by=self.staff(at), activity=row, at=at)

    def _report(self, row: Activity, at: datetime) -> None:
        expected = row.heads.filter(kind=HeadsKind.EXPECTED)
        heads = {one.group: max(1, round(one.n * self.dice.uniform(0.75, 1.15))) for one in expected}
        reports.report(by=ORGANISER, activity=row, heads=heads, at=min(at, _last_moment(row.edition)))

    def _registered(self, edition: Edition, code: str, number: int, at: datetime) -> Activity:
        """One activity, registered and confirmed by its organiser."""
        is_english, wants = number % 10 == 3, number % 11 == 5
        told = self.dice.choice(ENGLISH if is_english else LITHUANIAN)
        bodies = self.bodies[code]
        body = next((one for one in bodies if told.by in one.kinds), bodies[0])
        is_unknown = number % UNKNOWN == UNKNOWN - 1
        row = registrations.register(
            by=ORGANISER,
            details=Details(
                organisation_id=None if is_unknown else body.pk,
                organisation_name="Draugų būrys „Kaimynai“ (pavyzdys)" if is_unknown else "",
                municipality=body.municipality,
                kind=told.kind,
                title=told.title,
                description=told.description,
                language="en" if is_english else "lt",
                day=_day(edition, number),
                begins=time(9 + number % 9, 30 * (number % 2)) if number % 5 else None,
                expected={group: self.dice.randint(*told.span(group)) for group in told.groups},
                is_public=number % COUNTED_ONLY != COUNTED_ONLY - 1,
                wants_ambassador=wants,
                ambassador_topic=TOPICS[number % len(TOPICS)] if wants else "",
                ambassador_day=edition.day if wants else None,
            ),
            address=f"veikla-{edition.year}-{number}@organizacija.example",
            at=at,
        )
        return registrations.confirm(by=ORGANISER, activity=row, at=at)


def _day(edition: Edition, number: int) -> date:
    """Most on the day itself, others in the week around it."""
    return edition.day + timedelta(days=(0, 0, 0, 1, 0, 2, 0, -1, 0, 3)[number % 10])


def _last_moment(edition: Edition) -> datetime:
    return end_of_day(edition.reported_until) - timedelta(hours=1)
