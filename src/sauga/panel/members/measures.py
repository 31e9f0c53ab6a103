"""Figures of members: how many were welcomed, and how often something could be wrong."""

from django.utils.translation import gettext_lazy as _

from sauga.kernel.figures import Evidence, Measure, Period, counted
from sauga.panel.members.models import Flag, MemberStep
from sauga.panel.states import MemberState


def welcomed(period: Period) -> int:
    """Who began to take part in the period."""
    begin, end = period.bounds
    steps = MemberStep.objects.filter(before=MemberState.INDUCTED, after=MemberState.ACTIVE)
    return steps.filter(at__gte=begin, at__lt=end).count()


def flags_raised(period: Period) -> int:
    """Flags of the period."""
    begin, end = period.bounds
    return Flag.objects.filter(raised_at__gte=begin, raised_at__lt=end).count()


MEASURES = (
    Measure(
        "panel.welcomed",
        _("Young people welcomed into the youth panel"),
        _("Members of the youth panel who began to take part in the period."),
        "PERSON",
        "panel",
        counted(welcomed),
        evidence=Evidence.COUNTED,
        counted="Steps of members from INDUCTED to ACTIVE in the period",
        reads=("panel.MemberStep",),
    ),
    Measure(
        "panel.flags",
        _("Times that something could be wrong"),
        _("“Something is wrong” was pressed, or words of risk stood in a text, in the period."),
        "FLAG",
        "panel",
        counted(flags_raised),
        evidence=Evidence.COUNTED,
        counted="Flags with `raised_at` in the period",
        reads=("panel.Flag",),
    ),
)
