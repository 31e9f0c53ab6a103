"""The head and the foot of public pages, as they are now."""

from django.utils.translation import get_language

from sauga.kernel.ui.public_frame.frame import Frame
from sauga.portal.queries import site_frame
from sauga.portal.views.today import today


def frame_now() -> Frame:
    """The frame in the language spoken, today."""
    return site_frame.site_frame(get_language() or "lt", today())
