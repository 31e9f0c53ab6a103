"""How often pages were opened: numbers by page and day, about no person."""

from datetime import date

from django.db.models import Sum

from sauga.portal.models.base import PortalPage
from sauga.portal.models.feedback import PageDay

VIEW = "view"


def viewed(start: date, end: date) -> dict[tuple[str, str], int]:
    """Views from `start` to before `end`, by kind of page and language."""
    rows = PageDay.objects.filter(kind=VIEW, day__gte=start, day__lt=end)
    grouped = rows.values_list("page__content_type__model", "page__locale__language_code")
    return {(kind, language): n for kind, language, n in grouped.annotate(all=Sum("n")).order_by()}


def most_viewed(start: date, end: date, number: int, least: int) -> list[tuple[PortalPage, int]]:
    """The pages that were opened most in these days; those opened fewer than `least` times are left out."""
    rows = PageDay.objects.filter(kind=VIEW, day__gte=start, day__lt=end).values_list("page")
    sums = rows.annotate(all=Sum("n")).filter(all__gte=least).order_by("-all", "page")[:number]
    found = dict(sums)
    pages = PortalPage.objects.select_related("locale").in_bulk(found)
    return [(pages[key], n) for key, n in found.items() if key in pages]
