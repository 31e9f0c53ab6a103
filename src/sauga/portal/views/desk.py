"""The editors' own desk beside the tool: reviews by link, translations behind their source, pages due for another look."""

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from sauga.kernel import clock
from sauga.kernel.identity import actor, needs
from sauga.kernel.kit.actions import post_action
from sauga.kernel.refusals import ActionRefused, refusal_in
from sauga.kernel.ui import toasts
from sauga.kernel.ui.numbers import whole
from sauga.portal.actions import outside as looking_after
from sauga.portal.actions import reviews as reviewing
from sauga.portal.actions import translating
from sauga.portal.forms.reviews import AskForm
from sauga.portal.models import OutsideLink
from sauga.portal.queries import gating, linking, working
from sauga.portal.rules.permissions import Permission
from sauga.portal.views.today import today
from sauga.repository.views.gate_words import name_of

UNFIT = 422


@require_safe
@needs(Permission.ASK_REVIEW)
def reviews(request: HttpRequest) -> HttpResponse:
    """Every review that was asked for, with its answer."""
    return render(request, "portal/desk/reviews.html", {"reviews": working.reviews(), "now": clock.now()})


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Permission.ASK_REVIEW)
def ask(request: HttpRequest, page_id: int) -> HttpResponse:
    """Ask somebody without an account to read a page."""
    by = actor(request)
    page = working.page_for(by, page_id)
    form = AskForm(request.POST if request.method == "POST" else None, initial={"language": page.locale.language_code})
    if form.is_bound and form.is_valid():
        with refusal_in(form):
            reviewing.ask_review(by=by, page=page, at=clock.now(), **form.cleaned_data)
            toasts.say(request, gettext("The letter is on its way"))
            return HttpResponseRedirect(reverse("portal-reviews"))
    return render(request, "portal/desk/ask.html", {"form": form, "page": page}, status=UNFIT if form.is_bound else 200)


@needs(Permission.ASK_REVIEW)
@post_action("portal-reviews")
def withdraw(request: HttpRequest, review: str) -> str:
    """Take a link back."""
    by = actor(request)
    reviewing.withdraw_review(by=by, review=working.review_for(by, review), at=clock.now())
    return gettext("The link opens nothing any more")


@require_safe
@needs(Permission.TRANSLATE_PAGES)
def translations(request: HttpRequest) -> HttpResponse:
    """Translations whose source has changed."""
    return render(request, "portal/desk/translations.html", {"behind": working.behind()})


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Permission.TRANSLATE_PAGES)
def translation(request: HttpRequest, page_id: int) -> HttpResponse:
    """What changed in the source since the translation was made, word by word; and saying that it is up to date."""
    by = actor(request)
    page = working.page_for(by, page_id)
    source = working.source_of(page)
    if request.method == "POST":
        seen = whole(request.POST.get("seen", ""))
        if not seen:
            raise Http404
        try:
            translating.confirm_translation(by=by, page=page, source=source, seen=seen, at=clock.now())
        except ActionRefused as refused:
            toasts.say(request, refused.text)
            return HttpResponseRedirect(reverse("portal-translation", args=[page.pk]))
        toasts.say(request, gettext("The translation is up to date"))
        return HttpResponseRedirect(reverse("portal-translations"))
    before, after = working.text_of(page.translated_from), working.text_of(source.live_revision)
    context = {
        "page": page,
        "source": source,
        "difference": working.difference(before, after) if before else None,
        "whole": after,
        "translated": working.text_of(page.latest_revision),
        "fresh": page.translated_from_id == source.live_revision_id,
    }
    return render(request, "portal/desk/translation.html", context)


OUTCOMES: dict[str, str | Promise] = {
    "404": _("the page is gone"),
    "410": _("the page is gone"),
    "dns_nxdomain": _("there is no such site"),
    "dns_failure": _("the site's name was not answered"),
    "refused": _("the site refuses"),
    "timeout": _("the site does not answer in time"),
    "tls": _("the site's certificate does not hold"),
    "reset": _("the site breaks off"),
    "guard": _("the address is not a public one"),
    "bad_url": _("the address is not written as one"),
    "too_many_redirects": _("the site sends us on without end"),
}


@require_safe
@needs(Permission.SEE_GATE)
def links(request: HttpRequest) -> HttpResponse:
    """Links to other sites that do not answer, with the places where they stand."""
    number, newest = linking.known()
    rows = [
        {"link": row, "said": OUTCOMES.get(row.outcome) or gettext("answer %(code)s") % {"code": row.outcome}, "places": _places(row)}
        for row in linking.broken_links()
    ]
    return render(request, "portal/desk/links.html", {"rows": rows, "number": number, "newest": newest})


def _places(row: OutsideLink) -> list[tuple[str, str]]:
    names = {
        "page": "wagtailadmin_pages:edit",
        "partner": "wagtailsnippets_portal_partner:edit",
        "helpentry": "wagtailsnippets_portal_helpentry:edit",
    }
    return [(place.name, reverse(names[place.kind], args=[place.key])) for place in row.places.all()]


@require_POST
@needs(Permission.SEE_GATE)
def link_again(request: HttpRequest, key: int) -> HttpResponse:
    """Let the next round look at it."""
    looking_after.ask_again(by=actor(request), link=linking.link_for(key), at=clock.now())
    toasts.say(request, gettext("It is looked at within twenty minutes."))
    return HttpResponseRedirect(reverse("portal-links"))


@require_safe
@needs(Permission.WRITE_PAGES)
def due(request: HttpRequest) -> HttpResponse:
    """Pages that should have been looked at again, and live pages that would not pass the gate any more."""
    fallen = [{"page": page, "checks": ", ".join(map(name_of, page.gate_word.failing))} for page in gating.fallen()]
    return render(request, "portal/desk/due.html", {"pages": working.due(today()), "today": today(), "fallen": fallen})
