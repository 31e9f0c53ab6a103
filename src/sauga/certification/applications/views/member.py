"""Applying, and what an applicant can do, in My Sauga."""

from typing import Any

from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST

from sauga.certification.applications.actions import applications, board
from sauga.certification.applications.actions.applications import Applied
from sauga.certification.applications.forms import AppealForm, ApplyForm, StatementForm
from sauga.certification.applications.models import Ambassador
from sauga.certification.applications.queries import ambassadors as queries
from sauga.certification.applications.rules.codes import CONDUCT, CONDUCT_VERSION, CONTACT_TEXT
from sauga.certification.states import WAS_CERTIFIED
from sauga.kernel import clock, members
from sauga.kernel.members import MemberActor
from sauga.kernel.refusals import ActionRefused, refusal_in

UNFIT = 422
SENTENCES = {
    "applied": _("Received. We have asked your employer by email; below you see what comes next."),
    "application-withdrawn": _("Withdrawn. You can apply again at any time."),
    "employer-asked": _("An email to your employer is on its way."),
    "employer-not-asked": _("The employer has answered, or was asked three times."),
    "appealed": _("Received. Two people who did not decide the first time look at it."),
    "told-the-board": _("Received. The board reads it before it decides."),
    "profile-saved": _("Saved."),
    "unlisted": _("You are no longer in the public register."),
    "accepted": _("Accepted. The host gets an email with your name."),
    "declined": _("Declined. Somebody else is asked."),
    "taken": _("Somebody else has accepted this session, or it was withdrawn."),
    "reported": _("Thank you. The host is asked to confirm it."),
    "cancelled": _("Cancelled. The host gets an email."),
    "not-possible": _("This is not possible now."),
}


def adult(request: HttpRequest) -> MemberActor:
    """The member. Raises Http404 for a young one: ambassadors are 18 or older."""
    by = members.member(request)
    if by.birth_month is not None:
        raise Http404
    return by


def own(request: HttpRequest, ref: str) -> tuple[MemberActor, Ambassador]:
    """The member and one of their applications. Raises Http404."""
    by = adult(request)
    row = next((one for one in queries.of_member(by.member) if one.ref == ref), None)
    if row is None:
        raise Http404
    return by, row


def own_certified(request: HttpRequest) -> tuple[MemberActor, Ambassador]:
    """The member and their certification. Raises Http404 if they never had one."""
    by = adult(request)
    row = queries.present_of(by.member_id)
    if row is None or row.state not in WAS_CERTIFIED:
        raise Http404
    return by, row


def to_mine(said: str) -> HttpResponseBase:
    """Back to the ambassador's page with a sentence."""
    return members.to("certification-mine", said)


@require_http_methods(["GET", "HEAD", "POST"])
def apply(request: HttpRequest) -> HttpResponseBase:
    """Apply for a level."""
    by, at = adult(request), clock.now()
    first = {"name": by.name, "level": "1"}
    held = list(members.organisations_of(by.member_id).values())
    if len(held) == 1:
        first["employer"] = f"{held[0].name_at(at)} · {held[0].code}"
    form = ApplyForm(request.POST if request.method == "POST" else None, initial=first)
    if form.is_bound and form.is_valid():
        with refusal_in(form):
            applications.apply(by=by, given=_given(form.cleaned_data, by.language), at=at)
            return to_mine("applied")
    context = {"form": form, "conduct": CONDUCT[CONDUCT_VERSION], "contact_text": CONTACT_TEXT}
    return members.page(
        request, "certification/member/apply.html", context, status=UNFIT if form.errors else 200
    )


def _given(said: dict[str, Any], language: str) -> Applied:
    plain = {name: said[name] for name in ("name", "born", "municipality", "employer", "employer_address")}
    signed = CONDUCT_VERSION if said["conduct"] else None
    return Applied(level=int(said["level"]), conduct_version=signed, language=language, **plain)


@require_POST
def withdraw(request: HttpRequest, ref: str) -> HttpResponseBase:
    """Take the application back."""
    by, row = own(request, ref)
    try:
        applications.withdraw(by=by, ambassador=row, at=clock.now())
    except ActionRefused:
        return to_mine("not-possible")
    return to_mine("application-withdrawn")


@require_POST
def ask_employer(request: HttpRequest, ref: str) -> HttpResponseBase:
    """Have the employer asked again."""
    by, row = own(request, ref)
    try:
        applications.ask_employer_again(by=by, ambassador=row, at=clock.now())
    except ActionRefused:
        return to_mine("employer-not-asked")
    return to_mine("employer-asked")


@require_http_methods(["GET", "HEAD", "POST"])
def appeal(request: HttpRequest, ref: str) -> HttpResponseBase:
    """Ask others to decide again; while suspended, tell the board one's side before it decides."""
    by, row = own(request, ref)
    is_suspended = board.suspension_of(row) is not None
    if not is_suspended and board.appealable(row) is None:
        raise Http404
    form_class, act = (StatementForm, board.speak_for_oneself) if is_suspended else (AppealForm, board.appeal)
    form = form_class(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        with refusal_in(form):
            act(by=by, ambassador=row, words=form.cleaned_data["words"], at=clock.now())
            return to_mine("told-the-board" if is_suspended else "appealed")
    context = {"form": form, "is_suspended": is_suspended}
    return members.page(
        request, "certification/member/appeal.html", context, status=UNFIT if form.errors else 200
    )
