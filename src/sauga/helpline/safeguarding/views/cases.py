"""Cases at the desk: the list, a new case, one case with its notes and plan, a closed one only
for a stated reason.
"""

from collections.abc import Mapping
from typing import Any, override

from django import forms as django_forms
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST, require_safe

from sauga.helpline.permissions import Permission
from sauga.helpline.safeguarding import forms
from sauga.helpline.safeguarding import presenters as words
from sauga.helpline.safeguarding.actions import cases as acts
from sauga.helpline.safeguarding.models import HelpCase
from sauga.helpline.safeguarding.queries import cases as queries
from sauga.helpline.safeguarding.queries import referrals as sources
from sauga.helpline.states import CaseState
from sauga.kernel import clock, vocab
from sauga.kernel.identity import actor, needs
from sauga.kernel.kit.actions import Action, ActionSet, Forms
from sauga.kernel.kit.lists import Empty, Line, ListPage, View
from sauga.kernel.refusals import refusal_in
from sauga.kernel.ui import toasts

OPEN = frozenset(str(state) for state in CaseState if state != CaseState.CLOSED)
WORKED = frozenset({CaseState.IN_PROGRESS, CaseState.WAITING_EXTERNAL})
KEEP = (Permission.KEEP_CASE,)
ACTIONS = ActionSet(
    find=queries.case_for,
    actions={
        "take": Action(
            permissions=KEEP,
            states=frozenset({CaseState.OPEN}),
            title=_("Take the case"),
            label=_("I take this case"),
            message=_("This is your case now."),
            effect=lambda by, row, given, at: acts.take_case(by=by, case=row, at=at),
            is_next=True,
        ),
        "close": Action(
            permissions=KEEP,
            states=frozenset({CaseState.CLOSE_PROPOSED}),
            title=_("Close as the second person"),
            label=_("Close"),
            message=_("Closed."),
            effect=lambda by, row, given, at: acts.close_case(by=by, case=row, at=at),
            text=_("Whoever proposed closing cannot close."),
            is_next=True,
        ),
        "go-on": Action(
            permissions=KEEP,
            states=frozenset({CaseState.CLOSE_PROPOSED, CaseState.WAITING_EXTERNAL}),
            title=_("Go on working"),
            label=_("Go on"),
            message=_("In progress again."),
            effect=lambda by, row, given, at: acts.go_on(by=by, case=row, at=at),
            tone="second",
        ),
        "note": Action(
            permissions=KEEP,
            states=OPEN,
            title=_("Add a note or a plan"),
            label=_("Add"),
            message=_("Noted."),
            effect=lambda by, row, given, at: acts.add_note(
                by=by, case=row, text=given["note"], kind=given["kind"], at=at
            ),
            form=forms.CaseNoteForm,
            tone="second",
        ),
        "day": Action(
            permissions=KEEP,
            states=OPEN,
            title=_("Choose the next follow-up day"),
            label=_("Save"),
            message=_("Saved."),
            effect=lambda by, row, given, at: acts.set_follow_up(by=by, case=row, day=given["day"], at=at),
            form=forms.DayForm,
            tone="second",
        ),
        "wait": Action(
            permissions=KEEP,
            states=frozenset({CaseState.IN_PROGRESS}),
            title=_("Wait for others"),
            label=_("Others are next"),
            message=_("Waiting for others."),
            effect=lambda by, row, given, at: acts.wait_for_others(by=by, case=row, at=at),
            tone="second",
        ),
        "take-over": Action(
            permissions=(Permission.APPROVE_BREAK,),
            states=WORKED,
            title=_("Take over the case"),
            label=_("I take this case"),
            message=_("This is your case now."),
            effect=lambda by, row, given, at: acts.take_case(by=by, case=row, at=at),
            tone="second",
        ),
        "propose-close": Action(
            permissions=KEEP,
            states=frozenset({CaseState.IN_PROGRESS}),
            title=_("Propose closing"),
            label=_("Propose"),
            message=_("Proposed. Another person decides."),
            effect=lambda by, row, given, at: acts.propose_close(by=by, case=row, note=given["note"], at=at),
            form=forms.NoteForm,
            text=_("Say why help can end here."),
            tone="second",
        ),
        "reopen": Action(
            permissions=(Permission.APPROVE_BREAK, Permission.LEAD_SHIFT),
            states=frozenset({CaseState.CLOSED}),
            title=_("Take up again"),
            label=_("Reopen"),
            message=_("Reopened. It is your case."),
            effect=lambda by, row, given, at: acts.reopen_case(
                by=by, case=row, reason=given["reason"], at=at
            ),
            form=forms.ReopenForm,
            tone="second",
        ),
    },
)


class Cases(ListPage):
    """The cases a person may see, the next day first."""

    template = "helpline/safeguarding/desk/safety_list.html"
    title = _("Cases")
    intro = _("Help that goes on beyond one contact. A second person closes.")
    live = "helpline.safety"
    views = (
        View("open", _("Open")),
        View("due", _("Due today")),
        View("closing", _("To close")),
        View("closed", _("Closed")),
    )
    nothing = Empty(
        title=_("Nothing here"),
        text=_("A case is opened from a concern, a conversation or a letter, when help goes on."),
    )
    columns = words.columns(_("Case worker"), "case_worker", "follow_up_date")

    @override
    def rows(self) -> QuerySet[HelpCase]:
        return queries.cases(self.by, self.view_code, self.at)

    @override
    def lines(self, rows: list[HelpCase]) -> list[Line]:
        return [
            words.row(
                row.ref,
                reverse("helpline-case", args=[row.ref]),
                vocab.label("urgency", row.urgency),
                state=words.word(words.CASE, row.state),
                left=words.day_left(row.follow_up_date, self.at),
                who=row.case_worker,
            )
            for row in rows
        ]

    @override
    def counts(self) -> Mapping[str, int]:
        return queries.counts(self.by, self.at)


@needs(Permission.KEEP_CASE)
def new(request: HttpRequest) -> HttpResponse:
    """Open a case about the contact or concern that the address names."""
    by = actor(request)
    about = named(request)
    form = forms.CaseForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        source = about.given("conversation", "letter", "call", "concern")
        if about.concern is not None:
            source |= {
                name: row
                for name in ("conversation", "letter", "call")
                if (row := getattr(about.concern, name))
            }
        with refusal_in(form):
            made = acts.open_case(by=by, **source, **form.cleaned_data, at=clock.now())
            toasts.say(request, gettext("The case is open."))
            return HttpResponseRedirect(reverse("helpline-case", args=[made.ref]))
    context = {
        "form": form,
        "possible": True,
        "locked": by.vault is None,
        "title": gettext("Open a case"),
        "lead": gettext("About %(ref)s. A case is opened only when help goes on beyond one contact.")
        % {"ref": about.ref},
        "submit": gettext("Open"),
        "back": reverse("helpline-cases"),
        "back_name": gettext("Cases"),
    }
    return render(
        request, "helpline/safeguarding/desk/safety_form.html", context, status=422 if form.errors else 200
    )


def named(request: HttpRequest) -> sources.About:
    """The contact, case or concern in the address. Raises Http404."""
    kind = next((name for name in sources.ABOUT if name in request.GET), "")
    return sources.about_for(actor(request), kind, request.GET.get(kind, ""))


@require_safe
@needs(Permission.KEEP_CASE)
def case(request: HttpRequest, ref: str) -> HttpResponse:
    """One case; a closed one shows its notes only after a reason was given."""
    by, found = actor(request), queries.case_for(actor(request), ref)
    if found.state != CaseState.CLOSED:
        acts.read_case(by=by, case=found, at=clock.now())
    return _page(request, found, opened=found.state != CaseState.CLOSED)


@require_POST
@needs(Permission.KEEP_CASE)
def read(request: HttpRequest, ref: str) -> HttpResponse:
    """A closed case, opened for the reason given; written into the trail."""
    by, found = actor(request), queries.case_for(actor(request), ref)
    form = forms.ReadForm(request.POST)
    if not form.is_valid():
        return _page(request, found, opened=False, read_form=form)
    acts.read_case(by=by, case=found, reason=form.cleaned_data["reason"], at=clock.now())
    return _page(request, found, opened=True)


def _page(
    request: HttpRequest,
    found: HelpCase,
    *,
    opened: bool,
    bound: Forms | None = None,
    read_form: django_forms.Form | None = None,
) -> HttpResponse:
    at, by = clock.now(), actor(request)
    page = queries.case_page(by, found)
    context: dict[str, Any] = {
        "page": page,
        "case": found,
        "state": words.word(words.CASE, found.state),
        "left": words.day_left(found.follow_up_date, at),
        "moments": words.moments(page.steps, words.CASE, page.names),
        "notes": [(words.note_kind(note.kind), note) for note in page.notes] if opened else [],
        "referrals": [(row, words.word(words.REFERRAL, row.state)) for row in page.referrals],
        "offers": ACTIONS.offers(by, found, bound),
        "act_url": "helpline-case-act",
        "opened": opened,
        "read_form": read_form or forms.ReadForm(auto_id="read_%s"),
        "may_refer": by.can(Permission.REFER) and found.state != CaseState.CLOSED,
        "locked": by.vault is None,
    }
    return render(
        request, "helpline/safeguarding/desk/case.html", context, status=422 if bound or read_form else 200
    )


@require_POST
@needs(Permission.KEEP_CASE)
def act(request: HttpRequest, ref: str, name: str) -> HttpResponse:
    """One of the acts of the page."""

    def page(request: HttpRequest, found: HelpCase, bound: Forms) -> HttpResponse:
        return _page(request, found, opened=found.state != CaseState.CLOSED, bound=bound)

    back = reverse("helpline-cases") if name == "close" else reverse("helpline-case", args=[ref])
    return ACTIONS.perform(request, ref, name, page=page, back=back)
