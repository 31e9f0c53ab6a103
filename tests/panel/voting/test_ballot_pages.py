"""Ballots on pages: what members and the desk see and may do by request, with and without a script."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils.html import escape

from sauga.kernel import clock
from sauga.kernel.members.models import Consent
from sauga.panel.members.models import Member
from sauga.panel.states import BallotState
from sauga.panel.voting.actions import counts as count_actions
from sauga.panel.voting.models import Ballot, Voter
from sauga.panel.voting.rules.codes import Kind
from tests.centre import Centre, centre, sign_in  # noqa: F401  a fixture
from tests.factories import ballots as make
from tests.factories import panel_voice as voice
from tests.factories.ballots import OPENS, WRITES
from tests.factories.panel import born_in

HOME = "/lt/jaunimas/balsavimai/"
DESK = "/desk/panel/ballots/"


def begun(centre: Centre, kind: Kind, n: int = 7, **more: Any) -> tuple[list[Member], Ballot]:
    """An open ballot now."""
    now = clock.now()
    members = make.voters(n, at=now)
    return members, make.opened(centre, kind, at=now, ends_at=now + timedelta(days=3), **more)


def page_of(ballot: Ballot) -> str:
    return f"{HOME}{ballot.ref}/"


def close(ballot: Ballot) -> None:
    """Its time passes."""
    at = ballot.ends_at + timedelta(seconds=1)
    count_actions.count_ballot(by=make_actor(at), ballot=ballot, at=at)


def make_actor(at: Any) -> Any:
    from tests.centre import staffed

    return staffed().actor(OPENS, at)


def test_a_member_ranks_looks_moves_and_sends(centre: Centre):
    members, ballot = begun(centre, Kind.RANKED)
    client = make.browser(members[0], clock.now())
    listed = client.get(HOME)
    assert listed.status_code == 200 and ballot.question in listed.text and "Tavo balsas" not in listed.text
    page = client.get(page_of(ballot))
    assert page.status_code == 200 and page.text.count('type="radio"') == 3 * 4
    assert "tel:116111" in page.text and "no-store" in page["Cache-Control"]
    assert ballot.digest[:4] in page.text and "nerodome, kol balsuojame" in page.text
    twice = client.post(page_of(ballot), {"place-A": "1", "place-B": "1", "do": "look"})
    assert twice.status_code == 422 and 'role="alert"' in twice.text
    looked = client.post(page_of(ballot), {"place-A": "1", "place-B": "2", "do": "look"})
    assert 'name="vote" value="A,B"' in looked.text and "nebegalėsi" in looked.text
    moved = client.post(page_of(ballot), {"vote": "A,B", "do": "down:A"})
    assert 'name="vote" value="B,A"' in moved.text
    changed = client.post(page_of(ballot), {"vote": "B,A", "do": "change"})
    assert re.search(r'name="place-B"\s+value="1" checked', changed.text)
    assert not Voter.objects.filter(has_voted=True).exists(), "nothing is stored before it is sent"
    sent = client.post(page_of(ballot), {"vote": "B,A", "do": "send"})
    assert sent.status_code == 302
    after = client.get(sent.url)
    assert (
        "Tavo balsas įskaičiuotas" in after.text
        and "<form" not in after.text.split("<main")[1].split("</main")[0]
    )
    again = client.post(page_of(ballot), {"vote": "A", "do": "send"})
    assert "Tavo balsas įskaičiuotas" in again.text
    assert Voter.objects.filter(has_voted=True).count() == 1
    assert "Tavo balsas įskaičiuotas" in client.get(HOME).text


@pytest.mark.parametrize(
    ("kind", "marks", "vote"),
    [
        (Kind.YES_NO, {"mark": "NO"}, "NO"),
        (Kind.APPROVAL, {"mark": ["C", "A"]}, "A,C"),
        (Kind.ELECTION, {"mark": []}, ""),
        (Kind.OPINION, {"say-1": "+", "say-3": "0", "say-8": "-"}, "1+,30,8-"),
    ],
)
def test_every_kind_is_filled_in_and_sent(centre: Centre, kind: Kind, marks: dict[str, Any], vote: str):
    members, ballot = begun(centre, kind)
    client = make.browser(members[0], clock.now())
    assert client.get(page_of(ballot)).status_code == 200
    looked = client.post(page_of(ballot), {**marks, "do": "look"})
    assert looked.status_code == 200 and f'name="vote" value="{vote}"' in looked.text
    changed = client.post(page_of(ballot), {"vote": vote, "do": "change"})
    assert changed.text.count(" checked") + changed.text.count("checked>") >= min(len(vote), 1)
    assert client.post(page_of(ballot), {"vote": vote, "do": "send"}).status_code == 302
    assert Voter.objects.filter(has_voted=True).count() == 1


def test_what_is_not_on_the_ballot_is_not_taken(centre: Centre):
    members, ballot = begun(centre, Kind.APPROVAL)
    client = make.browser(members[0], clock.now())
    for sent in (
        {"mark": ["Z"], "do": "look"},
        {"vote": "A,A", "do": "send"},
        {"vote": "A" * 5000, "do": "send"},
        {"vote": "\x00", "do": "send"},
        {"vote": "A;B", "do": "up:A"},
    ):
        assert client.post(page_of(ballot), sent).status_code in (400, 422)
    assert client.post(page_of(ballot), {"do": "abstain"}).status_code == 200
    assert not Voter.objects.filter(has_voted=True).exists()


def test_options_come_in_an_order_of_ones_own(centre: Centre):
    members, ballot = begun(centre, Kind.OPINION)
    orders = set()
    for member in members:
        client = make.browser(member, clock.now())
        first = re.findall(r'name="say-(\d)"\s+value="\+"', client.get(page_of(ballot)).text)
        assert first == re.findall(r'name="say-(\d)"\s+value="\+"', client.get(page_of(ballot)).text)
        assert sorted(first) == list("12345678")
        orders.add(tuple(first))
    assert len(orders) > 1


def test_words_follow_the_age(centre: Centre):
    now = clock.now()
    members, ballot = begun(centre, Kind.YES_NO)
    older = make.browser(members[0], now).get(page_of(ballot)).text
    assert "Ir šis puslapis tau to daugiau neparodys" in older
    born_in(members[0], now.date().replace(year=now.year - 12, day=1))
    make.agreed(members[0].account, now, Consent.Party.GUARDIAN)
    younger = make.browser(members[0], now).get(page_of(ballot)).text
    assert "Ir šis puslapis tau to daugiau neparodys" not in younger and "nei mes" in younger


def test_the_result_is_on_the_members_page(centre: Centre):
    members, ballot = begun(centre, Kind.RANKED, 12)
    for number, member in enumerate(members):
        make.vote(member, ballot, *("AB", "BC", "CB")[number % 3], at=clock.now())
    client = make.browser(members[0], clock.now())
    assert "Rezultat" not in client.get(HOME).text
    close(ballot)
    page = client.get(page_of(ballot))
    assert "12 iš 12" in page.text and ballot.digest[:4] in page.text and "Ratas po rato" in page.text
    assert "Tavo balsas suskaičiuotas" in page.text
    assert "12 iš 12" in client.get(HOME).text


def test_a_result_without_numbers_has_none(centre: Centre):
    members, ballot = begun(centre, Kind.YES_NO)
    for member in members:
        make.vote(member, ballot, "YES", at=clock.now())
    close(ballot)
    page = make.browser(members[0], clock.now()).get(page_of(ballot)).text
    assert "Pritarta." in page and "Skaičių nerodome" in page and "<td" not in page


def test_newcomers_read_but_do_not_vote_and_strangers_see_nothing(centre: Centre):
    _members, ballot = begun(centre, Kind.YES_NO)
    newcomer = make.voters(1, at=clock.now(), first=20)[0]
    client = make.browser(newcomer, clock.now())
    assert "tavęs taryboje dar nebuvo" in client.get(page_of(ballot)).text
    client.post(page_of(ballot), {"vote": "YES", "do": "send"})
    assert not Voter.objects.filter(has_voted=True).exists()
    assert client.get(f"{HOME}AAAA-AAAA-AAAA/").status_code == 404
    draft = make.proposed(centre, at=clock.now(), ends_at=clock.now() + timedelta(days=2))
    assert client.get(page_of(draft)).status_code == 404
    assert Client().get(page_of(ballot)).status_code == 302
    assert sign_in(centre, WRITES).get(page_of(ballot)).status_code == 302


def test_the_desk_writes_opens_and_counts(centre: Centre):
    make.voters(6, at=clock.now())
    writer, opener = sign_in(centre, WRITES), sign_in(centre, OPENS)
    assert "Naujas balsavimas" in writer.get(DESK).text
    ends = (clock.now() + timedelta(days=2)).astimezone(clock.VILNIUS)
    said = {
        "kind": "RANKED",
        "question": "Ką siųsti pirmą?",
        "text": "",
        "options": "Kainos | Matomos iš anksto.\nNumeris",
        "quorum": "4",
        "ends_at": f"{ends:%Y-%m-%dT%H:%M}",
    }
    refused = writer.post(f"{DESK}new/", said)
    assert refused.status_code == 422 and "Bent penkių" in refused.text and "Ką siųsti pirmą?" in refused.text
    made = writer.post(f"{DESK}new/", {**said, "quorum": "5"})
    assert made.status_code == 302
    row = Ballot.objects.get()
    one = f"{DESK}{row.ref}/"
    assert "Matomos iš anksto." in writer.get(one).text
    edited = writer.post(f"{one}edit/", {**said, "quorum": "6"})
    assert edited.status_code == 302 and Ballot.objects.get().quorum == 6
    assert writer.post(f"{one}hand-in/").status_code == 302
    assert "Atidaryti balsavimą" not in writer.get(one).text
    writer.post(f"{one}open/")
    assert Ballot.objects.get().state == BallotState.PROPOSED, "whoever wrote it does not open it"
    assert "Atidaryti balsavimą" in opener.get(one).text
    assert opener.post(f"{one}open/").status_code == 302
    page = opener.get(one).text
    assert Ballot.objects.get().state == BallotState.OPEN and "kol balsuojama, nerodoma niekam" in page
    assert "Suskaičiuoti" not in page
    opener.post(f"{one}count/")
    assert Ballot.objects.get().state == BallotState.OPEN
    assert writer.post(f"{one}edit/", said).status_code == 422


def test_dropping_can_be_undone(centre: Centre):
    make.voters(6, at=clock.now())
    row = make.proposed(centre, at=clock.now(), ends_at=clock.now() + timedelta(days=2))
    writer = sign_in(centre, WRITES)
    writer.post(f"{DESK}{row.ref}/discard/")
    assert Ballot.objects.get().state == BallotState.DISCARDED
    writer.post(f"{DESK}{row.ref}/restore/")
    assert Ballot.objects.get().state == BallotState.DRAFT


@pytest.mark.parametrize("role", ["EDITOR", "COUNSELLOR", "PANEL_SAFEGUARDING_LEAD"])
@pytest.mark.parametrize("name", ["open", "count", "cancel", "discard", "hand-in"])
def test_other_roles_do_nothing_by_request(centre: Centre, role: str, name: str):
    make.voters(6, at=clock.now())
    row = make.proposed(centre, at=clock.now(), ends_at=clock.now() + timedelta(days=2))
    client = sign_in(centre, role)
    assert client.post(f"{DESK}{row.ref}/{name}/").status_code == 404
    assert client.get(f"{DESK}{row.ref}/edit/").status_code == 404
    assert Ballot.objects.get().state == BallotState.PROPOSED
    seen = client.get(f"{DESK}{row.ref}/").status_code
    assert seen == (200 if role == "PANEL_SAFEGUARDING_LEAD" else 404)


def test_lists_ask_the_same_of_the_database_however_long_they_are(
    centre: Centre, django_assert_max_num_queries: Any
):
    members, _ballot = begun(centre, Kind.YES_NO)
    client, desk = make.browser(members[0], clock.now()), sign_in(centre, WRITES)
    counts = []
    for _round in range(2):
        client.get(HOME), desk.get(f"{DESK}?view=open")
        with django_assert_max_num_queries(200) as first:
            client.get(HOME)
        with django_assert_max_num_queries(200) as second:
            desk.get(f"{DESK}?view=open")
        counts.append((len(first), len(second)))
        for _more in range(2):
            make.opened(centre, at=clock.now(), ends_at=clock.now() + timedelta(days=3))
    assert counts[0] == counts[1]


def test_nothing_typed_by_facilitators_is_markup(centre: Centre):
    bad = '<img src=x onerror="a">'
    members, ballot = begun(centre, Kind.APPROVAL, question=bad, options=(bad, f"B | {bad}"))
    page = make.browser(members[0], clock.now()).get(page_of(ballot)).text
    assert bad not in page and escape(bad) in page
    assert bad not in sign_in(centre, WRITES).get(f"{DESK}{ballot.ref}/").text


def test_ballots_about_one_proposal_know_each_other(centre: Centre):
    ref = voice.submitted(voice.panel(centre)).ref
    _members, one = begun(centre, Kind.RANKED, proposal_ref=ref)
    now = clock.now()
    other = make.opened(centre, Kind.RANKED, at=now, ends_at=now + timedelta(days=3), proposal_ref=ref)
    page = sign_in(centre, WRITES).get(f"{DESK}{one.ref}/").text
    assert f"{DESK}{other.ref}/" in page
