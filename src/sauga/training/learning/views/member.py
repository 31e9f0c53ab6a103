"""Courses on the member site: my training, enrolling, the page of a course with its checklist, leaving, hours
per year, and what organisations see."""

from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from sauga.kernel import clock, members
from sauga.kernel.i18n import decimal, languages
from sauga.kernel.members import MemberActor
from sauga.kernel.refusals import ActionRefused, refusal_in
from sauga.training.courses.models import said
from sauga.training.courses.queries.versions import content_of
from sauga.training.learning import documents, forms, presenters
from sauga.training.learning.actions import appeals, certificates
from sauga.training.learning.actions import enrolments as enrolment_actions
from sauga.training.learning.actions import invitations as invitation_actions
from sauga.training.learning.actions.enrolments import EnrolmentData
from sauga.training.learning.presenters import offline
from sauga.training.learning.queries import enrolments, invitations
from sauga.training.states import COMPLETE, LEARNING, OPEN, READS_ON, EnrolmentState

UNFIT = 422
SENTENCES = {
    "enrolled": _("You have a place. Begin whenever you like."),
    "waiting": _("All places are taken. You are in the waiting list; we write as soon as a place is free."),
    "left": _("You have left the course. You can enrol again later."),
    "asked-tutor": _("Sent. The tutor will look at it and answer here."),
    "done": _("Done. It is saved."),
    "handed-in": _("Handed in. You see here when it is graded."),
    "reviewed": _("Thank you. Your review is saved."),
    "posted": _("Your contribution is there."),
    "draft-saved": _("Saved as a draft. Only you see it."),
    "draft-deleted": _("The draft is deleted."),
    "reported": _("Thank you. The tutor will look at it."),
    "certified": _("Your certificate is made out."),
    "name-missing": _("Write your name in your account first; then the certificate can be made out."),
    "invited": _(
        "The invitations are on their way. Whoever learns in the course already, or wants no invitations of "
        "your organisation, gets none; we do not say who that is."
    ),
    "link-made": _("Here is the link for your colleagues."),
}


def adult(request: HttpRequest) -> MemberActor:
    """The member. Raises Http404 for a young one: courses are for those who work with children."""
    by = members.member(request)
    if by.birth_month is not None:
        raise Http404
    return by


@require_safe
def mine(request: HttpRequest) -> HttpResponse:
    """My training: courses, hours by year, certificates."""
    by, at = adult(request), clock.now()
    lines = [
        {
            "row": row,
            "title": said(row.version.title),
            "when": presenters.when(row.cohort),
            "state": presenters.STATES[row.state],
            "href": reverse("training-learn", args=[row.ref]),
            "place": enrolments.place_in_line(row) if row.state == EnrolmentState.WAITLISTED else 0,
        }
        for row in enrolments.of_member(by.member_id)
    ]
    years = [
        (year, decimal(sum(row.version.hours for row in rows)), rows)
        for year, rows in enrolments.hours_by_year(by.member_id).items()
    ]
    organisations = [(row, row.name_at(at)) for row in members.organisations_of(by.member_id).values()]
    context = {"lines": lines, "years": years, "organisations": organisations}
    return members.page(request, "training/learning/member/mine.html", context, sentences=SENTENCES)


@require_safe
def hours(request: HttpRequest, year: int) -> HttpResponse:
    """The hours of a year as a PDF."""
    by, at = adult(request), clock.now()
    rows = enrolments.hours_by_year(by.member_id).get(year)
    if not rows:
        raise Http404
    made = documents.statement(by.name, year, rows, at=at, language=languages.active().code)
    response = HttpResponse(made, content_type="application/pdf")
    response.headers["Content-Disposition"] = f'attachment; filename="mokymai-{year}.pdf"'
    return response


@require_http_methods(["GET", "HEAD", "POST"])
def enrol(request: HttpRequest, ref: str) -> HttpResponse:
    """Enrol in a cohort; `from` in the address is the link of an organisation."""
    by, at = adult(request), clock.now()
    cohort = enrolments.cohort_by_ref(ref)
    if known := enrolments.enrolled_in(by.member_id, cohort.version):
        return members.to("training-learn", "", known.ref)
    token = request.POST.get("from") or request.GET.get("from", "")
    link = enrolments.link_by_token(token[:40])
    link = link if link and link.cohort_id == cohort.pk else None
    organisation = link.organisation.name_at(at) if link else ""
    posted = request.POST if request.method == "POST" else None
    form = forms.EnrolForm(posted, link=link, organisation=organisation)
    if form.is_bound and form.is_valid():
        given = form.cleaned_data
        data = EnrolmentData(
            role=given["role"],
            municipality=given["municipality"],
            language=by.language if by.language in languages.codes() else languages.DEFAULT,
            link=link,
            shares_hours=given.get("shares_hours", False),
        )
        with refusal_in(form):
            row = enrolment_actions.enrol(by=by, cohort=cohort, data=data, at=at)
            if row.state == EnrolmentState.WAITLISTED:
                return members.to("training-mine", "waiting")
            return members.to("training-learn", "enrolled", row.ref)
    context = {
        "form": form,
        "cohort": cohort,
        "title": said(cohort.version.title),
        "when": presenters.when(cohort),
        "room": presenters.room_text(cohort),
        "is_full": cohort.taken >= cohort.places or cohort.waiting > 0,
        "organisation": organisation,
        "token": link.token if link else "",
    }
    status = UNFIT if form.errors else 200
    return members.page(request, "training/learning/member/enrol.html", context, status=status)


@require_safe
def learn(request: HttpRequest, ref: str) -> HttpResponse:
    """The page of a course: what comes next, the checklist, messages, appeals."""
    return course_page(request, enrolments.own(adult(request), ref))


def course_page(
    request: HttpRequest, row: Any, *, appeal_form: forms.AppealForm | None = None, status: int = 200
) -> HttpResponse:
    """The page of a course, with the form of an appeal where one was posted."""
    at = clock.now()
    context = {
        "row": row,
        "title": said(row.version.title),
        "state": presenters.STATES[row.state],
        "when": presenters.when(row.cohort),
        "messages_to_me": enrolments.messages_to(row),
        "appeals": enrolments.appeals_of(row),
        "may_appeal": row.state in (*LEARNING, EnrolmentState.FAILED),
        "appeal_form": appeal_form or forms.AppealForm(),
        "is_complete": row.state in COMPLETE,
        "certificate": presenters.certificate_of(row),
        "may_leave": row.state in OPEN,
        "place": enrolments.place_in_line(row) if row.state == EnrolmentState.WAITLISTED else 0,
        "organisation": row.organisation.name_at(at) if row.organisation else "",
        "tutor": row.cohort.tutor.name if row.cohort.tutor else "",
    }
    if row.state not in (EnrolmentState.WAITLISTED, EnrolmentState.WITHDRAWN):
        content = content_of(row.version)
        context["standing"] = presenters.standing_of(row, content, at)
        context["here"] = content.by_code.get(row.here)
    context["offline"] = offline.setup(row) if row.state in READS_ON else None
    page = members.page(
        request, "training/learning/member/course.html", context, status=status, sentences=SENTENCES
    )
    page.keeps_pages = True  # type: ignore[attr-defined]  # read by the headers' middleware
    return page


@require_POST
def leave(request: HttpRequest, ref: str) -> HttpResponse:
    """Leave a course, or the waiting list."""
    by = adult(request)
    row = enrolments.own(by, ref)
    try:
        enrolment_actions.withdraw(by=by, enrolment=row, at=clock.now())
    except ActionRefused:
        return members.to("training-learn", "", ref)
    return members.to("training-mine", "left")


@require_POST
def certify(request: HttpRequest, ref: str) -> HttpResponse:
    """Make out the certificate that could not be made out before."""
    by = adult(request)
    try:
        certificates.certify(by=by, enrolment=enrolments.own(by, ref), at=clock.now())
    except ActionRefused:
        return members.to("training-learn", "name-missing", ref)
    return members.to("training-learn", "certified", ref)


@require_POST
def share(request: HttpRequest, ref: str) -> HttpResponse:
    """Let the organisation see one's hours, or not any more."""
    by = adult(request)
    row = enrolments.own(by, ref)
    enrolment_actions.share_hours(
        by=by, enrolment=row, shares=request.POST.get("do") == "share", at=clock.now()
    )
    return members.to("training-learn", "saved", ref)


@require_POST
def appeal(request: HttpRequest, ref: str) -> HttpResponse:
    """Ask the tutor to look again."""
    by = adult(request)
    row = enrolments.own(by, ref)
    form = forms.AppealForm(request.POST)
    if form.is_valid():
        with refusal_in(form):
            appeals.ask(
                by=by,
                enrolment=row,
                activity=request.POST.get("activity", "")[:60],
                text=form.cleaned_data["text"],
                at=clock.now(),
            )
            return members.to("training-learn", "asked-tutor", ref)
    return course_page(request, row, appeal_form=form, status=UNFIT)


@require_safe
def organisation(request: HttpRequest, code: str) -> HttpResponse:
    """For who acts for an organisation: links for colleagues, and the hours of those who agreed."""
    by, at = adult(request), clock.now()
    body = enrolments.organisation_of(by, code)
    links, invited = enrolments.links_of(body), invitations.invited(body)
    context = {
        "organisation": body,
        "name": body.name_at(at),
        "cohorts": [
            (row, said(row.version.title), presenters.when(row), links.get(row.pk), invited.get(row.pk, 0))
            for row in enrolments.cohorts_for_staff(at)
        ],
        "staff": [
            (
                name,
                said(row.version.title),
                presenters.STATES[row.state],
                decimal(row.version.hours if row.state in COMPLETE else round(row.minutes / 60, 1)),
            )
            for name, row in enrolments.staff_of(body)
        ],
        "site": settings.ENV.base_url.rstrip("/"),
    }
    return members.page(request, "training/learning/member/organisation.html", context, sentences=SENTENCES)


@require_POST
def make_link(request: HttpRequest, code: str, ref: str) -> HttpResponse:
    """A link with which colleagues enrol."""
    by = adult(request)
    body = enrolments.organisation_of(by, code)
    invitation_actions.make_link(
        by=by, cohort=enrolments.cohort_by_ref(ref), organisation=body, at=clock.now()
    )
    return members.to("training-staff", "link-made", code)
