"""Pages of partners on the member site, with the sentences after their acts."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _

from sauga.kernel import members

UNFIT = 422
SENTENCES = {
    "checking": _("Look at the whole, then release it."),
    "editing": _("Back to editing."),
    "released": _("Released."),
    "approval": _("The awareness centre has been asked to approve."),
    "retired": _("Retired. It is no longer used anywhere."),
    "merged": _("Merged and released."),
    "pinned": _("The old version is kept until then."),
}


def page(request: HttpRequest, template: str, context: dict[str, Any], *, trouble: str = "") -> HttpResponse:
    """A page of a partner. `trouble` is why an act was refused: it is shown first, with status 422."""
    status = UNFIT if trouble else 200
    given = {**context, "trouble": trouble}
    return members.page(request, template, given, status=status, sentences=SENTENCES)
