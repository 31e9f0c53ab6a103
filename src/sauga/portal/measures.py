"""The figure of the site: how often its pages are opened."""

from collections.abc import Mapping
from typing import Any

from django.apps import apps
from django.utils.translation import gettext_lazy as _

from sauga.kernel.figures import Measure, counted_by
from sauga.portal.models.base import PortalPage
from sauga.portal.queries import page_views

READERS = 10
"""A smaller number of readers could identify one of them."""
VIEWS = Measure(
    "portal.page_views",
    _("Page views"),
    _(
        "Pages of the site served, without robots; kept as one number for each page and day. No visitor is "
        "known, so nobody is counted as a person."
    ),
    "VIEW",
    "portal",
    counted_by("kind", "language", counts=lambda period: page_views.viewed(period.start, period.end)),
    breakdown=("kind", "language"),
    counted="Sum of daily counts of kind `view` with a day in the period, by kind of page and language",
    reads=(
        "portal.PageDay",
        "portal.PortalPage",
        "wagtailcore.Page",
        "wagtailcore.Locale",
        "contenttypes.ContentType",
    ),
    threshold=READERS,
)


def kind_names() -> Mapping[str, Any]:
    """The names of the kinds of page, by their codes."""
    found = apps.get_app_config("portal").get_models()
    return {str(one._meta.model_name): one._meta.verbose_name for one in found if issubclass(one, PortalPage)}
