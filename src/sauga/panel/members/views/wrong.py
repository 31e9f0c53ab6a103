"""“Something is wrong”: on every page of the members' space; and telling the helpline."""

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils.translation import pgettext_lazy
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from sauga.kernel import clock
from sauga.kernel.members import member as signed_in
from sauga.kernel.refusals import refusal_in
from sauga.panel.members.actions import helpline_referrals, safeguarding
from sauga.panel.members.forms import HelplineForm, WrongForm
from sauga.panel.members.models import Flag, Member
from sauga.panel.members.queries import flags, protection
from sauga.panel.members.rules.helpline import CAME_OF_IT, ENDED, FOR_MEMBER, Told
from sauga.panel.members.views.pages import UNFIT, anyone_signed_in, on_to, space_page

SENTENCES = {
    "told": pgettext_lazy("child", "We have it. A person reads it."),
    "helpline-yes": pgettext_lazy("child", "Thank you. We have told the helpline."),
    "helpline-no": pgettext_lazy("child", "All right. We will not tell the helpline."),
}


@sensitive_post_parameters("words", "adult")
@require_http_methods(["GET", "HEAD", "POST"])
@anyone_signed_in
def wrong(request: HttpRequest, member: Member) -> HttpResponseBase:
    """Say that something is wrong, with or without words. Who answers now stands above everything."""
    at = clock.now()
    adults = flags.adults_to_name(at)
    form = WrongForm(request.POST if request.method == "POST" else None, adults=adults)
    if form.is_bound and form.is_valid():
        given = form.cleaned_data
        with refusal_in(form):
            flag = safeguarding.say_wrong(
                by=signed_in(request),
                words=given["words"],
                about_adult=given["about_adult"],
                adult=given["adult"],
                where="button",
                at=at,
            )
            return on_to("panel-wrong-one", "told", flag.ref)
    hours = flags.hours()
    context = {"form": form, "hours": hours, "is_open": hours.are_open(at), "own": flags.own(member)[:20]}
    status = UNFIT if form.errors else 200
    return space_page(request, member, "panel/members/site/wrong.html", context, status=status)


@sensitive_post_parameters("words", "phone", "when", "name")
@require_http_methods(["GET", "HEAD", "POST"])
@anyone_signed_in
def one(request: HttpRequest, member: Member, ref: str) -> HttpResponseBase:
    """What became of it: until when a person answers, and the answer; telling the helpline, and taking it
    back."""
    at = clock.now()
    flag = flags.own_flag(member, ref)
    form = HelplineForm()
    if request.method == "POST" and request.POST.get("helpline") != "yes":
        helpline_referrals.do_not_tell(by=signed_in(request), flag=flag, at=at)
        return on_to("panel-wrong-one", "helpline-no", ref)
    if request.method == "POST":
        form = HelplineForm(request.POST)
        if form.is_valid():
            with refusal_in(form):
                helpline_referrals.tell_helpline(
                    by=signed_in(request), flag=flag, message=form.message(), at=at
                )
                return on_to("panel-wrong-one", "helpline-yes", ref)
    safeguarding.note_read(flag=flag, at=at)
    context = {
        "flag": flag,
        "answer": protection.answer_of(flag),
        "hours": flags.hours(),
        "is_open": flags.hours().are_open(at),
        "form": form,
        **_helpline(flag),
    }
    status = UNFIT if form.errors else 200
    return space_page(
        request, member, "panel/members/site/wrong_one.html", context, sentences=SENTENCES, status=status
    )


def _helpline(flag: Flag) -> dict[str, object]:
    """Where the message to the helpline stands, for the page."""
    if not flag.referral:
        return {"can_tell": True}
    state = Told(flag.referral_state)
    return {
        "told": FOR_MEMBER[state],
        "came_of_it": CAME_OF_IT.get(flag.referral_outcome, "") if state == Told.SETTLED else "",
        "can_take_back": state not in ENDED,
        "can_tell": state == Told.WITHDRAWN,
    }
