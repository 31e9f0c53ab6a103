"""The figures of webinars: how many were held, and how many people at home attended, as pages recorded."""

from django.utils.translation import gettext_lazy as _

from sauga.kernel.figures import Evidence, Measure, counted, counted_by
from sauga.training.webinars.queries import presences, webinars
from sauga.training.webinars.rules import Source

SERVICE = "training"
SOURCES = dict(Source.choices)
PEOPLE = 10
"""Smaller numbers of people are hidden in published figures."""
MEASURES = (
    Measure(
        "training.webinars",
        _("Webinars held"),
        _("Webinars that took place in the period, by where their picture came from."),
        "EVENT",
        SERVICE,
        counted_by("webinar_source", counts=lambda period: webinars.held_between(period.start, period.end)),
        breakdown=("webinar_source",),
        evidence=Evidence.COUNTED,
        counted="Webinars whose event is over and began in the period, by source",
        reads=("training.Webinar", "events.Event"),
    ),
    Measure(
        "training.webinar_attendees_at_home",
        _("People at home with a confirmed attendance"),
        _(
            "People who registered for a confirmation and were present for three quarters of a webinar. "
            "Whoever watches without registering is counted nowhere."
        ),
        "PERSON",
        SERVICE,
        counted(lambda period: presences.confirmed_between(period.start, period.end)),
        evidence=Evidence.COUNTED,
        counted="Registrations of webinars of the period that attended and have recorded presence",
        reads=("training.Presence", "training.Webinar", "events.Event", "events.Registration"),
        threshold=PEOPLE,
    ),
)
