"""The demo's ballots: an election and a ranking that are counted, opinions with groups, one open, one to be
opened."""

from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import datetime, timedelta
from random import Random

from sauga.kernel import sealed
from sauga.kernel.clock import VILNIUS
from sauga.kernel.identity import PersonActor, person_actor
from sauga.kernel.identity.queries import holders_of
from sauga.kernel.kit.demo import Cast
from sauga.kernel.members.actors import member_actor
from sauga.panel.members.models import Member
from sauga.panel.members.queries.members import active_members, may_take_part
from sauga.panel.voting.actions import ballots, counts
from sauga.panel.voting.actions import votes as vote_actions
from sauga.panel.voting.actions.ballots import BallotGiven
from sauga.panel.voting.models import Ballot
from sauga.panel.voting.rules.codes import FEWEST_VOTES, Kind

FACILITATOR = "PANEL_FACILITATOR"
type Votes = Callable[[int], Iterable[str]]

RANKED = BallotGiven(
    kind=str(Kind.RANKED),
    question="Kurį pasiūlymą siųsti pirmą?",
    text="Pirmą pasiūlymą siunčiame šią savaitę, kitus – kai gausime atsakymą.",
    options=(
        "Aiškios žaidimų kainos | Kaina matoma prieš pradedant žaisti.",
        "Pagalbos numeris kiekvienoje programėlėje | Rasti galima dviem paspaudimais.",
        "Vieta nerodoma, kol neįjungi | Programėlė pirmiausia paklausia.",
        "Nustatymai vaikų kalba | Be sunkių žodžių, su paveikslais.",
    ),
    seats=1,
    quorum=9,
    ends_at=datetime.max,
)
DELEGATES = BallotGiven(
    kind=str(Kind.ELECTION),
    question="Kas atstovaus mums Saugesnio interneto dienos renginyje?",
    text="Du nariai trumpai pristatys, ką taryba siūlo. Kartu važiuoja du suaugę.",
    options=(),
    seats=2,
    quorum=9,
    ends_at=datetime.max,
)
OPINIONS = BallotGiven(
    kind=str(Kind.OPINION),
    question="Ką manai apie telefonus mokykloje?",
    text="Tai ne sprendimas. Norime pamatyti, ar manome panašiai.",
    options=(
        "Per pamokas telefonas turi būti kuprinėje.",
        "Per pertraukas telefonu naudotis galima.",
        "Taisyklės turi būti vienodos visoms klasėms.",
        "Taisykles turi kurti ir mokiniai.",
        "Mokytojai per pamokas telefonu irgi nesinaudoja.",
        "Be telefono per pertrauką daugiau bendraujame.",
        "Telefono kartais reikia užduočiai atlikti.",
        "Jei telefoną paima, jį turi grąžinti tą pačią dieną.",
    ),
    seats=1,
    quorum=9,
    ends_at=datetime.max,
)
OPEN = BallotGiven(
    kind=str(Kind.APPROVAL),
    question="Apie ką kalbėsime kitame susitikime?",
    text="Aptarsime dvi temas, kurioms pritars daugiausia.",
    options=(
        "Dirbtinis intelektas namų darbuose",
        "Kaip atpažinti apgaulingą nuorodą",
        "Nuotraukos, kurias kelia kiti",
        "Kiek laiko užtenka",
    ),
    seats=1,
    quorum=5,
    ends_at=datetime.max,
)
TO_OPEN = BallotGiven(
    kind=str(Kind.YES_NO),
    question="Ar susitikimus pradėti 17 valandą?",
    text="Dabar pradedame 16 valandą. Jei pritarsime, nuo kito mėnesio pradėsime valanda vėliau.",
    options=(),
    seats=1,
    quorum=5,
    ends_at=datetime.max,
)


def play(cast: Cast, at: datetime) -> None:
    """What happened up to `at`."""
    first, second = cast.actor(FACILITATOR, at), _second(cast, at)
    members = [one for one in active_members().select_related("account") if may_take_part(one, at)]
    if len(members) < FEWEST_VOTES:
        return
    dice = Random(17)  # noqa: S311  a story, not a secret
    held = _open(first, second, RANKED, at - timedelta(days=40))
    _vote(members[:-2], held, lambda n: "BACD"[n % 3 :] if n % 4 else "DB", at - timedelta(days=38))
    counts.count_ballot(by=second, ballot=held, at=at - timedelta(days=31))
    standing = replace(DELEGATES, options=[one.pseudonym for one in members[:3]])
    held = _open(second, first, standing, at - timedelta(days=30))
    _vote(members[1:], held, lambda n: "AB" if n % 3 else "C", at - timedelta(days=27))
    counts.count_ballot(by=first, ballot=held, at=at - timedelta(days=21))
    held = _open(first, second, OPINIONS, at - timedelta(days=20))
    _vote(members, held, lambda n: _stances(n, dice), at - timedelta(days=18))
    counts.count_ballot(by=first, ballot=held, at=at - timedelta(days=11))
    held = _open(second, first, OPEN, at - timedelta(days=2))
    _vote(members[::3], held, lambda n: dice.sample("ABCD", 2), at - timedelta(days=1))
    given = _until(TO_OPEN, at + timedelta(days=10))
    row = ballots.write_ballot(by=second, given=given, at=at - timedelta(hours=3))
    ballots.hand_in(by=second, ballot=row, at=at - timedelta(hours=2))


def _second(cast: Cast, at: datetime) -> PersonActor:
    """The other facilitator, with an open vault."""
    first = cast.actor(FACILITATOR, at)
    person = next(one for one in holders_of(FACILITATOR, "panel", at) if one.pk != first.person_id)
    return person_actor(
        person, at, vault=sealed.unlock_with_password(person.pk, cast.staff[FACILITATOR].password)
    )


def _open(writer: PersonActor, opener: PersonActor, given: BallotGiven, at: datetime) -> Ballot:
    """Written by one, opened by the other, for a week."""
    row = ballots.write_ballot(by=writer, given=_until(given, at + timedelta(days=7)), at=at)
    row = ballots.hand_in(by=writer, ballot=row, at=at)
    return ballots.open_ballot(by=opener, ballot=row, at=at)


def _until(given: BallotGiven, day: datetime) -> BallotGiven:
    ends = day.astimezone(VILNIUS).replace(hour=18, minute=0, second=0, microsecond=0)
    return replace(given, ends_at=ends)


def _vote(members: Iterable[Member], ballot: Ballot, votes: Votes, at: datetime) -> None:
    for number, member in enumerate(members):
        if member.account is not None:
            by = member_actor(member.account, at)
            vote_actions.cast_vote(by=by, ballot=ballot, vote=list(votes(number)), at=at)


def _stances(number: int, dice: Random) -> list[str]:
    """Two ways to think about it, and now and then something else."""
    likes = "+" if number % 2 else "-"
    against = "-" if number % 2 else "+"
    marks = [likes, against, likes, "+", likes, likes, against, "+"]
    return [f"{at}{one if dice.random() > 0.1 else '0'}" for at, one in enumerate(marks, 1)]
