"""Which pages came from the shipped starter texts."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from sauga.kernel.data import About, Forever
from sauga.portal.models.base import PortalPage


class StarterText(models.Model):
    """A page that was loaded from a shipped text, so that loading again recognises it.

    `key` names the file; `loaded` is the digest of the file and `written` that of the page as it was loaded:
    a page that reads differently now is an editor's and is never overwritten. A page that was deleted is not
    loaded again.
    """

    data = About(
        plain={"key", "loaded", "written"},
        keep=Forever(_("Which pages came from shipped texts, about nobody."), what=_("Origin of pages")),
    )

    key = models.CharField(max_length=120, unique=True)
    page = models.ForeignKey(PortalPage, models.SET_NULL, null=True, related_name="+")
    loaded = models.CharField(max_length=64)
    written = models.CharField(max_length=64)
    loaded_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.key
