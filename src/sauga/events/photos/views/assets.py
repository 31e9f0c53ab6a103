"""Pictures and recordings: published and withdrawn at the desk, sent to visitors, seen and withdrawn by the
people they show.
"""

from collections.abc import Mapping
from typing import Any

from django import forms as django_forms
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from sauga.events.permissions import Permission
from sauga.events.photos import presenters
from sauga.events.photos.actions import assets as actions
from sauga.events.photos.actions import withdrawals
from sauga.events.photos.forms import AssetForm, TaskForm
from sauga.events.photos.models import AssetKind
from sauga.events.photos.queries import assets as queries
from sauga.events.photos.queries import consents
from sauga.events.programme.models import Event
from sauga.events.registration.actions.registrations import REGISTRANT
from sauga.kernel import clock, media
from sauga.kernel.identity import actor, needs
from sauga.kernel.kit import Outcome, submitted
from sauga.kernel.kit.actions import respond
from sauga.kernel.ui.parameters.numbers import whole

UNFIT, GONE = 422, 410


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Permission.PUBLISH_PICTURES)
def pictures(request: HttpRequest, ref: str) -> HttpResponse:
    """The pictures of an event, what is to be done about them, and a form to publish another."""
    by = actor(request)
    event = queries.desk_event(by, ref)
    is_post = request.method == "POST"
    form = AssetForm(request.POST if is_post else None, request.FILES if is_post else None, event=event)

    def act(given: dict[str, Any]) -> Outcome:
        actions.add_asset(
            by=by,
            event=event,
            kind=AssetKind.PHOTO,
            name=given["file"].name,
            content=given["file"].read(),
            alt=form.alt(),
            badges=given["badges"],
            session=queries.session_named(event, given["session"]),
            is_unrecognisable=given["is_unrecognisable"],
            at=clock.now(),
        )
        return Outcome(_("Published. Whoever is shown for the first time gets an email."), to=request.path)

    return submitted(request, form, act) or _page(request, event, form, {})


@require_POST
@needs(Permission.PUBLISH_PICTURES)
def picture_do(request: HttpRequest, ref: str, asset_ref: str, name: str) -> HttpResponse:
    """Take a picture down, or record what was done after a withdrawal (`name` is the number of the task)."""
    by, at = actor(request), clock.now()
    event = queries.desk_event(by, ref)
    asset = queries.desk_asset(by, event, asset_ref)
    there = reverse("events-pictures", args=[ref])
    if name == "remove":

        def removed() -> str:
            withdrawals.remove_asset(by=by, asset=asset, at=at)
            return _("Removed. Its file is deleted.")

        return respond(request, removed, there)
    task = queries.task_of(asset, whole(name, 2**31 - 1))
    is_recording = asset.kind == AssetKind.RECORDING
    form = TaskForm(request.POST, request.FILES, auto_id=f"task-{task.pk}-%s", is_recording=is_recording)

    def act(given: dict[str, Any]) -> Outcome:
        file = given["file"]
        withdrawals.finish_task(
            by=by,
            task=task,
            outcome=given["outcome"],
            name=file.name if file else "",
            content=file.read() if file else b"",
            at=at,
        )
        return Outcome(_("Recorded. The person is notified by email."), to=there)

    key = f"task-{task.pk}"
    return submitted(request, form, act) or _page(request, event, AssetForm(event=event), {key: form})


@require_safe
@needs(Permission.PUBLISH_PICTURES)
def tasks(request: HttpRequest) -> HttpResponse:
    """All withdrawals that are not carried out, the most urgent first."""
    at = clock.now()
    rows = queries.open_tasks(actor(request))
    lines = [(row.asset, presenters.task_line(row, at)) for row in rows]
    return render(request, "events/photos/desk/tasks.html", {"lines": lines})


@require_safe
def picture(request: HttpRequest, slug: str, ref: str) -> HttpResponseBase:
    """One picture or recording. A browser may keep it but asks each time: what was withdrawn is gone at
    once."""
    sent = media.send_media(request, queries.public_asset(slug, ref), download=False)
    sent.headers["Cache-Control"] = "no-cache"
    return sent


@require_http_methods(["GET", "HEAD", "POST"])
def own(request: HttpRequest, token: str) -> HttpResponse:
    """The pictures that show the person, by the link of the mail; a button withdraws the consent."""
    row = consents.consent_by(token)
    if row is None:
        return _private(render(request, "events/registration/public/over.html", status=GONE))
    if request.method == "POST" and request.POST.get("do") == "withdraw":
        withdrawals.withdraw(by=REGISTRANT, consent=row, at=clock.now())
        return _private(HttpResponseRedirect(request.path))
    context = {
        "row": row,
        "event": row.event,
        "lines": presenters.own_lines(row),
        "may_withdraw": row.photo or row.children,
    }
    return _private(render(request, "events/photos/public/own.html", context))


def _page(
    request: HttpRequest, event: Event, form: AssetForm, bound: Mapping[str, django_forms.Form]
) -> HttpResponse:
    context = {
        "event": event,
        "form": form,
        "lines": presenters.desk_lines(event, bound, clock.now()),
        "here": reverse("events-pictures", args=[event.ref]),
    }
    status = UNFIT if form.errors or bound else 200
    return render(request, "events/photos/desk/pictures.html", context, status=status)


def _private(response: HttpResponse) -> HttpResponse:
    response.headers["Cache-Control"] = "no-store"
    response.headers["Referrer-Policy"] = "no-referrer"
    return response
