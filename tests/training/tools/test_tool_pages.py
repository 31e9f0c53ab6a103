"""Tools at the desk: who publishes courses registers them, for their own organisation; editors choose them;
what cannot be used is refused with a reason."""

import json

import pytest
from django.test import Client
from factories import lti_tool
from factories.courses import both, drafted
from factories.lti_tool import HOST, given, public_jwk, registered
from factories.people import make_organisation

from sauga.kernel.identity import PermissionRefused
from sauga.kernel.refusals import ActionRefused
from sauga.kernel.states import MoveNotAllowed
from sauga.training.courses.queries.versions import problems_of
from sauga.training.tools.actions import keys
from sauga.training.tools.actions import tools as actions
from sauga.training.tools.models import Tool
from tests.centre import AT, AWARENESS_ROLES, Centre, centre, sign_in

__all__ = ["centre"]
pytestmark = pytest.mark.django_db
LIST = "/desk/training/tools/"
FORM = {
    "name": "Pixel lab",
    "maker": "Example Makers",
    "login_url": f"{HOST}/login",
    "target_url": f"{HOST}/launch",
    "redirect_urls": f"{HOST}/launch\n{HOST}/other",
    "keys_text": json.dumps({"keys": [public_jwk()]}),
}


def test_a_tool_is_registered_passed_on_switched_on_off_and_deleted(centre: Centre):
    desk = sign_in(centre, "PUBLISHER")
    assert "No tool yet" in desk.get(LIST).text or "Įrankių dar nėra" in desk.get(LIST).text
    assert desk.post(f"{LIST}new/", FORM).status_code == 302
    row = Tool.objects.get()
    assert row.state == "OFF" and row.redirect_urls == [f"{HOST}/launch", f"{HOST}/other"]
    assert row.keys == [public_jwk()] and row.organisation.code == "AC"
    page = desk.get(f"{LIST}{row.ref}/").text
    for shown in (row.client_id, row.deployment_id, "/lti/authorise", "/lti/token", "/lti/keys.json"):
        assert shown in page
    assert desk.post(f"{LIST}{row.ref}/do/on/").status_code == 302
    assert desk.post(f"{LIST}{row.ref}/do/off/", {"reason_lt": "", "reason_en": "x"}).status_code == 422
    assert desk.post(f"{LIST}{row.ref}/do/off/", {"reason_lt": "Taisoma", "reason_en": ""}).status_code == 302
    row.refresh_from_db()
    assert (row.state, row.off_text) == ("OFF", {"lt": "Taisoma"})
    changed = {**FORM, "name": "Pixel lab 2", "keys_text": ""}
    assert desk.post(f"{LIST}{row.ref}/edit/", changed).status_code == 302
    row.refresh_from_db()
    assert row.name == "Pixel lab 2" and row.keys == [public_jwk()], "an empty field keeps the key"
    assert desk.post(f"{LIST}{row.ref}/do/delete/").status_code == 302
    assert not Tool.objects.exists()


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"login_url": "http://tool.example/login"}, "login_url"),
        ({"login_url": "javascript:alert(1)"}, "login_url"),
        ({"target_url": "https://user:x@tool.example/"}, "target_url"),
        ({"redirect_urls": f"{HOST}/launch\nftp://x"}, "redirect_urls"),
        ({"redirect_urls": ""}, "redirect_urls"),
        ({"keys_text": "nonsense"}, "keys_text"),
        ({"keys_text": ""}, "keys_url"),
        ({"keys_text": json.dumps({"keys": [{"kty": "oct", "k": "c2VjcmV0"}]})}, "keys_text"),
        ({"name": ""}, "name"),
        ({"privacy_url": "data:text/html,x"}, "privacy_url"),
    ],
)
def test_what_cannot_be_registered_comes_back_with_the_reason(centre: Centre, changed, field: str):
    page = sign_in(centre, "PUBLISHER").post(f"{LIST}new/", {**FORM, **changed})
    assert page.status_code == 422 and page.context["form"].errors.keys() >= {field}
    assert not Tool.objects.exists()


def test_nobody_else_sees_or_changes_a_tool(centre: Centre):
    row = registered(centre.actor("PUBLISHER"), AT)
    for role in AWARENESS_ROLES:
        if role == "PUBLISHER":
            continue
        desk = sign_in(centre, role)
        for path in ("", "new/", f"{row.ref}/", f"{row.ref}/edit/"):
            assert desk.get(f"{LIST}{path}").status_code == 404, (role, path)
        for name in ("on", "off", "delete", "keys"):
            assert desk.post(f"{LIST}{row.ref}/do/{name}/").status_code == 404, (role, name)
    assert Client().get(f"{LIST}{row.ref}/").status_code == 302
    editor = centre.actor("COURSE_EDITOR")
    for act in (
        lambda: actions.register_tool(by=editor, given=given(), at=AT),
        lambda: actions.edit_tool(by=editor, tool=row, given=given(), at=AT),
        lambda: actions.switch_off(by=editor, tool=row, reason={"lt": "x"}, at=AT),
        lambda: actions.delete_tool(by=editor, tool=row, at=AT),
        lambda: keys.fetch_keys(by=editor, tool=row, at=AT),
    ):
        with pytest.raises(PermissionRefused):
            act()


def test_a_tool_of_another_organisation_does_not_exist(centre: Centre):
    row = registered(centre.actor("PUBLISHER"), AT)
    Tool.objects.update(organisation=make_organisation("KITAS", AT))
    desk = sign_in(centre, "PUBLISHER")
    assert row.name not in desk.get(LIST).text
    assert desk.get(f"{LIST}{row.ref}/").status_code == 404
    assert desk.post(f"{LIST}{row.ref}/do/off/", {"reason_lt": "x"}).status_code == 404
    row.refresh_from_db()
    with pytest.raises(PermissionRefused):
        actions.switch_off(by=centre.actor("PUBLISHER"), tool=row, reason={"lt": "x"}, at=AT)
    with pytest.raises(PermissionRefused):
        actions.edit_tool(by=centre.actor("PUBLISHER"), tool=row, given=given(), at=AT)


def test_an_editor_writes_an_activity_that_opens_a_tool(centre: Centre):
    row = registered(centre.actor("PUBLISHER"), AT)
    version = drafted(centre)
    module = version.modules.get()
    desk = sign_in(centre, "COURSE_EDITOR")
    address = f"/desk/training/courses/{version.ref}/module/{module.ref}/add/lti/"
    assert row.name in desk.get(address).text
    form = {
        "title_lt": "Laboratorija",
        "title_en": "Lab",
        "minutes": "10",
        "prompt_lt": "Išbandyk",
        "prompt_en": "Try",
        "tool": row.ref,
        "custom": "unit=3",
        "finish": "score",
        "pass_mark": "60",
    }
    elsewhere = desk.post(address, {**form, "target": "https://elsewhere.example/"})
    assert elsewhere.status_code == 422 and "target" in elsewhere.context["form"].errors
    assert "custom" in desk.post(address, {**form, "custom": "no value"}).context["form"].errors
    assert "asks_name" in desk.post(address, {**form, "asks_name": "on"}).context["form"].errors
    assert desk.post(address, {**form, "target": f"{HOST}/deep/3"}).status_code == 302
    one = version.activities.get(kind="lti")
    assert one.content["custom"] == {"unit": "3"} and one.content["pass"] == 60
    assert ("tool", one.code) not in problems_of(version)
    rule = desk.get(f"/desk/training/courses/{version.ref}/rule/").text
    assert rule.count("score_") >= 3, "a percentage can be asked of a tool"
    assert desk.get(f"/desk/training/courses/{version.ref}/preview/{one.code}/").status_code == 200
    with pytest.raises(ActionRefused, match="on"):
        actions.delete_tool(by=centre.actor("PUBLISHER"), tool=row, at=AT)
    actions.switch_off(by=centre.actor("PUBLISHER"), tool=row, reason=both("Off"), at=AT)
    assert ("tool", one.code) in problems_of(version), "a course with a tool that is off is not published"
    with pytest.raises(ActionRefused, match="used"):
        actions.delete_tool(by=centre.actor("PUBLISHER"), tool=row, at=AT)
    desk.post(f"/desk/training/courses/{version.ref}/do/activity/{one.ref}/remove/")
    with pytest.raises(ActionRefused, match="used"):
        actions.delete_tool(by=centre.actor("PUBLISHER"), tool=row, at=AT)


def test_a_tool_is_switched_only_as_the_table_allows(centre: Centre):
    by = centre.actor("PUBLISHER")
    row = registered(by, AT)
    with pytest.raises(MoveNotAllowed):
        actions.switch_on(by=by, tool=row, at=AT)
    assert [step.after for step in row.steps.order_by("pk")] == ["ON"]


def test_the_list_asks_as_much_for_three_tools_as_for_one(centre: Centre, django_assert_num_queries):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    by, desk = centre.actor("PUBLISHER"), sign_in(centre, "PUBLISHER")
    registered(by, AT)
    desk.get(LIST)
    with CaptureQueriesContext(
        connection,
    ) as one:
        desk.get(LIST)
    for name in ("B", "C"):
        registered(by, AT, name=name)
    with django_assert_num_queries(len(one)):
        desk.get(LIST)


def test_keys_of_a_tool_are_read_from_its_address_through_the_guard(centre: Centre, world):
    """The address answers with a page, then is refused because it is private: the keys from before stay."""
    by = centre.actor("PUBLISHER")
    page = "https://t.online-https.behave.example/keys.json"
    row = registered(by, AT, keys_text="", keys_url=page)
    with pytest.raises(ActionRefused, match="unread"):
        actions.read_tool_keys(by=by, tool=row, at=AT)
    assert row.events.get().refused == "keys_form"
    Tool.objects.update(keys=[public_jwk()], keys_url="https://dns-private.behave.example/keys.json")
    row.refresh_from_db()
    row = keys.fetch_keys(by=actions.JOBS, tool=row, at=AT)
    assert row.keys == [public_jwk()] and row.events.order_by("-id").first().refused == "unreachable"
    asked = row.events.count()
    keys.fresh_keys(by=actions.JOBS, tool=row, wanted="new", at=AT)
    assert row.events.count() == asked, "asked for again after a minute only"
    assert lti_tool.HOST == HOST
