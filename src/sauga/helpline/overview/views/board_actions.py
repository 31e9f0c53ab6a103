"""What a shift lead does for the shift as a whole: a word to everybody on duty, letting somebody begin although something is missing."""

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext

from sauga.helpline.overview.forms import DutyPassForm, ShiftWordForm
from sauga.helpline.permissions import Permission
from sauga.helpline.rota.actions import announcements, duty_waivers
from sauga.helpline.rota.queries.duty import absent_people
from sauga.kernel import clock
from sauga.kernel.identity import actor, needs
from sauga.kernel.kit.actions import Outcome, post_action


@needs(Permission.LEAD_SHIFT)
@post_action("helpline-board")
def say(request: HttpRequest) -> str | Outcome:
    """Say something to everybody on duty."""
    form = ShiftWordForm(request.POST)
    if not form.is_valid():
        return gettext("Nothing was said: write at most 400 characters.")
    word = announcements.say_to_shift(by=actor(request), text=form.cleaned_data["text"], hours=form.cleaned_data["hours"], at=clock.now())
    return Outcome(gettext("Everybody on duty reads it now."), undo=reverse("helpline-shift-word-end", args=[word.ref]))


@needs(Permission.LEAD_SHIFT)
@post_action("helpline-board")
def end(request: HttpRequest, word: str) -> str | None:
    """The word is not shown any more."""
    ended = announcements.take_back_word(by=actor(request), ref=word, at=clock.now())
    return gettext("It is not shown any more.") if ended else None


@needs(Permission.LEAD_SHIFT)
@post_action("helpline-board")
def let_begin(request: HttpRequest) -> str | Outcome:
    """Let somebody begin today."""
    at = clock.now()
    form = DutyPassForm(request.POST, people=absent_people(at))
    if not form.is_valid():
        return gettext("Choose who may begin, and why.")
    person = form.cleaned_data["person"]
    duty_waivers.give_pass(by=actor(request), person_id=person, reason=form.cleaned_data["reason"], at=at)
    said = gettext("They may begin today. The coordinator of volunteers hears that something is missing.")
    return Outcome(said, undo=reverse("helpline-duty-pass-back", args=[person]))


@needs(Permission.LEAD_SHIFT)
@post_action("helpline-board")
def take_back(request: HttpRequest, pk: int) -> str | None:
    """The pass of today does not count any more."""
    taken = duty_waivers.take_back_pass(by=actor(request), person_id=pk, at=clock.now())
    return gettext("Taken back. Who is on duty already stays.") if taken else None
