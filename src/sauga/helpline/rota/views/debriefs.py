"""Debriefs: who is owed one, and those held lately."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from sauga.helpline.permissions import Permission
from sauga.helpline.rota.actions import debriefs as actions
from sauga.helpline.volunteers.queries import debriefs
from sauga.kernel import clock, vocab
from sauga.kernel.identity import PersonActor, actor, needs
from sauga.kernel.kit.actions import post_action


def _holding(request: HttpRequest) -> PersonActor:
    by = actor(request)
    if not actions.may_hold(by):
        raise Http404
    return by


@require_safe
@needs(Permission.SEE_ROTA)
def debriefs_page(request: HttpRequest) -> HttpResponse:
    """Who is owed a talk, and the talks held lately. Words only for leads with an open vault."""
    by = _holding(request)
    vault = by.vault if by.can(Permission.LEAD_SHIFT) else None
    rows = [
        (line, vocab.label("shift_feeling", line.debrief.feeling)) for line in debriefs.open_debriefs(vault)
    ]
    context = {
        "rows": rows,
        "held": debriefs.held_debriefs(),
        "reads": by.can(Permission.LEAD_SHIFT),
        "me": by.person_id,
    }
    return render(request, "helpline/rota/desk/debriefs.html", context)


@needs(Permission.SEE_ROTA)
@post_action("helpline-debriefs")
def debrief_hold(request: HttpRequest, debrief: str) -> str:
    """Record that a debrief was held."""
    actions.hold_debrief(by=_holding(request), debrief=debriefs.debrief_for(debrief), at=clock.now())
    return gettext("Recorded. The next shift is possible.")
