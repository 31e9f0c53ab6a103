"""The members' space: signing in with the card, the home, the member's own page with the consents."""

import secrets
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import pgettext_lazy
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from sauga.kernel import clock, rate_limits
from sauga.kernel.clock import local_day
from sauga.kernel.members import member as signed_in
from sauga.kernel.members import open_to_visitors
from sauga.kernel.members.actions import cards, signin
from sauga.kernel.members.actors import session_of
from sauga.kernel.members.my_sauga.middleware import safe_path
from sauga.kernel.members.queries import consent_lines
from sauga.kernel.members.rules import ASKED_AHEAD, CONSENT_AGE, SESSION_LONGEST
from sauga.kernel.members.signin import cookies
from sauga.kernel.members.signin.devices import device_of
from sauga.kernel.refusals import ActionRefused
from sauga.kernel.states import SystemActor
from sauga.panel.effects import MEETING, NEWS, SAID, WAITING, HomePart, hooks
from sauga.panel.members.actions import membership
from sauga.panel.members.actions.nominations import free_names
from sauga.panel.members.forms import CardForm
from sauga.panel.members.models import Member
from sauga.panel.members.presenters.own import held_about
from sauga.panel.members.queries import flags, members
from sauga.panel.members.rules.ages import NIGHT_AGE, age_layer, first_day_at, is_under
from sauga.panel.members.rules.purposes import OPTIONAL, OWN_WISH, TAKE_PART
from sauga.panel.members.views.pages import UNFIT, anyone_signed_in, member_needed, on_to, space_page
from sauga.panel.states import MemberState

VISITOR = SystemActor("visitor")
PURPOSE = "panel.signin"
TOO_MANY = 429
SENTENCES = {
    "agreed": pgettext_lazy("child", "Thank you. Noted."),
    "withdrawn": pgettext_lazy("child", "Done. It does not count any more."),
    "paused": pgettext_lazy("child", "You are taking a break. Come back whenever you like."),
    "back": pgettext_lazy("child", "Good to have you back!"),
    "signed-out": pgettext_lazy("child", "You are signed out."),
    "left": pgettext_lazy(
        "child", "You are not in the panel any more. Thank you for everything! You can always call 116 111."
    ),
}


@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
@open_to_visitors
def sign_in(request: HttpRequest) -> HttpResponseBase:
    """Sign in with the code on the card; no email address is asked."""
    at, space = clock.now(), reverse("panel-space")
    asked = safe_path(request.POST.get("next", request.GET.get("next", "")))
    wanted = asked if asked.startswith(space) else ""
    if request.method != "POST":
        if session_of(request) is not None:
            return HttpResponseRedirect(space)
        return _signin_page(request, CardForm(), wanted=wanted)
    form = CardForm(request.POST)
    if not form.is_valid():
        return _signin_page(request, form, wanted=wanted)
    ticket = request.POST.get("ticket", "")[:64]
    try:
        rate_limits.admit(PURPOSE, ticket, request, at)
    except rate_limits.Held as held:
        more = {"puzzle": held.puzzle, "held": held, "wanted": wanted}
        return _signin_page(request, form, ticket=ticket, status=TOO_MANY, **more)
    try:
        device = device_of(request.headers.get("User-Agent", ""))
        _who, secret = cards.use_card(by=VISITOR, code=form.cleaned_data["code"], device=device, at=at)
    except ActionRefused as refused:
        refused.add_to(form)
        return _signin_page(request, form, wanted=wanted)
    response = HttpResponseRedirect(wanted or space)
    cookies.give(response, cookies.session_name(), secret, SESSION_LONGEST)
    return response


def _signin_page(
    request: HttpRequest, form: CardForm, *, status: int = 0, ticket: str = "", **extra: Any
) -> HttpResponse:
    ticket = ticket or secrets.token_urlsafe(12)
    context = {
        "form": form,
        "ticket": ticket,
        "puzzle": rate_limits.puzzle_for(PURPOSE, ticket, clock.now()),
        "done": SENTENCES.get(request.GET.get("done", ""), ""),
        **extra,
    }
    shown = status or (UNFIT if form.errors else 200)
    return render(request, "panel/members/site/signin.html", context, status=shown)


@require_POST
def sign_out(request: HttpRequest) -> HttpResponseBase:
    """End this session, so that a shared computer opens nothing afterwards."""
    session = session_of(request)
    assert session is not None  # the gate lets no others pass
    signin.end_sessions(by=signed_in(request), sessions=[session], at=clock.now())
    response = on_to("panel-signin", "signed-out")
    cookies.take(response, cookies.session_name())
    return response


@require_safe
@member_needed
def home(request: HttpRequest, member: Member) -> HttpResponse:
    """The next meeting, what waits, what we said and what came of it."""
    at = clock.now()
    parts = [part for parts in hooks.home_parts for part in parts(member, at)]
    if members.is_asked_again(member, at):
        parts.append(_asked_again(member))
    answered = flags.own(member).filter(answered_at__isnull=False, read_at__isnull=True).first()
    if answered is not None:
        parts.append(
            HomePart(
                place=WAITING,
                title=pgettext_lazy("child", "Somebody answered you"),
                text=pgettext_lazy("child", "You wrote that something is wrong."),
                url=reverse("panel-wrong-one", args=[answered.ref]),
            )
        )
    waiting = [part for part in parts if part.place == WAITING]
    context = {
        "waiting": sorted(waiting, key=lambda part: (part.due is None, part.due or at)),
        "meetings": [part for part in parts if part.place == MEETING],
        "said": [part for part in parts if part.place == SAID],
        "news": [part for part in parts if part.place == NEWS],
        "is_under_16": is_under(member.birth_month, NIGHT_AGE, local_day(at)),
        "hours": flags.hours(),
    }
    return space_page(request, member, "panel/members/site/home.html", context, sentences=SENTENCES)


def _asked_again(member: Member) -> HomePart:
    return HomePart(
        place=WAITING,
        title=pgettext_lazy("child", "You will be 14: do you want to stay?"),
        text=pgettext_lazy("child", "From 14 on you decide alone. Please answer, so that you need no break."),
        url=reverse("panel-me"),
    )


@require_http_methods(["GET", "HEAD", "POST"])
@anyone_signed_in
def me(request: HttpRequest, member: Member) -> HttpResponseBase:
    """Where the member stands, what the member agreed to, and how to stop; the first assent, too."""
    refused = ""
    if request.method == "POST":
        try:
            return _decided(request)
        except ActionRefused as reason:
            refused = reason.text
            member.refresh_from_db()
    at = clock.now()
    account = member.account
    assert account is not None  # a signed-in member has one
    lines = {line.purpose.code: line for line in consent_lines(account, at)}
    layer = age_layer(member, at)
    said = [
        {"line": line, "text": line.purpose.said_to(layer, line.purpose.version), "code": code}
        for code, line in lines.items()
    ]
    day = first_day_at(member.birth_month, CONSENT_AGE)
    take_part = lines.get(TAKE_PART)
    context = {
        "take_part": next((one for one in said if one["code"] == TAKE_PART), None),
        "others": [one for one in said if one["code"] in OPTIONAL],
        "is_new": take_part is not None and take_part.own is None,
        "asked_again": members.is_asked_again(member, at),
        "alone_from": day if local_day(at) < day else None,
        "asked_from": day - ASKED_AHEAD,
        "waits_for_guardian": take_part is not None
        and take_part.needs_guardian
        and take_part.guardian is None,
        "guardian_agreed": take_part is not None and take_part.guardian is not None,
        "is_declined": member.state == MemberState.DECLINED,
        "waits_for_school": member.has_guardian and member.confirmed_at is None,
        "is_own_pause": member.state == MemberState.PAUSED and member.paused_why == OWN_WISH,
        "is_active": member.state == MemberState.ACTIVE,
        "is_paused": member.state == MemberState.PAUSED,
        "is_inducted": member.state == MemberState.INDUCTED,
        "names": free_names() if member.state == MemberState.CONSENTING else [],
        "refused": refused,
    }
    return space_page(
        request,
        member,
        "panel/members/site/me.html",
        context,
        sentences=SENTENCES,
        status=UNFIT if refused else 200,
    )


@require_safe
@anyone_signed_in
def data(request: HttpRequest, member: Member) -> HttpResponse:
    """What the panel holds about the member."""
    return space_page(request, member, "panel/members/site/data.html", {"held": held_about(member)})


def _decided(request: HttpRequest) -> HttpResponseBase:
    """Carry out what was pressed."""
    by, at, given = signed_in(request), clock.now(), request.POST
    purpose, shown = given.get("purpose", ""), given.get("version", "")
    version = int(shown) if shown.isdecimal() and len(shown) < 5 else 0
    if "assent" in given:
        name = given.get("pseudonym", "")[:40]
        membership.assent(by=by, purposes=given.getlist("also"), version=version, at=at, name=name)
    elif "give" in given:
        membership.give(by=by, purpose=purpose, version=version, at=at)
    elif "withdraw" in given:
        membership.withdraw(by=by, purpose=purpose, at=at)
        if members.signed_in_member(request) is None:
            response = on_to("panel-signin", "left")
            cookies.take(response, cookies.session_name())
            return response
        return on_to("panel-me", "withdrawn")
    elif "pause" in given:
        membership.pause_myself(by=by, at=at)
        return on_to("panel-me", "paused")
    elif "back" in given:
        membership.come_back(by=by, at=at)
        return on_to("panel-space", "back")
    return on_to("panel-me", "agreed")
