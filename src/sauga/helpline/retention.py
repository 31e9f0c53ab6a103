"""How long the helpline keeps what. Keys are destroyed first; what stays are days, codes and durations."""

from datetime import timedelta

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from sauga.helpline.states import CaseState
from sauga.kernel.retention import Clear, keep_forever, keep_with, rule, term

ZONE = "helpline"
CHAT = term("helpline.chat", timedelta(days=30))
LETTER = term("helpline.letter", timedelta(days=90))
NOTE = term("helpline.note", timedelta(days=90))
CASE = term("helpline.case", timedelta(days=730))
DUTY = term("helpline.duty", timedelta(days=730))

rule(
    "helpline.Conversation",
    keep=CHAT,
    after="closed_at",
    holder=lambda row: [row.holder, row.desk_holder],
    zone=ZONE,
    what=_("Chats"),
    since=_("the end of the chat"),
    page="helpline-talk",
)
rule(
    "helpline.Letter",
    keep=LETTER,
    after="closed_at",
    holder=lambda row: [row.holder, row.desk_holder],
    zone=ZONE,
    what=_("Messages to the helpline"),
    since=_("the day the correspondence was closed"),
    page="helpline-letter-desk",
)
rule(
    "helpline.Call", keep=CHAT, after="closed_at", zone=ZONE, what=_("Calls"), since=_("the end of the call")
)
rule(
    "helpline.HeardEvent",
    keep=timedelta(days=1),
    after="at",
    zone=ZONE,
    what=_("Events heard from the switchboard"),
    since=_("the moment of the event"),
)
rule(
    "helpline.Record",
    name="note",
    keep=NOTE,
    after="day",
    where=Q(note_gone=False) & ~Q(note=b""),
    how=Clear({"note": b"", "note_gone": True}),
    holder=lambda row: row.holder,
    zone=ZONE,
    what=_("Notes in contact records"),
    since=_("the day of the contact"),
)
rule(
    "helpline.Concern",
    keep=CASE,
    after="reviewed_at",
    holder=lambda row: row.holder,
    zone=ZONE,
    what=_("Safeguarding concerns"),
    since=_("the day of the last review"),
    page="helpline-concern",
)
rule(
    "helpline.HelpCase",
    keep=CASE,
    after="closed_at",
    where=Q(state=CaseState.CLOSED),
    holder=lambda row: row.holder,
    zone=ZONE,
    what=_("Help cases"),
    since=_("the day the case was closed"),
    page="helpline-case",
)
rule(
    "helpline.Referral",
    keep=CASE,
    after="closed_at",
    holder=lambda row: row.holder,
    zone=ZONE,
    what=_("Referrals to other bodies"),
    since=_("the day the referral was closed"),
    page="helpline-referral",
)
rule(
    "helpline.IncomingReferral",
    keep=CHAT,
    after="closed_at",
    holder=lambda row: row.holder,
    zone=ZONE,
    what=_("Matters passed on by other services"),
    since=_("the day the matter was closed"),
    page="helpline-incoming-one",
)
rule(
    "helpline.HotlineLink",
    keep=CHAT,
    after="at",
    zone=ZONE,
    what=_("Addresses passed on to the hotline"),
    since=_("the day they were passed on"),
)
rule(
    "helpline.SelfImage",
    keep=CHAT,
    after="expires_at",
    zone=ZONE,
    what=_("Passes to report one's own pictures"),
    since=_("the day the pass expired"),
)
rule(
    "helpline.Duty", keep=DUTY, after="ended_at", zone=ZONE, what=_("Duties"), since=_("the end of the duty")
)
rule(
    "helpline.DutyPass",
    keep=DUTY,
    after="at",
    zone=ZONE,
    what=_("Waivers at the beginning of a duty"),
    since=_("the day of the waiver"),
)
rule(
    "helpline.ShiftWord",
    keep=timedelta(days=2),
    after="until",
    holder=lambda row: row.holder,
    zone=ZONE,
    what=_("Announcements for a shift"),
    since=_("the last day of the announcement"),
)
rule(
    "helpline.Shift", keep=DUTY, after="ends_at", zone=ZONE, what=_("Shifts"), since=_("the end of the shift")
)
rule(
    "helpline.Pause",
    keep=DUTY,
    after="ended_at",
    zone=ZONE,
    what=_("Pauses of channels"),
    since=_("the end of the pause"),
)
rule(
    "helpline.Debrief",
    keep=CHAT,
    after="done_at",
    holder=lambda row: row.holder,
    zone=ZONE,
    what=_("Debriefs"),
    since=_("the day of the debrief"),
)
rule(
    "helpline.Review",
    name="remark",
    keep=CHAT,
    after="drawn_at",
    where=Q(remark_gone=False) & ~Q(remark=b""),
    how=Clear({"remark": b"", "remark_gone": True}),
    holder=lambda row: row.holder,
    zone=ZONE,
    what=_("Remarks in quality reviews"),
    since=_("the day the contact was drawn"),
)
rule(
    "helpline.Volunteer",
    keep=DUTY,
    after="left_date",
    zone=ZONE,
    what=_("Volunteers who have left"),
    since=_("the day they left"),
)
for part in ("Message", "Whisper", "Offer", "Transfer"):
    keep_with(f"helpline.{part}", "helpline.Conversation")
for part in ("LetterPart", "LetterDraft"):
    keep_with(f"helpline.{part}", "helpline.Letter")
keep_with("helpline.ConcernNote", "helpline.Concern")
keep_with("helpline.CaseNote", "helpline.HelpCase")
for part in ("Training", "BackgroundCheck", "Supervision"):
    keep_with(f"helpline.{part}", "helpline.Volunteer")
keep_forever(
    "helpline.Attempt",
    _("Days, hours, codes and durations without a link to anybody: years stay comparable."),
    what=_("Attempts to reach the helpline"),
)
keep_forever(
    "helpline.Record",
    _("Codes without a link to anybody; the note has its own rule."),
    what=_("Contact records without their notes"),
)
keep_forever(
    "helpline.Feedback", _("Ticks without a link to anybody."), what=_("Feedback of those who were helped")
)
keep_forever("helpline.Window", _("Published hours."), what=_("Opening hours"))
keep_forever("helpline.ClosedDay", _("Published holidays."), what=_("Closed days"))
keep_forever("helpline.ShiftTemplate", _("The shape of a week."), what=_("Templates of shifts"))
keep_forever(
    "helpline.CalendarLink",
    _("Replaced by its owner; goes with the person."),
    what=_("Calendar links of staff"),
)
keep_forever("helpline.CannedAnswer", _("Helpline texts, about nobody."), what=_("Prepared answers"))
keep_forever("helpline.ResourceCard", _("Other help, about nobody."), what=_("Other places of help"))
