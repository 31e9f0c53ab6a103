"""Launches of tools, and what a tool's score is about."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils.crypto import constant_time_compare

from sauga.kernel.i18n import languages
from sauga.training.courses.models import Activity
from sauga.training.learning.models import Cohort, ToolLaunch, ToolSubject
from sauga.training.tools.models import Tool
from sauga.training.tools.queries.tools import digest

LAUNCH_LASTS = timedelta(minutes=5)


def launch_of(ref: str, hint: str, at: datetime) -> ToolLaunch | None:
    """The launch to which both hints belong, while it may be used."""
    if not 0 < len(ref) <= 20 or not 0 < len(hint) <= 100:
        return None
    rows = ToolLaunch.objects.select_related(
        "subject__tool", "subject__enrolment__cohort", "subject__enrolment__version"
    )
    row = rows.filter(ref=ref, used_at=None, made_at__gt=at - LAUNCH_LASTS).first()
    if row is None or not constant_time_compare(bytes(row.digest), digest(hint)):
        return None
    return row


def language_of(ref: str) -> str:
    """In which language a learner opened a tool; the default for what is no launch."""
    code = ToolLaunch.objects.filter(ref=ref[:20]).values_list("language", flat=True).first()
    return code if code in languages.codes() else languages.DEFAULT


@dataclass(frozen=True)
class LineItem:
    """One activity in one group of learners: what a tool sends scores about."""

    cohort: Cohort
    activity: Activity


def line_item(tool: Tool, cohort_ref: str, activity_ref: str) -> LineItem | None:
    """A line item of this tool; None for one of another tool, and for none."""
    cohort = Cohort.objects.filter(ref=cohort_ref).first()
    rows = Activity.objects.filter(ref=activity_ref, kind="lti", version__published_at__isnull=False)
    activity = rows.select_related("version").first()
    if cohort is None or activity is None or activity.content.get("tool") != tool.ref:
        return None
    is_learnt = cohort.enrolments.filter(version=activity.version_id).exists()
    return LineItem(cohort, activity) if is_learnt else None


def subject_in(line: LineItem, tool: Tool, code: str) -> ToolSubject | None:
    """The learner that a tool knows by a code, where they learn in this line item."""
    rows = ToolSubject.objects.select_related("enrolment__version")
    return rows.filter(
        tool=tool, code=code, enrolment__cohort=line.cohort, enrolment__version=line.activity.version_id
    ).first()
