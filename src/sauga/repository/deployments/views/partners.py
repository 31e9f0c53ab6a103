"""The awareness centre's page of partners: who asks to become one, adaptations awaiting approval, all
deployments."""

from collections.abc import Callable, Mapping
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST, require_safe

from sauga.kernel import clock, vocab
from sauga.kernel.identity import NotFound, actor, needs
from sauga.kernel.kit import submitted
from sauga.kernel.kit.actions import post_action
from sauga.kernel.organisations import OrganisationField
from sauga.kernel.organisations.queries.register import kind_labels
from sauga.kernel.organisations.rules import Permission as Register
from sauga.kernel.refusals import ActionRefused
from sauga.kernel.ui import toasts
from sauga.repository.adaptations import presenters as words
from sauga.repository.adaptations.actions import adaptations
from sauga.repository.adaptations.actions import partners as actions
from sauga.repository.adaptations.editions import edition
from sauga.repository.adaptations.queries import partners as queries
from sauga.repository.adaptations.queries.composition import compose
from sauga.repository.adaptations.rules.licence_explanations import explain_stored
from sauga.repository.deployments import actions as deployment_actions
from sauga.repository.deployments.queries import deployments
from sauga.repository.permissions import Permission
from sauga.repository.states import DeploymentState

UNFIT = 422
REASONS: dict[str, Callable[[], str]] = {
    "logo": lambda: gettext("Our logo stays on it"),
    "sensitive": lambda: gettext("The topic is sensitive"),
    "custom": lambda: gettext("The owner has special terms"),
}


@require_safe
@needs(Permission.SEE_PARTNERS)
def partners(request: HttpRequest) -> HttpResponse:
    """Partners, adaptations awaiting approval, and every deployment."""
    return _page(request)


class JoinForm(forms.Form):
    """An organisation that becomes a partner."""

    organisation = OrganisationField(label=_("Organisation"), suggest_url="/desk/organisations/suggest/")


def _page(
    request: HttpRequest, *, trouble: str = "", form: JoinForm | None = None, status: int = 200
) -> HttpResponse:
    wanted = request.GET.get("state", "")
    wanted = wanted if wanted in set(DeploymentState) else ""
    by, labels = actor(request), kind_labels()
    waiting = [
        (row, [REASONS[one]() for one in adaptations.owner_reasons(row)])
        for row in queries.waiting_for_owner()
    ]
    copies = [
        (row, words.channel(row.channel), *words.state(row, "state.deployment"))
        for row in deployments.every_deployment(wanted)
    ]
    context = {
        "asking": queries.asking_lines(clock.now()) if by.can(Permission.KEEP_PARTNERS) else [],
        "partners": [(row, _kinds(row.registered_as.kinds, labels)) for row in queries.partners()],
        "waiting": waiting,
        "copies": copies,
        "states": [(code, vocab.label("state.deployment", code)) for code in DeploymentState],
        "wanted": wanted,
        "join_form": form or JoinForm(),
        "may_join": by.can(Permission.KEEP_PARTNERS),
        "may_register": by.can(Register.EDIT),
        "trouble": trouble,
    }
    return render(request, "repository/deployments/partners.html", context, status=status)


def _kinds(codes: list[str], labels: Mapping[str, str]) -> str:
    return ", ".join(labels.get(code, code) for code in codes)


@require_POST
@needs(Permission.KEEP_PARTNERS)
def join(request: HttpRequest) -> HttpResponse:
    """Add an organisation of the register as a partner."""
    form = JoinForm(request.POST)

    def act(given: dict[str, Any]) -> str:
        actions.join_partner(by=actor(request), organisation=given["organisation"], at=clock.now())
        return gettext("The partner has joined.")

    done = submitted(request, form, act, "repository-partners")
    return done or _page(request, form=form, status=UNFIT)


@needs(Permission.KEEP_PARTNERS)
@post_action("repository-partners")
def answer(request: HttpRequest, organisation: str) -> str:
    """Make an organisation that asks for it a partner, or not."""
    by, at = actor(request), clock.now()
    asking = queries.organisation_asking(organisation, at)
    if request.POST.get("do") == "decline":
        actions.decline_partner(by=by, organisation=asking, at=at)
        return gettext("Not made a partner. Whoever asked will get an email.")
    actions.accept_partner(by=by, organisation=asking, at=at)
    return gettext("The partner has joined. Whoever asked will get an email.")


@needs(Permission.KEEP_PARTNERS)
@post_action("repository-partners")
def end_or_resume(request: HttpRequest, partner: str) -> str:
    """End or resume a partnership."""
    by, row, at = actor(request), queries.any_partner(partner), clock.now()
    if row.left_at is None:
        actions.end_partnership(by=by, partner=row, at=at)
        return gettext("The partnership has ended.")
    actions.resume_partnership(by=by, partner=row, at=at)
    return gettext("The partner has joined again.")


@needs(Permission.APPROVE_ADAPTATION)
def judge(request: HttpRequest, ref: str) -> HttpResponse:
    """One adaptation as it would be read; the owner approves or objects."""
    by, at, trouble = actor(request), clock.now(), ""
    row = queries.any_adaptation(ref)
    if request.method == "POST":
        try:
            if request.POST.get("do") == "approve":
                adaptations.approve_adaptation(by=by, adaptation=row, at=at)
            else:
                adaptations.object_to(by=by, adaptation=row, words=request.POST.get("why", ""), at=at)
            toasts.say(request, gettext("Done."))
            return HttpResponseRedirect(reverse("repository-partners"))
        except ActionRefused as refused:
            trouble = refused.text
    content = compose(row)
    asked = request.GET.get("language", "")
    language = asked if asked in content["languages"] else row.language
    context: dict[str, Any] = {
        "row": row,
        "copy": edition(content, language),
        "name": row.name or row.base.words("title", (get_language() or "lt")[:2]),
        "state": words.state(row, "state.adaptation"),
        "reasons": [REASONS[one]() for one in adaptations.owner_reasons(row)],
        "verdict": explain_stored(row.licence_outcome),
        "waits": row.state == "owner_approval",
        "others": [(code, vocab.label("languages", code)) for code in content["languages"]],
        "trouble": trouble,
    }
    return render(
        request, "repository/deployments/owner_approval.html", context, status=UNFIT if trouble else 200
    )


@require_POST
@needs(Permission.KEEP_DEPLOYMENTS)
def stop(request: HttpRequest, ref: str) -> HttpResponse:
    """Suspend, resume or end a deployment."""
    by, at, why = actor(request), clock.now(), request.POST.get("why", "")
    row = deployments.any_deployment(ref)
    acts: dict[str, Callable[[], Any]] = {
        "suspend": lambda: deployment_actions.suspend_deployment(by=by, deployment=row, reason=why, at=at),
        "resume": lambda: deployment_actions.resume_deployment(by=by, deployment=row, at=at),
        "end": lambda: deployment_actions.end_deployment(by=by, deployment=row, reason=why, at=at),
    }
    what = request.POST.get("do", "")
    if what not in acts:
        raise NotFound
    try:
        acts[what]()
    except ActionRefused as refused:
        return _page(request, trouble=refused.text, status=UNFIT)
    toasts.say(request, gettext("Done."))
    return HttpResponseRedirect(reverse("repository-partners"))
