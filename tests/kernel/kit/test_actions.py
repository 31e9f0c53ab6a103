"""The action descriptor: what a page offers to whom, and every way in which a post of an action can end."""

from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any

import pytest
from django import forms
from django.contrib.messages import get_messages
from django.contrib.messages.storage.cookie import CookieStorage
from django.http import Http404, HttpResponse
from django.test import RequestFactory
from django.utils.translation import override

from sauga.kernel.identity import PermissionRefused, PersonActor
from sauga.kernel.identity.actors import CACHE
from sauga.kernel.kit import (
    Action,
    ActionSet,
    Outcome,
    answers_with_page,
    post_action,
    post_action_on,
    respond,
)
from sauga.kernel.refusals import ReasonMissing, TextMissing
from sauga.kernel.states import MoveNotAllowed
from sauga.kernel.ui.toasts import undo_address

pytestmark = pytest.mark.unit
AUTHOR, COLLEAGUE, STRANGER = 1, 2, 3


@dataclass
class Report:
    ref: str = "r1"
    state: str = "NEW"
    author_id: int = AUTHOR
    done: list[Any] = field(default_factory=list)


class NoteForm(forms.Form):
    note = forms.CharField(max_length=20)


def person(number: int = COLLEAGUE, *permissions: str) -> PersonActor:
    grants = MappingProxyType({one: frozenset({1}) for one in permissions or ("work", "decide")})
    return PersonActor(pseudonym=f"p{number}", person_id=number, name="", grants=grants)


def request_of(by: PersonActor, data: dict[str, str] | None = None, *, method: str = "post") -> Any:
    request = getattr(RequestFactory(), method)("/", data or {})
    setattr(request, CACHE, by)
    request._messages = CookieStorage(request)
    return request


def said(request: Any) -> list[tuple[str, str]]:
    return [(str(one), undo_address(one)) for one in get_messages(request)]


def close(by: PersonActor, row: Report, given: dict[str, Any], at: Any) -> Any:
    if row.state == "CLOSED":
        raise MoveNotAllowed("CLOSED", "CLOSED")
    row.state = "CLOSED"
    return row


def note(by: PersonActor, row: Report, given: dict[str, Any], at: Any) -> Outcome:
    if given["note"] == "refuse":
        raise TextMissing
    row.done.append(given["note"])
    return Outcome(undo="/undo/")


def hide(by: PersonActor, row: Report, given: dict[str, Any], at: Any) -> None:
    raise PermissionRefused("hidden")


REPORT = Report()


def find(by: PersonActor, ref: str) -> Report:
    if by.person_id == STRANGER or ref != REPORT.ref:
        raise Http404
    return REPORT


def page(request: Any, row: Report, bound: Any) -> HttpResponse:
    return HttpResponse(
        "; ".join(f"{name}: {form['note'].value()} {form.errors.as_text()}" for name, form in bound.items())
    )


ACTIONS = ActionSet(
    find=find,
    author=lambda row: row.author_id,
    actions={
        "close": Action(
            permissions=("decide",),
            states=frozenset({"NEW"}),
            label="Close",
            message="Closed.",
            effect=close,
            others_only=True,
        ),
        "note": Action(
            permissions=("work",),
            states=frozenset({"NEW", "CLOSED"}),
            label="Note",
            message="Noted.",
            effect=note,
            form=NoteForm,
        ),
        "hide": Action(
            permissions=lambda row: ("decide",) if row.state == "NEW" else ("work",),
            states=frozenset({"NEW"}),
            label="Hide",
            message="Hidden.",
            effect=hide,
            suits=lambda row: not row.done,
            is_next=True,
            key="h",
        ),
    },
)


@pytest.fixture(autouse=True)
def fresh():
    REPORT.state, REPORT.done = "NEW", []
    with override("en"):
        yield


def perform(
    by: PersonActor, name: str, data: dict[str, str] | None = None, *, ref: str = "r1", **more: Any
) -> tuple[Any, Any]:
    request = request_of(by, data)
    return ACTIONS.perform(request, ref, name, page=page, back="/back/", **more), request


def names(by: PersonActor, row: Report = REPORT) -> list[str]:
    return [offer.name for offer in ACTIONS.offers(by, row)]


def test_a_page_offers_what_the_person_may_do_in_this_state():
    assert names(person()) == ["close", "note", "hide"]
    assert names(person(COLLEAGUE, "work")) == ["note"]
    REPORT.state = "CLOSED"
    assert names(person()) == ["note"]


def test_the_author_is_not_offered_what_others_do():
    assert names(person(AUTHOR)) == ["note", "hide"]


def test_an_object_that_does_not_suit_is_not_offered_the_action():
    REPORT.done.append("x")
    assert "hide" not in names(person())


def test_permissions_may_depend_on_the_object():
    assert "hide" not in names(person(COLLEAGUE, "work"))


def test_the_next_step_is_open_and_a_posted_form_stays_in_its_place():
    offers = {offer.name: offer for offer in ACTIONS.offers(person(), REPORT)}
    assert offers["hide"].is_open and not offers["note"].is_open and not offers["close"].is_open
    form = NoteForm({"note": ""})
    again = {
        offer.name: offer for offer in ACTIONS.offers(person(COLLEAGUE, "nothing"), REPORT, {"note": form})
    }
    assert list(again) == ["note"] and again["note"].form is form and again["note"].is_open


def test_fields_of_two_actions_have_different_ids():
    offers = {offer.name: offer for offer in ACTIONS.offers(person(), REPORT)}
    assert offers["note"].form["note"].id_for_label == "do-note-note"


def test_a_post_performs_the_action_and_goes_back_with_its_message():
    response, request = perform(person(), "close")
    assert (response.status_code, response["Location"]) == (302, "/back/")
    assert REPORT.state == "CLOSED" and said(request) == [("Closed.", "")]


def test_the_address_can_follow_from_what_came_of_it():
    response, _request = perform(person(), "close", address=lambda row: f"/{row.state}/")
    assert response["Location"] == "/CLOSED/"


def test_an_effect_may_say_how_to_undo_it():
    response, request = perform(person(), "note", {"note": "hello"})
    assert response.status_code == 302 and said(request) == [("Noted.", "/undo/")]


def test_an_unusable_form_comes_back_with_all_that_was_typed():
    response, request = perform(person(), "note", {"note": "x" * 21})
    assert response.status_code == 422 and "x" * 21 in response.content.decode()
    assert not REPORT.done and not said(request)


def test_a_refused_action_with_a_form_comes_back_with_the_reason_and_all_that_was_typed():
    response, _request = perform(person(), "note", {"note": "refuse"})
    assert response.status_code == 422 and "note: refuse" in response.content.decode()
    assert "Write a few words first." in response.content.decode()


def test_a_refused_action_without_a_form_goes_back_with_the_reason():
    perform(person(), "close")
    response, request = perform(person(), "close", address=lambda row: "/elsewhere/")
    assert (response.status_code, response["Location"]) == (302, "/back/")
    assert "present state" in said(request)[0][0]


def test_what_is_not_offered_is_still_refused_by_the_action():
    # The author posts what the page did not offer: the descriptor lets it through, the action decides.
    response, _request = perform(person(AUTHOR), "close")
    assert response.status_code == 302


@pytest.mark.parametrize(
    ("by", "name", "ref"),
    [
        (person(STRANGER), "close", "r1"),
        (person(), "close", "other"),
        (person(), "unknown", "r1"),
        (person(COLLEAGUE, "work"), "close", "r1"),
        (person(), "hide", "r1"),
    ],
    ids=["stranger", "no such object", "no such action", "no permission", "refused by the action"],
)
def test_what_is_not_this_persons_does_not_exist(by, name, ref):
    with pytest.raises(Http404):
        perform(by, name, ref=ref)
    assert REPORT.state == "NEW"


def test_respond_passes_a_response_on_and_says_nothing_for_nothing():
    request = request_of(person())
    answer = HttpResponse("page")
    assert respond(request, lambda: answer, "/back/") is answer
    response = respond(request, lambda: None, lambda: "/late/")
    assert response["Location"] == "/late/" and not said(request)


def test_respond_shows_why_an_action_was_refused():
    def act() -> str:
        raise ReasonMissing

    request = request_of(person())
    assert respond(request, act, "/back/")["Location"] == "/back/"
    assert said(request) == [("Choose a reason.", "")]


def test_an_outcome_may_lead_elsewhere():
    request = request_of(person())
    assert (
        respond(request, lambda: Outcome("Done.", undo="/u/", to="/there/"), "/back/")["Location"]
        == "/there/"
    )
    assert said(request) == [("Done.", "/u/")]


def test_a_post_about_an_object_is_given_the_object_and_the_time():
    @post_action_on(find, lambda by, row: f"/{row.ref}/{by.person_id}/")
    def act(request, by, row, at):
        row.done.append(at)
        return "Done."

    request = request_of(person())
    assert act(request, ref="r1")["Location"] == "/r1/2/" and REPORT.done and said(request) == [("Done.", "")]
    assert act(request_of(person(), method="get"), ref="r1").status_code == 405
    with pytest.raises(Http404):
        act(request_of(person(STRANGER)), ref="r1")


@pytest.mark.parametrize(
    ("wanted", "to"), [("/desk/hotline/?view=mine", "/desk/hotline/?view=mine"), ("//evil.example/", "/r1/")]
)
def test_a_post_about_an_object_goes_to_the_page_of_the_desk_that_the_form_names(wanted: str, to: str):
    act = post_action_on(find, lambda by, row: f"/{row.ref}/")(lambda request, by, row, at: None)
    request = request_of(person(), {"next": wanted})
    assert act(request, ref="r1")["Location"] == to


def test_a_post_goes_back_to_the_page_of_its_reference():
    @post_action("identity-person", anchor="#roles")
    def act(request, ref):
        return "Done."

    @post_action("identity-people")
    def act_on_all(request):
        return None

    assert act(request_of(person()), ref="r1")["Location"].endswith("/r1/#roles")
    assert act_on_all(request_of(person())).status_code == 302
    assert act(request_of(person(), method="get"), ref="r1").status_code == 405


def test_a_post_that_answers_with_a_page_leads_there_when_its_address_is_opened():
    @answers_with_page(find, "identity-person")
    def act(request, ref):
        return HttpResponse("page")

    assert act(request_of(person()), ref="r1").content == b"page"
    assert act(request_of(person(), method="get"), ref="r1").status_code == 302
    with pytest.raises(Http404):
        act(request_of(person(STRANGER), method="get"), ref="r1")
