"""The page of the line's settings: what they are, a new version with a reason, what was before; and how long things are kept."""

from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import path, reverse
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST, require_safe

from sauga.helpline.actions import line_policies as actions
from sauga.helpline.forms.line_policies import GroupForm
from sauga.helpline.queries import line_policies as queries
from sauga.helpline.rules.permissions import Permission
from sauga.helpline.rules.settings_of_line import Setting
from sauga.kernel import clock, vocab
from sauga.kernel.identity import actor, needs, sudo_required
from sauga.kernel.refusals import ActionRefused
from sauga.kernel.retention import keep_terms
from sauga.kernel.ui import toasts

UNFIT = 422
TITLES = {
    "policy.listening": _("Listening in"),
    "policy.side_by_side": _("Conversations side by side"),
    "policy.helpline_hours": _("When a channel is full or closing"),
    "policy.leaving": _("Leaving quickly"),
}
KEPT = {
    "helpline.chat": _("Conversations, calls and talks after a shift, after they are closed"),
    "helpline.letter": _("Letters, after they are finished"),
    "helpline.note": _("Notes of records"),
    "helpline.case": _("Cases, concerns and referrals, after they are closed"),
    "helpline.duty": _("Duties, shifts and pauses"),
}


def said(setting: Setting, value: Any) -> str:
    """A value in words."""
    if setting.kind == "bool":
        return gettext("yes") if value else gettext("no")
    return str(value) if value != "" else gettext("as the installation says")


def _page(request: HttpRequest, bound: GroupForm | None = None) -> HttpResponse:
    groups = []
    for group in queries.groups():
        form = bound if bound is not None and bound.group.policy == group.policy else GroupForm(group=group)
        versions = [
            (one, vocab.label(actions.REASONS, one.why) if one.why else "", [(s.label, said(s, a), said(s, b)) for s, a, b in one.changes])
            for one in group.versions
        ]
        groups.append(
            {"group": group, "title": TITLES[group.policy], "form": form, "versions": versions, "id": group.policy.partition(".")[2]}
        )
    kept = [(label, days, _days(days)) for code, label in KEPT.items() if (days := keep_terms()[code].days)]
    context = {"groups": groups, "kept": kept, "leave_to": settings.LEAVE_TO}
    return render(request, "helpline/desk/line_policies.html", context, status=UNFIT if bound is not None else 200)


def _days(days: int) -> str:
    return ngettext("%(n)d day", "%(n)d days", days) % {"n": days}


@require_safe
@needs(Permission.EDIT_POLICY)
def policies(request: HttpRequest) -> HttpResponse:
    """All settings of the line."""
    return _page(request)


@require_POST
@needs(Permission.EDIT_POLICY)
@sudo_required
def change(request: HttpRequest, name: str) -> HttpResponse:
    """Write one policy's next version."""
    group = next((one for one in queries.groups() if one.policy == f"policy.{name}"), None)
    if group is None:
        raise Http404
    form = GroupForm(request.POST, group=group)
    if not form.is_valid():
        return _page(request, form)
    sent = form.cleaned_data
    try:
        actions.change_settings(
            by=actor(request), policy=group.policy, given=form.given, why=sent["why"], based_on=sent["based_on"], at=clock.now()
        )
    except ActionRefused as refused:
        refused.add_to(form)
        return _page(request, form)
    toasts.say(request, gettext("Saved. It holds from now on; the version before stays."))
    return HttpResponseRedirect(reverse("helpline-policies"))


desk_urls = [
    path("policies/", policies, name="helpline-policies"),
    path("policies/<slug:name>/", change, name="helpline-policy-change"),
]
