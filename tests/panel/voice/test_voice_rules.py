"""The rules of the panel's voice without a database: states, night, contact details, terms, readability."""

import json
from datetime import UTC, date, datetime, timedelta
from importlib import resources
from pathlib import Path
from random import Random
from zoneinfo import ZoneInfo

import pytest
from repetition import often

from sauga import panel
from sauga.panel.voice.rules import answers, ledger, moderation, versions
from sauga.panel.voice.rules.answers import Ease, readability
from sauga.panel.voice.rules.hours import REST_FROM, REST_TO, is_resting, read_by
from sauga.panel.voice.rules.ledger import Facts, Group
from sauga.panel.voice.rules.states import PROPOSAL, ProposalState
from sauga.panel.voice.rules.words import Contact, contact_in, tidied

pytestmark = pytest.mark.unit
VILNIUS = ZoneInfo("Europe/Vilnius")
PLAIN = (
    "Jūs teisūs. Apie tai kalbame per mažai. Dviejų pamokų šiemet įdėti negalime. Planas jau yra. "
    "Nuo rugsėjo tema bus pamokose."
)
HARD = (
    "Vadovaujantis galiojančių įstatymų nuostatomis, atsižvelgiant į patvirtintą priemonių įgyvendinimo "
    "planą bei kompetentingų institucijų bendradarbiavimo reglamentavimą, nagrinėjamas pasiūlymas "
    "negalėtų būti įgyvendintas nepakeitus biudžeto asignavimų paskirstymo metodikos."
)


def test_the_life_of_a_proposal_is_that_of_the_vocabulary():
    told = resources.files("sauga.repository") / "data" / "awareness_vocabularies.json"
    machine = json.loads(told.read_text(encoding="utf-8"))["state_machines"]["state.youth_proposal"]
    moves = {(one["from"].upper(), one["to"].upper()) for one in machine["moves"]}
    ours = {(before, after) for before, afters in PROPOSAL.moves.items() for after in afters}
    assert ours == moves
    assert set(PROPOSAL.moves) == {one["code"].upper() for one in machine["states"]}
    assert PROPOSAL.initial == machine["initial"].upper()


def test_no_way_from_sent_to_the_end_passes_by_an_answer():
    answered = {
        ProposalState.ANSWERED_ACCEPTED,
        ProposalState.ANSWERED_PARTLY,
        ProposalState.ANSWERED_DECLINED,
    }
    seen, frontier = {ProposalState.SENT}, [ProposalState.SENT]
    while frontier:
        for after in PROPOSAL.moves[frontier.pop()] - {*answered, ProposalState.HIDDEN} - seen:
            seen.add(ProposalState(after))
            frontier.append(ProposalState(after))
    assert seen == {ProposalState.SENT, ProposalState.OVERDUE}


@pytest.mark.parametrize(
    ("born", "local", "rests"),
    [
        (date(2013, 5, 1), "2026-11-24T21:59", False),
        (date(2013, 5, 1), "2026-11-24T22:00", True),
        (date(2013, 5, 1), "2026-11-25T06:59", True),
        (date(2013, 5, 1), "2026-11-25T07:00", False),
        (date(2010, 11, 1), "2026-11-30T23:00", True),
        (date(2010, 11, 1), "2026-12-01T00:00", False),
        (date(2010, 10, 1), "2026-11-24T23:00", False),
        (date(2013, 5, 1), "2026-10-25T06:30", True),
        (date(2013, 5, 1), "2027-03-28T07:00", False),
    ],
)
def test_who_is_under_16_rests_at_night_by_the_clock_of_vilnius(born: date, local: str, rests: bool):
    at = datetime.fromisoformat(local).replace(tzinfo=VILNIUS)
    assert is_resting(born, at) is rests and is_resting(born, at.astimezone(UTC)) is rests


@pytest.mark.parametrize("page", ["members/site/home", "voice/members/rules", "voice/members/_rest"])
def test_every_page_that_names_the_night_names_its_hours(page: str):
    text = (Path(panel.__file__).parent / f"templates/panel/{page}.html").read_text(encoding="utf-8")
    assert f"{REST_FROM.hour}:00 to {REST_TO.hour}:00" in text


def test_what_is_sent_is_read_within_four_hours_of_reading():
    dice = Random(7)
    for _ in range(often(300, 3000)):
        sent = datetime(2026, 10, 20, tzinfo=UTC) + timedelta(minutes=dice.randrange(14 * 24 * 60))
        by = read_by(sent).astimezone(VILNIUS)
        assert sent < by <= sent + timedelta(hours=17)
        assert 8 <= by.hour < 20 or (by.hour, by.minute) == (20, 0)


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Rašyk vilnele@pavyzdys.example", Contact.EMAIL),
        ("vilnele (at) pavyzdys.lt", Contact.EMAIL),
        ("vilnele eta pavyzdys taškas lt", Contact.EMAIL),
        ("Skambink 612 34 567", Contact.PHONE),
        ("8 6 1 2 3 4 5 6 7", Contact.PHONE),
        ("+370 612 34567", Contact.PHONE),
        ("6-1-2-3-4-5-6-7", Contact.PHONE),
        ("t.me/vilnele", Contact.ACCOUNT),
        ("mano insta vilnele_07", Contact.ACCOUNT),
        ("Discord: vilnele", Contact.ACCOUNT),
        ("vilnele#0420", Contact.ACCOUNT),
        ("Žiūrėk www.pavyzdys.example", Contact.ACCOUNT),
        ("@vilnele_07", Contact.ACCOUNT),
        ("Ateik į Pušų g. 12", Contact.PLACE),
        ("Esame iš 7a klasės", Contact.PLACE),
    ],
)
def test_ways_to_reach_somebody_are_found(text: str, kind: Contact):
    assert contact_in(text) is kind


@pytest.mark.parametrize(
    "text",
    [
        "Skambink 116 111 arba 112, jei sunku.",
        "TikTok ir Instagram turi atsakyti per 48 valandas.",
        "Apklausėme 3 klases, 64 mokinius, 2026 m. lapkričio 3 d.",
        "Susitikimas 16:00–17:00, gruodžio 2 d.",
        "Mano telefonas lėtas, o kaina 25,90 Eur.",
        "Mano TikTok rodo per daug reklamos.",
    ],
)
def test_ordinary_sentences_pass(text: str):
    assert contact_in(text) is None


def test_typed_text_keeps_its_paragraphs():
    assert tidied("  Viena   mintis. \r\n\r\n\r\n\r\nKita. ") == "Viena mintis.\n\nKita."


def test_every_reason_says_what_to_do_next_in_both_layers():
    for reason in moderation.Reason:
        younger, older = (moderation.next_step(reason, layer) for layer in ("12-13", "14-17"))
        assert younger and older
    assert moderation.NEXT_YOUNGER.keys() == moderation.NEXT_OLDER.keys() == set(moderation.Reason)


def test_an_answer_is_weighed_on_the_scale_of_the_product():
    assert readability("Nepritariame.", "lt").ease is Ease.SHORT
    assert readability("Ne. Niekada.", "lt").ease is Ease.SHORT
    two = "Klausime naujų narių prieš pirmą prisijungimą. Senų paskyrų nekeisime."
    assert readability(two, "lt").ease is not Ease.SHORT
    assert readability("Pritariame siūlymui. Padarysime pavasarį.", "lt").ease is not Ease.SHORT
    plain = readability(PLAIN, "lt")
    assert plain.ease is Ease.PLAIN and plain.words <= plain.most == 12
    hard = readability(HARD, "lt")
    assert hard.ease is Ease.TOO_HARD and hard.long_sentences == (HARD,)


def test_reminders_go_out_once_each_and_missed_days_make_one():
    due = date(2026, 12, 24)
    days = [due - timedelta(days=n) for n in range(30, -1, -1)]
    went = 0
    for day in days:
        if answers.reminder_due(due, day, went):
            went = answers.reminders_reached(due, day)
    assert went == 3
    assert answers.reminder_due(due, due, 0) and answers.reminders_reached(due, due) == 3
    assert not answers.reminder_due(due, due - timedelta(days=15), 0)


def test_a_term_has_two_weeks_at_least():
    today = date(2026, 11, 24)
    assert answers.is_fit_term(today + timedelta(days=14), today)
    assert not answers.is_fit_term(today + timedelta(days=13), today)
    assert not answers.is_fit_term(today + timedelta(days=91), today)


def test_an_answer_is_public_on_the_next_working_day():
    friday = datetime(2026, 11, 27, 14, tzinfo=UTC)
    assert answers.public_from(friday) == date(2026, 11, 30)


def test_the_difference_of_two_texts_keeps_both():
    dice = Random(3)
    words = [
        "mygtukas",
        "turi",
        "būti",
        "prie",
        "kiekvieno",
        "įrašo",
        "per",
        "savaitę",
        "parą",
        "48",
        "valandas",
    ]
    for _ in range(often(60, 600)):
        before, after = (" ".join(dice.choices(words, k=dice.randrange(12))) for _ in range(2))
        pieces = versions.difference(before, after)
        assert "".join(one.text for one in pieces if one.kind != "added") == before
        assert "".join(one.text for one in pieces if one.kind != "removed") == after


def test_where_a_proposal_stands_in_the_public_list():
    day = date(2026, 11, 24)
    asked = Facts(state=ProposalState.SENT, sent_on=day, due_on=day + timedelta(days=30))
    assert ledger.group_of(asked, day) is Group.WAITING
    assert ledger.group_of(asked, day + timedelta(days=31)) is Group.OVERDUE
    assert ledger.days_late(asked, day + timedelta(days=36)) == 6
    late = Facts(
        state=ProposalState.ANSWERED_DECLINED,
        sent_on=day,
        due_on=day,
        answer_public=True,
        verdict="DECLINED",
        answered_on=day + timedelta(days=3),
    )
    assert ledger.group_of(late, day) is Group.NOT_DONE and ledger.was_late(late) == 3
    assert ledger.days_late(late, day + timedelta(days=40)) == 0
    agreed = Facts(
        state=ProposalState.IN_PROGRESS, sent_on=day, due_on=day, answer_public=True, verdict="PARTLY"
    )
    assert ledger.group_of(agreed, day) is Group.IN_PROGRESS
    done = Facts(
        state=ProposalState.DONE, sent_on=day, due_on=day, answer_public=True, verdict="PARTLY", result="DONE"
    )
    assert ledger.group_of(done, day) is Group.DONE


def test_few_authors_are_not_counted_in_public():
    assert [ledger.authors_shown(n) for n in (1, 2, 3, 5)] == [0, 0, 3, 5]
