"""Opening a tool from a course: the learner's press, and the signed message that the tool gets in return for
its request (LTI 1.3 Core, section 5; OpenID Connect third-party initiated login)."""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from urllib.parse import urlencode, urljoin

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from sauga.kernel import audit
from sauga.kernel.i18n import languages
from sauga.kernel.members import MemberActor
from sauga.kernel.rate_limits import RecentCount
from sauga.kernel.refusals import ActionRefused
from sauga.kernel.sealed import KeyNotAvailable
from sauga.kernel.states import SystemActor
from sauga.training.courses.models import Activity, said
from sauga.training.learning.actions.activities import activity_of, own
from sauga.training.learning.actions.progress import NoSuchActivity, lock_learning, progress_of, touch
from sauga.training.learning.models import Enrolment, ToolLaunch, ToolSubject
from sauga.training.learning.queries.tools import launch_of
from sauga.training.learning.rules.progress import Kind
from sauga.training.tools.actions.keys import signer
from sauga.training.tools.actions.log import note
from sauga.training.tools.models import Tool
from sauga.training.tools.queries import tools as queries
from sauga.training.tools.rules.log import What
from sauga.training.tools.rules.messages import Launch, launch_claims, request_problem
from sauga.training.tools.rules.registration import may_open, origin_of
from sauga.training.tools.rules.scores import Finish
from sauga.training.trail import ZONE, Trail

JOBS = SystemActor("training")
MOST_A_MINUTE = 20
_opened = RecentCount(timedelta(minutes=1), most_each=MOST_A_MINUTE + 1)


class ToolUnavailable(ActionRefused):
    """The tool is off, gone, or of an organisation that does not run training any more; or a person opens it
    again and again."""

    messages = {"often": _("You have opened it very often just now. Wait a minute, then try again.")}
    message = _("This part cannot be opened at present. Your tutor knows more.")


class LaunchRefused(ActionRefused):
    """A tool's request that is not answered; `why` is the code of its log."""

    messages = {
        "hint": _("This was used already, or took over five minutes. Open it again from the course."),
        "member": _("Somebody else opened this. Sign in as the same person, and open it from the course."),
        "off": _("This part cannot be opened at present. Your tutor knows more."),
        "no_key": _("This part cannot be opened at present: a key is missing on the server. Write to us."),
    }
    message = _(
        "The tool and this site do not understand each other at present. The people who manage external "
        "tools see why; write to your tutor."
    )


@dataclass(frozen=True)
class Opening:
    """Where the browser goes first; the tool then sends it back with its request."""

    tool: Tool
    address: str = field(repr=False)


@dataclass(frozen=True)
class Answer:
    """What the browser posts to the tool."""

    tool: Tool
    address: str
    origins: tuple[str, ...]
    token: str = field(repr=False)
    state: str = field(repr=False)
    back: str = ""


def open_tool(
    *, by: MemberActor, enrolment: Enrolment, activity: str, passes_name: bool, language: str, at: datetime
) -> Opening:
    """The learner opens a tool. Nothing has been passed to it yet but two hints that mean nothing to it.

    Raises NotYours, NotLearning, NoSuchActivity, ToolUnavailable.
    """
    own(by, enrolment)
    if _opened.before(enrolment.ref, at) >= MOST_A_MINUTE:
        raise ToolUnavailable("often")
    with transaction.atomic():
        row = lock_learning(enrolment)
        part = activity_of(row, activity)
        if part.kind != Kind.TOOL:
            raise NoSuchActivity
        tool = queries.tool_of(part.content)
        if tool is None or not queries.may_open(tool, at):
            raise ToolUnavailable
        hint = secrets.token_urlsafe(32)
        subject, _made = ToolSubject.objects.get_or_create(enrolment=row, tool=tool)
        launch = ToolLaunch.objects.create(
            subject=subject,
            activity=activity,
            digest=queries.digest(hint),
            language=language if language in languages.codes() else languages.DEFAULT,
            passes_name=passes_name and asks_name(part, tool),
            made_at=at,
        )
        progress_of(row, activity, at)
        touch(by, row, at, here=activity)
        facts: dict[str, str | int | bool] = {"activity": activity, "passes_name": launch.passes_name}
        audit.record(by, Trail.TOOL_OPENED, row, zone=ZONE, at=at, facts=facts)
        note(by=JOBS, tool=tool, what=What.OPEN, activity=activity, at=at)
    asked = {
        "iss": queries.issuer(),
        "login_hint": hint,
        "target_link_uri": target_of(part, tool),
        "lti_message_hint": launch.ref,
        "client_id": tool.client_id,
        "lti_deployment_id": tool.deployment_id,
    }
    sign = "&" if "?" in tool.login_url else "?"
    return Opening(tool, f"{tool.login_url}{sign}{urlencode(asked)}")


def asks_name(part: Activity, tool: Tool) -> bool:
    """Whether learners are asked if their name is passed: the editor and the keeper of the tool agree."""
    return bool(part.content.get("asks_name")) and tool.may_ask_name


def target_of(part: Activity, tool: Tool) -> str:
    """What an activity opens: its own address, if the tool was registered for its origin."""
    own_target = str(part.content.get("target") or "")
    return own_target if may_open(own_target, tool.addresses) else tool.target_url


def answer_launch(*, by: MemberActor, asked: Mapping[str, str], at: datetime) -> Answer:
    """Answer a tool's request for the learner who opened it, once. Raises LaunchRefused; why, the tool's log
    says."""
    tool = queries.by_client(asked.get("client_id", ""))
    if tool is None:
        raise LaunchRefused("client")
    launch = launch_of(asked.get("lti_message_hint", ""), asked.get("login_hint", ""), at)
    refused = _problem(by, tool, launch, asked, at)
    if refused or launch is None:
        note(by=JOBS, tool=tool, what=What.ANSWER, refused=refused, at=at)
        raise LaunchRefused(refused)
    try:
        key = signer(by=JOBS, at=at)
    except KeyNotAvailable:
        note(by=JOBS, tool=tool, what=What.ANSWER, refused="no_key", at=at)
        raise LaunchRefused("no_key") from None
    with transaction.atomic():
        row = lock_learning(launch.subject.enrolment)
        if not ToolLaunch.objects.filter(pk=launch.pk, used_at=None).update(used_at=at):
            raise LaunchRefused("hint")
        part = activity_of(row, launch.activity)
        with override(launch.language):
            message = _message(by, row, part, launch)
        claims = launch_claims(message, nonce=asked["nonce"], now=int(at.timestamp()))
        token = key.sign(claims)
        note(by=JOBS, tool=tool, what=What.ANSWER, activity=part.code, at=at)
    origins = tuple(dict.fromkeys(origin_of(one) for one in (*tool.addresses, message.target)))
    return Answer(tool, asked["redirect_uri"], origins, token, asked["state"], back=message.back)


def _problem(
    by: MemberActor, tool: Tool, launch: ToolLaunch | None, asked: Mapping[str, str], at: datetime
) -> str:
    """Why a request is not answered, as a code of the log; empty where it is."""
    if not queries.may_open(tool, at):
        return "off"
    if problem := request_problem(asked, tool.redirect_urls):
        return problem
    if launch is None or launch.subject.tool_id != tool.pk:
        return "hint"
    return "" if launch.subject.enrolment.member_id == by.member_id else "member"


def _message(by: MemberActor, row: Enrolment, part: Activity, launch: ToolLaunch) -> Launch:
    tool, returns = launch.subject.tool, part.content.get("finish") != Finish.SELF
    back = reverse("training-mine")
    line = reverse("training-tools-line", args=[row.cohort.ref, part.ref]) if returns else ""
    return Launch(
        issuer=queries.issuer(),
        client=tool.client_id,
        deployment=tool.deployment_id,
        subject=launch.subject.code,
        target=target_of(part, tool),
        link=f"{row.cohort.ref}-{part.ref}",
        title=said(part.title, launch.language),
        context=row.cohort.ref,
        context_title=said(row.version.title, launch.language),
        language=launch.language,
        back=_whole(back),
        line=_whole(line) if line else "",
        name=by.name if launch.passes_name and asks_name(part, tool) else "",
        custom=part.content.get("custom") or {},
    )


def _whole(path: str) -> str:
    return urljoin(f"{settings.ENV.base_url}/", path)
