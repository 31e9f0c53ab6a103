"""Referrals at the desk: to services, addresses to the hotline, passes for own pictures."""

import secrets
from collections.abc import Mapping
from typing import Any, override

from django.conf import settings
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
from sauga.helpline.safeguarding.actions import hotline_handover
from sauga.helpline.safeguarding.actions import referrals as acts
from sauga.helpline.safeguarding.actions.self_images import issue_pass
from sauga.helpline.safeguarding.models import HotlineLink, Referral
from sauga.helpline.safeguarding.queries import referrals as queries
from sauga.helpline.safeguarding.views.cases import named
from sauga.helpline.states import LinkState, ReferralState, SelfImageState
from sauga.kernel import clock, vocab
from sauga.kernel.identity import actor, needs, sudo_required
from sauga.kernel.kit.actions import Action, ActionSet, Forms, post_action
from sauga.kernel.kit.lists import Empty, Line, ListPage, View
from sauga.kernel.refusals import ActionRefused, refusal_in
from sauga.kernel.ui import toasts

REFER = (Permission.REFER,)
ACTIONS = ActionSet(
    find=queries.referral_for,
    actions={
        "ask": Action(
            permissions=REFER,
            states=frozenset({ReferralState.SUGGESTED}),
            title=_("Ask the child in the chat"),
            label=_("Ask now"),
            message=_("The child sees the words and two buttons."),
            effect=lambda by, row, given, at: acts.ask_in_chat(by=by, referral=row, at=at),
            text=_("The child reads exactly what would be shared, and answers with a button."),
            is_next=True,
        ),
        "answer": Action(
            permissions=REFER,
            states=frozenset({ReferralState.SUGGESTED, ReferralState.CONSENT_ASKED}),
            title=_("Record what the child answered"),
            label=_("Record it"),
            message=_("Recorded."),
            effect=lambda by, row, given, at: acts.record_answer(
                by=by, referral=row, agrees=given["agrees"] == "yes", how=given["how"], at=at
            ),
            form=forms.AnswerForm,
            tone="second",
        ),
        "withdraw": Action(
            permissions=REFER,
            states=frozenset({ReferralState.CONSENTED}),
            title=_("The child took it back"),
            label=_("Take the answer back"),
            message=_("Taken back. Nothing was sent."),
            effect=lambda by, row, given, at: acts.withdraw(by=by, referral=row, at=at),
            tone="second",
        ),
        "acknowledge": Action(
            permissions=REFER,
            states=frozenset({ReferralState.SENT, ReferralState.CHASED, ReferralState.ESCALATED}),
            title=_("The service has accepted it"),
            label=_("Taken up"),
            message=_("Recorded. The clock has stopped."),
            effect=lambda by, row, given, at: acts.acknowledge(by=by, referral=row, at=at),
            is_next=True,
        ),
        "in-service": Action(
            permissions=REFER,
            states=frozenset({ReferralState.ACKNOWLEDGED}),
            title=_("The service helps"),
            label=_("It helps"),
            message=_("Recorded."),
            effect=lambda by, row, given, at: acts.in_service(by=by, referral=row, at=at),
        ),
        "outcome": Action(
            permissions=REFER,
            states=frozenset({ReferralState.ACKNOWLEDGED, ReferralState.IN_SERVICE}),
            title=_("What came of it"),
            label=_("Record it"),
            message=_("Recorded."),
            effect=lambda by, row, given, at: acts.record_outcome(
                by=by, referral=row, outcome=given["outcome"], at=at
            ),
            form=forms.OutcomeForm,
        ),
        "close": Action(
            permissions=REFER,
            states=frozenset({ReferralState.DECLINED, ReferralState.WITHDRAWN, ReferralState.OUTCOME}),
            title=_("Close"),
            label=_("Close"),
            message=_("Closed."),
            effect=lambda by, row, given, at: acts.close(by=by, referral=row, at=at),
            is_next=True,
        ),
    },
)


PASSES = {
    "issued": SelfImageState.TOKEN_ISSUED,
    "used": SelfImageState.USED,
    "expired": SelfImageState.EXPIRED,
}
ADDRESSES = "addresses"


class Referrals(ListPage):
    """What was passed on to whom, the next clock first; and the addresses that went to the hotline."""

    template = "helpline/safeguarding/desk/safety_list.html"
    title = _("Referrals")
    intro = _("The child agrees first. Only what is needed, a deadline that is watched, an outcome.")
    live = "helpline.safety"
    views = (
        View("open", _("To prepare and ask")),
        View("sent", _("Waiting for the service")),
        View("taken", _("With the service")),
        View("closed", _("Closed")),
        View(ADDRESSES, _("Addresses to the hotline"), is_sortable=False),
    )
    nothing = Empty(
        title=_("Nothing here"),
        text=_("A referral is prepared from a conversation, a letter, a call or a case."),
    )
    columns = words.columns(_("Author"), "author", "due_at")

    @override
    def rows(self) -> QuerySet[HotlineLink] | QuerySet[Referral]:
        return (
            queries.links(self.by)
            if self.view_code == ADDRESSES
            else queries.referrals(self.by, self.view_code)
        )

    @override
    def lines(self, rows: list[Any]) -> list[Line]:
        if self.view_code == ADDRESSES:
            return [_address_line(row) for row in rows]
        return [
            words.row(
                row.ref,
                reverse("helpline-referral", args=[row.ref]),
                vocab.label("referral_target", row.target),
                state=words.word(words.REFERRAL, row.state),
                left=words.left(row.sent_at, row.due_at, self.at),
                who=row.author,
            )
            for row in rows
        ]

    @override
    def counts(self) -> Mapping[str, int]:
        return queries.counts(self.by)

    @override
    def context(self) -> dict[str, Any]:
        held = queries.passes(self.by)
        return {"passes": {name: held.get(state, 0) for name, state in PASSES.items()}}


def _address_line(row: HotlineLink) -> Line:
    suspected, outcome = vocab.label("link_suspected", row.suspected), words.outcome(row.outcome)
    what = f"{suspected} · {outcome}" if outcome else suspected
    state = words.word(words.LINK, row.state)
    return words.row(
        row.ref, reverse("helpline-link", args=[row.ref]), what, state=state, left=None, who=row.author
    )


@needs(Permission.REFER)
def new(request: HttpRequest) -> HttpResponse:
    """Prepare a referral about the contact or case that the address names."""
    by, about = actor(request), named(request)
    form = forms.ReferralForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with refusal_in(form):
            source = about.given("conversation", "letter", "call", "case")
            made = acts.suggest(by=by, **source, **form.cleaned_data, at=clock.now())
            toasts.say(request, gettext("Prepared. Now ask the child."))
            return HttpResponseRedirect(reverse("helpline-referral", args=[made.ref]))
    context = {
        "form": form,
        "possible": True,
        "locked": by.vault is None,
        "title": gettext("Pass on to another service"),
        "lead": gettext("About %(ref)s. The child agrees before anything is sent.") % {"ref": about.ref},
        "submit": gettext("Prepare"),
        "back": reverse("helpline-referrals"),
        "back_name": gettext("Referrals"),
    }
    return render(
        request, "helpline/safeguarding/desk/safety_form.html", context, status=422 if form.errors else 200
    )


@require_safe
@needs(Permission.REFER)
def referral(request: HttpRequest, ref: str) -> HttpResponse:
    """One referral."""
    return _page(request, queries.referral_for(actor(request), ref))


def _page(request: HttpRequest, found: Referral, bound: Forms | None = None) -> HttpResponse:
    at, by = clock.now(), actor(request)
    page = queries.referral_page(by, found)
    context: dict[str, Any] = {
        "page": page,
        "referral": found,
        "state": words.word(words.REFERRAL, found.state),
        "left": words.left(found.sent_at or found.made_at, found.due_at, at),
        "moments": words.moments(page.steps, words.REFERRAL, page.names),
        "offers": ACTIONS.offers(by, found, bound),
        "act_url": "helpline-referral-act",
        "may_send": found.state == ReferralState.CONSENTED,
        "locked": by.vault is None,
    }
    return render(request, "helpline/safeguarding/desk/referral.html", context, status=422 if bound else 200)


@require_POST
@needs(Permission.REFER)
def act(request: HttpRequest, ref: str, name: str) -> HttpResponse:
    """One of the acts of the page."""
    return ACTIONS.perform(request, ref, name, page=_page, back=reverse("helpline-referral", args=[ref]))


@needs(Permission.REFER)
@sudo_required
def send(request: HttpRequest, ref: str) -> HttpResponse:
    """The words as a page to print or read out; posting says that the service has them."""
    by, found = actor(request), queries.referral_for(actor(request), ref)
    if request.method == "POST":
        try:
            acts.send(by=by, referral=found, at=clock.now())
            toasts.say(request, gettext("Sent. The clock of the service runs from now."))
        except ActionRefused as refused:
            toasts.refuse(request, refused.text)
        return HttpResponseRedirect(reverse("helpline-referral", args=[ref]))
    context = {
        "referral": found,
        "page": queries.referral_page(by, found),
        "possible": found.state == ReferralState.CONSENTED,
        "locked": by.vault is None,
    }
    return render(request, "helpline/safeguarding/desk/referral_send.html", context)


@needs(Permission.REFER)
def address(request: HttpRequest) -> HttpResponse:
    """Pass an address to the hotline, without the child."""
    by, about = actor(request), named(request)
    form = forms.LinkForm(request.POST or None, initial={"once": secrets.token_hex(16)})
    if request.method == "POST" and form.is_valid():
        with refusal_in(form):
            made = hotline_handover.pass_address(
                by=by, **about.given("conversation", "letter"), **form.cleaned_data, at=clock.now()
            )
            toasts.say(
                request, gettext("Passed on. The address is not shown here again; the answer comes here.")
            )
            return HttpResponseRedirect(reverse("helpline-link", args=[made.ref]))
    context = {
        "form": form,
        "possible": True,
        "unsealed": True,
        "locked": False,
        "title": gettext("Pass an address to the hotline"),
        "lead": gettext(
            "Only the address, what is suspected, and the day go there: nothing about the child."
        ),
        "submit": gettext("Pass on"),
        "back": reverse("helpline-referrals"),
        "back_name": gettext("Referrals"),
    }
    return render(
        request, "helpline/safeguarding/desk/safety_form.html", context, status=422 if form.errors else 200
    )


@require_safe
@needs(Permission.REFER)
def link(request: HttpRequest, ref: str) -> HttpResponse:
    """What became of an address: its state in words, never the address."""
    found = queries.link_for(actor(request), ref)
    steps = list(found.steps.order_by("pk"))
    context = {
        "link": found,
        "state": words.word(words.LINK, found.state),
        "outcome": words.outcome(found.outcome) if found.outcome else "",
        "moments": words.moments(steps, words.LINK, {}),
        "may_tell": found.state == LinkState.ASSESSED,
    }
    return render(request, "helpline/safeguarding/desk/link.html", context)


@needs(Permission.REFER)
@post_action("helpline-link")
def link_told(request: HttpRequest, ref: str) -> str:
    """The child knows what came of it."""
    hotline_handover.told_child(by=actor(request), link=queries.link_for(actor(request), ref), at=clock.now())
    return gettext("Recorded.")


@needs(Permission.REFER)
def own_picture(request: HttpRequest) -> HttpResponse:
    """A pass for a child who wants own pictures gone, shown once. It is stored nowhere at the helpline."""
    by, about = actor(request), named(request)
    issued, language = None, getattr(about.conversation or about.letter or about.call, "language", "lt")
    if request.method == "POST":
        issued = issue_pass(by=by, **about.given("conversation"), language=language, at=clock.now())
    context = {
        "about": about,
        "issued": issued,
        "language": language,
        "site": settings.ENV.base_url.rstrip("/"),
    }
    response = render(request, "helpline/safeguarding/desk/own_picture.html", context)
    response.headers["Cache-Control"] = "no-store"
    return response
