"""How long events keep what. Programmes stay, as they were published; entries of speakers go: without consent
after a year, with it after ten.
"""

from datetime import timedelta
from typing import Any

from django.db.models import Q

from sauga.events.trail import ZONE
from sauga.kernel.retention import Clear, keep_forever, keep_with, rule, term

SPEAKER = term("events.speaker", timedelta(days=3653))
NO_CONSENT = term("events.speaker_without_consent", timedelta(days=365))

keep_forever("events.Venue", "Places, about nobody.")
keep_forever("events.Series", "Published words, about nobody.")
keep_forever("events.Event", "Published programmes, about nobody; a draft is discarded by its organisers.")
keep_with("events.Room", "events.Venue")
for part in ("Stream", "Track", "Session"):
    keep_with(f"events.{part}", "events.Event")
rule("events.Speaker", keep=SPEAKER, after="consented_at", zone=ZONE)
rule(
    "events.Speaker",
    name="without_consent",
    keep=NO_CONSENT,
    after="added_at",
    where=Q(consented_at__isnull=True) | Q(withdrawn_at__isnull=False),
    zone=ZONE,
)
keep_with("events.SessionSpeaker", "events.Session")
keep_with("events.SpeakerAbsence", "events.Speaker")
rule(
    "events.SpeakerContact",
    keep=term("events.speaker_contact", timedelta(days=183)),
    after="ends_at",
    holder=lambda row: row.holder,
    zone=ZONE,
)
keep_with("events.Portrait", "events.Speaker")
rule(
    "events.Slides",
    name="withdrawn",
    keep=term("events.withdrawn_slides", timedelta(days=30)),
    after="withdrawn_at",
    zone=ZONE,
)


def _holder(row: Any) -> str:
    """Whose key opens the address behind an activity."""
    return str(getattr(row, "activity", row).holder)


rule(
    "events.Activity",
    name="unconfirmed",
    keep=timedelta(days=1),
    after="expires_at",
    holder=_holder,
    zone=ZONE,
)
keep_with("events.HeadCount", "events.Activity")
rule(
    "events.ActivityContact",
    keep=term("events.activity_contact", timedelta(days=183)),
    after="ends_at",
    holder=_holder,
    zone=ZONE,
)

REGISTRATION = term("events.registration", timedelta(days=30))
NEEDS = term("events.access_needs", timedelta(days=1))
for part in ("Quota", "Ticket", "Question"):
    keep_with(f"events.{part}", "events.Event")
rule(
    "events.Registration",
    keep=REGISTRATION,
    after="event__ends",
    holder=lambda row: [row.holder, row.needs_holder],
    zone=ZONE,
)
rule(
    "events.Registration",
    name="needs",
    keep=NEEDS,
    after="event__ends",
    where=~Q(needs=b""),
    how=Clear({"needs": b""}),
    holder=lambda row: row.needs_holder,
    zone=ZONE,
)

for part in ("TeamMember", "Task", "BudgetLine", "EventReport", "EventCount"):
    keep_with(f"events.{part}", "events.Event")
keep_forever("events.TaskTemplate", "What is to be done for events of a kind, about nobody.")
rule(
    "events.ImportedFile",
    keep=timedelta(days=1),
    after="read_at",
    holder=lambda row: row.holder,
    zone=ZONE,
)
for part in ("Entrance", "CheckList"):
    keep_with(f"events.{part}", "events.Event")
rule("events.Device", keep=term("events.check_device", timedelta(days=1)), after="event__ends", zone=ZONE)
rule("events.CheckIn", keep=REGISTRATION, after="check_list__event__ends", zone=ZONE)
rule("events.Asset", keep=term("events.asset", timedelta(days=3653)), after="added_at", zone=ZONE)
for part in ("Shown", "WithdrawalTask", "RecordingCaptions", "RecordingHandOver"):
    keep_with(f"events.{part}", "events.Asset")
rule(
    "events.PhotoConsent",
    keep=REGISTRATION,
    after="event__ends",
    where=Q(shown__isnull=True, registration__isnull=True),
    holder=lambda row: row.holder,
    zone=ZONE,
)
ENDED_PROPOSAL = term("events.proposal_ended", timedelta(days=183))
UNSENT_PROPOSAL = term("events.proposal_unsent", timedelta(days=30))
PROPOSAL = term("events.proposal", timedelta(days=365))
CLEARED = {"content": b"", "address_lookup": b"", "is_cleared": True}
"""What stays of a proposal is counted: its state, its kind, its dates. Its key is destroyed, and with it what
reviewers wrote."""
for part in ("Call", "Criterion", "CallQuestion"):
    keep_with(f"events.{part}", "events.Event")


def _proposal(row: Any) -> str:
    """Whose key opens a proposal, its speakers and its reviews."""
    return str(getattr(row, "proposal", row).holder)


for name, keep, after, state in (
    ("ended", ENDED_PROPOSAL, "ended_at", Q(ended_at__isnull=False)),
    ("unsent", UNSENT_PROPOSAL, "call__closes_at", Q(state__in=("DRAFT", "UNCONFIRMED"))),
    ("kept", PROPOSAL, "call__event__ends", Q()),
):
    rule(
        "events.Proposal",
        name=name,
        keep=keep,
        after=after,
        where=Q(is_cleared=False) & state,
        how=Clear(CLEARED),
        holder=_proposal,
        zone=ZONE,
    )
rule(
    "events.ProposalSpeaker",
    keep=timedelta(days=1),
    after="proposal__created_at",
    where=Q(proposal__is_cleared=True),
    zone=ZONE,
)
rule(
    "events.Review",
    keep=timedelta(days=1),
    after="assigned_at",
    where=Q(proposal__is_cleared=True),
    zone=ZONE,
)
keep_with("events.Conflict", "events.Proposal")
keep_with("events.Mailing", "events.Event")
keep_with("events.MailingLetter", "events.Registration")
keep_with("events.Survey", "events.Event")
keep_with("events.SurveyQuestion", "events.Survey")
keep_with("events.SurveyMark", "events.Survey")
rule(
    "events.SurveyAnswer",
    keep=term("events.survey_answers", timedelta(days=1096)),
    after="survey__closes_at",
    zone=ZONE,
)
keep_with("events.CertificateRule", "events.Event")
rule(
    "events.Certificate",
    keep=term("events.certificates", timedelta(days=3653)),
    after="issued_at",
    zone=ZONE,
)
