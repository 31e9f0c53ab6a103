"""The two pages behind mailed links: joining, and setting a new password.

Both are for people who are not signed in.
"""

from django.contrib.auth import logout
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from sauga.kernel import clock
from sauga.kernel.identity.actions import invitations
from sauga.kernel.identity.desk_access.access import open_to_all
from sauga.kernel.identity.forms import JoinForm, ResetForm
from sauga.kernel.identity.models import Invitation, Person
from sauga.kernel.identity.signin import mfa

SECRET = "identity.join-totp"  # noqa: S105  the name of a session key, not a secret


@open_to_all
@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
def join(request: HttpRequest, token: str) -> HttpResponseBase:
    """An invited person chooses a password, sets up one-time codes and is shown the vault's recovery code
    once."""
    at = clock.now()
    try:
        invitation = invitations.open_link(token, Invitation.Purpose.JOIN, at)
    except invitations.LinkOver:
        return _over(request)
    secret: str = request.session.get(SECRET) or mfa.new_totp_secret()
    request.session[SECRET] = secret
    about = Person(email=invitation.email, name=request.POST.get("name", invitation.name))
    form = JoinForm(request.POST or None, person=about, initial={"name": invitation.name})
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            joined = invitations.accept_invitation(
                invitation=invitation,
                name=data["name"],
                password=data["new_password"],
                totp_secret=secret,
                code=data["code"],
                at=at,
            )
        except mfa.FactorRefused as refused:
            refused.add_to(form)
        except (invitations.LinkOver, invitations.AddressTaken):
            return _over(request)
        else:
            del request.session[SECRET]
            return render(
                request,
                "identity/desk/joined.html",
                {"person": joined.person, "recovery_code": joined.recovery_code},
            )
    address = mfa.totp_address(invitation.email, secret)
    context = {
        "form": form,
        "invitation": invitation,
        "secret": secret,
        "picture": mfa.totp_picture(address),
        "at": at,
    }
    return render(request, "identity/desk/join.html", context | {"organisation": _organisation(invitation)})


@open_to_all
@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
def reset(request: HttpRequest, token: str) -> HttpResponseBase:
    """A new password; with the recovery code the vault follows, without it stays shut, and the page says so
    before and after."""
    at = clock.now()
    try:
        link = invitations.open_link(token, Invitation.Purpose.RESET, at)
    except invitations.LinkOver:
        return _over(request)
    form = ResetForm(request.POST or None, person=link.person)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            opened = invitations.reset_password(
                link=link, password=data["new_password"], recovery_code=data["recovery_code"], at=at
            )
        except invitations.RecoveryCodeRefused as refused:
            refused.add_to(form)
        except invitations.LinkOver:
            return _over(request)
        else:
            logout(request)
            return render(request, "identity/desk/reset_done.html", {"vault_opens": opened})
    return render(request, "identity/desk/reset.html", {"form": form})


def _over(request: HttpRequest) -> HttpResponseBase:
    return render(request, "identity/desk/link_over.html", status=410)


def _organisation(invitation: Invitation) -> str:
    return invitation.organisation.name_at(invitation.created_at) if invitation.organisation else ""
