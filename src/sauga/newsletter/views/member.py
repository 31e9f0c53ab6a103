"""The newsletter on the member site: a member's own address, without a mail to confirm it."""

from django.http import Http404, HttpRequest, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from sauga.kernel import clock, members
from sauga.kernel.i18n import languages
from sauga.newsletter.actions import subscriptions
from sauga.newsletter.forms import MemberForm
from sauga.newsletter.queries import member_own
from sauga.newsletter.rules import CONSENT, CONSENT_VERSION


@require_http_methods(["GET", "HEAD", "POST"])
def own(request: HttpRequest) -> HttpResponseBase:
    """Which lists, in which language; none ends the subscription."""
    by = members.member(request)
    if by.birth_month is not None:
        raise Http404
    address = members.address_of(by.member)
    found = member_own.subscription_of(by.member)
    known = {row.code for row in languages.for_editors()}
    language = by.language if by.language in known else languages.DEFAULT
    initial = {"lists": found.lists if found else [], "language": found.language if found else language}
    form = MemberForm(request.POST if request.method == "POST" else None, initial=initial)
    if form.is_bound and form.is_valid():
        subscriptions.choose_as_member(by=by, address=address, at=clock.now(), **form.cleaned_data)
        return HttpResponseRedirect(f"{reverse('newsletter-member')}?done=saved")
    context = {
        "form": form,
        "address": address,
        "is_subscribed": found is not None,
        "consent_text": CONSENT[CONSENT_VERSION],
    }
    return members.page(
        request, "newsletter/member/newsletter.html", context, status=422 if form.errors else 200
    )
