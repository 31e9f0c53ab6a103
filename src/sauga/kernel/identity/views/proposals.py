"""Roles that wait for a second person: the queue, and one proposal to confirm, refuse or withdraw."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_safe

from sauga.kernel import clock
from sauga.kernel.identity import queries
from sauga.kernel.identity.actions import proposals
from sauga.kernel.identity.actors import PersonActor, actor
from sauga.kernel.identity.desk_access.access import needs
from sauga.kernel.identity.desk_access.sudo import sudo_required
from sauga.kernel.identity.forms import ZONES, RefuseForm
from sauga.kernel.identity.models import RoleProposal
from sauga.kernel.identity.rules import Permission
from sauga.kernel.permissions import allowed
from sauga.kernel.refusals import ActionRefused
from sauga.kernel.sealed import Zone


@needs(Permission.CONFIRM_ROLE)
@require_safe
def proposal_list(request: HttpRequest) -> HttpResponseBase:
    """What waits for this person, and what became of the others lately."""
    by, at = actor(request), clock.now()
    waiting = queries.proposals_to_confirm(by, at)
    others = [row for row in queries.proposals_seen(by, at) if row not in waiting]
    names = queries.names_of({row.proposed_by for row in (*waiting, *others)})
    context = {
        "waiting": [(row, names.get(row.proposed_by, "")) for row in waiting],
        "others": others,
        "at": at,
    }
    return render(request, "identity/desk/proposals.html", context)


@needs(Permission.CONFIRM_ROLE)
@sudo_required
@require_http_methods(["GET", "HEAD", "POST"])
def proposal(request: HttpRequest, ref: str) -> HttpResponseBase:
    """One proposal with its decision: `confirm`, `refuse` (with a reason) or `withdraw` in the form."""
    by, at = actor(request), clock.now()
    row = queries.proposal_for(by, ref, at)
    form = RefuseForm(request.POST if "refuse" in request.POST else None)
    if request.method == "POST":
        try:
            if _decided(request, by, row, form):
                return HttpResponseRedirect(reverse("identity-proposals"))
        except ActionRefused as refusal:
            messages.error(request, refusal.text)
            return HttpResponseRedirect(reverse("identity-proposal", args=[ref]))
    names = queries.names_of({row.proposed_by, row.decided_by})
    context = {
        "row": row,
        "form": form,
        "proposer": names.get(row.proposed_by, ""),
        "decider": names.get(row.decided_by, ""),
        "is_open": row.is_open(at),
        "may_decide": row.is_open(at) and allowed(by, Permission.CONFIRM_ROLE, row),
        "may_withdraw": row.is_open(at) and row.proposed_by == by.pseudonym,
        "confirmers": queries.confirmers(row, at) if row.is_open(at) else [],
        "vaults": [ZONES[Zone(zone)] for zone in row.zones],
        "at": at,
    }
    return render(request, "identity/desk/proposal.html", context)


def _decided(request: HttpRequest, by: PersonActor, row: RoleProposal, form: RefuseForm) -> bool:
    """Whether a decision was taken; a refusal without a reason is not one."""
    at = clock.now()
    if "withdraw" in request.POST:
        proposals.withdraw_proposal(by=by, proposal=row, at=at)
        messages.success(request, gettext("Proposal withdrawn."))
    elif "refuse" in request.POST:
        if not form.is_valid():
            return False
        proposals.refuse_proposal(by=by, proposal=row, reason=form.cleaned_data["reason"], at=at)
        messages.success(request, gettext("Proposal refused. Nothing was granted."))
    elif "confirm" in request.POST:
        proposals.confirm_proposal(by=by, proposal=row, at=at)
        messages.success(
            request,
            gettext("Confirmed. The invitation has been sent.")
            if row.person is None
            else gettext("Confirmed. The role counts from now on."),
        )
    else:
        return False
    return True
