"""The figures of ambassadors at the desk."""

from django.utils.translation import gettext_lazy as _

from sauga.certification.permissions import Permission
from sauga.kernel.figures.pages import FiguresPage


class Figures(FiguresPage):
    """How many ambassadors there are, and what their sessions reach."""

    title = _("Ambassador figures")
    service = "certification"
    permission = Permission.SEE_FIGURES
