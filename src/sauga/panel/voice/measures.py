"""Figures of the panel's voice: what was asked, and what was answered."""

from django.utils.translation import gettext_lazy as _

from sauga.kernel.figures import Evidence, Measure, Period, counted
from sauga.panel.voice.models import Answer, FollowUp, Proposal
from sauga.panel.voice.rules.states import ProposalState


def asked(period: Period) -> int:
    """Proposals that were sent in the period."""
    return Proposal.objects.filter(sent_on__gte=period.start, sent_on__lt=period.end).count()


def answered(period: Period) -> int:
    """Answers that came in the period."""
    begin, end = period.bounds
    return Answer.objects.filter(received_at__gte=begin, received_at__lt=end).count()


def done(period: Period) -> int:
    """Proposals that were reported as done in the period."""
    found = FollowUp.objects.filter(kind=ProposalState.DONE)
    return found.filter(on__gte=period.start, on__lt=period.end).count()


MEASURES = (
    Measure(
        "panel.asked",
        _("Proposals that the youth panel sent"),
        _("Proposals of the youth panel that were sent to who must answer in the period."),
        "PROPOSAL",
        "panel",
        counted(asked),
        evidence=Evidence.COUNTED,
        counted="Proposals with `sent_on` in the period",
        reads=("panel.Proposal",),
    ),
    Measure(
        "panel.answered",
        _("Answers to the youth panel"),
        _("Answers with a reason that the youth panel received in the period."),
        "ANSWER",
        "panel",
        counted(answered),
        evidence=Evidence.COUNTED,
        counted="Answers with `received_at` in the period",
        reads=("panel.Answer",),
    ),
    Measure(
        "panel.done",
        _("Proposals of the youth panel that were done"),
        _("Proposals that were reported as done in the period, with a way to see it."),
        "PROPOSAL",
        "panel",
        counted(done),
        evidence=Evidence.CONFIRMED,
        counted="Follow-ups of the kind DONE in the period",
        reads=("panel.FollowUp",),
    ),
)
