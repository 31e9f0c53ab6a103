"""Deployments of an adaptation on the member site: a new one, its address, files and counts, its end."""

from collections.abc import Callable, Mapping
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import translation
from django.utils.translation import get_language, gettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from sauga.kernel import clock, members, vocab
from sauga.kernel.clock import VILNIUS
from sauga.kernel.identity import NotFound
from sauga.kernel.kit.sent_forms import came_of_form
from sauga.kernel.refusals import ActionRefused
from sauga.kernel.states import SystemActor
from sauga.repository.adaptations import presenters as words
from sauga.repository.adaptations.actions import partners
from sauga.repository.adaptations.queries import partners as queries
from sauga.repository.adaptations.views.pages import page
from sauga.repository.deployments import actions as deployment_actions
from sauga.repository.deployments.models import Deployment
from sauga.repository.deployments.packages.package_builder import Package, package
from sauga.repository.deployments.queries import deployments, embeds
from sauga.repository.resources.queries.snapshots import files_of
from sauga.repository.resources.rules.channels import FILES, MADE, NEEDS_ORIGIN, ONE_LANGUAGE

COPIES = SystemActor("copies")


@require_http_methods(["GET", "HEAD", "POST"])
def deploy(request: HttpRequest, ref: str) -> HttpResponse:
    """A new deployment. What is shown only once is on the response."""
    by, at = members.member(request), clock.now()
    row = queries.adaptation_for(by, ref)
    context: dict[str, Any] = {
        "row": row,
        "partner": row.organisation,
        "channels": [(code, words.channel(code), HINTS[code]()) for code in MADE],
        "given": request.POST or {"channel": "page", "update_policy": "automatic"},
    }
    if request.method != "POST":
        return page(request, "repository/deployments/deploy.html", context)
    try:
        if request.POST.get("terms"):
            partners.accept_terms(by=by, partner=row.organisation, at=at)
        row.organisation.refresh_from_db()
        if row.organisation.terms_accepted_at is None:
            raise partners.TermsOpen
        made = deployment_actions.request_deployment(
            by=by,
            adaptation=row,
            channel=request.POST.get("channel", ""),
            origins=request.POST.get("origins", "").splitlines(),
            update_policy=request.POST.get("update_policy", "automatic"),
            at=at,
        )
        token = deployment_actions.start_deployment(by=by, deployment=made, at=at)
    except ActionRefused as refused:
        return page(request, "repository/deployments/deploy.html", context, trouble=refused.text)
    made.refresh_from_db()
    return came_of_form(_page(request, made, token=token))


HINTS: dict[str, Callable[[], str]] = {
    "page": lambda: gettext("A page with your logo. Nothing to install."),
    "page_widget": lambda: gettext("Embedded in a page of your own site; name the site."),
    "offline_zip": lambda: gettext("Opens from a USB stick, offline, in all languages."),
    "scorm12": lambda: gettext("For learning platforms such as Moodle; reports completion and score."),
    "scorm2004": lambda: gettext("The same for newer platforms."),
    "h5p": lambda: gettext(
        "For quizzes. The platform must have the content type Question Set; the file does not include it."
    ),
    "pdf": lambda: gettext("Tagged for screen readers (PDF/UA-1), one file per language."),
    "print_order": lambda: gettext("A black-and-white file with wide margins for a print shop."),
    "provider_pack": lambda: gettext("Texts in three lengths, a letter and banners for a company."),
}


@require_safe
def deployment(request: HttpRequest, ref: str) -> HttpResponse:
    """One deployment."""
    return _page(request, deployments.deployment_for(members.member(request), ref))


def _page(request: HttpRequest, row: Deployment, *, token: str = "", trouble: str = "") -> HttpResponse:
    content = embeds.release_content(row) or {"languages": []}
    running = embeds.is_running(row)
    address = ""
    if row.channel == "page":
        address = _public("repository-copy", row.ref)
    elif row.channel == "page_widget" and token:
        address = _public("repository-embed", token)
    context = {
        "row": row,
        "token": token,
        "channel": words.channel(row.channel),
        "state": words.state(row, "state.deployment"),
        "address": address,
        "is_widget": row.channel == "page_widget",
        "files": _files(row, content["languages"]) if running else [],
        "running": running,
        "over": row.state == "ended",
        "needs_origin": row.channel in NEEDS_ORIGIN,
        "origins": "\n".join(row.origins),
        "uses": [(words.CONTACTS.get(use.kind, lambda: "")(), use.total) for use in deployments.uses_of(row)],
        "days": deployments.days_of(row, clock.now().astimezone(VILNIUS).date()),
        "steps": [(step, vocab.label("state.deployment", step.after)) for step in row.steps.order_by("-pk")],
        "title": _title(row, content),
    }
    return page(request, "repository/deployments/deployment.html", context, trouble=trouble)


def _title(row: Deployment, content: Mapping[str, Any]) -> str:
    """What the school calls its copy, else the title of the material."""
    if row.adaptation is not None and row.adaptation.name:
        return row.adaptation.name
    first = next(iter(content["languages"]), None)
    return content["title"][first] if first else row.ref


def _files(row: Deployment, languages: list[str]) -> list[tuple[str, str]]:
    """Downloads: language code and label; a single one where the file contains every language."""
    if row.channel not in FILES:
        return []
    if row.channel in ONE_LANGUAGE:
        return [(code, vocab.label("languages", code)) for code in languages]
    return [(languages[0], gettext("All languages"))]


@require_safe
def take(request: HttpRequest, ref: str, language: str) -> HttpResponse:
    """The file of a running deployment, with its checksum in a header."""
    row = deployments.deployment_for(members.member(request), ref)
    content = embeds.release_content(row)
    if (
        content is None
        or not embeds.is_running(row)
        or row.channel not in FILES
        or language not in content["languages"]
    ):
        raise NotFound
    try:
        made = _made(row, content, language)
    except ActionRefused as refused:
        return _page(request, row, trouble=refused.text)
    deployment_actions.note_contact(by=COPIES, deployment=row, kind="taken", at=clock.now())
    response = HttpResponse(made.content, content_type=made.mime)
    response.headers["Content-Disposition"] = f'attachment; filename="{made.name}"'
    response.headers["Repr-Digest"] = f"sha-256={made.sha256}"
    return response


def _made(row: Deployment, content: dict[str, Any], language: str) -> Package:
    adaptation = row.adaptation
    status = _public("repository-copy-status", deployment_actions.token_of(row))
    branded = embeds.branded_address(adaptation) if adaptation is not None else ""
    address = _public("repository-copy", branded) if branded else settings.ENV.base_url
    renditions = files_of(adaptation.base) if adaptation is not None and row.channel == "offline_zip" else ()
    return package(
        content, row.channel, language=language, status=status, address=address, renditions=renditions
    )


@require_POST
def change(request: HttpRequest, ref: str) -> HttpResponse:
    """Renew the token, change the sites, or end it."""
    by, at, what = members.member(request), clock.now(), request.POST.get("do", "")
    row = deployments.deployment_for(by, ref)
    try:
        if what == "renew":
            token = deployment_actions.renew_token(by=by, deployment=row, at=at)
            row.refresh_from_db()
            return _page(request, row, token=token)
        if what == "origins":
            deployment_actions.set_origins(
                by=by, deployment=row, origins=request.POST.get("origins", "").splitlines(), at=at
            )
        elif what == "end":
            deployment_actions.end_deployment(
                by=by, deployment=row, reason=request.POST.get("why", ""), at=at
            )
        else:
            raise NotFound
    except ActionRefused as refused:
        return _page(request, row, trouble=refused.text)
    return members.to("repository-deployment", "ended" if what == "end" else "saved", ref)


def _public(name: str, value: str) -> str:
    with translation.override("lt" if (get_language() or "lt").startswith("lt") else "en"):
        return f"{settings.ENV.base_url.rstrip('/')}{reverse(name, args=[value])}"
