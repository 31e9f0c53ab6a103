"""How long the helpline keeps what. Keys are destroyed first; what stays are days, codes and durations."""

from datetime import timedelta

from django.db.models import Q

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
)
rule(
    "helpline.Letter",
    keep=LETTER,
    after="closed_at",
    holder=lambda row: [row.holder, row.desk_holder],
    zone=ZONE,
)
rule("helpline.Call", keep=CHAT, after="closed_at", zone=ZONE)
rule("helpline.HeardEvent", keep=timedelta(days=1), after="at", zone=ZONE)
rule(
    "helpline.Record",
    name="note",
    keep=NOTE,
    after="day",
    where=Q(note_gone=False) & ~Q(note=b""),
    how=Clear({"note": b"", "note_gone": True}),
    holder=lambda row: row.holder,
    zone=ZONE,
)
rule("helpline.Concern", keep=CASE, after="reviewed_at", holder=lambda row: row.holder, zone=ZONE)
rule(
    "helpline.HelpCase",
    keep=CASE,
    after="closed_at",
    where=Q(state=CaseState.CLOSED),
    holder=lambda row: row.holder,
    zone=ZONE,
)
rule("helpline.Referral", keep=CASE, after="closed_at", holder=lambda row: row.holder, zone=ZONE)
rule("helpline.IncomingReferral", keep=CHAT, after="closed_at", holder=lambda row: row.holder, zone=ZONE)
rule("helpline.HotlineLink", keep=CHAT, after="at", zone=ZONE)
rule("helpline.SelfImage", keep=CHAT, after="expires_at", zone=ZONE)
rule("helpline.Duty", keep=DUTY, after="ended_at", zone=ZONE)
rule("helpline.DutyPass", keep=DUTY, after="at", zone=ZONE)
rule("helpline.ShiftWord", keep=timedelta(days=2), after="until", holder=lambda row: row.holder, zone=ZONE)
rule("helpline.Shift", keep=DUTY, after="ends_at", zone=ZONE)
rule("helpline.Pause", keep=DUTY, after="ended_at", zone=ZONE)
rule("helpline.Debrief", keep=CHAT, after="done_at", holder=lambda row: row.holder, zone=ZONE)
rule(
    "helpline.Review",
    name="remark",
    keep=CHAT,
    after="drawn_at",
    where=Q(remark_gone=False) & ~Q(remark=b""),
    how=Clear({"remark": b"", "remark_gone": True}),
    holder=lambda row: row.holder,
    zone=ZONE,
)
rule("helpline.Volunteer", keep=DUTY, after="left_date", zone=ZONE)
for part in ("Message", "Whisper", "Offer", "Transfer"):
    keep_with(f"helpline.{part}", "helpline.Conversation")
for part in ("LetterPart", "LetterDraft"):
    keep_with(f"helpline.{part}", "helpline.Letter")
keep_with("helpline.ConcernNote", "helpline.Concern")
keep_with("helpline.CaseNote", "helpline.HelpCase")
for part in ("Training", "BackgroundCheck", "Supervision"):
    keep_with(f"helpline.{part}", "helpline.Volunteer")
keep_forever(
    "helpline.Attempt", "Days, hours, codes and durations without a link to anybody: years stay comparable."
)
keep_forever("helpline.Record", "Codes without a link to anybody; the note has its own rule.")
keep_forever("helpline.Feedback", "Ticks without a link to anybody.")
keep_forever("helpline.Window", "Published hours.")
keep_forever("helpline.ClosedDay", "Published holidays.")
keep_forever("helpline.ShiftTemplate", "The shape of a week.")
keep_forever("helpline.CalendarLink", "Replaced by its owner; goes with the person.")
keep_forever("helpline.CannedAnswer", "Helpline texts, about nobody.")
keep_forever("helpline.ResourceCard", "Other help, about nobody.")
