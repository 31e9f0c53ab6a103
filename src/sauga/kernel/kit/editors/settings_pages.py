"""The page of a service's settings: what they are, a new version with a reason, and every version before."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_POST, require_safe

from sauga.kernel import clock, vocab
from sauga.kernel.identity import actor, needs, sudo_required
from sauga.kernel.kit.actions import UNFIT
from sauga.kernel.kit.editors import actions
from sauga.kernel.kit.editors.declared import WHY, Settings
from sauga.kernel.kit.editors.forms import SettingsForm
from sauga.kernel.kit.editors.queries import Version, versions_of
from sauga.kernel.refusals import Text, refusal_in
from sauga.kernel.ui import toasts

MOST = 20
"""Versions shown of one policy."""


def settings_urls(declared: Settings) -> list[URLPattern]:
    """The addresses of a service's settings, below its own."""
    guarded, more = needs(declared.permission), {"declared": declared}
    return [
        path("policies/", require_safe(guarded(show)), more, name=f"{declared.name}-policies"),
        path(
            "policies/<slug:name>/",
            require_POST(guarded(sudo_required(change))),
            more,
            name=f"{declared.name}-policy-change",
        ),
    ]


def show(request: HttpRequest, declared: Settings) -> HttpResponse:
    """All settings of a service."""
    return _page(request, declared)


def change(request: HttpRequest, declared: Settings, name: str) -> HttpResponse:
    """Write one policy's next version."""
    policy = f"policy.{name}"
    versions = versions_of(declared.groups, clock.now()).get(policy)
    if versions is None:
        raise Http404
    form = SettingsForm(request.POST, declared=declared, policy=versions[0].policy)
    if form.is_valid():
        kept = {name: form.cleaned_data[name] for name in ("why", "based_on")}
        with refusal_in(form):
            actions.change_settings(
                declared, by=actor(request), policy=policy, given=form.given, at=clock.now(), **kept
            )
            toasts.say(request, gettext("Saved. It holds from now on; the version before stays."))
            return HttpResponseRedirect(reverse(f"{declared.name}-policies"))
    return _page(request, declared, policy, form)


def _page(
    request: HttpRequest, declared: Settings, policy: str = "", bound: SettingsForm | None = None
) -> HttpResponse:
    found = versions_of(declared.groups, clock.now())
    groups = [
        {
            "id": name.partition(".")[2],
            "title": declared.groups[name],
            "form": bound
            if name == policy
            else SettingsForm(declared=declared, policy=found[name][0].policy),
            "action": reverse(f"{declared.name}-policy-change", args=[name.partition(".")[2]]),
            "versions": [(one, _why(declared, one), _changes(declared, one)) for one in found[name][:MOST]],
        }
        for name in declared.groups
        if name in found
    ]
    context = {"title": declared.title, "groups": groups, **declared.context()}
    return render(request, declared.template, context, status=UNFIT if bound is not None else 200)


def _why(declared: Settings, version: Version) -> str:
    why = version.policy.value.get(WHY, "")
    return vocab.label(declared.reasons, why) if why else ""


def _changes(declared: Settings, version: Version) -> list[tuple[Text, str, str]]:
    """The settings that differ from the version before, with both values in words."""
    if version.before is None:
        return []
    old, new = version.before.value, version.policy.value
    settings = [one for one in declared.of_group(version.policy.name) if one.of(old) != one.of(new)]
    return [(one.label, _said(declared, one.of(old)), _said(declared, one.of(new))) for one in settings]


def _said(declared: Settings, value: Any) -> str:
    if isinstance(value, bool):
        return gettext("yes") if value else gettext("no")
    return str(value if value != "" else declared.nothing_set)
