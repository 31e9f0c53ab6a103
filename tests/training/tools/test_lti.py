"""Sauga as an LTI 1.3 platform, before an independent tool (PyLTI1p3): a launch is accepted, a score comes
back and completes; every forgery and every mistake is refused, and the log of the tool says why."""

import json
import re
from datetime import UTC, datetime, timedelta
from html import unescape
from urllib.parse import urlencode, urlsplit

import pytest
from django.conf import settings
from django.test import Client
from factories import lti_tool
from factories.courses import cohort, enrolled
from factories.lti_tool import ExampleTool, course_with, query_of, registered
from factories.members import browser_of
from pylti1p3.exception import LtiException, LtiServiceException
from pylti1p3.grade import Grade

from sauga.kernel import clock
from sauga.project import rotation
from sauga.training.courses.models import Activity
from sauga.training.learning.models import Progress, ToolLaunch, ToolSubject
from sauga.training.states import EnrolmentState
from sauga.training.tools.actions import tools as actions
from sauga.training.tools.actions.log import note
from sauga.training.tools.models import PlatformKey, Tool, ToolEvent, ToolToken
from sauga.training.tools.rules.log import What
from sauga.training.tools.rules.messages import AGS, LTI, SCORE
from tests.centre import AT, Centre, centre

__all__ = ["centre"]
pytestmark = pytest.mark.django_db
MINE = "/en/my/courses/"
NO_TOKEN = 'name="id_token"'
NAME = "Mokytoja Pavyzdė0"
PUBLISHER = "PUBLISHER"


def issuer() -> str:
    return settings.ENV.base_url.rstrip("/")


class Story:
    """A tool, a course that opens it, and a learner with a browser."""

    def __init__(self, centre: Centre, number: int = 0, tool: Tool | None = None, **content) -> None:
        self.centre = centre
        self.row = tool or registered(centre.actor(PUBLISHER), AT)
        self.tool = ExampleTool(self.row, issuer())
        self.group = cohort(centre, course_with(centre, self.row, **content))
        self.join(number)

    def join(self, number: int) -> None:
        self.by, self.enrolment, secret = enrolled(self.group, number)
        self.browser = browser_of(secret)

    def open(self, **given) -> str:
        """Press the button; the address of the tool's login."""
        page = self.browser.post(f"{MINE}{self.enrolment.ref}/part/lab/tool/", given)
        assert page.status_code == 200, page.text
        return unescape(re.search(r'http-equiv="refresh" content="0; url=([^"]+)"', page.text)[1])

    def request(self, **given) -> str:
        """The tool's request for an answer."""
        return self.tool.login(query_of(self.open(**given)))

    def answer(self, asked: str):
        """Where the tool's request leads the browser."""
        parts = urlsplit(asked)
        onward = self.browser.get(f"{parts.path}?{parts.query}")
        assert onward.status_code == 303
        return self.browser.get(onward.url)

    def form(self, **given) -> dict[str, str]:
        """The signed answer, as the browser posts it."""
        page = self.answer(self.request(**given))
        assert page.status_code == 200, page.text
        found = re.findall(r'<input type="hidden" name="(id_token|state)" value="([^"]+)"', page.text)
        return {name: unescape(value) for name, value in found}

    def launch(self, **given):
        return self.tool.launch(self.form(**given))

    @property
    def progress(self) -> Progress:
        return Progress.objects.get(enrolment=self.enrolment, activity="lab")

    def log(self) -> list[tuple[str, str]]:
        return [(row.what, row.refused) for row in self.row.events.order_by("id")]

    def state(self) -> str:
        self.enrolment.refresh_from_db()
        return self.enrolment.state


@pytest.fixture
def story(centre: Centre) -> Story:
    return Story(centre)


def test_a_launch_is_accepted_by_an_independent_tool_and_its_score_completes_the_course(story: Story):
    page = story.browser.get(f"{MINE}{story.enrolment.ref}/part/lab/").text
    assert "Pixel lab" in page and "Example Makers" in page and 'target="_blank"' in page
    launch = story.launch()
    data = launch.get_launch_data()
    assert launch.is_resource_launch() and launch.check_student_access() and not launch.check_teacher_access()
    assert data[f"{LTI}resource_link"]["title"] == "Lab" and data["exp"] - data["iat"] == 300
    assert launch.has_ags() and not launch.has_nrps()
    assert launch.get_ags().get_lineitem().get_label()
    story.tool.grade(launch, 65)
    assert (
        story.progress.score == 65
        and story.progress.done_at is None
        and story.state() == EnrolmentState.ACTIVE
    )
    assert "65%" in story.browser.get(f"{MINE}{story.enrolment.ref}/part/lab/").text
    story.tool.grade(launch, 8.5, 10)
    assert story.progress.score == 85 and story.progress.done_at is not None
    assert story.state() == EnrolmentState.CERTIFIED, "settled in the same request"
    assert story.log()[-1] == ("SCORE", "") and not any(refused for _what, refused in story.log())


def test_what_a_tool_is_told_names_nobody(story: Story):
    claims = story.launch().get_launch_data()
    text = json.dumps(claims)
    member = story.by
    for secret in (NAME, "mokykla.example", member.ref, story.enrolment.ref, "LT-57", "teacher"):
        assert secret not in text
    assert not {"name", "given_name", "email", "picture"} & set(claims)
    assert claims["sub"] == ToolSubject.objects.get().code != member.pseudonym
    assert set(claims[AGS]["scope"]) == {SCORE, SCORE.replace("score", "lineitem.readonly")}


def test_the_code_of_a_learner_is_another_one_in_every_course_and_for_every_tool(centre: Centre):
    first = Story(centre)
    codes = {first.launch().get_launch_data()["sub"] for _again in range(2)}
    assert len(codes) == 1, "the same within one course"
    other = registered(centre.actor(PUBLISHER), AT, name="Other")
    made = ToolSubject.objects.create(enrolment=first.enrolment, tool=other)
    assert made.code not in codes
    first.enrolment.tool_subjects.all().delete()
    assert first.launch().get_launch_data()["sub"] not in codes


def test_a_name_is_passed_only_if_all_three_agree(centre: Centre):
    tool = registered(centre.actor(PUBLISHER), AT, may_ask_name=True)
    story = Story(centre, tool=tool, asks_name=True)
    agreed = {"passes_name": "on"}
    assert story.launch(**agreed).get_launch_data()["name"] == NAME
    assert "name" not in story.launch().get_launch_data()
    Tool.objects.update(may_ask_name=False)
    assert "name" not in story.launch(**agreed).get_launch_data()
    Tool.objects.update(may_ask_name=True)
    silent = Activity.objects.get(code="lab")
    silent.content = {**silent.content, "asks_name": False}
    silent.save()
    assert "name" not in story.launch(**agreed).get_launch_data()


def test_an_answer_is_given_once_to_the_same_person_within_five_minutes(story: Story, centre: Centre):
    asked = story.request()
    mine = story.browser
    _by, _row, secret = enrolled(story.group, 1)
    story.browser = browser_of(secret)
    assert story.answer(asked).status_code == 422
    story.browser = mine
    assert story.answer(asked).status_code == 200
    used = story.answer(asked)
    assert used.status_code == 422 and "used already" in used.text and NO_TOKEN not in used.text
    late = story.request()
    ToolLaunch.objects.filter(used_at=None).update(made_at=clock.now() - timedelta(minutes=6))
    assert story.answer(late).status_code == 422
    story.browser = Client()
    nobody = story.answer(asked)
    assert nobody.status_code == 302 and "answer" not in nobody.url.partition("?")[0]
    assert [refused for what, refused in story.log() if what == "ANSWER"] == ["member", "", "hint", "hint"]


WRONG = (
    ({"redirect_uri": "https://evil.example/launch"}, "redirect"),
    ({"redirect_uri": "https://tool.example/launch?x=1"}, "redirect"),
    ({"nonce": ""}, "nonce"),
    ({"state": ""}, "state"),
    ({"state": "s" * 2001}, "state"),
    ({"response_mode": "query"}, "request"),
    ({"response_type": "code"}, "request"),
    ({"prompt": ""}, "request"),
    ({"scope": "profile"}, "request"),
    ({"login_hint": "guessed"}, "hint"),
    ({"lti_message_hint": "guessed"}, "hint"),
    ({"login_hint": ""}, "hint"),
)


def test_a_wrong_request_is_not_answered_and_the_log_says_why(story: Story):
    asked = query_of(story.request())
    for changed, why in WRONG:
        page = story.answer(f"{issuer()}/lti/authorise?{urlencode({**asked, **changed})}")
        assert page.status_code == 422 and NO_TOKEN not in page.text, changed
        assert 'action="https://evil' not in page.text
        assert story.log()[-1] == ("ANSWER", why), changed
    assert ToolLaunch.objects.get().used_at is None
    assert story.answer(f"{issuer()}/lti/authorise?{urlencode(asked)}").status_code == 200


def test_a_launch_is_not_for_another_tool_or_an_unknown_client(story: Story):
    other = registered(story.centre.actor(PUBLISHER), AT, name="Other")
    held = query_of(story.request())
    page = story.answer(f"{issuer()}/lti/authorise?{urlencode({**held, 'client_id': other.client_id})}")
    assert page.status_code == 422 and [row.refused for row in other.events.all()] == ["hint"]
    page = story.answer(f"{issuer()}/lti/authorise?{urlencode({**held, 'client_id': 'nobody'})}")
    assert page.status_code == 422


def test_a_request_by_post_is_sent_on_like_one_by_get(story: Story):
    held = query_of(story.request())
    onward = story.browser.post("/lti/authorise", held)
    assert onward.status_code == 303 and story.browser.get(onward.url).status_code == 200


def test_the_tool_refuses_what_is_not_ours(story: Story):
    """The independent tool checks state, nonce, issuer, deployment and signature of what it gets."""
    form = story.form()
    with pytest.raises(LtiException):
        story.tool.launch({**form, "state": "state-other"})
    head, body, signature = form["id_token"].split(".")
    with pytest.raises(LtiException):
        story.tool.launch({**form, "id_token": f"{head}.{body[:-3]}AAA.{signature}"})
    stranger = ExampleTool(story.row, issuer(), session=story.tool.session, cookies=story.tool.cookies)
    stranger.row = Tool(client_id="other", deployment_id="other", login_url=story.row.login_url)
    with pytest.raises(LtiException):
        stranger.launch(form)
    fresh = ExampleTool(story.row, issuer(), cookies=story.tool.cookies)
    with pytest.raises(LtiException, match="Nonce"):
        fresh.launch(form)
    assert story.tool.launch(form).get_launch_data()["iss"] == issuer()


def test_only_the_learner_of_an_enrolment_opens_and_only_while_they_learn(story: Story):
    address = f"{MINE}{story.enrolment.ref}/part/lab/tool/"
    _by, _row, secret = enrolled(story.group, 1)
    assert browser_of(secret).post(address).status_code == 404
    assert Client().post(address).status_code == 302
    assert story.browser.post(f"{MINE}{story.enrolment.ref}/part/read/tool/").status_code == 422
    assert story.browser.get(address).status_code == 404
    launch = story.launch()
    story.tool.grade(launch, 90)
    assert story.browser.post(address).status_code == 422


def test_a_tool_that_is_off_opens_nowhere_and_learners_read_why(story: Story):
    launch = story.launch()
    story.tool.grade(launch, 10)
    asked = story.request()
    reason = {"lt": "Kūrėjai taiso klaidą.", "en": "Its makers repair a fault."}
    actions.switch_off(by=story.centre.actor(PUBLISHER), tool=story.row, reason=reason, at=clock.now())
    assert "Its makers repair a fault." in story.browser.get(f"{MINE}{story.enrolment.ref}/part/lab/").text
    address = f"{MINE}{story.enrolment.ref}/part/lab/tool/"
    assert story.browser.post(address).status_code == 422
    assert story.answer(asked).status_code == 422
    with pytest.raises(LtiServiceException):
        story.tool.grade(launch, 90)
    assert story.progress.score == 10 and ("TOKEN", "off") in story.log() and ("ANSWER", "off") in story.log()


def test_a_former_operator_of_training_opens_nothing(story: Story):
    from sauga.kernel.organisations.models import ServiceOperator

    ServiceOperator.objects.filter(service="training").update(valid_to=clock.now() - timedelta(minutes=1))
    assert story.browser.post(f"{MINE}{story.enrolment.ref}/part/lab/tool/").status_code == 422


# Access tokens and scores
def token(story: Story, scope: str = SCORE, **changed):
    """A request for an access token, some claims changed."""
    assertion = changed.pop("assertion", None) or story.tool.assertion(f"{issuer()}/lti/token", **changed)
    given = {
        "grant_type": "client_credentials",
        "client_assertion_type": "urn:ietf:params:oauth:client-assertion-type:jwt-bearer",
        "client_assertion": assertion,
        "scope": scope,
    }
    return Client().post("/lti/token", given)


def test_a_signed_request_buys_one_short_token_with_the_scopes_that_are_given(story: Story):
    wanted = f"{SCORE} https://purl.imsglobal.org/spec/lti-ags/scope/lineitem"
    answer = token(story, wanted, jti="once")
    held = answer.json()
    assert answer.status_code == 200 and held["scope"] == SCORE and held["token_type"] == "Bearer"
    assert held["expires_in"] == 1800 and answer["Cache-Control"] == "no-store"
    assert held["access_token"].encode() not in bytes(ToolToken.objects.get().digest)
    assert token(story, wanted, jti="once").status_code == 401
    assert story.log()[-1] == ("TOKEN", "replay")
    refused = token(story, "https://purl.imsglobal.org/spec/lti-ags/scope/lineitem", jti="twice")
    assert (refused.status_code, refused.json()) == (400, {"error": "invalid_scope"})


UNFIT = (
    ({"aud": "https://elsewhere.example/token"}, "jwt_audience"),
    ({"sub": "somebody"}, "jwt_issuer"),
    ({"exp": 1_700_000_000}, "jwt_expired"),
    ({"exp": 4_000_000_000}, "jwt_claim"),
    ({"iat": 4_000_000_000}, "jwt_early"),
    ({"jti": None}, "jwt_claim"),
)


def test_a_signed_request_that_is_wrong_buys_nothing(story: Story):
    for changed, why in UNFIT:
        answer = token(story, **changed)
        assert (answer.status_code, answer.json()) == (401, {"error": "invalid_client"})
        assert story.log()[-1] == ("TOKEN", why)
    assert not ToolToken.objects.exists()


def test_another_key_another_tool_and_no_signature_buy_nothing(story: Story):
    story.tool.key = "stranger"
    assert token(story).status_code == 401 and story.log()[-1] == ("TOKEN", "jwt_key")
    for text in ("", "x.y.z", "a" * 20_000):
        assert token(story, assertion=text or " ").status_code == 401
    story.tool.key = "tool"
    assert token(story, iss="nobody").status_code == 401
    answer = Client().post("/lti/token", {"grant_type": "password"})
    assert (answer.status_code, answer.json()) == (400, {"error": "unsupported_grant_type"})
    assert Client().post("/lti/token", {"grant_type": "client_credentials"}).status_code == 400
    assert Client().post("/lti/token", {"grant_type": "x" * 40_000}).status_code == 413
    assert Client().get("/lti/token").status_code == 404


def score_at(story: Story, secret: str, line: str, **changed):
    """Post a score, some fields changed."""
    body = {
        "userId": ToolSubject.objects.get(enrolment=story.enrolment).code,
        "timestamp": datetime.now(UTC).isoformat(),
        "scoreGiven": 90,
        "scoreMaximum": 100,
        "activityProgress": "Completed",
        "gradingProgress": "FullyGraded",
        **changed,
    }
    return Client().post(
        f"{urlsplit(line).path}/scores",
        json.dumps(body),
        content_type="application/vnd.ims.lis.v1.score+json",
        headers={"Authorization": f"Bearer {secret}"},
    )


def test_scores_are_refused_for_every_reason_and_nothing_changes(story: Story):
    line = story.launch().get_launch_data()[AGS]["lineitem"]
    secret = token(story).json()["access_token"]
    other = registered(story.centre.actor(PUBLISHER), AT, name="Other")
    theirs = Story.__new__(Story)
    theirs.tool = ExampleTool(other, issuer())
    foreign = token(theirs, jti="foreign").json()["access_token"]
    reading = token(story, SCORE.replace("score", "lineitem.readonly"), jti="r").json()["access_token"]
    assert score_at(story, "", line).status_code == 401
    assert score_at(story, "guess", line).status_code == 401
    assert score_at(story, reading, line).status_code == 403
    assert score_at(story, foreign, line).status_code == 404, "another tool's line item"
    assert score_at(story, secret, line, userId="stranger").status_code == 404
    cohort_ref, activity_ref = line.rsplit("/", 2)[1:]
    assert score_at(story, secret, line.replace(cohort_ref, "0000-0000")).status_code == 404
    assert score_at(story, secret, line.replace(activity_ref, "0000-0000")).status_code == 404
    assert score_at(story, secret, line, scoreMaximum=0).status_code == 400
    assert score_at(story, secret, line, comment="x" * 20_000).status_code == 413
    ToolToken.objects.update(expires_at=clock.now())
    assert score_at(story, secret, line).status_code == 401
    assert story.progress.score is None and story.state() == EnrolmentState.ACTIVE
    codes = {refused for what, refused in story.log() if what == "SCORE"}
    assert codes == {"rights", "user", "line", "score_number"}
    assert [row.refused for row in other.events.filter(what="SCORE")] == ["line"]


def test_a_code_of_another_group_of_learners_is_nobody_here(story: Story):
    line = story.launch().get_launch_data()[AGS]["lineitem"]
    secret = token(story).json()["access_token"]
    elsewhere = cohort(story.centre, story.group.version)
    _by, row, _secret = enrolled(elsewhere, 7)
    code = ToolSubject.objects.create(enrolment=row, tool=story.row).code
    assert score_at(story, secret, line, userId=code).status_code == 404
    assert score_at(story, secret, line).status_code == 204


def test_older_and_repeated_scores_change_nothing(story: Story):
    line = story.launch().get_launch_data()[AGS]["lineitem"]
    secret = token(story).json()["access_token"]
    now = datetime.now(UTC)
    assert score_at(story, secret, line, timestamp=now.isoformat(), scoreGiven=50).status_code == 204
    assert score_at(story, secret, line, timestamp=now.isoformat(), scoreGiven=90).status_code == 204
    before = (now - timedelta(seconds=1)).isoformat()
    assert score_at(story, secret, line, timestamp=before, scoreGiven=90).status_code == 409
    assert story.progress.score == 50 and story.state() == EnrolmentState.ACTIVE
    after = (now + timedelta(seconds=1)).isoformat()
    assert score_at(story, secret, line, timestamp=after, scoreGiven=20).status_code == 204
    assert story.progress.score == 50, "the best result counts"
    assert [refused for what, refused in story.log() if what == "SCORE"] == ["", "repeated", "older", ""]


def test_after_completion_a_score_changes_nothing(story: Story):
    line = story.launch().get_launch_data()[AGS]["lineitem"]
    secret = token(story).json()["access_token"]
    assert score_at(story, secret, line).status_code == 204 and story.state() == EnrolmentState.CERTIFIED
    late = (datetime.now(UTC) + timedelta(seconds=9)).isoformat()
    assert score_at(story, secret, line, timestamp=late, scoreGiven=1).status_code == 204
    assert story.progress.score == 90 and story.log()[-1] == ("SCORE", "over")


def test_completed_by_the_tools_word_or_by_the_learners_own(centre: Centre):
    rule = {"all": [{"done": "lab"}]}
    story = Story(centre, finish="completed", rule=rule)
    launch = story.launch()
    story.tool.grade(launch, 0, progress="InProgress", grading="Pending")
    assert story.state() == EnrolmentState.ACTIVE
    score = Grade().set_timestamp(datetime.now(UTC).isoformat()).set_activity_progress("Submitted")
    score.set_grading_progress("NotReady").set_user_id(launch.get_launch_data()["sub"])
    launch.get_ags().put_grade(score)
    assert story.state() == EnrolmentState.CERTIFIED and story.progress.score is None


def test_without_results_the_learner_says_so_after_opening(centre: Centre):
    story = Story(centre, finish="self", rule={"all": [{"done": "lab"}]})
    part = f"{MINE}{story.enrolment.ref}/part/lab/"
    assert story.browser.post(part, {"do": "finish"}).status_code == 422
    assert not story.launch().has_ags()
    assert story.browser.post(part, {"do": "finish"}).status_code == 302
    assert story.state() == EnrolmentState.CERTIFIED


def test_with_results_the_learner_cannot_say_so(story: Story):
    story.launch()
    assert story.browser.post(f"{MINE}{story.enrolment.ref}/part/lab/", {"do": "finish"}).status_code == 422
    assert story.progress.done_at is None


def test_a_tutor_confirms_where_a_tool_told_us_nothing(centre: Centre):
    from sauga.training.learning.actions import activities

    story = Story(centre, rule={"all": [{"done": "lab"}]})
    tutor = centre.actor("TUTOR")
    activities.confirm(
        by=tutor, enrolment=story.enrolment, activity="lab", reason="The tool was down.", at=AT
    )
    assert story.state() == EnrolmentState.CERTIFIED


def test_our_key_is_replaced_without_breaking_what_is_under_way(story: Story):
    form = story.form()
    assert "keys.json" in "".join(rotation.FILES["tools"]())
    published = Client().get("/lti/keys.json")
    assert len(published.json()["keys"]) == 2
    assert all(set(one) == {"kty", "use", "alg", "n", "e", "kid"} for one in published.json()["keys"])
    assert published["Access-Control-Allow-Origin"] == "*"
    story.tool.launch(form)
    assert story.launch().get_launch_data()
    PlatformKey.objects.filter(ended_at__isnull=False).update(ended_at=clock.now() - timedelta(days=8))
    assert len(Client().get("/lti/keys.json").json()["keys"]) == 1


def test_the_log_is_bounded_and_names_nobody(story: Story):
    for _n in range(60):
        note(by=actions.JOBS, tool=story.row, what=What.TOKEN, refused="jwt_audience", at=AT)
    assert ToolEvent.objects.filter(refused="jwt_audience").count() == 30
    ToolEvent.objects.bulk_create(
        [ToolEvent(tool=story.row, at=AT, what="TOKEN") for _n in range(250)], batch_size=250
    )
    token(story, jti="last")
    assert story.row.events.count() == 200
    fields = {one.name for one in ToolEvent._meta.fields}
    assert fields == {"id", "tool", "at", "what", "refused", "activity"}


def test_deleting_an_enrolment_takes_its_code_along(story: Story):
    story.launch()
    story.enrolment.delete()
    assert not ToolSubject.objects.exists() and not ToolLaunch.objects.exists()


def test_the_form_of_the_answer_may_go_to_the_tool_and_nowhere_else(story: Story):
    page = story.answer(story.request())
    policy = page["Content-Security-Policy"]
    assert "form-action 'self' https://tool.example;" in policy and page["Cache-Control"] == "no-store"
    ordinary = story.browser.get(f"{MINE}{story.enrolment.ref}/part/lab/")
    assert "form-action 'self';" in ordinary["Content-Security-Policy"]
    assert lti_tool.HOST == "https://tool.example"
