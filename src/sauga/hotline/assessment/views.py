"""The welfare lead's page: numbers without cases."""

from typing import override

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from sauga.hotline.assessment import queries
from sauga.hotline.assessment.actions import claims
from sauga.hotline.permissions import Permission
from sauga.kernel import clock
from sauga.kernel.identity import actor, needs
from sauga.kernel.kit.lists import Button, Column, Day, Empty, Line, ListPage, Mark
from sauga.kernel.ui import toasts

NEAR = 0.75
"""The share of the day's limit from which it is near."""


class Welfare(ListPage):
    """How much each analyst viewed in the last seven days, against the daily limit."""

    title = _("Welfare")
    intro = _("How much each analyst viewed in the last seven days. Numbers only, no cases.")
    nothing = Empty(title=_("Nothing to show"), text=_("Nobody assessed anything in the last seven days."))
    columns = (
        Column("analyst", _("Analyst"), is_heading=True),
        Column("day", _("Day")),
        Column("items", _("Items"), "num"),
        Column("severe", _("Severe"), "num"),
        Column("reveals", _("Addresses shown"), "num"),
        Column("limit", _("Of the limit")),
        Column("act", _("Act"), is_hidden=True),
    )

    @override
    def rows(self) -> list[queries.ExposureLine]:
        return queries.exposure(by=self.by, at=self.at)

    @override
    def line(self, row: queries.ExposureLine) -> Line:
        if row.stopped:
            limit = Mark("bad", "bars", _("stopped"))
        elif row.lifted:
            limit = Mark("wait", "half", _("lifted"))
        else:
            limit = Mark("wait", "half", _("near")) if row.share > NEAR else Mark("good", "dot", _("fine"))
        lift = (
            Button(_("Lift the stop"), reverse("hotline-welfare-lift", args=[row.person_id]), row.name)
            if row.stopped
            else ""
        )
        return Line(
            f"{row.day}-{row.person_id}",
            (row.name, Day(row.day), row.items, row.severe, row.reveals, limit, lift),
        )


@require_POST
@needs(Permission.LIFT_STOP)
def lift(request: HttpRequest, person: int) -> HttpResponse:
    """Lift today's stop for one person."""
    try:
        claims.lift_stop(by=actor(request), person_id=person, at=clock.now())
    except claims.NothingToLift as nothing:
        raise Http404 from nothing
    toasts.say(request, gettext("The stop is lifted for today."))
    return HttpResponseRedirect(reverse("hotline-welfare"))
