"""The check-in page of a phone: its shell and its worker, which a device keeps; the list of people; what
devices send; and the same without a script.

The shell and the worker hold nothing about anybody. The list is another answer, which no cache keeps.
"""

import hashlib
import json
import secrets
from importlib.resources import files as packaged
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.middleware.csrf import get_token
from django.shortcuts import render
from django.templatetags.static import static
from django.urls import reverse
from django.utils.translation import get_language, gettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from sauga.events.checkin import presenters
from sauga.events.checkin.actions.scans import CHANNEL, Message, ScanRefused, Sent, take
from sauga.events.checkin.actions.walk_ins import walk_in
from sauga.events.checkin.forms import message_of, walk_in_form
from sauga.events.checkin.models import CheckIn, CheckList, Entrance
from sauga.events.checkin.queries import people, progress
from sauga.events.checkin.rules import Kind, Method, Outcome, kept_until
from sauga.events.permissions import Permission
from sauga.events.programme.models import Event
from sauga.events.registration.forms.people import GROUPS, SENDING, new_sending
from sauga.events.registration.queries import tickets
from sauga.events.states import EventState
from sauga.kernel import clock, vocab
from sauga.kernel.identity import actor, needs
from sauga.kernel.refusals import refusal_in
from sauga.kernel.ui import toasts

UNFIT = 422
CAMERA = (
    "camera=(self), microphone=(), geolocation=(), payment=(), usb=(), browsing-topics=(), interest-cohort=()"
)
"""The only page that may ask for a camera."""
MODULES = ("page", "local", "acts", "view", "store", "decide", "sync", "camera")
PAGE, READER = "events/checkin/page.js", "events/vendor/jsqr-1.4.0.js"
STYLES = (
    "ui/tokens.css",
    "ui/base.css",
    "ui/desk.css",
    "ui/charts.css",
    "ui/alerts.css",
    "events/checkin/checkin.css",
)
OTHERS = ("ui/mark.svg", "ui/fonts/atkinson-next-core.woff2", "ui/fonts/atkinson-next-lt.woff2")
NO_DEVICE = "desk"
"""What the page calls itself without a script."""


@require_safe
@needs(Permission.CHECK_IN)
def page(request: HttpRequest, ref: str) -> HttpResponse:
    """The page. Without a script it searches by name and code; with one it keeps itself on the device."""
    event = people.check_in_event(actor(request), ref)
    check_list, entrance = _chosen(request, event)
    words = request.GET.get("q", "")[:120]
    found = [_line(one, check_list) for one in people.search(event, words)]
    response = render(
        request,
        "events/checkin/desk/page.html",
        {
            "event": event,
            "lists": progress.lists_of(event),
            "entrances": progress.entrances_of(event),
            "check_list": check_list,
            "entrance": entrance,
            "words": words,
            "found": found,
            "counts": progress.counts_of(check_list),
            "conflicts": progress.conflict_count(event),
            "setup_json": json.dumps(_setup(request, event)),
            "is_over": event.state != EventState.PUBLISHED,
            "may_walk_in": bool(tickets.tickets_at_desk(event)),
        },
    )
    response.headers["Permissions-Policy"] = CAMERA
    return response


def _chosen(request: HttpRequest, event: Event) -> tuple[CheckList, Entrance | None]:
    given = request.POST if request.method == "POST" else request.GET
    check_list = progress.list_of(event, given.get("list", ""))
    entrance = given.get("entrance", "")
    return check_list, progress.entrance_of(event, entrance) if entrance else None


def _line(one: people.Person, check_list: CheckList) -> dict[str, Any]:
    rows = progress.counted(one.row, check_list)
    heads = sum(row.heads for row in rows)
    came = {code: sum(row.groups.get(code, 0) for row in rows) for code in one.row.groups}
    return {
        "row": one.row,
        "name": one.name,
        "inside": rows[0] if rows else None,
        "last": rows[-1] if rows else None,
        "heads": heads,
        "left": one.row.heads - heads,
        "groups": [
            (code, vocab.label("headcount_groups", code), max(0, n - came[code]))
            for code, n in one.row.groups.items()
        ],
        "nonce": new_sending(),
    }


def _setup(request: HttpRequest, event: Event) -> dict[str, Any]:
    """What the scripts need, without anybody's name."""
    language = get_language() or "lt"
    return {
        "ref": event.ref,
        "language": language,
        "words": presenters.words(),
        "photos": presenters.photo_words(),
        "groups": {code: vocab.label("headcount_groups", code) for code in GROUPS},
        "people": reverse("events-checkin-people", args=[event.ref]),
        "sync": reverse("events-checkin-sync", args=[event.ref]),
        "worker": reverse("events-checkin-worker", args=[event.ref]),
        "conflict": reverse("events-checkin-conflict", args=[event.ref, "0" * 32]),
        "live": f"{reverse('live-stream')}?c={CHANNEL}",
        "token": get_token(request),
    }


@require_safe
@needs(Permission.CHECK_IN)
def worker(request: HttpRequest, ref: str) -> HttpResponse:
    """The service worker. It serves this page and what it is drawn with, and nothing else of the desk."""
    event = people.check_in_event(actor(request), ref)
    assets = [static(name) for name in (*STYLES, *OTHERS, PAGE)]
    assets += [f"{settings.STATIC_URL}events/checkin/{name}.js" for name in MODULES]
    assets.append(f"{settings.STATIC_URL}{READER}")
    source = packaged("sauga.events").joinpath("static/events/checkin/worker.js").read_text(encoding="utf-8")
    shell = {
        "page": reverse("events-checkin", args=[event.ref]),
        "assets": list(dict.fromkeys(assets)),
        "cache": f"sauga-desk-checkin-{event.ref}-{_version(assets, source)}",
        "family": f"sauga-desk-checkin-{event.ref}-",
    }
    text = f"const SHELL = {json.dumps(shell)};\n{source}"
    return HttpResponse(text, content_type="text/javascript; charset=utf-8")


def _version(assets: list[str], source: str) -> str:
    """Another one as soon as anything that a device keeps is another."""
    digest = hashlib.sha256("\n".join([*assets, source]).encode())
    folder = packaged("sauga.events").joinpath("static/events/checkin")
    for name in sorted(MODULES):
        digest.update(folder.joinpath(f"{name}.js").read_bytes())
    return digest.hexdigest()[:12]


@require_safe
@needs(Permission.CHECK_IN)
def people_of(request: HttpRequest, ref: str) -> JsonResponse:
    """The list that a device keeps: names or classes with short codes; empty once the event is over."""
    at = clock.now()
    event = people.check_in_event(actor(request), ref)
    keep = int((kept_until(event.ends, at) - at).total_seconds() * 1000)
    is_over = event.state != EventState.PUBLISHED or keep <= 0
    return JsonResponse(
        {
            "over": is_over,
            "keep": 0 if is_over else keep,
            "edition": people.edition(event),
            "token": get_token(request),
            "lists": [_list(one) for one in progress.lists_of(event)],
            "people": [] if is_over else people.for_device(event),
        }
    )


def _list(one: CheckList) -> dict[str, Any]:
    opening = one.opening
    return {
        "ref": one.ref,
        "opens": int(opening.opens.timestamp() * 1000),
        "closes": int(opening.closes.timestamp() * 1000),
        "tickets": [ticket.pk for ticket in one.tickets.all()],
    }


@require_POST
@needs(Permission.CHECK_IN)
def sync(request: HttpRequest, ref: str) -> JsonResponse:
    """Take what a device has scanned, and tell it what the others have."""
    by, at = actor(request), clock.now()
    event = people.check_in_event(by, ref)
    lists = {one.ref: one for one in progress.lists_of(event)}
    entrances = {one.ref: one for one in progress.entrances_of(event)}
    try:
        message, shown, since = message_of(_json(request), lists, entrances)
        rows = take(by=by, event=event, message=message, at=at)
    except ScanRefused as refused:
        return JsonResponse({"error": refused.text}, status=UNFIT)
    news, newest = progress.inside(shown, since, at)
    counts = progress.counts_of(shown)
    here = counts.by_entrance.get(message.entrance.ref if message.entrance else "", 0)
    return JsonResponse(
        {
            "now": int(at.timestamp() * 1000),
            "outcomes": {row.nonce: presenters.outcome_of(row) for row in rows},
            "inside": news,
            "newest": newest,
            "counts": {"inside": counts.inside, "missing": counts.missing, "here": here},
            "conflicts": presenters.conflict_news(event, shown),
            "edition": people.edition(event),
            "over": event.state != EventState.PUBLISHED,
        }
    )


def _json(request: HttpRequest) -> Any:
    try:
        return json.loads(request.body)
    except (ValueError, RecursionError):
        raise ScanRefused from None


@require_POST
@needs(Permission.CHECK_IN)
def enter(request: HttpRequest, ref: str) -> HttpResponse:
    """Check in, or undo, without a script. The nonce comes from the form, so that a double click is one."""
    by, at = actor(request), clock.now()
    event = people.check_in_event(by, ref)
    check_list, entrance = _chosen(request, event)
    nonce, undoes = request.POST.get("nonce", ""), request.POST.get("undoes", "")
    if (nonce and not SENDING.fullmatch(nonce)) or (undoes and not SENDING.fullmatch(undoes)):
        raise Http404
    row = people.by_code(event, request.POST.get("code", "")[:20])
    if row is None:
        raise Http404
    scan = Sent(
        nonce=nonce or secrets.token_hex(16),
        check_list=check_list,
        scanned=at,
        method=Method.NAME,
        kind=Kind.UNDO if undoes else Kind.IN,
        code=row.entry_code,
        groups={} if undoes else _heads(request, row.groups),
        undoes=undoes,
    )
    message = Message(device=NO_DEVICE, sent=at, entrance=entrance, scans=[scan])
    _say(request, take(by=by, event=event, message=message, at=at)[0])
    back = reverse("events-checkin", args=[event.ref])
    return HttpResponseRedirect(f"{back}?{_query(request)}")


def _heads(request: HttpRequest, groups: dict[str, int]) -> dict[str, int]:
    """How many of a class came, by group: as typed, else all."""
    typed = {code: request.POST.get(f"heads_{code}", str(n))[:4] for code, n in groups.items()}
    return {code: int(text) for code, text in typed.items() if text.isdecimal() and int(text)}


def _query(request: HttpRequest) -> str:
    kept = request.POST.copy()
    for name in list(kept):
        if name not in {"q", "list", "entrance"}:
            del kept[name]
    return kept.urlencode()


def _say(request: HttpRequest, row: CheckIn) -> None:
    said = {
        Outcome.COUNTED: gettext("Checked in."),
        Outcome.UNDO: gettext("Undone."),
        Outcome.REFUSED: presenters.refusal_text(row.why, row.check_list),
    }
    toasts.say(request, said.get(Outcome(row.outcome), gettext("Already checked in.")))


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Permission.CHECK_IN)
def walk_in_page(request: HttpRequest, ref: str, of: str = "") -> HttpResponse:
    """Register and check in a visitor without a ticket; first of all the ticket, where there are several."""
    by, at = actor(request), clock.now()
    event = people.check_in_event(by, ref)
    offers = tickets.tickets_at_desk(event)
    ticket = next((one for one in offers if one.ref == of or (not of and len(offers) == 1)), None)
    if of and ticket is None:
        raise Http404
    check_list, entrance = _chosen(request, event)
    sending = request.POST.get("sending", "")
    sending = sending if SENDING.fullmatch(sending) else new_sending()
    form = walk_in_form(ticket, request.POST if request.method == "POST" else None) if ticket else None
    if form is not None and ticket is not None and form.is_bound and form.is_valid():
        with refusal_in(form, "name"):
            _row, scan = walk_in(
                by=by,
                ticket=ticket,
                data=form.registration_data(sending),
                check_list=check_list,
                device=NO_DEVICE,
                entrance=entrance,
                at=at,
            )
            _say(request, scan)
            back = reverse("events-checkin", args=[event.ref])
            return HttpResponseRedirect(f"{back}?{_query(request)}")
    context = {
        "event": event,
        "form": form,
        "ticket": ticket,
        "offers": [(one, min((quota.free for quota in one.quotas.all()), default=0)) for one in offers],
        "sending": sending,
        "check_list": check_list,
        "entrance": entrance,
    }
    status = UNFIT if form is not None and form.errors else 200
    return render(request, "events/checkin/desk/walk_in.html", context, status=status)
