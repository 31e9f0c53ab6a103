"""A speaker at the desk: the entry's consents, the personal link, slides, hours. What the speaker agreed to
in writing is recorded here; what they do by the link shows at once."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from sauga.events.permissions import Permission
from sauga.events.programme.queries import events as event_queries
from sauga.events.programme.queries import parts
from sauga.events.speakers.forms import LinkForm
from sauga.events.speakers.presenters import own_context
from sauga.events.speakers.queries import contacts
from sauga.events.speakers.views.commands import perform
from sauga.kernel import clock
from sauga.kernel.i18n import languages
from sauga.kernel.identity import PermissionRefused, actor, needs
from sauga.kernel.kit.actions import respond

UNFIT = 422
DONE = {
    "link": _("The link is on its way."),
    "hide-slides": _("Withdrawn. Nobody can download them any more."),
}


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Permission.EDIT_PROGRAMME)
def speaker(request: HttpRequest, ref: str, speaker_ref: str) -> HttpResponse:
    """One speaker of an event."""
    by = actor(request)
    event = event_queries.event_for(by, ref)
    row = parts.part_of(by, event, "speakers", speaker_ref)
    bound = {}
    if request.method == "POST":
        try:
            posted = perform(by, row, request, clock.now())
        except PermissionRefused:
            raise Http404 from None
        if posted is None or posted.refused:
            said = posted.refused if posted else DONE.get(request.POST["do"], _("Saved."))
            return respond(request, lambda: said, request.path)
        bound = dict(posted.bound)
    contact = contacts.contact_of(row)
    address = contacts.address_of(contact) if contact is not None else ""
    first = {"address": address, "language": contact.language if contact else languages.DEFAULT}
    context = own_context(row, bound)
    context |= {
        "link_form": bound.get("link") or LinkForm(initial=first, auto_id="link-%s"),
        "mailed_at": contact.mailed_at if contact else None,
    }
    return render(request, "events/speakers/desk/speaker.html", context, status=UNFIT if bound else 200)
