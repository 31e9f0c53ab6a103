"""Safeguarding at the desk: the list, one concern, the proposal, the second person's decision, and the page
that is passed on.
"""

from collections.abc import Mapping
from typing import Any, override

from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST, require_safe

from sauga.helpline.permissions import Permission, sees_all
from sauga.helpline.safeguarding import forms
from sauga.helpline.safeguarding import presenters as words
from sauga.helpline.safeguarding.actions import concerns as acts
from sauga.helpline.safeguarding.actions import disclosure
from sauga.helpline.safeguarding.models import Concern
from sauga.helpline.safeguarding.queries import concerns as queries
from sauga.helpline.safeguarding.queries import referrals as sources
from sauga.helpline.states import ConcernState
from sauga.kernel import clock, vocab
from sauga.kernel.identity import actor, needs, sudo_required
from sauga.kernel.kit.actions import Action, ActionSet, Forms
from sauga.kernel.kit.lists import Empty, Line, ListPage, View
from sauga.kernel.refusals import ActionRefused, refusal_in
from sauga.kernel.ui import toasts

LEADS = (Permission.PROPOSE_BREAK, Permission.APPROVE_BREAK)
LIVING = frozenset(str(state) for state in ConcernState if state != ConcernState.REVIEWED)
ACTIONS = ActionSet(
    find=queries.concern_for,
    actions={
        "consult": Action(
            permissions=(Permission.RAISE_CONCERN,),
            states=frozenset({ConcernState.CONCERN, ConcernState.WATCH}),
            title=_("Consult"),
            label=_("Call for a consult"),
            message=_("The shift leads are called. Five minutes."),
            effect=lambda by, row, given, at: acts.ask_consult(by=by, concern=row, at=at),
            text=_("A shift lead decides with you within five minutes."),
            is_next=True,
        ),
        "watch": Action(
            permissions=(Permission.PROPOSE_BREAK,),
            states=frozenset({ConcernState.CONSULT}),
            title=_("Watch, tell nobody for now"),
            label=_("Watch"),
            message=_("Decided. It comes back for review within five working days."),
            effect=lambda by, row, given, at: acts.watch(by=by, concern=row, note=given["note"], at=at),
            form=forms.NoteForm,
            tone="second",
        ),
        "keep": Action(
            permissions=(Permission.PROPOSE_BREAK,),
            states=frozenset({ConcernState.REFUSED}),
            title=_("Keep watching"),
            label=_("Keep watching"),
            message=_("Still watching. Call for a new consult when something changes."),
            effect=lambda by, row, given, at: disclosure.keep_watching(by=by, concern=row, at=at),
            is_next=True,
        ),
        "pass-on": Action(
            permissions=LEADS,
            states=frozenset({ConcernState.APPROVED}),
            title=_("Passed on"),
            label=_("We have told them"),
            message=_("Recorded. The clock of the service runs from now."),
            effect=lambda by, row, given, at: disclosure.pass_on(by=by, concern=row, at=at),
            text=_("Press this once the service has heard it. Its legal clock begins here."),
            is_next=True,
        ),
        "acknowledge": Action(
            permissions=LEADS,
            states=frozenset({ConcernState.NOTIFIED}),
            title=_("The service has accepted it"),
            label=_("Taken up"),
            message=_("Recorded. Now the child is told."),
            effect=lambda by, row, given, at: disclosure.acknowledge(
                by=by, concern=row, note=given["note"], at=at
            ),
            form=forms.ServiceForm,
            is_next=True,
        ),
        "told": Action(
            permissions=(Permission.RAISE_CONCERN,),
            states=frozenset({ConcernState.ACKNOWLEDGED, ConcernState.CHILD_NOT_REACHABLE}),
            title=_("The child was told"),
            label=_("The child knows"),
            message=_("Recorded."),
            effect=lambda by, row, given, at: disclosure.tell_child(
                by=by, concern=row, how=given["how"], note=given["note"], at=at
            ),
            form=forms.ToldForm,
            is_next=True,
        ),
        "not-reached": Action(
            permissions=(Permission.RAISE_CONCERN,),
            states=frozenset({ConcernState.ACKNOWLEDGED}),
            title=_("The child cannot be reached"),
            label=_("Could not be told"),
            message=_("Recorded. If the child comes back, it can still be told."),
            effect=lambda by, row, given, at: disclosure.child_not_reached(
                by=by, concern=row, note=given["note"], at=at
            ),
            form=forms.NoteForm,
            tone="second",
        ),
        "review": Action(
            permissions=(Permission.APPROVE_BREAK,),
            states=frozenset(
                {ConcernState.WATCH, ConcernState.CHILD_INFORMED, ConcernState.CHILD_NOT_REACHABLE}
            ),
            title=_("Review and end"),
            label=_("Reviewed"),
            message=_("Reviewed. The concern is ended."),
            effect=lambda by, row, given, at: disclosure.review(
                by=by, concern=row, note=given["note"], at=at
            ),
            form=forms.NoteForm,
            text=_("Was it right, was it in time, what do we learn?"),
        ),
        "note": Action(
            permissions=(Permission.RAISE_CONCERN,),
            states=LIVING,
            title=_("Add a note"),
            label=_("Add"),
            message=_("Noted."),
            effect=lambda by, row, given, at: acts.add_note(by=by, concern=row, text=given["note"], at=at),
            form=forms.NoteForm,
            tone="second",
        ),
    },
)


class Concerns(ListPage):
    """The concerns a person may see, the most pressing first."""

    template = "helpline/safeguarding/desk/safety_list.html"
    title = _("Safeguarding")
    intro = _("A concern about a child is discussed within five minutes. Nobody discloses anything alone.")
    live = "helpline.safety"
    views = (
        View("now", _("Needs somebody now")),
        View("outside", _("With a service")),
        View("review", _("Due for review")),
        View("ended", _("Reviewed")),
        View(queries.SECOND, _("Waits for the second person")),
    )
    nothing = Empty(
        title=_("Nothing here"), text=_("A concern is raised from a conversation, a letter or a call.")
    )
    columns = words.columns(_("Raised by"), "raised_by", "due_at")

    @override
    def rows(self) -> QuerySet[Concern]:
        return queries.concerns(self.by, self.view_code)

    @override
    def lines(self, rows: list[Concern]) -> list[Line]:
        return [
            words.row(
                row.ref,
                reverse("helpline-concern", args=[row.ref]),
                vocab.label("referral_target", row.target)
                if row.target and self.view_code != "ended"
                else "",
                state=words.word(words.CONCERN, row.state),
                left=words.left(row.raised_at, row.due_at, self.at),
                who=row.raised_by,
            )
            for row in rows
        ]

    @override
    def counts(self) -> Mapping[str, int]:
        return queries.counts(self.by)


@require_safe
@needs(Permission.RAISE_CONCERN)
def concern(request: HttpRequest, ref: str) -> HttpResponse:
    """One concern: where it stands, what comes next, the way so far."""
    by, found = actor(request), queries.concern_for(actor(request), ref)
    acts.open_concern(by=by, concern=found, at=clock.now())
    return _page(request, found)


def _page(
    request: HttpRequest, found: Concern, bound: Forms | None = None, trouble: str = ""
) -> HttpResponse:
    at, by = clock.now(), actor(request)
    page = queries.concern_page(by, found)
    context: dict[str, Any] = {
        "page": page,
        "concern": found,
        "state": words.word(words.CONCERN, found.state),
        "left": words.left(page.since, found.due_at, at),
        "moments": words.moments(page.steps, words.CONCERN, page.names),
        "notes": [(words.note_kind(note.kind), note) for note in page.notes],
        "offers": ACTIONS.offers(by, found, bound),
        "act_url": "helpline-concern-act",
        "may_propose": by.can(Permission.PROPOSE_BREAK) and found.state == ConcernState.CONSULT,
        "may_decide": by.can(Permission.APPROVE_BREAK)
        and found.state in disclosure.PROPOSED
        and found.proposed_by_id != by.person_id,
        "waits_for_other": found.state in disclosure.PROPOSED and found.proposed_by_id == by.person_id,
        "may_print": sees_all(by) and found.approved_by_id is not None,
        "reads_all": sees_all(by),
        "may_keep_case": by.can(Permission.KEEP_CASE),
        "locked": by.vault is None,
        "trouble": trouble,
    }
    return render(
        request, "helpline/safeguarding/desk/concern.html", context, status=422 if bound or trouble else 200
    )


@require_POST
@needs(Permission.RAISE_CONCERN)
def act(request: HttpRequest, ref: str, name: str) -> HttpResponse:
    """One of the acts of the page."""
    return ACTIONS.perform(request, ref, name, page=_page, back=reverse("helpline-concern", args=[ref]))


@require_POST
@needs(Permission.RAISE_CONCERN)
def raise_it(request: HttpRequest, kind: str, ref: str) -> HttpResponse:
    """Raise a concern about a contact and go there."""
    by = actor(request)
    about = sources.about_for(by, kind, ref)
    if kind in {"case", "concern"}:
        raise Http404
    raised = acts.raise_concern(by=by, **about.given("conversation", "letter", "call"), at=clock.now())
    toasts.say(request, gettext("The shift leads are called. Five minutes."))
    return HttpResponseRedirect(reverse("helpline-concern", args=[raised.ref]))


@needs(Permission.PROPOSE_BREAK)
@sudo_required
def propose(request: HttpRequest, ref: str) -> HttpResponse:
    """Write the proposal to inform an outside service. Nothing is sent yet."""
    by, found = actor(request), queries.concern_for(actor(request), ref)
    form = forms.ProposalForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with refusal_in(form):
            acts.propose_disclosure(
                by=by, concern=found, proposal=acts.Proposal(**form.cleaned_data), at=clock.now()
            )
            toasts.say(
                request, gettext("Proposed. The safeguarding lead is called; nothing is told before that.")
            )
            return HttpResponseRedirect(reverse("helpline-concern", args=[ref]))
    context = {
        "concern": found,
        "form": form,
        "possible": found.state == ConcernState.CONSULT,
        "locked": by.vault is None,
        "title": gettext("Propose a disclosure"),
        "lead": gettext("Another person reads this and decides. Until then nothing leaves the line."),
        "submit": gettext("Propose"),
        "back": reverse("helpline-concern", args=[ref]),
        "back_name": ref,
    }
    return render(
        request, "helpline/safeguarding/desk/safety_form.html", context, status=422 if form.errors else 200
    )


@needs(Permission.APPROVE_BREAK)
@sudo_required
def decide(request: HttpRequest, ref: str) -> HttpResponse:
    """The second person reads the proposal and decides."""
    by, found = actor(request), queries.concern_for(actor(request), ref)
    page, at = queries.concern_page(by, found), clock.now()
    form = forms.NoteForm(request.POST if "refuse" in request.POST else None)
    trouble = ""
    if request.method == "POST":
        given = request.POST.get("seen", "")
        seen = int(given) if given.isascii() and given.isdigit() and len(given) < 9 else 0
        try:
            if "approve" in request.POST:
                disclosure.approve_disclosure(by=by, concern=found, seen=seen, at=at)
                toasts.say(request, gettext("Approved. The proposer is told to pass it on now."))
                return HttpResponseRedirect(reverse("helpline-concern", args=[ref]))
            if form.is_valid():
                disclosure.refuse_disclosure(
                    by=by, concern=found, seen=seen, note=form.cleaned_data["note"], at=at
                )
                toasts.say(request, gettext("Not approved. Nothing was told."))
                return HttpResponseRedirect(reverse("helpline-concern", args=[ref]))
        except ActionRefused as refused:
            trouble = refused.text
            found = queries.concern_for(by, ref)
            page = queries.concern_page(by, found)
    context = {
        "page": page,
        "concern": found,
        "form": form,
        "trouble": trouble,
        "own": found.proposed_by_id == by.person_id,
        "possible": found.state in disclosure.PROPOSED,
        "state": words.word(words.CONCERN, found.state),
        "left": words.left(page.since, found.due_at, at),
        "locked": by.vault is None,
    }
    return render(
        request,
        "helpline/safeguarding/desk/concern_decide.html",
        context,
        status=422 if form.errors or trouble else 200,
    )


@require_safe
@needs(Permission.RAISE_CONCERN)
@sudo_required
def letter(request: HttpRequest, ref: str) -> HttpResponse:
    """What is passed on, as a page to print or to read out; only once two people agreed."""
    by, found = actor(request), queries.concern_for(actor(request), ref)
    if not sees_all(by) or found.approved_by_id is None:
        raise Http404
    acts.open_concern(by=by, concern=found, at=clock.now())
    steps = {step.after: step.at for step in found.steps.order_by("pk")}
    context = {
        "concern": found,
        "page": queries.concern_page(by, found),
        "approved_at": steps.get(ConcernState.APPROVED),
        "locked": by.vault is None,
    }
    return render(request, "helpline/safeguarding/desk/concern_letter.html", context)
