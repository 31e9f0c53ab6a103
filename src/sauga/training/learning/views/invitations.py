"""Inviting the staff of an organisation by a list: pasted or from a file, reported on first, sent as a whole
or not at all. And the page on which an invited person says that they want no more such invitations."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from sauga.kernel import clock, members
from sauga.kernel.i18n import languages
from sauga.kernel.kit.imports.formats import format_of, open_table
from sauga.kernel.kit.imports.layout import TableRefused
from sauga.kernel.kit.imports.words import file_words
from sauga.kernel.refusals import refusal_in
from sauga.kernel.states import SystemActor
from sauga.training.courses.models import said
from sauga.training.learning import forms, presenters
from sauga.training.learning.actions import invitations as actions
from sauga.training.learning.queries import enrolments, invitations
from sauga.training.learning.rules.invitation_lists import LAYOUT, MOST_LINES, Line, ListTooLong, read_list
from sauga.training.learning.views.member import UNFIT, adult

INVITED = SystemActor("course_invited")
LARGEST_FILE = 2 * 1024 * 1024


@require_http_methods(["GET", "HEAD", "POST"])
def invite(request: HttpRequest, code: str, ref: str) -> HttpResponse:
    """The list: what it holds line by line, and sending it once every line can be used."""
    by, at = adult(request), clock.now()
    body = enrolments.organisation_of(by, code)
    cohort = enrolments.cohort_by_ref(ref)
    is_posted = request.method == "POST"
    form = forms.InviteForm(
        request.POST if is_posted else None,
        request.FILES if is_posted else None,
        initial={"language": languages.active().code},
    )
    lines: list[Line] | None = None
    if form.is_bound and form.is_valid():
        lines = _lines(form)
        if lines and request.POST.get("do") == "send":
            with refusal_in(form):
                actions.invite_staff(
                    by=by,
                    cohort=cohort,
                    organisation=body,
                    lines=lines,
                    language=form.cleaned_data["language"],
                    at=at,
                )
                return members.to("training-staff", "invited", code)
    judged = invitations.judge(cohort, body, lines) if lines else []
    fresh = sum(one.outcome == "new" for one in judged)
    refused = sum(one.line.is_refused for one in judged)
    context = {
        "form": form if lines is None or form.errors else _again(form, lines),
        "organisation": body,
        "name": body.name_at(at),
        "cohort": cohort,
        "title": said(cohort.version.title),
        "when": presenters.when(cohort),
        "lines": [(one.line, *presenters.INVITED[one.outcome]) for one in judged],
        "fresh": fresh,
        "refused": refused,
        "may_send": fresh > 0 and not refused,
        "most": MOST_LINES,
    }
    template = "training/learning/member/invite.html"
    return members.page(request, template, context, status=UNFIT if form.errors else 200)


def _lines(form: forms.InviteForm) -> list[Line] | None:
    """The lines of the file, or of what was pasted; a file that cannot be read is an error of its field."""
    file = form.cleaned_data.get("file")
    try:
        text = form.cleaned_data["people"] if file is None else _from_file(file)
        lines = read_list(text)
    except TableRefused as refused:
        form.add_error("file", file_words(refused.why, refused.facts))
    except ListTooLong:
        form.add_error("people", forms.too_long())
    else:
        if lines:
            return lines
        form.add_error("people", forms.nobody())
    return None


def _from_file(file: Any) -> str:
    """The addresses of a table as lines; a cell that holds none is kept, so that the report shows it. Raises
    TableRefused, ListTooLong."""
    if file.size > LARGEST_FILE:
        raise TableRefused("too_large", most=LARGEST_FILE // (1024 * 1024))
    content = file.read()
    table = open_table(LAYOUT, content, format_of(LAYOUT, file.name or "", content))
    found: list[str] = []
    for row in table.rows:
        if len(found) > MOST_LINES:
            raise ListTooLong
        cells = [row.content.get("name", ""), row.content.get("email", "")]
        wrong = [problem.said for problem in row.problems if problem.said]
        found.append(" ".join(str(one) for one in (*cells, *wrong) if one) or f"({row.number})")
    return "\n".join(found)


def _again(form: forms.InviteForm, lines: list[Line]) -> forms.InviteForm:
    """The form with the lines in it, whichever way they came, so that they can be corrected and sent."""
    text = "\n".join(line.address or line.text for line in lines)
    return forms.InviteForm(initial={"people": text, "language": form.cleaned_data["language"]})


@require_http_methods(["GET", "HEAD", "POST"])
def refuse(request: HttpRequest, token: str) -> HttpResponse:
    """The invited person says that they want no more invitations of this organisation."""
    row = invitations.invitation_by(token)
    if row is None:
        raise Http404
    at = clock.now()
    if request.method == "POST":
        row = actions.refuse_invitations(by=INVITED, invitation=row, at=at)
    context = {
        "row": row,
        "organisation": row.organisation.name_at(at),
        "course": said(row.cohort.version.title),
        "link": invitations.link_of(row),
    }
    page = render(request, "training/learning/public/invitation.html", context)
    page.headers["Cache-Control"] = "no-store"
    page.headers["Referrer-Policy"] = "same-origin"
    return page
