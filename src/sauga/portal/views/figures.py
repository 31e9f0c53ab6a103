"""How often pages of the site are opened, for its editors; small numbers are hidden."""

from typing import override

from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext, gettext_lazy

from sauga.kernel.figures import PeriodKind
from sauga.kernel.figures.pages import FiguresPage, Section
from sauga.kernel.i18n import integer
from sauga.kernel.ui.components import Table
from sauga.portal.measures import READERS
from sauga.portal.permissions import Permission
from sauga.portal.queries import page_views

TOP = 30


class SiteFigures(FiguresPage):
    """Views by kind of page, and the pages that are opened most."""

    title = gettext_lazy("Page views")
    service = "portal"
    permission = Permission.SEE_GATE
    length = PeriodKind.MONTH
    days_note = gettext_lazy("Choose a month, a quarter or a year to see views by kind of page.")

    @override
    def intro(self) -> str:
        return gettext(
            "Daily totals without cookies: readers stay anonymous. Numbers under 10 are not shown."
        )

    @override
    def sections(self) -> list[Section]:
        found = page_views.most_viewed(self.period.start, self.period.end, TOP, READERS)
        rows = [
            [
                format_html(
                    '<a href="{}" lang="{}">{}</a>',
                    reverse("wagtailadmin_pages:edit", args=[page.pk]),
                    page.locale.language_code,
                    page.title,
                ),
                page.locale.language_code.upper(),
                integer(n),
            ]
            for page, n in found
        ]
        head = [gettext("Page"), gettext("Language"), gettext("Views")]
        table = Table(caption=gettext("Opened most"), head=head, rows=rows)
        most = [Section(gettext("Opened most"), [table])] if rows else []
        return [*super().sections(), *most]
