"""How long training keeps what."""

from datetime import timedelta

from django.db.models import Q

from sauga.kernel.retention import keep_forever, keep_with, rule, term
from sauga.training.states import EnrolmentState
from sauga.training.trail import ZONE

keep_forever("training.Stream", "When what was broadcast, about nobody.")

keep_forever("training.Course", "Published words, about nobody.")
keep_forever("training.Film", "Published films, about nobody.")
keep_with("training.CourseVersion", "training.Course")
for part in ("Module", "Activity", "Item", "RemovedPart"):
    keep_with(f"training.{part}", "training.CourseVersion")
keep_forever("training.Cohort", "When which course was held with how many places, about nobody.")
keep_with("training.StaffLink", "training.Cohort")
rule(
    "training.StaffInvitation",
    keep=term("training.staff_invitation", timedelta(days=365)),
    after="asked_at",
    holder=lambda row: row.holder,
    zone=ZONE,
)
rule(
    "training.Enrolment",
    keep=term("training.enrolment", timedelta(days=3653)),
    after="completed_at",
    holder=lambda row: row.holder,
    zone=ZONE,
)
rule(
    "training.Enrolment",
    name="not_completed",
    keep=term("training.enrolment_not_completed", timedelta(days=730)),
    after="seen_at",
    where=Q(completed_at__isnull=True) & ~Q(state=EnrolmentState.WAITLISTED),
    holder=lambda row: row.holder,
    zone=ZONE,
)
for part in ("Progress", "Attempt", "PackageRun", "Submission", "PeerReview", "Appeal", "Allowance"):
    keep_with(f"training.{part}", "training.Enrolment")
rule(
    "training.Post",
    keep=term("training.post", timedelta(days=730)),
    after="posted_at",
    zone=ZONE,
)
rule(
    "training.GroupMessage",
    keep=term("training.group_message", timedelta(days=730)),
    after="sent_at",
    zone=ZONE,
)

rule(
    "training.StreamNote",
    keep=term("training.stream_log", timedelta(days=90)),
    after="at",
    zone=ZONE,
)
rule(
    "training.CaptionLine",
    keep=term("training.caption_lines", timedelta(days=90)),
    after="at",
    zone=ZONE,
)

keep_forever("training.Webinar", "What was broadcast, and the papers for hosts; about nobody.")
rule(
    "training.Question",
    keep=term("training.question", timedelta(days=183)),
    after="asked_at",
    zone=ZONE,
)
rule(
    "training.Presence",
    keep=term("training.presence", timedelta(days=183)),
    after="left_at",
    zone=ZONE,
)
keep_forever(
    "training.ViewingSite", "Which library showed which webinar, as its head counts say; about no person."
)
keep_with("training.SiteCount", "training.ViewingSite")
rule("training.SiteTest", keep=term("training.site_test", timedelta(days=731)), after="at", zone=ZONE)
rule("training.SiteMessage", keep=term("training.site_message", timedelta(days=183)), after="at", zone=ZONE)
rule(
    "training.SiteHost",
    keep=term("training.site_host", timedelta(days=92)),
    after="ends_at",
    holder=lambda row: row.site.holder,
    zone=ZONE,
)

keep_forever("training.PlatformKey", "Public keys of the installation, about nobody.")
keep_forever("training.Tool", "Which tools courses used, with whom and since when; about nobody.")
rule("training.ToolEvent", keep=term("training.tool_log", timedelta(days=30)), after="at", zone=ZONE)
rule("training.ToolToken", keep=term("training.tool_token", timedelta(days=1)), after="expires_at", zone=ZONE)
keep_with("training.ToolSubject", "training.Enrolment")
rule("training.ToolLaunch", keep=term("training.tool_launch", timedelta(days=1)), after="made_at", zone=ZONE)
