"""The measures that the repository publishes (vocabulary `metrics`). Totals only; `kernel.figures` suppresses
small cells.
"""

from typing import Any

from django.utils.translation import gettext_lazy as _

from sauga.kernel.figures import Measure, counted_by
from sauga.kernel.figures.registry import Evidence
from sauga.repository.overview import queries as q

SERVICE = "repository"


READERS = 10
"""A smaller number of readers or pupils could identify one of them."""


def _measure(
    code: str,
    title: Any,
    definition: Any,
    unit: str,
    compute: Any,
    *by: str,
    evidence: Evidence = Evidence.COUNTED,
    threshold: int = READERS,
) -> Measure:
    rows, reads = ROWS[code]
    return Measure(
        f"{SERVICE}.{code}",
        title,
        definition,
        unit,
        SERVICE,
        compute,
        breakdown=by,
        evidence=evidence,
        counted=rows,
        reads=reads,
        threshold=threshold,
    )


DAILY = ("repository.DailyCount", "repository.Resource")
ROWS: dict[str, tuple[str, tuple[str, ...]]] = {
    "resource_page_views": (
        "Sum of daily counts of kind `view` with a day in the period, by the resource's type",
        DAILY,
    ),
    "resource_downloads": (
        "Sum of daily counts of kind `file` or `archive` with a day in the period, by type",
        DAILY,
    ),
    "resources_new": (
        (
            "Versions with number 1 and `published_at` in the period, by the resource's type; a language "
            "is a file of its resource"
        ),
        ("repository.ResourceVersion", "repository.Resource"),
    ),
    "class_use_heads": (
        "Sum of `heads` of use reports with a date in the period, by group, as typed",
        ("repository.UseReport",),
    ),
}


MEASURES = (
    _measure(
        "resource_page_views",
        _("Resource page views"),
        _("Pages served, without robots; kept as daily totals, no visitor is known."),
        "VIEW",
        counted_by("type", counts=lambda period: q.counted(q.VIEW, period.start, period.end)),
        "type",
    ),
    _measure(
        "resource_downloads",
        _("Resource downloads"),
        _(
            "Files served, without robots; kept as daily totals, no visitor is known. The same file "
            "downloaded twice counts twice."
        ),
        "DOWNLOAD",
        counted_by("type", counts=lambda period: q.counted(q.DOWNLOAD, period.start, period.end)),
        "type",
    ),
    _measure(
        "resources_new",
        _("New resources"),
        _("First publication falls in the period; versions and translations are not new resources."),
        "RESOURCE",
        counted_by("type", counts=lambda period: q.published(period.start, period.end)),
        "type",
        threshold=5,  # published things, not people
    ),
    _measure(
        "class_use_heads",
        _("Participants in class"),
        _("Participants in use reports by teachers and librarians."),
        "HEAD",
        counted_by("group", counts=lambda period: q.heads(period.start, period.end)),
        "group",
        evidence=Evidence.SELF_REPORTED,
    ),
)
