"""Scores that tools send about their learners: each counts once, in the order of the tool's own times, and
what follows from it follows at once (`settling`)."""

from datetime import datetime, timedelta

from django.db import transaction

from sauga.kernel import audit
from sauga.kernel.identity import require
from sauga.kernel.rate_limits import RecentCount
from sauga.kernel.states import Actor, lock
from sauga.training.learning.actions.progress import progress_of, settle, touch
from sauga.training.learning.models import ToolSubject
from sauga.training.learning.queries import tools as queries
from sauga.training.learning.queries.tools import LineItem
from sauga.training.permissions import Permission
from sauga.training.states import LEARNING
from sauga.training.tools.actions.log import note
from sauga.training.tools.models import Tool, ToolToken
from sauga.training.tools.rules.log import What
from sauga.training.tools.rules.messages import LINE, SCORE
from sauga.training.tools.rules.scores import Score, ScoreUnfit, Verdict, best, is_done, read_score, verdict
from sauga.training.trail import ZONE, Trail

MOST_A_MINUTE = 600
_sent = RecentCount(timedelta(minutes=1), most_each=MOST_A_MINUTE + 1)
KEPT = "scored_at"
"""Where a record of an activity keeps the tool's time of the last score that counted."""


class ScoreRefused(Exception):
    """A tool's request that is refused: `why` is the code of its log, `status` the answer."""

    def __init__(self, why: str, status: int) -> None:
        super().__init__(why)
        self.why, self.status = why, status


def take_score(*, by: Actor, token: ToolToken, cohort: str, activity: str, body: bytes, at: datetime) -> str:
    """Take a score. Returns why it was not used: a code of the log, or nothing. Raises ScoreRefused."""
    require(by, Permission.SERVE_TOOLS)
    tool = token.tool
    if SCORE not in token.scopes:
        raise _refused(by, tool, What.SCORE, "rights", at)
    if _sent.before(tool.ref, at) >= MOST_A_MINUTE:
        raise ScoreRefused("many", 429)
    line = queries.line_item(tool, cohort, activity)
    if line is None:
        raise _refused(by, tool, What.SCORE, "line", at)
    try:
        score = read_score(body)
    except ScoreUnfit as unfit:
        raise _refused(by, tool, What.SCORE, f"score_{unfit}", at) from None
    subject = queries.subject_in(line, tool, score.user)
    if subject is None:
        raise _refused(by, tool, What.SCORE, "user", at)
    unused = _apply(by, line, subject, score, at)
    note(by=by, tool=tool, what=What.SCORE, refused=unused, activity=line.activity.code, at=at)
    if unused == "older":
        raise ScoreRefused(unused, 409)
    return unused


def _apply(by: Actor, line: LineItem, subject: ToolSubject, score: Score, at: datetime) -> str:
    """Let a score count. Returns why it does not."""
    code, content = line.activity.code, line.activity.content
    with transaction.atomic():
        row = lock(subject.enrolment)
        if row.state not in LEARNING:
            return "over"
        record = progress_of(row, code, at)
        last = record.data.get(KEPT)
        if (found := verdict(datetime.fromisoformat(last) if last else None, score)) != Verdict.NEW:
            return str(found)
        record.data = {**record.data, KEPT: score.at.isoformat()}
        record.score = best(record.score, score)
        if record.done_at is None and is_done(content.get("finish", ""), content.get("pass") or 0, score):
            record.done_at = at
        record.save(update_fields=["data", "score", "done_at"])
        touch(by, row, at)
        percent = -1 if score.percent is None else score.percent
        facts: dict[str, str | int | bool] = {"activity": code, "percent": percent}
        audit.record(by, Trail.TOOL_SCORED, row, zone=ZONE, at=at, facts=facts)
        settle(by, row, at)
    return ""


def read_line(*, by: Actor, token: ToolToken, cohort: str, activity: str, at: datetime) -> LineItem:
    """What a tool may read about its activity. Raises ScoreRefused."""
    require(by, Permission.SERVE_TOOLS)
    if LINE not in token.scopes:
        raise _refused(by, token.tool, What.READ, "rights", at)
    line = queries.line_item(token.tool, cohort, activity)
    if line is None:
        raise _refused(by, token.tool, What.READ, "line", at)
    return line


STATUSES = {"rights": 403, "line": 404, "user": 404}


def _refused(by: Actor, tool: Tool, what: What, why: str, at: datetime) -> ScoreRefused:
    note(by=by, tool=tool, what=what, refused=why, at=at)
    return ScoreRefused(why, STATUSES.get(why, 400))
