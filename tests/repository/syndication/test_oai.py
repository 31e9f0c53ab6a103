"""OAI-PMH as harvesters meet it: two of them, from other people, over HTTP; and every rule of the protocol,
answer by answer.
"""

import gzip
import urllib.request
from datetime import timedelta
from typing import Any
from urllib.parse import urlencode

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from factories.resources import approved, published
from factories.shelf import copies, shelf  # noqa: F401  a fixture
from repository.syndication.oai_schema import DC, LANG, OAI, checked

from sauga.kernel.states import SystemActor
from sauga.repository.resources.actions import publication, resources
from sauga.repository.resources.models import Resource
from sauga.repository.syndication.queries import oai
from sauga.repository.syndication.rules.oai_protocol import Place
from tests.centre import AT, Centre, centre  # noqa: F401  a fixture
from tests.flows.browser import site  # noqa: F401  a fixture

served = pytest.mark.django_db(transaction=True)
stored = pytest.mark.django_db


def ask(status: int = 200, **arguments: str) -> Any:
    response = Client().get("/oai/", {name.rstrip("_"): value for name, value in arguments.items()})
    assert response.status_code == status and not response.cookies
    assert response.headers["Content-Type"] == "text/xml; charset=utf-8"
    return checked(response.content)


def errors(**arguments: str) -> list[str]:
    return [one.get("code") for one in ask(**arguments).iter(OAI + "error")]


@served
def test_scythe_harvests_the_whole_house_over_http(
    transactional_db: Any, shelf: dict[str, Resource], site: str
):
    from oaipmh_scythe import Scythe
    from oaipmh_scythe.exceptions import BadArgument, CannotDisseminateFormat, IdDoesNotExist, NoRecordsMatch

    copies(shelf["lesson"], 230)
    with Scythe(f"{site}/oai/") as scythe:
        assert scythe.identify().deletedRecord == "persistent"
        assert {one.metadataPrefix for one in scythe.list_metadata_formats()} == {"oai_dc", "lom", "lrmi"}
        assert {"topic", "topic:media_literacy", "type:toolkit", "audience:teachers", "language:lt"} <= {
            one.setSpec for one in scythe.list_sets()
        }
        records = list(scythe.list_records())
        assert len(records) == len({one.header.identifier for one in records}) == 233
        gone = [one for one in records if one.deleted]
        assert [one.header.identifier for one in gone] == [f"urn:uuid:{shelf['film'].uuid}"]
        assert len(list(scythe.list_records(ignore_deleted=True))) == 232
        assert len(list(scythe.list_identifiers(metadata_prefix="lom", set_="type:toolkit"))) == 1
        assert len(list(scythe.list_identifiers(from_="2026-11-25"))) == 1, (
            "after the first day only the withdrawal"
        )
        record = scythe.get_record(identifier=f"urn:uuid:{shelf['lesson'].uuid}")
        assert record.get_metadata()["title"] == ["Ar tai reklama & „gudrybė“? 1 < 2", "Is it an ad?"]
        for wrong, arguments in (
            (IdDoesNotExist, {"identifier": f"urn:uuid:{shelf['draft'].uuid}"}),
            (CannotDisseminateFormat, {"identifier": "x", "metadata_prefix": "marc"}),
        ):
            with pytest.raises(wrong):
                scythe.get_record(**arguments)
        with pytest.raises(NoRecordsMatch):
            list(scythe.list_records(set_="topic:phishing"))
        with pytest.raises(BadArgument):
            list(scythe.list_records(from_="2026-13-01"))


@served
def test_another_client_harvests_the_same(transactional_db: Any, shelf: dict[str, Resource], site: str):
    from oaipmh.client import Client as Harvester
    from oaipmh.error import IdDoesNotExistError, NoRecordsMatchError
    from oaipmh.metadata import MetadataRegistry, oai_dc_reader

    copies(shelf["lesson"], 120)
    registry = MetadataRegistry()
    registry.registerReader("oai_dc", oai_dc_reader)
    client = Harvester(f"{site}/oai/", registry)  # asks by POST
    told = client.identify()
    assert (told.protocolVersion(), told.granularity(), told.deletedRecord()) == (
        "2.0",
        "YYYY-MM-DDThh:mm:ssZ",
        "persistent",
    )
    assert told.compression() == ["gzip"] and told.baseURL().endswith("/oai/")
    client.updateGranularity()
    assert [name for name, _schema, _space in client.listMetadataFormats()] == ["oai_dc", "lom", "lrmi"]
    assert len(list(client.listSets())) > 90
    records = list(client.listRecords(metadataPrefix="oai_dc"))
    assert len({header.identifier() for header, _metadata, _about in records}) == len(records) == 123
    assert [header.identifier() for header, _metadata, _about in records if header.isDeleted()] == [
        f"urn:uuid:{shelf['film'].uuid}"
    ]
    since = AT.replace(tzinfo=None) + timedelta(days=1)
    assert [
        header.isDeleted() for header in client.listIdentifiers(metadataPrefix="oai_dc", from_=since)
    ] == [True]
    header, metadata, _about = client.getRecord(
        identifier=f"urn:uuid:{shelf['kit'].uuid}", metadataPrefix="oai_dc"
    )
    assert metadata.getField("title") == ["Pamoka kit", "Lesson kit"] and "type:toolkit" in header.setSpec()
    with pytest.raises(IdDoesNotExistError):
        client.getRecord(identifier="urn:uuid:nothing", metadataPrefix="oai_dc")
    with pytest.raises(NoRecordsMatchError):
        list(client.listRecords(metadataPrefix="oai_dc", set="language:uk"))


@served
def test_compression_is_as_declared(transactional_db: Any, shelf: dict[str, Resource], site: str):
    asked = urllib.request.Request(f"{site}/oai/?verb=ListSets", headers={"Accept-Encoding": "gzip"})
    with urllib.request.urlopen(asked) as answer:
        assert answer.headers["Content-Encoding"] == "gzip"
        checked(gzip.decompress(answer.read()))
    with urllib.request.urlopen(f"{site}/oai/?verb=ListSets") as answer:
        assert answer.headers["Content-Encoding"] is None
        checked(answer.read())


@stored
def test_every_verb_answers_in_every_format_as_the_protocol_says(shelf: dict[str, Resource]):
    for verb in ("Identify", "ListSets", "ListMetadataFormats"):
        ask(verb=verb)
    for prefix in ("oai_dc", "lom", "lrmi"):
        assert len(list(ask(verb="ListRecords", metadataPrefix=prefix).iter(OAI + "record"))) == 3
        assert len(list(ask(verb="ListIdentifiers", metadataPrefix=prefix).iter(OAI + "header"))) == 3
        for name in ("lesson", "film", "kit"):
            ask(verb="GetRecord", metadataPrefix=prefix, identifier=f"urn:uuid:{shelf[name].uuid}")
    ask(verb="ListMetadataFormats", identifier=f"urn:uuid:{shelf['film'].uuid}")


@stored
def test_wrong_verbs_and_arguments_are_answered_by_their_code(shelf: dict[str, Resource]):
    known = f"urn:uuid:{shelf['lesson'].uuid}"
    token = Place("oai_dc", after=1, pk=1, cursor=1, total=9).token()
    assert errors() == errors(verb="Nothing") == errors(verb="identify") == ["badVerb"]
    assert (
        errors(verb="Identify", metadataPrefix="oai_dc")
        == errors(verb="ListRecords")
        == errors(verb="GetRecord", identifier=known)
        == ["badArgument"]
    )
    for wrong in (
        {"from": "yesterday"},
        {"from": "2026-02-30"},
        {"from": "2026-01-01", "until": "2026-01-01T00:00:00Z"},
    ):
        assert errors(verb="ListRecords", metadataPrefix="oai_dc", **wrong) == ["badArgument"]
    assert errors(verb="ListRecords", metadataPrefix="oai_dc", from_="2026-12-02", until="2026-12-01") == [
        "badArgument"
    ]
    assert errors(verb="ListRecords", metadataPrefix="oai_dc", resumptionToken=token) == ["badArgument"]
    assert errors(verb="ListRecords", metadataPrefix="", set="topic") == ["badArgument"]
    assert (
        errors(verb="ListRecords", metadataPrefix="oai_dc", set="a b")
        == errors(verb="ListRecords", metadataPrefix="a b")
        == ["badArgument"]
    )
    assert errors(verb="ListRecords", metadataPrefix="marc") == ["cannotDisseminateFormat"]


@stored
def test_unknown_records_and_empty_selections_are_answered_by_their_code(shelf: dict[str, Resource]):
    known = f"urn:uuid:{shelf['lesson'].uuid}"
    for unknown in (
        f"urn:uuid:{shelf['draft'].uuid}",
        f"urn:uuid:{shelf['paper'].uuid}",
        str(shelf["lesson"].uuid),
        "nothing",
        known.upper(),
    ):
        assert errors(verb="GetRecord", metadataPrefix="lom", identifier=unknown) == ["idDoesNotExist"]
        assert errors(verb="ListMetadataFormats", identifier=unknown) == ["idDoesNotExist"]
    for nothing in (
        {"set": "topic:phishing"},
        {"set": "nosuch"},
        {"until": "2000-01-01"},
        {"from": "2099-01-01"},
        {"until": "0001-01-01"},
    ):
        assert errors(verb="ListIdentifiers", metadataPrefix="lom", **nothing) == ["noRecordsMatch"]
    assert ask(verb="ListRecords", metadataPrefix="oai_dc", until="9999-12-31") is not None


@stored
def test_wrong_resumption_tokens_are_answered_by_their_code(shelf: dict[str, Resource]):
    token = Place("oai_dc", after=1, pk=1, cursor=1, total=9).token()
    wrong_tokens = [
        "nothing",
        "e30",
        token[:-3],
        "é",
        Place("marc", pk=1).token(),
        Place("lom", of_set="no such", pk=1).token(),
        "W" * 900,
    ]
    wrong_tokens += [
        Place("lom", since="x", pk=1).token(),
        Place("lom", after=10**18, pk=1).token(),
        Place("lom", pk=-1).token(),
    ]
    for wrong in wrong_tokens:
        assert errors(verb="ListRecords", resumptionToken=wrong) == ["badResumptionToken"], wrong
    assert errors(verb="ListSets", resumptionToken=token) == ["badResumptionToken"]


@stored
def test_an_argument_given_twice_is_answered_by_its_code(shelf: dict[str, Resource]):
    twice = checked(Client().get("/oai/?verb=Identify&verb=Identify").content)
    assert twice.find(OAI + "error").get("code") == "badVerb" and not twice.find(OAI + "request").attrib
    assert (
        checked(Client().get("/oai/?verb=ListRecords&metadataPrefix=lom&set=a&set=b").content)
        .find(OAI + "error")
        .get("code")
        == "badArgument"
    )


@stored
def test_get_and_post_say_the_same_and_nothing_else_is_taken(shelf: dict[str, Resource]):
    arguments = {"verb": "ListIdentifiers", "metadataPrefix": "oai_dc"}
    posted = checked(
        Client().post("/oai/", urlencode(arguments), content_type="application/x-www-form-urlencoded").content
    )
    got = ask(**arguments)
    assert [one.text for one in posted.iter(OAI + "identifier")] == [
        one.text for one in got.iter(OAI + "identifier")
    ]
    assert (
        checked(Client().post("/oai/", "{}", content_type="application/json").content)
        .find(OAI + "error")
        .get("code")
        == "badVerb"
    )
    assert Client().put("/oai/").status_code == 405
    assert Client().head("/oai/", {"verb": "Identify"}).status_code == 200


@stored
def test_a_list_goes_on_behind_what_was_given_whatever_changes_meanwhile(shelf: dict[str, Resource]):
    copies(shelf["lesson"], 25)
    seen, place, size = [], Place("oai_dc"), 7
    found = oai.page(place, size)
    total = found.place.total
    assert total == 28
    seen += [row.uuid for row in found.rows]
    moved = Resource.objects.get(uuid=seen[0])
    Resource.objects.filter(pk=moved.pk).update(
        modified_at=AT + timedelta(days=9)
    )  # published anew while the harvester reads
    while found.following:
        found = oai.page(found.following, size)
        assert found.place.total == total and found.place.cursor == len(seen)
        seen += [row.uuid for row in found.rows]
    assert len(seen) == 29 and seen.count(moved.uuid) == 2, (
        "nothing was left out; what changed came again, in its new form"
    )


@stored
def test_pages_carry_size_and_cursor_and_the_last_an_empty_token(shelf: dict[str, Resource]):
    copies(shelf["lesson"], 200)
    first = ask(verb="ListRecords", metadataPrefix="oai_dc", set="topic:media_literacy")
    token = first.find(f".//{OAI}resumptionToken")
    assert (token.get("completeListSize"), token.get("cursor")) == ("202", "0")
    second = ask(verb="ListRecords", resumptionToken=token.text).find(f".//{OAI}resumptionToken")
    assert second.get("cursor") == "100"
    last = ask(verb="ListRecords", resumptionToken=second.text)
    assert len(list(last.iter(OAI + "record"))) == 2
    end = last.find(f".//{OAI}resumptionToken")
    assert not end.text and end.get("cursor") == "200"
    assert (
        ask(verb="ListIdentifiers", metadataPrefix="oai_dc", set="type:toolkit").find(
            f".//{OAI}resumptionToken"
        )
        is None
    )


@stored
def test_selection_by_time_holds_both_ends(shelf: dict[str, Resource]):
    copies(shelf["lesson"], 10)

    def count(**bounds: str) -> int:
        return len(list(ask(verb="ListIdentifiers", metadataPrefix="lom", **bounds).iter(OAI + "header")))

    assert count(from_="2026-11-24T09:30:02Z", until="2026-11-24T09:30:03Z") == 4
    assert count(until="2026-11-24") == 12 and count(from_="2026-11-24", until="2026-11-24") == 12
    assert count(from_="2026-11-26T09:30:00Z") == 1, "the withdrawal, to the second"


@stored
def test_what_goes_is_told_for_ever(centre: Centre):
    row = published(centre)
    where = {"verb": "GetRecord", "metadataPrefix": "oai_dc", "identifier": f"urn:uuid:{row.uuid}"}

    def is_deleted() -> bool:
        return ask(**where).find(f".//{OAI}header").get("status") == "deleted"

    assert not is_deleted()
    reason = {"lt": "Klaida.", "en": "A mistake."}
    row = publication.withdraw_resource(
        by=centre.actor("SAFEGUARDING_EDITOR"), resource=row, reason=reason, at=AT + timedelta(days=2)
    )
    assert is_deleted()
    row = publication.rework_resource(by=centre.actor("EDITOR"), resource=row, at=AT + timedelta(days=3))
    assert is_deleted(), "a draft of the next version is nobody's business"
    later = AT + timedelta(days=4)
    row = publication.publish_resource(
        by=centre.actor("PUBLISHER"), resource=approved(centre, row, at=later), at=later
    )
    assert not is_deleted()
    revision = resources.open_revision(by=centre.actor("EDITOR"), resource=row, at=later)
    revision = resources.edit_resource(
        by=centre.actor("EDITOR"), resource=revision, at=later, sensitivity="restricted"
    )
    row = publication.publish_resource(
        by=centre.actor("PUBLISHER"), resource=approved(centre, revision, at=later), at=later
    )
    assert is_deleted(), "for professionals alone from now on"
    publication.retire_resource(
        by=centre.actor("PUBLISHER"), resource=row, reason=reason, at=AT + timedelta(days=5)
    )
    publication.archive_due(
        by=SystemActor("repository"), before=AT + timedelta(days=900), at=AT + timedelta(days=900)
    )
    assert is_deleted(), "archived, its page is gone, its record stays"
    closed = published(
        centre, title={"lt": "Tik specialistams", "en": "Professionals only"}, sensitivity="restricted"
    )
    where["identifier"] = f"urn:uuid:{closed.uuid}"
    assert [one.get("code") for one in ask(**where).iter(OAI + "error")] == ["idDoesNotExist"], (
        "never was for everybody"
    )


@stored
def test_a_record_says_what_the_resource_is(shelf: dict[str, Resource]):
    held = ask(verb="GetRecord", metadataPrefix="oai_dc", identifier=f"urn:uuid:{shelf['lesson'].uuid}")
    said = {
        (one.tag.removeprefix(DC), one.get(LANG)): one.text
        for one in held.iter()
        if str(one.tag).startswith(DC)
    }
    assert said["title", "lt"] == "Ar tai reklama & „gudrybė“? 1 < 2"
    assert (
        said["rights", None] == "https://creativecommons.org/licenses/by/4.0/"
        and said["type", "en"] == "lesson plan"
    )
    assert said["identifier", None] == f"urn:uuid:{shelf['lesson'].uuid}"
    lom = ask(verb="GetRecord", metadataPrefix="lom", identifier=f"urn:uuid:{shelf['kit'].uuid}")
    assert f"urn:uuid:{shelf['lesson'].uuid}" in [
        one.text for one in lom.iter("{http://ltsc.ieee.org/xsd/LOM}entry")
    ]


@stored
def test_signs_that_no_xml_may_hold_break_no_list(shelf: dict[str, Resource]):
    Resource.objects.filter(pk=shelf["lesson"].pk).update(
        title={"lt": "A\u0001B\ud7ff]]>\ufffe", "en": "<![CDATA[x"}
    )
    assert len(list(ask(verb="ListRecords", metadataPrefix="oai_dc").iter(OAI + "record"))) == 3


@stored
def test_a_page_costs_the_same_number_of_questions_for_three_records_and_for_a_hundred(
    shelf: dict[str, Resource],
):
    def cost(prefix: str) -> int:
        with CaptureQueriesContext(connection) as asked:
            ask(verb="ListRecords", metadataPrefix=prefix)
        return sum("repository_" in one["sql"] for one in asked)

    few = [cost(prefix) for prefix in ("oai_dc", "lom", "lrmi")]
    copies(shelf["kit"], 120)
    assert [cost(prefix) for prefix in ("oai_dc", "lom", "lrmi")] == few
