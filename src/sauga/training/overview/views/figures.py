"""The figures of training at the desk."""

from django.utils.translation import gettext_lazy as _

from sauga.kernel.figures.pages import FiguresPage
from sauga.training.permissions import Permission


class TrainingFigures(FiguresPage):
    """How many people learned and completed, and their hours."""

    title = _("Training figures")
    service = "training"
    permission = Permission.SEE_FIGURES
