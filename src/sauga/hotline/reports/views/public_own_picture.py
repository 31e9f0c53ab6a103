"""“Remove my picture”: a child brings addresses or fingerprints, at any hour, with a pass of the helpline or
without.

No session, no cookie, no upload.
"""

from datetime import datetime, timedelta
from threading import BoundedSemaphore

from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from sauga.hotline.reports.actions import own_pictures
from sauga.hotline.reports.forms.own_picture import OwnPictureForm
from sauga.hotline.reports.models import Report
from sauga.kernel import clock, rate_limits, sealed
from sauga.kernel.i18n import languages
from sauga.kernel.states import SystemActor
from sauga.kernel.ui.public_frame import language, opening_hours

ZONE = sealed.Zone.HOTLINE
PUBLIC = SystemActor("public")
PURPOSE = "hotline.own-picture"
TICKET_AGE = timedelta(hours=24)
OUTSIDE = {
    "take_it_down": "https://takeitdown.ncmec.org/",
    "stop_ncii": "https://stopncii.org/",
    "police": "https://www.epolicija.lt/",
}
"""What others offer at any hour, day and night: fingerprints made on the person's own device (NCMEC, for
pictures of somebody under 18; SWGfL, for adults), and the electronic report of the Lithuanian police."""
LANE = BoundedSemaphore(1)  # tries are slow one after another here, and no other request waits for them


@require_http_methods(["GET", "HEAD", "POST"])
def own_picture(request: HttpRequest) -> HttpResponse:
    """The form; answers a post with the receipt of the report."""
    at = clock.now()
    if request.method != "POST":
        return _form(request, OwnPictureForm(), sealed.new_ticket(PURPOSE, at))
    form = OwnPictureForm(request.POST)
    try:
        ticket = sealed.read_ticket(request.POST.get("ticket", ""), PURPOSE, at, TICKET_AGE)
    except sealed.TicketError:
        form.is_valid()
        form.add_error(
            None,
            _(
                "This page had been open for too long. Nothing is lost: check what you wrote and "
                "send it again."
            ),
        )
        return _form(request, form, sealed.new_ticket(PURPOSE, at))
    if not form.is_valid():
        return _form(request, form, request.POST["ticket"])
    try:
        rate_limits.admit(PURPOSE, request.POST["ticket"], request, at)
    except rate_limits.Held as held:
        return _form(request, form, request.POST["ticket"], held)
    spoken = languages.active().code
    receipt = sealed.new_receipt(ticket.receipt_entropy, spoken)
    try:
        report = _received(form, receipt, spoken, at)
    except own_pictures.PassNotGood:
        words = _(
            "The code does not fit. Check every letter. A code works once and for seven days. Or leave this "
            "field empty: we take it without a code, too."
        )
        form.add_error("code", words)
        return _form(request, form, request.POST["ticket"])
    language.posts_again(request, {name: request.POST.get(name, "") for name in ("ticket", *form.fields)})
    had_pass = report.channel == own_pictures.WITH_PASS
    context = {"report": report, "receipt": receipt, "today": at, "had_pass": had_pass}
    return _page(request, "own_picture_sent", context)


def _received(form: OwnPictureForm, receipt: sealed.Receipt, spoken: str, at: datetime) -> Report:
    """The report that was made. Raises PassNotGood."""
    with LANE:
        keys = sealed.receipt_keys(receipt, ZONE)
        known_by = sealed.receipt_keys(form.pass_receipt, ZONE).lookup if form.pass_receipt else None
    if known_by is None:
        return own_pictures.receive_without_pass(
            by=PUBLIC, locations=form.locations, receipt=keys, language=spoken, at=at
        )
    return own_pictures.use_pass(
        by=PUBLIC, known_by=known_by, locations=form.locations, receipt=keys, language=spoken, at=at
    )


def _form(
    request: HttpRequest, form: OwnPictureForm, ticket: str, held: rate_limits.Held | None = None
) -> HttpResponse:
    puzzle = held.puzzle if held else rate_limits.puzzle_for(PURPOSE, ticket, clock.now())
    context = {
        "form": form,
        "ticket": ticket,
        "held": held,
        "puzzle": puzzle,
        "to_child": True,
        "outside": OUTSIDE,
        "reach": opening_hours.reach("child_helpline", clock.now()),
    }
    return _page(request, "own_picture", context, status=429 if held else 422 if form.errors else 200)


def _page(request: HttpRequest, name: str, context: dict[str, object], status: int = 200) -> HttpResponse:
    response = HttpResponse(
        render_to_string(f"hotline/reports/public/{name}.html", context, request=request), status=status
    )
    response.headers["Cache-Control"] = "no-store"
    return response
