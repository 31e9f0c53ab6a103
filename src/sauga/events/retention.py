"""How long events keep what. Programmes stay, as they were published; entries of speakers go: without consent
after a year, with it after ten.
"""

from datetime import timedelta
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from sauga.events.trail import ZONE
from sauga.kernel.retention import Clear, keep_forever, keep_with, rule, term

SPEAKER = term("events.speaker", timedelta(days=3653))
NO_CONSENT = term("events.speaker_without_consent", timedelta(days=365))

keep_forever("events.Venue", _("Places, about nobody."), what=_("Venues"))
keep_forever("events.Series", _("Published words, about nobody."), what=_("Series of events"))
keep_forever(
    "events.Event",
    _("Published programmes, about nobody; a draft is discarded by its organisers."),
    what=_("Events and their programmes"),
)
keep_with("events.Room", "events.Venue")
for part in ("Stream", "Track", "Session"):
    keep_with(f"events.{part}", "events.Event")
rule(
    "events.Speaker",
    keep=SPEAKER,
    after="consented_at",
    zone=ZONE,
    what=_("Speakers"),
    since=_("the day of their consent"),
)
rule(
    "events.Speaker",
    name="without_consent",
    keep=NO_CONSENT,
    after="added_at",
    where=Q(consented_at__isnull=True) | Q(withdrawn_at__isnull=False),
    zone=ZONE,
    what=_("Speakers without consent"),
    since=_("the day they were added"),
)
keep_with("events.SessionSpeaker", "events.Session")
keep_with("events.SpeakerAbsence", "events.Speaker")
rule(
    "events.SpeakerContact",
    keep=term("events.speaker_contact", timedelta(days=183)),
    after="ends_at",
    holder=lambda row: row.holder,
    zone=ZONE,
    what=_("Contact details of speakers"),
    since=_("the end of the event"),
)
keep_with("events.Portrait", "events.Speaker")
rule(
    "events.Slides",
    name="withdrawn",
    keep=term("events.withdrawn_slides", timedelta(days=30)),
    after="withdrawn_at",
    zone=ZONE,
    what=_("Withdrawn slides"),
    since=_("the day they were withdrawn"),
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
    what=_("Unconfirmed activities"),
    since=_("the day the link expired"),
    page="events-activity",
)
keep_with("events.HeadCount", "events.Activity")
rule(
    "events.ActivityContact",
    keep=term("events.activity_contact", timedelta(days=183)),
    after="ends_at",
    holder=_holder,
    zone=ZONE,
    what=_("Contact details of activities"),
    since=_("the end of the activity"),
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
    what=_("Registrations for events"),
    since=_("the end of the event"),
    page="events-registration",
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
    what=_("Access needs of participants"),
    since=_("the end of the event"),
    page="events-registration",
)

for part in ("TeamMember", "Task", "BudgetLine", "EventReport", "EventCount"):
    keep_with(f"events.{part}", "events.Event")
keep_forever(
    "events.TaskTemplate",
    _("What is to be done for events of a kind, about nobody."),
    what=_("Templates of tasks"),
)
rule(
    "events.ImportedFile",
    keep=timedelta(days=1),
    after="read_at",
    holder=lambda row: row.holder,
    zone=ZONE,
    what=_("Imported files of participants"),
    since=_("the moment the file was read"),
)
for part in ("Entrance", "CheckList"):
    keep_with(f"events.{part}", "events.Event")
rule(
    "events.Device",
    keep=term("events.check_device", timedelta(days=1)),
    after="event__ends",
    zone=ZONE,
    what=_("Devices of entrance staff"),
    since=_("the end of the event"),
)
rule(
    "events.CheckIn",
    keep=REGISTRATION,
    after="check_list__event__ends",
    zone=ZONE,
    what=_("Check-ins at the entrance"),
    since=_("the end of the event"),
)
rule(
    "events.Asset",
    keep=term("events.asset", timedelta(days=3653)),
    after="added_at",
    zone=ZONE,
    what=_("Photographs and recordings of events"),
    since=_("the day they were added"),
)
for part in ("Shown", "WithdrawalTask", "RecordingCaptions", "RecordingHandOver"):
    keep_with(f"events.{part}", "events.Asset")
rule(
    "events.PhotoConsent",
    keep=REGISTRATION,
    after="event__ends",
    where=Q(shown__isnull=True, registration__isnull=True),
    holder=lambda row: row.holder,
    zone=ZONE,
    what=_("Consents to photographs without a picture"),
    since=_("the end of the event"),
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


for name, keep, after, state, what, since in (
    (
        "ended",
        ENDED_PROPOSAL,
        "ended_at",
        Q(ended_at__isnull=False),
        _("Proposals that were decided"),
        _("the day of the decision"),
    ),
    (
        "unsent",
        UNSENT_PROPOSAL,
        "call__closes_at",
        Q(state__in=("DRAFT", "UNCONFIRMED")),
        _("Proposals that were never sent"),
        _("the end of the call"),
    ),
    (
        "kept",
        PROPOSAL,
        "call__event__ends",
        Q(),
        _("Proposals of past events"),
        _("the end of the event"),
    ),
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
        what=what,
        since=since,
        page="events-proposal",
    )
rule(
    "events.ProposalSpeaker",
    keep=timedelta(days=1),
    after="proposal__created_at",
    where=Q(proposal__is_cleared=True),
    zone=ZONE,
    what=_("Speakers of emptied proposals"),
    since=_("the day of the proposal"),
)
rule(
    "events.Review",
    keep=timedelta(days=1),
    after="assigned_at",
    where=Q(proposal__is_cleared=True),
    zone=ZONE,
    what=_("Reviews of emptied proposals"),
    since=_("the day the review was assigned"),
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
    what=_("Answers to surveys"),
    since=_("the end of the survey"),
)
keep_with("events.CertificateRule", "events.Event")
rule(
    "events.Certificate",
    keep=term("events.certificates", timedelta(days=3653)),
    after="issued_at",
    zone=ZONE,
    what=_("Certificates of attendance"),
    since=_("the day they were issued"),
    page="events-certificate-desk",
)
