"""The particular stories of the demo, those that show one thing each; the many ordinary ones come from
`cases`."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

from sauga.hotline.demo import stories as tell
from sauga.hotline.demo.cases import DAY, HOUR, MINUTE, REACH, Case, Ending
from sauga.hotline.demo.handovers import handing_over
from sauga.hotline.demo.places import PROMPT, SILENT, SLOW
from sauga.hotline.demo.stage import Stage
from sauga.kernel.kit.demo import Story

ONION = "http://" + "pavyzdys" * 7 + ".onion/vieta"
QUESTION = "Ačiū, kad pranešėte. Ar šį puslapį matėte prisijungę, ar neprisijungę?"
ANSWER = "Neprisijungęs, tiesiog paspaudžiau nuorodą iš pokalbių grupės."
QUESTION_2 = "Supratome. Ar galite atsiųsti puslapio, kuriame buvo ta nuoroda, adresą?"
LOST_ACCOUNT = "Kažkas pakeitė mano paskyros slaptažodį ir rašo mano vardu. Ką daryti?"
ADVICE = (
    "Atkurkite slaptažodį per paslaugos pagalbos puslapį ir įjunkite dviejų žingsnių prisijungimą. Jei "
    "nepavyks, parašykite čia."
)

UNTOUCHED: tuple[tuple[str, str, timedelta, dict[str, Any]], ...] = (
    (
        "http://nuotraukos.greita-talpykla.example/albumas/31",
        "CSAM",
        12 * MINUTE,
        {"danger": True, "note": "Vaikas dabar ten."},
    ),
    ("http://pictures.slow-hosting.example/view/88", "CSAM", 65 * MINUTE, {}),
    (
        "http://skelbimai.greita-talpykla.example/irasas/512",
        "CYBERBULLYING_VISUAL",
        3 * HOUR,
        {"note": "Tai mano klasė."},
    ),
    (
        "http://mirror.silent-hosting.example/p/3\nhttp://mirror.silent-hosting.example/p/4",
        "HATE",
        5 * HOUR,
        {},
    ),
    ("http://cdn-media.delivery-network.example/view/77", "PORNOGRAPHY", 8 * HOUR, {"language": "en"}),
    (
        "http://paste.silent-hosting.example/p/91",
        "FRAUD_CYBER",
        20 * HOUR,
        {"language": "en", "note": "Looks like a bank, is none."},
    ),
    ("http://talk.slow-hosting.example/thread/9", "DRUGS", 26 * HOUR, {}),
    (ONION, "CSAM", 7 * HOUR, {}),
    (
        "„Pavyzdinė grupė“ pokalbių programėlėje, kvietimas dalijamas mokykloje",
        "UNKNOWN",
        10 * HOUR,
        {},
    ),
)

BACK = Case(
    address="http://skelbimai.greita-talpykla.example/irasas/90",
    host=PROMPT,
    category="PORNOGRAPHY",
    ago=9 * DAY,
    waits=3 * HOUR,
    stays=2 * HOUR,
    ending=Ending.GONE,
)
BOUNCES = Case(
    address="http://archive.silent-hosting.example/p/5",
    host=SILENT,
    category="HATE",
    ago=96 * DAY,
    waits=5 * HOUR,
    stays=31 * DAY,
    ending=Ending.GONE,
)
STAYS = Case(
    address="http://galerija.greita-talpykla.example/albumas/6",
    host=PROMPT,
    category="CSAM",
    ago=4 * DAY,
    waits=HOUR,
    stays=DAY,
    ending=Ending.STILL_UP,
)
DISPUTED = Case(
    address="http://board.slow-hosting.example/thread/411",
    host=SLOW,
    category="HATE",
    ago=40 * HOUR,
    waits=3 * HOUR,
    stays=DAY,
    ending=Ending.STILL_UP,
    says="DISPUTED",
)
REFUSED = Case(
    address="http://files.slow-hosting.example/p/12",
    host=SLOW,
    category="PORNOGRAPHY",
    ago=60 * HOUR,
    waits=2 * HOUR,
    stays=DAY,
    ending=Ending.STILL_UP,
    says="REFUSED",
)
UNDER_WAY = Case(
    address="http://talk.slow-hosting.example/thread/77",
    host=SLOW,
    category="WAR_PROPAGANDA",
    ago=16 * HOUR,
    waits=HOUR,
    stays=DAY,
    ending=Ending.STILL_UP,
    language="en",
    note="It is pinned at the top of the page.",
)


def special(stage: Stage, now: datetime) -> Iterator[Story]:
    """Every particular story up to now."""
    yield tell.founding(stage, now - REACH - DAY)
    yield tell.housekeeping(now, REACH)
    yield handing_over(stage, now, REACH)
    yield tell.back_again(stage, BACK, now, 6 * DAY)
    yield tell.bouncing(stage, BOUNCES, now)
    for case in (STAYS, DISPUTED, REFUSED, UNDER_WAY):
        yield tell.handled(stage, case, now)
    again = (
        (BOUNCES, 70 * DAY),
        (BOUNCES, 66 * DAY),
        (BACK, 8 * DAY),
        (DISPUTED, 20 * HOUR),
        (UNDER_WAY, 2 * HOUR),
        (STAYS, DAY),
    )
    for case, ago in again:
        yield tell.repeated(stage, case.address, case.category, now - ago)
    yield from _waiting_for_the_desk(stage, now)
    yield from _finished(stage, now)


def _waiting_for_the_desk(stage: Stage, now: datetime) -> Iterator[Story]:
    """What the analyst of the demo finds in the worklist."""
    for address, category, ago, more in UNTOUCHED:
        yield tell.untouched(stage, address, category, now - ago, **more)
    yield tell.in_hand(
        stage, "http://failai.greita-talpykla.example/p/640", "PORNOGRAPHY", now - 3 * HOUR - 4 * MINUTE
    )
    yield tell.triaged(
        stage, "http://board.slow-hosting.example/thread/1204", now - 11 * HOUR, "WAR_PROPAGANDA", "P3"
    )
    yield tell.doubtful(
        stage, "http://galerija.greita-talpykla.example/view/15", "MINORS_FEAR_SELF_HARM", now - 30 * HOUR
    )
    yield tell.held(stage, "http://nuotraukos.greita-talpykla.example/albumas/77", now - 9 * HOUR, 24)
    words = ("Vaizdas rodomas tarp komentarų.", QUESTION, ANSWER, QUESTION_2)
    yield tell.waiting_for_reporter(
        stage, "http://forumas.greita-talpykla.example/tema/880", "HATE", now - 2 * DAY, words
    )


def _finished(stage: Stage, now: datetime) -> Iterator[Story]:
    """Reports that take another course than the ordinary one."""
    no = tell.not_actioned
    yield no(stage, "http://board.slow-hosting.example/thread/70", "HATE", now - 12 * DAY, "NOT_ILLEGAL")
    yield no(
        stage,
        "http://talk.slow-hosting.example/thread/71",
        "PORNOGRAPHY",
        now - 17 * DAY,
        "LAWFUL_WHERE_HOSTED",
    )
    yield no(
        stage, "http://paste.silent-hosting.example/p/72", "MINORS_VIOLENCE", now - 23 * DAY, "NOT_FOUND"
    )
    yield no(stage, "http://archive.silent-hosting.example/p/73", "DRUGS", now - 31 * DAY, "NOT_ACCESSIBLE")
    for number in range(9):
        yield no(
            stage,
            f"http://forumas.greita-talpykla.example/tema/{300 + number}",
            "HATE",
            now - (40 + 5 * number) * DAY,
            "NOT_ILLEGAL",
        )
    yield tell.doubtful(
        stage, "http://files.slow-hosting.example/p/19", "HATE", now - 20 * DAY, second="HATE"
    )
    yield tell.consulted(stage, "Mano paskyra socialiniame tinkle", now - 6 * DAY, (LOST_ACCOUNT, ADVICE))
    yield tell.consulted(stage, "Profilis žaidime", now - 44 * DAY, (LOST_ACCOUNT, ADVICE))
    yield tell.spam(stage, "buy now cheap", now - 4 * DAY, "ADVERTISEMENT")
    yield tell.spam(stage, "aaaa", now - 15 * DAY, "NONSENSE")
