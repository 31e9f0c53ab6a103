"""Letters at the desk: the list with its deadlines, and the page of one letter: screening, claim, draft,
review, delivery.
"""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from functools import wraps
from typing import Any, override

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext, ngettext, pgettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from sauga.helpline.letters import forms
from sauga.helpline.letters import presenters as words
from sauga.helpline.letters.actions import letter_replies
from sauga.helpline.letters.actions.letter_replies import note_opened
from sauga.helpline.letters.models import Letter, LetterSet
from sauga.helpline.letters.queries import letters as queries
from sauga.helpline.letters.queries.letters import View, read_by
from sauga.helpline.letters.rules import Ground
from sauga.helpline.permissions import Permission, sees_all
from sauga.helpline.states import LetterState
from sauga.kernel import clock, sealed
from sauga.kernel.identity import PersonActor, actor, needs
from sauga.kernel.kit.actions import Outcome, post_action_on
from sauga.kernel.kit.lists import Column, Empty, Line, Link, ListPage, Quiet, Ref, Strong, Tool, label_order
from sauga.kernel.kit.lists import View as Tab
from sauga.kernel.refusals import ActionRefused, FormUnfit
from sauga.kernel.ui import toasts


def _letter_for(by: PersonActor, ref: str) -> Letter:
    letter, _ground = queries.letter_for(by, ref)
    return letter


def _where(by: PersonActor, letter: Letter) -> str:
    """The letter, or the list when it is out of sight now."""
    try:
        queries.letter_for(by, letter.ref)
    except Http404:
        return reverse("helpline-letters")
    return reverse("helpline-letter-desk", args=[letter.ref])


_act = post_action_on(_letter_for, _where)


def _keys(by: PersonActor, letter: Letter) -> tuple[sealed.DataKey, sealed.DataKey]:
    """The key of the thread and the key of the drafts."""
    if by.vault is None:
        raise sealed.VaultLocked
    keys = sealed.open_data_keys(sealed.Zone.HELPLINE, [letter.holder, letter.desk_holder], by.vault)
    if len(keys) < len({letter.holder, letter.desk_holder}):
        raise sealed.KeyNotAvailable
    return keys[letter.holder], keys[letter.desk_holder]


def readers(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """For people who answer letters or review them; to anyone else the page does not exist."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not queries.reads_letters(actor(request)):
            raise Http404
        return view(request, *args, **kwargs)

    return guarded


# The list


class Letters(ListPage):
    """The letters in the order in which they are answered, with their clocks."""

    template = "helpline/letters/desk/letters.html"
    title = _("Letters")
    caption = _("Letters in the order in which they are answered")
    live = "helpline.letters"
    css = "worklist"
    form_class = forms.LetterFilterForm
    everything = View.ALL
    views = (
        Tab(View.SCREEN, _("To read")),
        Tab(View.ANSWER, _("To answer")),
        Tab(View.MINE, _("Mine")),
        Tab(View.REVIEW, _("To review")),
        Tab(View.WAITING, _("Answered")),
        Tab(View.UNTAKEN, _("In nobody’s hand")),
        Tab(View.ALL, _("All open")),
    )
    nothing = Empty(
        title=_("No letters here"), text=_("New letters appear by themselves, immediate danger first.")
    )
    columns = (
        Column("risk", _("Risk"), "c-urgency"),
        Column("age", _("Age"), "c-age num", ("received_at",)),
        Column("letter", _("Letter"), "c-what", label_order("audience", "letter_door"), is_heading=True),
        Column("state", _("State"), "c-state", label_order("state", "state.letter")),
        Column("holder", _("Claimed by"), "c-host"),
        Column("left", _("Time left"), "c-clock", ("due_at",)),
    )

    @override
    def offered_views(self) -> Sequence[Tab]:
        return (
            self.views
            if self.by.can(Permission.ANSWER_LETTER)
            else [view for view in self.views if view.code == View.REVIEW]
        )

    @override
    def first_view(self) -> str:
        return self.offered[-1].code

    @override
    def rows(self) -> LetterSet:
        return queries.letters(by=self.by, view=View(self.view_code), **self.filters)

    @override
    def lines(self, rows: list[Letter]) -> list[Line]:
        found = queries.rows_of(by=self.by, letters=rows)
        by_when = read_by(
            {row.letter.pk: row.asked_at for row in found if row.letter.state == LetterState.RECEIVED},
            self.at,
        )
        return [_cells(words.line(row, self.at, by_when.get(row.letter.pk))) for row in found]

    @override
    def counts(self) -> Mapping[View, int]:
        return queries.counts(by=self.by)

    @override
    def tools(self) -> Sequence[Tool]:
        if not self.by.can(Permission.ANSWER_LETTER):
            return ()
        return [
            Tool(
                label=pgettext_lazy("letter", "Take the next"),
                href=reverse("helpline-letter-next"),
                key="n",
                is_post=True,
            )
        ]


def _cells(line: words.Line) -> Line:
    texts = ngettext("%(n)s text", "%(n)s texts", line.texts) % {"n": line.texts}
    more = f"{texts} · {gettext('from the waiting room')}" if line.from_chat else texts
    who = (Link(line.who, line.href), Ref(line.ref), Quiet(more))
    holder = (
        Strong(pgettext("letter", "mine")) if line.is_mine else Quiet(line.holder) if line.holder else None
    )
    return Line(line.ref, (line.band, line.age, who, line.state, holder, line.clock))


@require_POST
@needs(Permission.ANSWER_LETTER)
def take_next(request: HttpRequest) -> HttpResponse:
    """Take the letter that is first in order; where none is ready to be answered, open the first that waits
    to be read for risk.
    """
    by = actor(request)
    letter = letter_replies.claim_next(by=by, at=clock.now())
    if letter is None and (unread := queries.next_to_read(by=by)) is not None:
        toasts.say(
            request,
            gettext("No letter is ready to be answered. This one waits to be screened for risk first."),
        )
        return HttpResponseRedirect(reverse("helpline-letter-desk", args=[unread.ref]))
    if letter is None:
        toasts.say(request, gettext("No letter waits."))
        return HttpResponseRedirect(f"{reverse('helpline-letters')}?view={View.SCREEN}")
    return HttpResponseRedirect(reverse("helpline-letter-desk", args=[letter.ref]))


# One letter


@readers
def letter_page(request: HttpRequest, ref: str) -> HttpResponse:
    """One letter, opened with the counsellor's own vault.

    Opening is written to the trail; a closed one needs a reason.
    """
    by = actor(request)
    letter, ground = queries.letter_for(by, ref)
    reason = ""
    if ground is Ground.OWN_CLOSED:
        form = forms.ReasonForm(request.POST or None)
        if not form.is_valid():
            return render(
                request,
                "helpline/letters/desk/letter_closed.html",
                {"letter": letter, "form": form, "state": words.state(letter.state)},
            )
        reason = form.cleaned_data["reason"]
    return _letter(request, by, letter, ground, reason=reason)


def _letter(
    request: HttpRequest,
    by: PersonActor,
    letter: Letter,
    ground: Ground,
    *,
    draft_form: forms.DraftForm | None = None,
    reason: str = "",
) -> HttpResponse:
    at = clock.now()
    page = queries.letter_page(by=by, letter=letter, ground=ground)
    if page.parts is not None:
        note_opened(by=by, letter=letter, reason=reason or ground, at=at)
    context: dict[str, Any] = {
        "page": page,
        "letter": letter,
        "ground": ground,
        "said": words.thread(page),
        "moments": words.moments(letter, page, at),
        "band": words.band(letter.band),
        "why": words.why(letter),
        "state": words.state(letter.state),
        "who": words.who(letter),
        "clock": words.clock_of(letter, page.asked_at, at),
        "read_by": words.read_by(
            letter, page.asked_at, at, read_by({letter.pk: page.asked_at}, at).get(letter.pk)
        ),
        "locked": by.vault is None,
        "draft": page.drafts[-1] if page.drafts else None,
        "screen_form": forms.ScreenForm(initial={"band": letter.band}),
        "draft_form": draft_form or forms.DraftForm(initial={"text": _latest(page)}),
        "remark_form": forms.RemarkForm(),
        "approve_form": forms.ApproveForm(initial={"seen": letter.last_number}),
        "aside_form": forms.PutAsideForm(),
        "may_pass_on": sees_all(by) or letter.claimed_by_id == by.person_id,
        **words.what_may_be_done(letter, ground, by),
    }
    return render(
        request, "helpline/letters/desk/letter.html", context, status=422 if draft_form is not None else 200
    )


def _latest(page: queries.LetterPage) -> str:
    return page.drafts[-1].text if page.drafts else ""


@needs(Permission.ANSWER_LETTER)
@_act
def screen(request: HttpRequest, by: PersonActor, letter: Letter, at: datetime) -> str:
    """A person has read it for risk; with `and_take` it is taken in hand at once."""
    form = forms.ScreenForm(request.POST)
    if not form.is_valid():
        raise FormUnfit(gettext("Choose how serious it is."))
    letter = letter_replies.screen_letter(by=by, letter=letter, band=form.cleaned_data["band"], at=at)
    if "and_take" in request.POST:
        letter_replies.claim_letter(by=by, letter=letter, at=at)
        return gettext("Screened and claimed.")
    return gettext("Screened. It waits for an answer.")


@needs(Permission.ANSWER_LETTER)
@_act
def claim(request: HttpRequest, by: PersonActor, letter: Letter, at: datetime) -> str:
    """Take it in hand."""
    letter_replies.claim_letter(by=by, letter=letter, at=at)
    return gettext("Claimed.")


@needs(Permission.ANSWER_LETTER)
@_act
def give_back(request: HttpRequest, by: PersonActor, letter: Letter, at: datetime) -> Outcome:
    """Put it back for others; can be undone by taking it again."""
    letter_replies.give_back(by=by, letter=letter, at=at)
    return Outcome(
        gettext("Released to the others."), undo=reverse("helpline-letter-claim", args=[letter.ref])
    )


@require_POST
@needs(Permission.ANSWER_LETTER)
def draft(request: HttpRequest, ref: str) -> HttpResponse:
    """Keep the answer, or keep it and hand it to a reviewer. What was typed is never lost by a refusal."""
    by = actor(request)
    letter, ground = queries.letter_for(by, ref)
    form = forms.DraftForm(request.POST)
    if not form.is_valid():
        return _letter(request, by, letter, ground, draft_form=form)
    try:
        _key, desk_key = _keys(by, letter)
        letter_replies.save_draft(
            by=by, letter=letter, desk_key=desk_key, text=form.cleaned_data["text"], at=clock.now()
        )
        if "send" in request.POST:
            letter_replies.send_for_review(by=by, letter=letter, at=clock.now())
            undo = reverse("helpline-letter-take-back", args=[letter.ref])
            toasts.say(request, gettext("Sent for review."), undo=undo)
        else:
            toasts.say(request, gettext("Saved. Only the team can read it."))
    except ActionRefused as error:
        error.add_to(form)
        return _letter(request, by, letter, ground, draft_form=form)
    return HttpResponseRedirect(reverse("helpline-letter-desk", args=[letter.ref]))


@needs(Permission.ANSWER_LETTER)
@_act
def take_back(request: HttpRequest, by: PersonActor, letter: Letter, at: datetime) -> str:
    """Undo the handing over, before anybody has decided."""
    letter_replies.take_back(by=by, letter=letter, at=at)
    return gettext("Taken back. You can go on writing.")


@needs(Permission.REVIEW_LETTER)
@_act
def approve(request: HttpRequest, by: PersonActor, letter: Letter, at: datetime) -> str:
    """Yes to the answer: it is delivered."""
    form = forms.ApproveForm(request.POST)
    if not form.is_valid():
        raise FormUnfit(gettext("More words came meanwhile. Read them, then decide."))
    key, desk_key = _keys(by, letter)
    letter_replies.approve_answer(
        by=by, letter=letter, key=key, desk_key=desk_key, seen=form.cleaned_data["seen"], at=at
    )
    return gettext("Delivered. The answer is there for whoever holds the words.")


@needs(Permission.REVIEW_LETTER)
@_act
def send_back(request: HttpRequest, by: PersonActor, letter: Letter, at: datetime) -> str:
    """Back to the author with a remark."""
    form = forms.RemarkForm(request.POST)
    if not form.is_valid():
        raise FormUnfit(gettext("Say what should change."))
    _key, desk_key = _keys(by, letter)
    letter_replies.return_answer(
        by=by, letter=letter, desk_key=desk_key, remark=form.cleaned_data["remark"], at=at
    )
    return gettext("Returned to the author.")


@needs(Permission.ANSWER_LETTER)
@_act
def put_aside(request: HttpRequest, by: PersonActor, letter: Letter, at: datetime) -> str:
    """Close a letter that asks for no counselling."""
    form = forms.PutAsideForm(request.POST)
    if not form.is_valid():
        raise FormUnfit(gettext("Choose what kind of letter it is."))
    letter_replies.put_aside(by=by, letter=letter, kind=form.cleaned_data["kind"], at=at)
    return gettext("Closed without counselling. It stays in the figures.")
