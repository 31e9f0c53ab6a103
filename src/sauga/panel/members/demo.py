"""The demo's part: eighteen synthetic members in their second cycle, two young people on their way in, and
what adults did about them."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sauga.kernel import vocab
from sauga.kernel.clock import local_day
from sauga.kernel.kit.demo import Cast, Timeline
from sauga.kernel.members.actions import consents
from sauga.kernel.members.actors import member_actor
from sauga.kernel.members.models import Guardian
from sauga.kernel.organisations.models import Organisation
from sauga.kernel.states import SystemActor
from sauga.panel.members.actions import adult_acts, daily, membership, nominations, safeguarding
from sauga.panel.members.actions.nominations import NAMES_POLICY
from sauga.panel.members.models import AdultAct, Member
from sauga.panel.members.queries.protection import Identity
from sauga.panel.members.rules.purposes import ONLINE, OWN_WISH, PANEL, PHOTOS, QUOTES, TAKE_PART

GUARDIAN = SystemActor("guardian")
FACILITATOR, LEAD = "PANEL_FACILITATOR", "PANEL_SAFEGUARDING_LEAD"
LAST_CYCLE, THIS_CYCLE = 330, 70


@dataclass(frozen=True)
class Young:
    """One of the story: age in months now, when nominated (days ago), and what else was agreed to."""

    months: int
    days: int
    also: tuple[str, ...] = (ONLINE,)
    language: str = "lt"


TURNED_14, NEARLY_14 = 14 * 12 + 1, 14 * 12 - 1
MEMBERS = (
    *(Young(months, LAST_CYCLE, (ONLINE, QUOTES)) for months in (185, 190, 196, 201, 205, 209)),
    *(Young(months, LAST_CYCLE) for months in (186, 192, 198, 203)),
    Young(TURNED_14, LAST_CYCLE),
    Young(158, LAST_CYCLE, ()),
    *(Young(months, THIS_CYCLE, (ONLINE, PHOTOS)) for months in (151, 161, 178)),
    Young(NEARLY_14, THIS_CYCLE),
    Young(182, THIS_CYCLE, (ONLINE, QUOTES), "en"),
    Young(207, THIS_CYCLE, ()),
)
SURNAMES = ("Pavyzdys", "Pavyzdė", "Sample")


def play(cast: Cast, at: datetime) -> None:
    """Everything of members up to `at`."""
    timeline = Timeline({})
    names = list(vocab.policy(NAMES_POLICY)["names"])
    for n, young in enumerate(MEMBERS):
        timeline.begin(_joins(cast, young, names[n], n, at))
    timeline.begin(_arrives(cast, Young(160, 6), at, is_asked=True))
    timeline.begin(_arrives(cast, Young(170, 2), at, is_asked=False))
    timeline.begin(_safety(cast, at))
    timeline.run(at)
    daily.advance_all(by=SystemActor(PANEL), at=at)
    lead = cast.actor(LEAD, at)
    older = AdultAct.objects.filter(at__lt=at - timedelta(days=3)).exclude(adult_name=lead.pseudonym)
    adult_acts.mark_seen(by=lead, acts=older.values_list("pk", flat=True), at=at - timedelta(days=1))


def _born(young: Young, at: datetime) -> date:
    today = local_day(at)
    month = today.year * 12 + today.month - 1 - young.months
    return date(month // 12, month % 12 + 1, 1)


def _nominated(cast: Cast, young: Young, n: int, at: datetime, now: datetime) -> Member:
    return nominations.nominate(
        by=cast.actor(FACILITATOR, at),
        organisation=Organisation.objects.get(code="SCHOOL"),
        identity=Identity(f"Jaunuolis {SURNAMES[n % 3]} {n + 1}", f"{5 + young.months // 12 - 11}b"),
        birth_month=_born(young, now),
        guardian_address=f"globejas{n + 1}@seima.example",
        language=young.language,
        is_confirmed=True,
        at=at,
    )


def _joins(cast: Cast, young: Young, name: str, n: int, now: datetime) -> Iterator[datetime]:
    """Nominated, asked, agreed by everybody, welcomed within nine days."""
    at = now - timedelta(days=young.days, minutes=-n)
    yield at
    row = _nominated(cast, young, n, at, now)
    at += timedelta(days=1)
    yield at
    nominations.ask_consent(by=cast.actor(FACILITATOR, at), member=row, at=at)
    nominations.give_card(by=cast.actor(FACILITATOR, at), member=row, at=at)
    at += timedelta(days=2)
    yield at
    for purpose in (TAKE_PART, *young.also):
        _guardian_agrees(row, purpose, at)
    at += timedelta(days=1)
    yield at
    row = _fresh(row)
    assert row.account is not None  # it goes only when the member leaves
    free = nominations.free_names(1000)
    membership.assent(
        by=member_actor(row.account, at),
        purposes=young.also,
        version=1,
        at=at,
        name=name if name in free else "",
    )
    at += timedelta(days=5)
    yield at
    membership.welcome(by=cast.actor(FACILITATOR, at), member=_fresh(row), at=at)
    if young.months == MEMBERS[-1].months:
        at += timedelta(days=30)
        yield at
        membership.pause(by=cast.actor(FACILITATOR, at), member=_fresh(row), why=OWN_WISH, at=at)


def _arrives(cast: Cast, young: Young, now: datetime, *, is_asked: bool) -> Iterator[datetime]:
    """Nominated lately; one of the two has been asked already."""
    at = now - timedelta(days=young.days)
    yield at
    row = _nominated(cast, young, 20 + is_asked, at, now)
    if is_asked:
        at += timedelta(days=1)
        yield at
        nominations.ask_consent(by=cast.actor(FACILITATOR, at), member=row, at=at)


def _safety(cast: Cast, now: datetime) -> Iterator[datetime]:
    """Something was wrong last week, and was answered within minutes."""
    at = now - timedelta(days=8)
    yield at
    row = Member.objects.select_related("account").order_by("pk").first()
    assert row is not None and row.account is not None  # the first joined long before
    flag = safeguarding.say_wrong(
        by=member_actor(row.account, at),
        words="Nepažįstamas žmogus prašė niekam nesakyti, kad rašome.",
        about_adult=False,
        where="button",
        at=at,
    )
    at += timedelta(minutes=6)
    yield at
    safeguarding.take(by=cast.actor(LEAD, at), flag=flag, at=at)
    at += timedelta(minutes=20)
    yield at
    safeguarding.answer(
        by=cast.actor(LEAD, at),
        flag=flag,
        outcome="TALKED",
        text="Ačiū, kad parašei. Tai ne tavo kaltė. Užblokuok tą žmogų ir parodyk žinutes suaugusiajam, "
        "kuriuo pasitiki. Jei norėsi pasikalbėti – 116 111.",
        at=at,
    )


def _guardian_agrees(row: Member, purpose: str, at: datetime) -> None:
    guardian = Guardian.objects.get(member__panel_member=row)
    consents.give_as_guardian(by=GUARDIAN, guardian=guardian, purpose=purpose, version=1, at=at)


def _fresh(row: Member) -> Member:
    return Member.objects.select_related("account").get(pk=row.pk)
