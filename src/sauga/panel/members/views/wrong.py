"""“Something is wrong”: on every page of the members' space, answered by a person."""

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils.translation import pgettext_lazy
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from sauga.kernel import clock
from sauga.kernel.members import member as signed_in
from sauga.kernel.refusals import refusal_in
from sauga.panel.members.actions import safeguarding
from sauga.panel.members.forms import WrongForm
from sauga.panel.members.models import Member
from sauga.panel.members.queries import flags, protection
from sauga.panel.members.views.pages import UNFIT, anyone_signed_in, on_to, space_page

SENTENCES = {
    "told": pgettext_lazy("child", "We have it. A person reads it."),
    "helpline-yes": pgettext_lazy("child", "Thank you. We will tell the helpline."),
    "helpline-no": pgettext_lazy("child", "All right. We will not tell the helpline."),
}


@sensitive_post_parameters("words")
@require_http_methods(["GET", "HEAD", "POST"])
@anyone_signed_in
def wrong(request: HttpRequest, member: Member) -> HttpResponseBase:
    """Say that something is wrong, with or without words. 116 111 stands above everything."""
    at = clock.now()
    form = WrongForm(request.POST) if request.method == "POST" else WrongForm()
    if form.is_bound and form.is_valid():
        given = form.cleaned_data
        with refusal_in(form):
            flag = safeguarding.say_wrong(
                by=signed_in(request),
                words=given["words"],
                about_adult=given["about_adult"],
                where="button",
                at=at,
            )
            return on_to("panel-wrong-one", "told", flag.ref)
    hours = flags.hours()
    context = {"form": form, "hours": hours, "is_open": hours.are_open(at), "own": flags.own(member)[:20]}
    status = UNFIT if form.errors else 200
    return space_page(request, member, "panel/members/site/wrong.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
@anyone_signed_in
def one(request: HttpRequest, member: Member, ref: str) -> HttpResponseBase:
    """What became of it: until when a person answers, and the answer; whether the helpline may be told."""
    at = clock.now()
    flag = flags.own_flag(member, ref)
    if request.method == "POST":
        wants = request.POST.get("helpline") == "yes"
        safeguarding.say_about_helpline(by=signed_in(request), flag=flag, wants=wants, at=at)
        return on_to("panel-wrong-one", "helpline-yes" if wants else "helpline-no", ref)
    safeguarding.note_read(flag=flag, at=at)
    context = {
        "flag": flag,
        "answer": protection.answer_of(flag),
        "hours": flags.hours(),
        "is_open": flags.hours().are_open(at),
    }
    return space_page(request, member, "panel/members/site/wrong_one.html", context, sentences=SENTENCES)
