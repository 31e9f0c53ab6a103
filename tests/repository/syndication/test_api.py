"""`/api/v1/`: what a program is told, page by page; and a machine that tries everything the description
allows, and what it does not.
"""

import json
from typing import Any

import pytest
from django.conf import settings
from django.test import Client, RequestFactory
from factories.shelf import copies, put, shelf  # noqa: F401  a fixture
from hypothesis import HealthCheck, Phase, given
from hypothesis import settings as bounded

from sauga.kernel.ui.responses.errors import bad_request
from sauga.repository.resources.models import Resource
from tests.flows.browser import site  # noqa: F401  a fixture

stored = pytest.mark.django_db
V1 = "/api/v1"
FEW = bounded(
    max_examples=12,
    database=None,
    derandomize=True,
    phases=[Phase.generate],
    suppress_health_check=list(HealthCheck),
)


def get(address: str, status: int = 200, **headers: str) -> Any:
    response = Client().get(V1 + address, headers=headers)
    assert response.status_code == status, response.content[:300]
    assert not response.cookies and response.headers["Access-Control-Allow-Origin"] == "*"
    return response.json() if response.content else response


@stored
def test_the_list_shows_what_the_page_shows(shelf: dict[str, Resource]):
    assert [one["title"]["en"] for one in get("/resources")["items"]] == ["Lesson kit", "Is it an ad?"]
    put("poster", type="poster", audiences=["parents_carers"], age_min=14, age_max=18)
    assert [one["type"] for one in get("/resources?for=parents_carers&age=a14_18")["items"]] == ["poster"]
    assert len(get("/resources?type=poster&type=toolkit")["items"]) == 2
    assert get("/resources?access=transcript")["items"] == []
    first = get("/resources?limit=1")["items"][0]
    assert first["url"]["lt"].endswith("/lt/istekliai/poster-lt/") and first["identifier"].startswith(
        "urn:uuid:"
    )


@stored
def test_pages_go_on_to_the_end_and_lose_nothing(shelf: dict[str, Resource]):
    copies(shelf["lesson"], 30)
    seen, address = [], "/resources?limit=7&topic=media_literacy"
    while address:
        page = get(address)
        seen += [one["ref"] for one in page["items"]]
        address = (page["next"] or "").removeprefix(settings.ENV.base_url + V1)
    assert len(seen) == len(set(seen)) == 32


@stored
def test_one_resource_is_told_whole_and_what_was_taken_back_with_its_reason(shelf: dict[str, Resource]):
    lesson = get(f"/resources/{shelf['lesson'].ref}")
    assert lesson["files"][0]["size"] == 9 and lesson["creators"][0]["name"]["en"] == "Sample centre"
    assert [one["ref"] for one in lesson["part_of"]] == [shelf["kit"].ref] and lesson["minutes"] == 45
    gone = get(f"/resources/{shelf['film'].ref}", 410)
    assert (
        gone["reason"] == {"en": "A mistake."}
        and gone["instead"]["ref"] == shelf["lesson"].ref
        and gone["next"]
    )
    assert get(f"/resources/{shelf['film'].ref}/amb", 410)["code"] == "gone"
    for hidden in ("paper", "draft"):
        assert get(f"/resources/{shelf[hidden].ref}", 404)["code"] == "not_found"
    week = get("/collections")[0]
    assert [one["ref"] for one in get(f"/collections/{week['ref']}")["items"]] == [shelf["lesson"].ref]


@stored
def test_code_lists_are_those_of_the_records_and_no_others(shelf: dict[str, Resource]):
    codes = [one["code"] for one in get("/vocabularies")]
    assert "topics" in codes and not [code for code in codes if code.startswith(("rrt", "iccam", "lt."))]
    assert get("/vocabularies/topics")["terms"][0]["labels"]["en"] == "cyberbullying"
    assert get("/vocabularies/gate_checks", 404)["code"] == "not_found"


@stored
def test_figures_are_those_of_the_page_with_the_same_cells_hidden(shelf: dict[str, Resource]):
    code = get("/figures")[0]["code"]
    held = get(f"/figures/{code}")
    assert held["period"]["is_over"] and {"hotline", "helpline", "repository"} <= {
        one["service"] for one in held["measures"]
    }
    assert all(
        cell["value"] is None and cell["n"] is None
        for one in held["measures"]
        for cell in one["cells"]
        if cell["hidden"]
    )
    assert get("/figures/1999", 404)["code"] == get("/figures/never", 404)["code"] == "not_found"


@stored
def test_what_cannot_be_done_says_what_to_do_next(shelf: dict[str, Resource]):
    wrong = get("/resources?topic=nosuch", 422)
    assert (
        wrong["code"] == "unknown_code"
        and wrong["field"] == "topic"
        and "/vocabularies/topics" in wrong["next"]
    )
    assert get("/resources?limit=1000", 422)["field"] == "limit"
    assert get("/resources?after=x", 422)["field"] == "after"
    assert get("/resources/%00", 422)["field"] == "ref"
    assert "openapi.json" in get("/nothing", 404)["next"] and get("/", 404)["code"] == "not_found"
    refused = Client().post(f"{V1}/resources")
    assert (
        refused.status_code == 405
        and refused.headers["Allow"] == "GET, HEAD"
        and "reads" in refused.json()["message"]
    )


@stored
def test_answers_are_kept_by_their_tag(shelf: dict[str, Resource]):
    for address in (
        "/resources",
        f"/resources/{shelf['lesson'].ref}",
        "/vocabularies/topics",
        "/openapi.json",
    ):
        first = Client().get(V1 + address)
        assert first.headers["Cache-Control"] == "public, max-age=60"
        assert Client().get(V1 + address, headers={"if-none-match": first.headers["ETag"]}).status_code == 304
        assert Client().head(V1 + address).headers["ETag"] == first.headers["ETag"]
    address = f"{V1}/resources/{shelf['lesson'].ref}"
    assert Client().get(address).headers["Last-Modified"] == "Tue, 24 Nov 2026 09:30:00 GMT"
    Resource.objects.filter(pk=shelf["lesson"].pk).update(version="1.1")
    assert Client().get(address, headers={"if-none-match": first.headers["ETag"]}).status_code == 200


@stored
def test_a_list_costs_as_many_questions_for_two_as_for_fifty(
    shelf: dict[str, Resource], django_assert_num_queries: Any
):
    get("/vocabularies/topics")
    with django_assert_num_queries(1):
        get("/resources?limit=2")
    copies(shelf["lesson"], 60)
    with django_assert_num_queries(1):
        get("/resources?limit=50")


@pytest.mark.django_db(transaction=True)
def test_a_machine_that_tries_everything_meets_no_fault(
    transactional_db: Any, shelf: dict[str, Resource], site: str
):
    import schemathesis  # here, since every worker imports every test file and this one test alone wants it
    from schemathesis.core.failures import FailureGroup

    schema = schemathesis.openapi.from_url(f"{site}{V1}/openapi.json")
    known = {"ref": shelf["lesson"].ref, "code": "topics"}
    faults: list[str] = []
    for found in schema.get_all_operations():
        operation = found.ok()

        @FEW
        @given(case=operation.as_strategy())
        def tried(case: Any) -> None:
            case.call_and_validate(base_url=site)

        try:
            tried()
            operation.Case(path_parameters=known).call_and_validate(base_url=site)
        except FailureGroup as fault:
            faults.append(f"{operation.label}: {fault.exceptions}")
    assert faults == []


@stored
def test_the_description_names_the_refusal_before_the_interface(shelf: dict[str, Resource]):
    held = get("/openapi.json")
    answers = [one["responses"] for path in held["paths"].values() for one in path.values()]
    assert len(answers) >= 9 and all(400 in one or "400" in one for one in answers)
    for one in answers:
        schema = one["400"]["content"]["application/json"]["schema"]
        assert schema == {"$ref": "#/components/schemas/ApiError"}, "an error like the others"
    [lists] = [one["get"] for path, one in held["paths"].items() if path.endswith("/resources")]
    codes = {one["name"]: one["schema"].get("items", {}).get("enum") for one in lists["parameters"]}
    assert {"lt", "en"} <= set(codes["lang"]) and "nosuch" not in codes["topic"]
    assert all(codes[name] for name in ("for", "topic", "age", "type", "access", "lang"))
    for name in ("for", "topic", "age", "type", "access", "lang"):
        get(f"/resources?{name}={codes[name][0]}")
    refused = bad_request(RequestFactory().get(f"{V1}/collections/%C2%84"))
    said = json.loads(refused.content)
    assert (refused.status_code, said["code"]) == (400, "bad_request") and said["message"] and said["next"]
