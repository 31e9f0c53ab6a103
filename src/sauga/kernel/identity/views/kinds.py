"""Which kind of organisation may grant which roles and vaults, and who operates which service."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_safe

from sauga.kernel import clock
from sauga.kernel.identity import queries
from sauga.kernel.identity.actions import operators
from sauga.kernel.identity.actors import actor
from sauga.kernel.identity.desk_access.access import needs
from sauga.kernel.identity.desk_access.sudo import sudo_required
from sauga.kernel.identity.forms import ZONES, KindForm
from sauga.kernel.identity.rules import Permission
from sauga.kernel.sealed import Zone


@needs(Permission.SEE_PEOPLE)
@require_safe
def kind_list(request: HttpRequest) -> HttpResponseBase:
    """Every kind with what it may grant, and the operator of each service."""
    by, at = actor(request), clock.now()
    held = {row.service for row in queries.operators(at)}
    context = {
        "lines": [(line, [ZONES[Zone(zone)] for zone in line.zones]) for line in queries.kinds()],
        "two": queries.roles_of_two(),
        "operators": queries.operators(at),
        "missing": [service for service in operators.operated_services() if service not in held],
        "may_edit": by.can(Permission.EDIT_KINDS),
        "at": at,
    }
    return render(request, "identity/desk/kinds.html", context)


@needs(Permission.EDIT_KINDS)
@sudo_required
@require_http_methods(["GET", "HEAD", "POST"])
def kind(request: HttpRequest, code: str) -> HttpResponseBase:
    """Change what one kind of organisation may grant."""
    line = queries.kind_for(code)
    initial = {"roles": [role.code for role in line.roles], "zones": list(line.zones)}
    form = KindForm(request.POST if request.method == "POST" else None, initial=initial)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        number = operators.edit_kind(
            by=actor(request), kind=line.kind, roles=list(data["roles"]), zones=data["zones"], at=clock.now()
        )
        messages.success(request, gettext("Saved.") if number else gettext("Nothing was changed."))
        return HttpResponseRedirect(reverse("identity-kinds"))
    return render(request, "identity/desk/kind.html", {"form": form, "kind": line.kind})
