"""Harvesting a neighbour's library over real HTTP on the synthetic internet: proposals, decisions, changes,
and answers that mean ill.
"""

from datetime import UTC, datetime, timedelta
from typing import Any

import defusedxml.ElementTree as safe
import pytest

from sauga.kernel.audit.models import TrailLine
from sauga.kernel.identity import PermissionRefused
from sauga.kernel.refusals import TextMissing
from sauga.kernel.states import MoveNotAllowed, SystemActor
from sauga.repository.resources.actions import resources
from sauga.repository.resources.models import Resource
from sauga.repository.syndication import tasks
from sauga.repository.syndication.actions import harvests
from sauga.repository.syndication.models import HarvestSource, Proposal
from sauga.repository.syndication.queries import harvests as queries
from sauga.repository.syndication.queries.harvests import View
from sauga.repository.syndication.rules import harvested_drafts, oai_client
from sauga.world.hosts.library import HOST, PATH
from sauga.world.internet import World
from tests.centre import AT, Centre, centre  # noqa: F401  a fixture

pytestmark = pytest.mark.django_db
JOB = SystemActor("harvester")
LATER = AT + timedelta(days=1)


def source_of(centre: Centre, **more: Any) -> HarvestSource:
    given = {
        "name": "Neighbour",
        "address": f"http://{HOST}{PATH}",
        "language": "en",
        "is_active": True,
        **more,
    }
    return harvests.save_source(by=centre.actor("EDITOR"), at=AT, **given)


def asked(source: HarvestSource, at: datetime = AT) -> dict[str, int]:
    source.refresh_from_db()
    return dict(harvests.harvest(by=JOB, source=source, at=at))


def proposal(number: int) -> Proposal:
    return Proposal.objects.get(identifier=f"oai:{HOST}:{number}")


def test_a_library_is_harvested_page_by_page_in_its_richest_format(world: World, centre: Centre):
    source = source_of(centre)
    assert asked(source) == {"new": 12}
    source.refresh_from_db()
    assert (source.last_outcome, source.cursor, source.last_counts) == (
        "ok",
        "2026-09-02T08:00:00Z",
        {"new": 12},
    )
    verbs = [path.partition("verb=")[2].partition("&")[0] for path in world.library.asked]
    assert verbs == ["Identify", "ListMetadataFormats", "ListRecords", "ListRecords", "ListRecords"]
    assert "metadataPrefix=oai_lom" in world.library.asked[2]
    record = proposal(1).record
    assert (record["title"], record["type"], record["topics"]) == (
        {"en": "Think before you share"},
        "lesson_plan",
        ["data_privacy"],
    )
    assert (record["age_min"], record["age_max"], record["learning_minutes"], record["audiences"]) == (
        10,
        14,
        45,
        ["teachers"],
    )
    assert record["creators"] == [
        {"lt": "Neighbour Safer Internet Centre", "en": "Neighbour Safer Internet Centre"}
    ]
    assert (record["licence"], record["licence_why"]) == ("CC-BY-4.0", "")
    assert all(seen.agent.startswith("Sauga/1.0") and not seen.cookie for seen in world.seen)
    assert TrailLine.objects.get(action="source:harvested").facts == {"new": 12, "changed": 0, "gone": 0}


def test_dublin_core_gives_the_same_words(world: World, centre: Centre):
    asked(source_of(centre, metadata_prefix="oai_dc"))
    record = proposal(2).record
    assert (record["title"], record["type"], record["topics"]) == (
        {"en": "Who wrote this?"},
        "lesson_plan",
        ["fake_news"],
    )
    assert record["address"] == f"https://{HOST}/items/2"


def test_later_only_what_is_new_is_asked_for(world: World, centre: Centre):
    source = source_of(centre)
    asked(source)
    assert asked(source, LATER) == {}
    world.library.change(2, title="Who wrote this, and why?")
    world.library.remove(3)
    world.library.asked.clear()
    assert asked(source, LATER) == {"changed": 1, "gone": 1}
    assert "from=2026-09-02T08:00:00Z" in world.library.asked[-1]
    assert (proposal(2).title, proposal(3).state) == ("Who wrote this, and why?", "gone")
    world.library.put_back(3)
    assert asked(source, LATER) == {"changed": 1}
    assert proposal(3).state == "new"


def test_accepting_makes_a_draft_with_source_and_name_and_can_be_undone(world: World, centre: Centre):
    asked(source_of(centre))
    row = proposal(1)
    draft = harvests.accept_proposal(by=centre.actor("EDITOR"), proposal=row, kind="lesson_plan", at=AT)
    draft = Resource.objects.get(pk=draft.pk)
    assert (draft.state, draft.licence, draft.source) == ("draft", "CC-BY-4.0", f"https://{HOST}/items/1")
    assert draft.attribution == "Neighbour Safer Internet Centre, Neighbour"
    assert (draft.author_id, draft.keywords) == (centre.people["EDITOR"].pk, {"en": ["neighbour"]})
    with pytest.raises(MoveNotAllowed):
        harvests.refuse_proposal(by=centre.actor("EDITOR"), proposal=row, reason="vėlu", at=AT)
    harvests.reopen_proposal(by=centre.actor("EDITOR"), proposal=row, at=LATER)
    assert (proposal(1).state, Resource.objects.count()) == ("new", 0)
    again = harvests.accept_proposal(by=centre.actor("EDITOR"), proposal=row, kind="guide", at=LATER)
    resources.edit_resource(
        by=centre.actor("EDITOR"), resource=again, at=LATER + timedelta(hours=1), grant="x"
    )
    with pytest.raises(harvests.DraftTouched):
        harvests.reopen_proposal(by=centre.actor("EDITOR"), proposal=row, at=LATER)
    assert proposal(1).state == "accepted"


@pytest.mark.parametrize(("number", "why"), [(6, "version"), (7, "reserved"), (8, "none")])
def test_what_is_not_open_is_not_taken_over(world: World, centre: Centre, number: int, why: str):
    asked(source_of(centre))
    with pytest.raises(harvests.NotOpen) as refused:
        harvests.accept_proposal(by=centre.actor("EDITOR"), proposal=proposal(number), kind="guide", at=AT)
    assert (refused.value.why, Resource.objects.count(), proposal(number).state) == (why, 0, "new")


def test_a_house_may_grant_one_licence_for_all_its_records(world: World, centre: Centre):
    asked(source_of(centre, licence="CC-BY-SA-4.0"))
    assert (proposal(8).licence, proposal(8).record["licence_why"]) == ("CC-BY-SA-4.0", "")
    assert proposal(7).record["licence_why"] == "reserved"


def test_refusing_needs_a_reason_and_can_be_undone(world: World, centre: Centre):
    asked(source_of(centre))
    with pytest.raises(TextMissing):
        harvests.refuse_proposal(by=centre.actor("EDITOR"), proposal=proposal(4), reason="  ", at=AT)
    harvests.refuse_proposal(by=centre.actor("EDITOR"), proposal=proposal(4), reason="Turime savo", at=AT)
    assert (proposal(4).state, proposal(4).reason) == ("refused", "Turime savo")
    harvests.reopen_proposal(by=centre.actor("EDITOR"), proposal=proposal(4), at=AT)
    assert (proposal(4).state, proposal(4).reason) == ("new", "")


def test_what_changed_there_since_the_decision_is_shown(world: World, centre: Centre):
    source = source_of(centre)
    asked(source)
    harvests.accept_proposal(by=centre.actor("EDITOR"), proposal=proposal(1), kind="lesson_plan", at=AT)
    world.library.change(1, title="Think twice before you share")
    asked(source, LATER)
    row = proposal(1)
    assert queries.differences(row) == [
        ("title", {"en": "Think before you share"}, {"en": "Think twice before you share"})
    ]
    assert [one.pk for one in queries.proposals(View.CHANGED)] == [row.pk]
    assert Resource.objects.get().title == {"en": "Think before you share"}
    harvests.note_change(by=centre.actor("EDITOR"), proposal=row, at=LATER + timedelta(hours=1))
    assert not queries.proposals(View.CHANGED) and queries.differences(proposal(1)) == []
    world.library.remove(1)
    asked(source, LATER + timedelta(days=1))
    assert (proposal(1).state, queries.counts()[View.CHANGED]) == ("accepted", 1)


@pytest.mark.parametrize(
    ("way", "outcome"),
    [
        ("bomb", "entities"),
        ("outside", "entities"),
        ("huge", "large"),
        ("broken", "xml"),
        ("page", "not_oai"),
        ("busy", "busy"),
        ("away", "guard"),
    ],
)
def test_answers_that_mean_ill_are_refused_and_nothing_is_stored(
    world: World, centre: Centre, way: str, outcome: str
):
    source = source_of(centre)
    world.library.misbehave(way)
    assert asked(source) == {}
    source.refresh_from_db()
    assert (source.last_outcome, source.cursor, Proposal.objects.count()) == (outcome, "", 0)


def test_a_harvest_that_breaks_off_is_asked_again_from_its_beginning(world: World, centre: Centre):
    source = source_of(centre)
    world.library.misbehave("loop")
    assert asked(source)["new"] == 5
    source.refresh_from_db()
    assert (source.last_outcome, source.cursor) == ("loop", "")
    world.library.misbehave("")
    assert asked(source) == {"same": 5, "new": 7}


def test_inside_places_are_never_asked(world: World, centre: Centre):
    for address in (
        "http://127.0.0.1/oai",
        "http://169.254.169.254/latest",
        "http://[::1]/oai",
        "file:///etc/passwd",
    ):
        source = source_of(centre, address=address)
        asked(source)
        source.refresh_from_db()
        assert source.last_outcome in {"guard", "bad_url"}
    assert world.library.asked == []


def test_a_set_that_does_not_exist_and_a_format_not_offered_say_so(world: World, centre: Centre):
    source = source_of(centre, metadata_prefix="marc21")
    asked(source)
    source.refresh_from_db()
    assert source.last_outcome == "format"


def test_another_address_is_asked_from_the_beginning(world: World, centre: Centre):
    source = source_of(centre)
    asked(source)
    source.refresh_from_db()
    harvests.save_source(by=centre.actor("EDITOR"), source=source, at=AT, name="Neighbour library")
    source.refresh_from_db()
    assert source.cursor
    harvests.save_source(by=centre.actor("EDITOR"), source=source, at=AT, set_spec="lessons")
    source.refresh_from_db()
    assert source.cursor == ""


def test_the_night_asks_every_source_in_use_once(world: World, centre: Centre):
    from django.db import connection

    first, _second = source_of(centre), source_of(centre, name="Resting", is_active=False)
    tasks.harvest(0)
    tasks.harvest(0)
    with connection.cursor() as cursor:
        cursor.execute("SELECT args FROM procrastinate_jobs WHERE task_name = 'repository.harvest_source'")
        assert [args for (args,) in cursor.fetchall()] in (
            [{"source_id": first.pk}],
            [f'{{"source_id": {first.pk}}}'],
        )
    tasks.harvest_source(first.pk)
    tasks.harvest_source(0)
    assert Proposal.objects.count() == 12


def test_only_editors_harvest(centre: Centre):
    by = centre.actor("PUBLISHER")
    with pytest.raises(PermissionRefused):
        harvests.save_source(by=by, at=AT, name="A", address="https://a.example/oai")
    source = source_of(centre)
    row = Proposal.objects.create(source=source, identifier="a", digest="x", seen_at=AT)
    for act in (
        lambda: harvests.harvest(by=by, source=source, at=AT),
        lambda: harvests.ask_source(by=by, source=source, at=AT),
        lambda: harvests.accept_proposal(by=by, proposal=row, kind="guide", at=AT),
        lambda: harvests.refuse_proposal(by=by, proposal=row, reason="x", at=AT),
        lambda: harvests.reopen_proposal(by=by, proposal=row, at=AT),
        lambda: harvests.note_change(by=by, proposal=row, at=AT),
    ):
        with pytest.raises(PermissionRefused):
            act()


# Reading, without a network
# ---------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("said", "granted", "found"),
    [
        (["https://creativecommons.org/licenses/by-nc-sa/4.0/"], "", ("CC-BY-NC-SA-4.0", "")),
        (["http://creativecommons.org/publicdomain/zero/1.0/"], "", ("CC0-1.0", "")),
        (["CC BY 4.0"], "", ("CC-BY-4.0", "")),
        (["Licensed under CC-BY-SA-4.0 International"], "", ("CC-BY-SA-4.0", "")),
        (["CC0"], "", ("CC0-1.0", "")),
        (["CC BY"], "", ("", "version")),
        (["https://creativecommons.org/licenses/by/3.0/lt/"], "", ("", "version")),
        (["CC BY 4.0", "CC BY-SA 4.0"], "", ("", "several")),
        (["© 2026 Neighbour"], "", ("all_rights_reserved", "reserved")),
        (["Ask us"], "CC-BY-4.0", ("", "unknown")),
        ([], "CC-BY-4.0", ("CC-BY-4.0", "")),
        ([" "], "", ("", "none")),
    ],
)
def test_a_licence_is_what_its_words_say_and_nothing_else(
    said: list[str], granted: str, found: tuple[str, str]
):
    assert harvested_drafts.licence_of(said, granted) == found


def dublin_core(inner: str) -> Any:
    return safe.fromstring(
        f'<dc xmlns="http://purl.org/dc/elements/1.1/" '
        f'xmlns:xml="http://www.w3.org/XML/1998/namespace">{inner}</dc>'
    )


def test_words_in_other_languages_and_with_markup_are_kept_plain(centre: Centre):
    inner = (
        '<title xml:lang="lv">Droša '
        "&lt;b&gt;skola&lt;/b&gt;</title><language>lav</language><subject>cilvēki</subject><date>2026</"
        "date>"
        "<creator>A\u0301da &amp;lt;script&amp;gt;</creator><type>Unheard of</type><identifier>ISBN "
        "1</identifier>"
    )
    found = harvested_drafts.draft_of(dublin_core(inner), language="en")
    assert (found["title"], found["spoken"], found["languages"]) == ({"en": "Droša skola"}, "lv", [])
    assert (found["type"], found["type_said"], found["address"]) == ("", "Unheard of", "")
    assert "<" not in found["creators"][0]["lt"] and found["creators"][0]["lt"].startswith("Áda")
    two = harvested_drafts.draft_of(
        dublin_core('<title xml:lang="lt-LT">Mokykla</title><title xml:lang="en">School</title>'),
        language="lv",
    )
    assert (two["title"], two["spoken"]) == ({"lt": "Mokykla", "en": "School"}, "")
    assert harvested_drafts.draft_of(dublin_core(""), language="en")["title"] == {}


def test_an_answer_is_read_leniently_and_refused_strictly():
    head = (
        "<OAI-PMH "
        'xmlns="http://www.openarchives.org/OAI/2.0/"><responseDate>2026-01-01T00:00:00Z</responseDate>'
    )
    none = oai_client.read(f'{head}<error code="noRecordsMatch"/></OAI-PMH>')
    assert (none.records, none.token, none.responded) == ((), "", "2026-01-01T00:00:00Z")
    for code, why in (
        ("badResumptionToken", "token"),
        ("noSetHierarchy", "set"),
        ("badArgument", "refused"),
        ("cannotDisseminateFormat", "format"),
    ):
        with pytest.raises(oai_client.AnswerRefused) as refused:
            oai_client.read(f'{head}<error code="{code}"/></OAI-PMH>')
        assert refused.value.why == why
    odd = (
        "<record/><record><header><identifier>a</identifier><datestamp>soon</datestamp></header><metadata/"
        "></record>"
    )
    (record,) = oai_client.read(f"{head}<ListRecords>{odd}</ListRecords></OAI-PMH>").records
    assert (record.identifier, record.datestamp, record.metadata) == ("a", None, None)
    assert oai_client.moment("2026-01-05") == datetime(2026, 1, 5, tzinfo=UTC)
    assert oai_client.since("2026-01-05T01:02:03Z", "YYYY-MM-DD") == "2026-01-05"
    assert (
        oai_client.question("https://a.example/x?a=1", "Identify") == "https://a.example/x?a=1&verb=Identify"
    )
    many = "<record><header><identifier>a</identifier></header></record>" * 2001
    with pytest.raises(oai_client.AnswerRefused, match="large"):
        oai_client.read(f"{head}<ListRecords>{many}</ListRecords></OAI-PMH>")
    with pytest.raises(oai_client.AnswerRefused, match="xml"):
        oai_client.read("<a>" * 100_000)
