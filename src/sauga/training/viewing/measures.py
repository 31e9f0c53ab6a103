"""The figures of viewing sites: how many libraries showed webinars is counted, how many people sat there is
what libraries report. One stream is one library, never one viewer.
"""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from sauga.kernel.figures import Evidence, Measure, counted_by
from sauga.training.viewing.queries import sites

SERVICE = "training"
STANDING = {
    "counted": pgettext_lazy("viewing sites", "counted"),
    "uncounted": pgettext_lazy("viewing sites", "not counted"),
}
PEOPLE = 10
"""Smaller numbers of people are hidden in published figures."""
MEASURES = (
    Measure(
        "training.viewing_sites",
        _("Libraries that showed webinars"),
        _("Each library counts once for each webinar that it showed, whether or not it has counted people."),
        "SITE",
        SERVICE,
        counted_by("site_standing", counts=lambda period: sites.by_state_between(period.start, period.end)),
        breakdown=("site_standing",),
        evidence=Evidence.COUNTED,
        counted="Viewing sites that were live at webinars that began in the period",
        reads=("training.ViewingSite", "training.SiteCount", "training.Webinar", "events.Event"),
    ),
    Measure(
        "training.viewing_heads",
        _("People who watched webinars in libraries"),
        _("How many people sat in the room, by group, as the libraries counted and reported."),
        "HEAD",
        SERVICE,
        counted_by("viewing_group", counts=lambda period: sites.heads_between(period.start, period.end)),
        breakdown=("viewing_group",),
        evidence=Evidence.SELF_REPORTED,
        counted="Heads reported by viewing sites of webinars that began in the period, by group",
        reads=("training.ViewingSite", "training.SiteCount", "training.Webinar", "events.Event"),
        threshold=PEOPLE,
    ),
)
