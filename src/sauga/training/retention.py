"""How long training keeps what."""

from datetime import timedelta

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from sauga.kernel.retention import keep_forever, keep_with, rule, term
from sauga.training.states import EnrolmentState
from sauga.training.trail import ZONE

keep_forever("training.Stream", _("When what was broadcast, about nobody."), what=_("Broadcasts"))

keep_forever("training.Course", _("Published words, about nobody."), what=_("Courses"))
keep_forever("training.Film", _("Published films, about nobody."), what=_("Films"))
keep_with("training.CourseVersion", "training.Course")
for part in ("Module", "Activity", "Item", "RemovedPart"):
    keep_with(f"training.{part}", "training.CourseVersion")
keep_forever(
    "training.Cohort",
    _("When which course was held with how many places, about nobody."),
    what=_("Course groups"),
)
keep_with("training.StaffLink", "training.Cohort")
rule(
    "training.StaffInvitation",
    keep=term("training.staff_invitation", timedelta(days=365)),
    after="asked_at",
    holder=lambda row: row.holder,
    zone=ZONE,
    what=_("Invitations of course staff"),
    since=_("the day of the invitation"),
)
rule(
    "training.Enrolment",
    keep=term("training.enrolment", timedelta(days=3653)),
    after="completed_at",
    holder=lambda row: row.holder,
    zone=ZONE,
    what=_("Completed courses of learners"),
    since=_("the day of completion"),
)
rule(
    "training.Enrolment",
    name="not_completed",
    keep=term("training.enrolment_not_completed", timedelta(days=730)),
    after="seen_at",
    where=Q(completed_at__isnull=True) & ~Q(state=EnrolmentState.WAITLISTED),
    holder=lambda row: row.holder,
    zone=ZONE,
    what=_("Courses that were not completed"),
    since=_("the last visit"),
)
for part in ("Progress", "Attempt", "PackageRun", "Submission", "PeerReview", "Appeal", "Allowance"):
    keep_with(f"training.{part}", "training.Enrolment")
rule(
    "training.TextDraft",
    keep=term("training.text_draft", timedelta(days=365)),
    after="saved_at",
    zone=ZONE,
    what=_("Drafts of texts in courses"),
    since=_("the last change of the draft"),
)
rule(
    "training.Post",
    keep=term("training.post", timedelta(days=730)),
    after="posted_at",
    zone=ZONE,
    what=_("Posts in course forums"),
    since=_("the day of the post"),
)
rule(
    "training.GroupMessage",
    keep=term("training.group_message", timedelta(days=730)),
    after="sent_at",
    zone=ZONE,
    what=_("Messages to a course group"),
    since=_("the day they were sent"),
)

rule(
    "training.StreamNote",
    keep=term("training.stream_log", timedelta(days=90)),
    after="at",
    zone=ZONE,
    what=_("Technical logs of broadcasts"),
    since=_("the day of the entry"),
)
rule(
    "training.CaptionLine",
    keep=term("training.caption_lines", timedelta(days=90)),
    after="at",
    zone=ZONE,
    what=_("Live captions"),
    since=_("the day of the broadcast"),
)

keep_forever(
    "training.Webinar", _("What was broadcast, and the papers for hosts; about nobody."), what=_("Webinars")
)
rule(
    "training.Question",
    keep=term("training.question", timedelta(days=183)),
    after="asked_at",
    zone=ZONE,
    what=_("Questions at webinars"),
    since=_("the day they were asked"),
)
rule(
    "training.Presence",
    keep=term("training.presence", timedelta(days=183)),
    after="left_at",
    zone=ZONE,
    what=_("Attendance at webinars"),
    since=_("the end of the visit"),
)
keep_forever(
    "training.ViewingSite",
    _("Which library showed which webinar, as its head counts say; about no person."),
    what=_("Viewing sites"),
)
keep_with("training.SiteCount", "training.ViewingSite")
rule(
    "training.SiteTest",
    keep=term("training.site_test", timedelta(days=731)),
    after="at",
    zone=ZONE,
    what=_("Test results of viewing sites"),
    since=_("the day of the test"),
)
rule(
    "training.SiteMessage",
    keep=term("training.site_message", timedelta(days=183)),
    after="at",
    zone=ZONE,
    what=_("Messages of viewing sites"),
    since=_("the day of the message"),
)
rule(
    "training.SiteHost",
    keep=term("training.site_host", timedelta(days=92)),
    after="ends_at",
    holder=lambda row: row.site.holder,
    zone=ZONE,
    what=_("Contact details of viewing sites"),
    since=_("the end of the webinar"),
)

keep_forever(
    "training.PlatformKey",
    _("Public keys of the installation, about nobody."),
    what=_("Keys for external tools"),
)
keep_forever(
    "training.Tool",
    _("Which tools courses used, with whom and since when; about nobody."),
    what=_("External tools"),
)
rule(
    "training.ToolEvent",
    keep=term("training.tool_log", timedelta(days=30)),
    after="at",
    zone=ZONE,
    what=_("Logs of external tools"),
    since=_("the day of the entry"),
)
rule(
    "training.ToolToken",
    keep=term("training.tool_token", timedelta(days=1)),
    after="expires_at",
    zone=ZONE,
    what=_("Access tokens of external tools"),
    since=_("the moment they expired"),
)
keep_with("training.ToolSubject", "training.Enrolment")
rule(
    "training.ToolLaunch",
    keep=term("training.tool_launch", timedelta(days=1)),
    after="made_at",
    zone=ZONE,
    what=_("Launches of external tools"),
    since=_("the moment of the launch"),
)
