"""An ambassador's profile in My Sauga."""

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.views.decorators.http import require_http_methods, require_POST

from sauga.certification.applications.views.member import own_certified, to_mine
from sauga.certification.register.actions import profiles
from sauga.certification.register.forms import ProfileForm, initial_of
from sauga.certification.register.queries import entries
from sauga.kernel import clock, members
from sauga.kernel.refusals import refusal_in

UNFIT = 422


@require_http_methods(["GET", "HEAD", "POST"])
def profile(request: HttpRequest) -> HttpResponseBase:
    """What the ambassador can do, and what of it everybody may see."""
    by, row = own_certified(request)
    entry = entries.entry_of(row)
    form = ProfileForm(request.POST if request.method == "POST" else None, initial=initial_of(entry))
    if form.is_bound and form.is_valid():
        with refusal_in(form):
            profiles.save_profile(by=by, ambassador=row, profile=form.profile(), at=clock.now())
            return to_mine("profile-saved")
    context = {"form": form, "entry": entry}
    return members.page(
        request, "certification/member/profile.html", context, status=UNFIT if form.errors else 200
    )


@require_POST
def unlist(request: HttpRequest) -> HttpResponseBase:
    """Out of the register in one step."""
    by, row = own_certified(request)
    profiles.withdraw_consent(by=by, ambassador=row, at=clock.now())
    return to_mine("unlisted")
