"""The figures of events at the desk."""

from django.utils.translation import gettext_lazy as _

from sauga.events.permissions import Permission
from sauga.kernel.figures.pages import FiguresPage


class EventFigures(FiguresPage):
    """How many events were held, by kind."""

    title = _("Event figures")
    service = "events"
    permission = Permission.SEE_FIGURES
