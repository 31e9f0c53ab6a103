"""What a shift lead does for the shift as a whole: a word to everybody on duty, letting somebody begin although something is missing."""

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import path, reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_POST

from sauga.helpline.actions import passes, shift_words
from sauga.helpline.forms.board import DutyPassForm, ShiftWordForm
from sauga.helpline.queries.readiness import absent_people
from sauga.helpline.rules.permissions import Permission
from sauga.helpline.rules.redaction import kind_name
from sauga.kernel import clock
from sauga.kernel.identity import actor, needs
from sauga.kernel.ui import toasts


def _back() -> HttpResponse:
    return HttpResponseRedirect(reverse("helpline-board"))


@require_POST
@needs(Permission.LEAD_SHIFT)
def say(request: HttpRequest) -> HttpResponse:
    """Say something to everybody on duty. What cannot be said comes back in the toast, so that nothing is lost."""
    form = ShiftWordForm(request.POST)
    if not form.is_valid():
        toasts.say(request, gettext("Nothing was said: write at most 400 characters."))
        return _back()
    by, at = actor(request), clock.now()
    try:
        word = shift_words.say_to_shift(by=by, text=form.cleaned_data["text"], hours=form.cleaned_data["hours"], at=at)
    except shift_words.AboutSomebody as refused:
        kinds = ", ".join(kind_name(kind) for kind in refused.kinds)
        toasts.say(request, gettext("Not said: it seems to hold %(what)s. Write nothing about a child here.") % {"what": kinds})
    except (shift_words.NothingSaid, shift_words.TooMuchSaid):
        toasts.say(request, gettext("Nothing was said: write at most 400 characters."))
    else:
        toasts.say(request, gettext("Everybody on duty reads it now."), undo=reverse("helpline-shift-word-end", args=[word.ref]))
    return _back()


@require_POST
@needs(Permission.LEAD_SHIFT)
def end(request: HttpRequest, ref: str) -> HttpResponse:
    """The word is not shown any more."""
    if shift_words.take_back_word(by=actor(request), ref=ref, at=clock.now()):
        toasts.say(request, gettext("It is not shown any more."))
    return _back()


@require_POST
@needs(Permission.LEAD_SHIFT)
def let_begin(request: HttpRequest) -> HttpResponse:
    """Let somebody begin today."""
    by, at = actor(request), clock.now()
    form = DutyPassForm(request.POST, people=absent_people(at))
    if not form.is_valid():
        toasts.say(request, gettext("Choose who may begin, and why."))
        return _back()
    person = form.cleaned_data["person"]
    try:
        passes.give_pass(by=by, person_id=person, reason=form.cleaned_data["reason"], at=at)
    except passes.OwnPass:
        toasts.say(request, gettext("Nobody lets themselves begin: ask another shift lead."))
    except passes.NotAway:
        toasts.say(request, gettext("This person is here already."))
    else:
        said = gettext("They may begin today. The coordinator of volunteers hears that something is missing.")
        toasts.say(request, said, undo=reverse("helpline-duty-pass-back", args=[person]))
    return _back()


@require_POST
@needs(Permission.LEAD_SHIFT)
def take_back(request: HttpRequest, pk: int) -> HttpResponse:
    """The pass of today does not count any more."""
    if passes.take_back_pass(by=actor(request), person_id=pk, at=clock.now()):
        toasts.say(request, gettext("Taken back. Who is on duty already stays."))
    return _back()


desk_urls = [
    path("shift/say/", say, name="helpline-shift-say"),
    path("shift/words/<str:ref>/end/", end, name="helpline-shift-word-end"),
    path("shift/let-begin/", let_begin, name="helpline-duty-pass"),
    path("shift/let-begin/<int:pk>/back/", take_back, name="helpline-duty-pass-back"),
]
