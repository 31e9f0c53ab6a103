"""My Sauga, the account, its passkeys and its browsers."""

from django.http import HttpRequest, HttpResponseRedirect, JsonResponse
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from sauga.kernel import clock
from sauga.kernel.members import home as waiting
from sauga.kernel.members import protection, queries
from sauga.kernel.members.actions import account as actions
from sauga.kernel.members.actions import passkeys, signin
from sauga.kernel.members.actors import MemberActor, member, session_of
from sauga.kernel.members.forms import AccountForm, PasskeyForm
from sauga.kernel.members.signin import webauthn
from sauga.kernel.members.views.pages import UNFIT, page, to
from sauga.kernel.refusals import refusal_in


@require_safe
def home(request: HttpRequest) -> HttpResponseBase:
    """What waits for the member in every service; with nothing waiting, what can be done."""
    by, at = member(request), clock.now()
    found = waiting.waiting_for(by, at)
    first = found[0] if found and found[0].due is not None else None
    context = {
        "at": at,
        "first": first,
        "count": len(found),
        "rest": found[1:] if first else found,
        "coming": waiting.coming_for(by, at),
        "suggestions": waiting.suggestions_for(by),
        "organisations": [] if by.birth_month else _acting(by, at),
    }
    return page(request, "members/site/home.html", context)


def _acting(by: MemberActor, at: object) -> list[queries.RepresentationLine]:
    rows = queries.representations_of(by, clock.now())
    return [line for line in rows if line.row.state == "CONFIRMED"]


@require_http_methods(["GET", "HEAD", "POST"])
def account(request: HttpRequest) -> HttpResponseBase:
    """Name, language, reminders; passkeys; browsers."""
    by = member(request)
    row = by.member
    initial = {"name": by.name, "language": by.language, "is_reminded": row.is_reminded}
    form = AccountForm(request.POST if request.method == "POST" else None, initial=initial)
    if request.method == "POST" and form.is_valid():
        with refusal_in(form):
            given = form.cleaned_data
            actions.change_account(
                by=by,
                name=given["name"],
                language=given["language"],
                is_reminded=given["is_reminded"],
                at=clock.now(),
            )
            return to("members-account", "saved")
    return _account_page(request, by, form, PasskeyForm())


def _account_page(
    request: HttpRequest, by: MemberActor, form: AccountForm, passkey_form: PasskeyForm
) -> HttpResponseBase:
    session = session_of(request)
    context = {
        "form": form,
        "passkey_form": passkey_form,
        "address": protection.address_of(by.member),
        "passkeys": queries.passkeys_of(by),
        "sessions": queries.sessions_of(by, clock.now()),
        "here": session.ref if session else "",
    }
    is_unfit = bool(form.errors or passkey_form.errors)
    return page(request, "members/site/account.html", context, status=UNFIT if is_unfit else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def passkey_new(request: HttpRequest) -> HttpResponseBase:
    """GET: what the browser needs to make a passkey. POST: the one it has made."""
    by, at = member(request), clock.now()
    if request.method != "POST":
        known = [bytes(one.row.credential) for one in queries.passkeys_of(by)]
        options, challenge = webauthn.creation_options(by.ref, by.name or "Sauga", known)
        asked = JsonResponse(options)
        webauthn.CHALLENGE.give(asked, challenge, at)
        return asked
    form = PasskeyForm(request.POST)
    kept = webauthn.CHALLENGE.read(request, at)
    if form.is_valid():
        with refusal_in(form):
            if kept is None:
                raise webauthn.PasskeyRefused
            given = form.cleaned_data
            passkeys.add_passkey(by=by, answer=given["answer"], challenge=kept[0], name=given["name"], at=at)
            response = to("members-account", "passkey-added")
            webauthn.CHALLENGE.take(response)
            return response
    initial = {"name": by.name, "language": by.language, "is_reminded": by.member.is_reminded}
    return _account_page(request, by, AccountForm(initial=initial), form)


@require_POST
def passkey_remove(request: HttpRequest, ref: str) -> HttpResponseBase:
    """Remove one of the own passkeys."""
    by = member(request)
    passkeys.remove_passkey(by=by, passkey=queries.own_passkey(by, ref), at=clock.now())
    return to("members-account", "passkey-removed")


@require_POST
def session_end(request: HttpRequest, ref: str) -> HttpResponseBase:
    """Sign out in one browser; “others” stands for all but this one."""
    by, at, here = member(request), clock.now(), session_of(request)
    if ref == "others":
        rows = [one.row for one in queries.sessions_of(by, at) if here is None or one.row.pk != here.pk]
    else:
        rows = [queries.own_session(by, ref)]
    signin.end_sessions(by=by, sessions=rows, at=at)
    if here is not None and here.pk in {row.pk for row in rows}:
        return HttpResponseRedirect(reverse("members-signin"))
    return to("members-account", "session-ended")
