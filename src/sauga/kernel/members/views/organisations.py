"""Which organisations a member acts for: own requests, and those of colleagues to decide."""

from datetime import timedelta

from django.http import HttpRequest, JsonResponse
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from sauga.kernel import clock
from sauga.kernel.members import queries
from sauga.kernel.members.actions import representations
from sauga.kernel.members.actors import MemberActor, member
from sauga.kernel.members.forms import AskForm, RefuseForm
from sauga.kernel.members.my_sauga.entries import COLLEAGUES
from sauga.kernel.members.representation import register
from sauga.kernel.members.views.pages import UNFIT, page, to
from sauga.kernel.rate_limits import RecentCount
from sauga.kernel.refusals import ActionRefused, refusal_in

SHORTEST = 2
"""Suggestions begin with the second letter."""
MOST_A_MINUTE, HELD = 120, 429
ASKED = RecentCount(timedelta(minutes=1), most_each=MOST_A_MINUTE)


@require_safe
def organisations(request: HttpRequest) -> HttpResponseBase:
    """The member's own, and the colleagues."""
    return _page(request, member(request))


def _page(request: HttpRequest, by: MemberActor, *, refused: str = "") -> HttpResponseBase:
    at = clock.now()
    colleagues = queries.colleagues_of(by, at)
    shown = queries.consenting([line.row.member_id for line in colleagues], COLLEAGUES)
    context = {
        "own": queries.representations_of(by, at),
        "asking": [line for line in colleagues if line.row.state == "ASKED"],
        "colleagues": [
            (line, line.row.member_id in shown) for line in colleagues if line.row.state == "CONFIRMED"
        ],
        "reasons": representations.REASONS,
        "refuse_form": RefuseForm(),
        "refused": refused,
    }
    return page(request, "members/site/organisations.html", context, status=UNFIT if refused else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def ask(request: HttpRequest) -> HttpResponseBase:
    """Ask to act for an organisation. `?partner` says that it wants to become a partner."""
    by, at = member(request), clock.now()
    is_partner = "partner" in request.GET or request.POST.get("partner") == "1"
    text = " ".join(request.POST.get("organisation", "").split())
    found = register.find(text, at)
    fitting = register.suggestions(text, at) if text and found is None else []
    posted = request.POST.copy() if request.method == "POST" else None
    if posted is not None and posted.get("meant_for") != text:
        posted.pop("meant", None)  # another name was written since the choice was made
    form = AskForm(posted, suggest_url=reverse("members-suggest"), fitting=fitting)
    if fitting and not form.data.get("meant"):
        form.add_error("meant", gettext("Choose which organisation you mean."))
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        meant = given["meant"] if given["meant"] != AskForm.NONE else ""
        with refusal_in(form):
            representations.ask_to_represent(
                by=by,
                organisation=register.find(meant, at) if meant else found,
                asked_name=text,
                purpose=given["purpose"],
                wants_partner=is_partner,
                at=at,
            )
            return to("members-organisations", "asked")
    context = {"form": form, "is_partner": is_partner, "fitting": fitting, "text": text}
    return page(request, "members/site/ask.html", context, status=UNFIT if form.errors else 200)


@require_safe
def suggest(request: HttpRequest) -> JsonResponse:
    """Organisations that fit what a member is typing, by name, kind and place. So many questions a minute;
    beyond that the field is a plain text field, and the form asks which one is meant."""
    by, at = member(request), clock.now()
    text = request.GET.get("q", "")
    is_held = ASKED.before(by.pseudonym, at) >= MOST_A_MINUTE
    found = register.suggestions(text, at) if len(text.strip()) >= SHORTEST and not is_held else []
    response = JsonResponse(
        {"found": [{"value": one.value, "about": one.about} for one in found]},
        status=HELD if is_held else 200,
    )
    if is_held:
        response.headers["Retry-After"] = "60"
    response.headers["Cache-Control"] = "private, no-store"
    return response


@require_POST
def decide(request: HttpRequest, ref: str) -> HttpResponseBase:
    """Confirm, refuse or end a colleague's; withdraw or end the own."""
    by = member(request)
    acts = ("withdraw", "leave", "confirm", "refuse", "end")
    what = next((name for name in acts if name in request.POST), "")
    try:
        return to("members-organisations", _decided(by, ref, what, request.POST.get("reason", "")))
    except ActionRefused as refusal:
        return _page(request, by, refused=refusal.text)


def _decided(by: MemberActor, ref: str, what: str, reason: str) -> str:
    """Carry it out; the code of the sentence to say."""
    at = clock.now()
    if what in {"withdraw", "leave"}:
        row = queries.own_representation(by, ref)
        if what == "withdraw":
            representations.withdraw_request(by=by, representation=row, at=at)
            return "request-withdrawn"
        representations.end_representation(by=by, representation=row, at=at)
        return "ended"
    row = queries.representation_of_colleague(by, ref, at)
    if what == "confirm":
        representations.confirm_representation(by=by, representation=row, at=at)
        return "confirmed"
    if what == "refuse":
        representations.refuse_representation(by=by, representation=row, reason=reason, at=at)
        return "refused"
    representations.end_representation(by=by, representation=row, at=at)
    return "ended"
