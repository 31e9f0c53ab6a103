"""A conversation at the desk: the thread, the message field, risk, notes, transfer, end; and a closed one
reopened with a reason.
"""

import secrets
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_POST, require_safe

from sauga.helpline.chat.actions import (
    closed_conversations,
    conversation_events,
    presence,
    supervision,
    transfers,
)
from sauga.helpline.chat.actions import conversations as life
from sauga.helpline.chat.forms import desk as forms
from sauga.helpline.chat.models import Conversation
from sauga.helpline.chat.presenters import desk as words
from sauga.helpline.chat.queries import desk as queries
from sauga.helpline.chat.queries.conversations import closed_conversation_for, conversation_for, keys_at_desk
from sauga.helpline.chat.rules.prompts import RISEN, SAFETY_QUESTIONS
from sauga.helpline.chat.rules.safeguarding_provider import safeguarding
from sauga.helpline.chat.views.desk import side
from sauga.helpline.line.presenters import band_mark
from sauga.helpline.line.queries import texts
from sauga.helpline.permissions import Permission
from sauga.helpline.records.views import record_context
from sauga.kernel import clock, notifications, sealed, vocab
from sauga.kernel.clock import VILNIUS
from sauga.kernel.identity import PersonActor, actor, needs
from sauga.kernel.kit.actions import Outcome, post_action
from sauga.kernel.refusals import ActionRefused, FormUnfit
from sauga.kernel.sealed import VaultLocked
from sauga.kernel.ui import toasts

WRITING = timedelta(minutes=2)
"""Without a script a page cannot say that it is there while somebody writes; it is believed for this long."""
UNFIT, REFUSED = 422, 409


@require_safe
@needs(Permission.TALK)
def talk(request: HttpRequest, ref: str) -> HttpResponse:
    """A conversation."""
    by, at = actor(request), clock.now()
    found = _any(by, ref)
    if found.owner_id == by.person_id:
        presence.staff_seen(by=by, conversation=found, at=at + WRITING if "write" in request.GET else at)
        if by.vault is not None and queries.is_talking(found):
            conversation_events.mark_read(by=by, conversation=found, up_to=found.last_number, at=at)
    return _page(request, found)


def _any(by: PersonActor, ref: str) -> Conversation:
    """A conversation that goes on or waits for its record, else one's own that is closed. Raises Http404."""
    try:
        return conversation_for(by, ref)
    except Http404:
        return closed_conversation_for(by, ref)


def _page(
    request: HttpRequest, found: Conversation, *, status: int = 200, opened: bool = False, **more: Any
) -> HttpResponse:
    at, by = clock.now(), actor(request)
    page = queries.talk_page(by, found, at, opened=opened)
    desk = queries.desk_of(by, at)
    context: dict[str, Any] = {
        **side(by, at, desk),
        **_beside(request, page, at),
        **_record(by, page, desk, at),
        "page": page,
        "conversation": found,
        "letter": desk.letter_of(found),
        "lines": [(line, words.event(line.event) if line.event else "") for line in page.lines],
        "minutes": max(0, int((at - (found.taken_at or at)).total_seconds() // 60)),
        "band": band_mark(found.band),
        "sentence": words.risk_sentence(found),
        "raised": RISEN.get(found.band, "") or _called_off(found),
        "bands": vocab.choices("risk"),
        "questions": SAFETY_QUESTIONS if found.band in {"HIGH", "IMMEDIATE"} else (),
        "writing": "write" in request.GET,
        "writes_unseen": page.is_talking and presence.writes_unseen(found, at),
        "unsaved": _unsaved(page, more),
        **more,
    }
    return render(request, "helpline/chat/desk/talk.html", context, status=status)


def _called_off(found: Conversation) -> str:
    """The highest band once more where its alert was withdrawn or ended: F8 calls again."""
    return found.band if found.band == "IMMEDIATE" and not notifications.stands(found.channel) else ""


def _beside(request: HttpRequest, page: queries.TalkPage, at: datetime) -> dict[str, Any]:
    """Composer, canned answers, other help, notes and the card of handing over, for the owner while
    the talk goes on.
    """
    if page.is_closed:
        return {"open_form": forms.OpenForm()}
    if not (page.is_talking and page.is_own):
        return {}
    canned = texts.canned_answers(page.conversation.language)
    cards = texts.resources(at.astimezone(VILNIUS).date(), language=page.conversation.language)
    chosen = next((row.body for row in canned if row.code == request.GET.get("canned")), "")
    text = chosen or next((card.sentence for card in cards if card.code == request.GET.get("card")), "")
    return {
        "say_form": forms.SayForm(initial={"text": text, "nonce": secrets.token_hex(16)}),
        "canned": canned,
        "cards": cards,
        "note_form": forms.NoteForm(),
        "noting": "note" in request.GET,
        "transfer_form": forms.TransferForm(people=queries.colleagues(actor(request))),
    }


def _unsaved(page: queries.TalkPage, more: Mapping[str, Any]) -> str:
    """What a counsellor typed into a form that the page no longer offers: the conversation has ended, has
    passed on, or the vault is locked.
    """
    offered = page.is_talking and page.is_own
    hidden = [
        form
        for name, is_shown in {"say_form": offered and not page.is_locked, "note_form": offered}.items()
        if not is_shown and (form := more.get(name))
    ]
    return "\n".join(str(form["text"].value() or "") for form in hidden)


def _record(by: PersonActor, page: queries.TalkPage, desk: queries.Desk, at: datetime) -> dict[str, Any]:
    """The record form beside: of this conversation when it is over, else of the oldest contact
    that waits for one.
    """
    attempt = (
        page.attempt if page.is_over and page.is_own else desk.to_write[0].attempt if desk.to_write else None
    )
    return record_context(attempt, at) if attempt is not None and page.is_own else {}


def _keys(by: PersonActor, found: Conversation) -> tuple[sealed.DataKey, sealed.DataKey]:
    if by.vault is None:
        raise VaultLocked
    return keys_at_desk(found, by.vault)


@require_POST
@needs(Permission.TALK)
def say(request: HttpRequest, ref: str) -> HttpResponse:
    """Say something, without a script. What was typed comes back when it could not be sent."""
    by, found, form = actor(request), conversation_for(actor(request), ref), forms.SayForm(request.POST)
    if not form.is_valid():
        return _page(request, found, say_form=form, status=UNFIT)
    said = form.cleaned_data
    try:
        key = _keys(by, found)[0]
        conversation_events.send_message(
            by=by,
            conversation=found,
            key=key,
            text=said["text"],
            nonce=bytes.fromhex(said["nonce"]),
            at=clock.now(),
        )
    except ActionRefused as refused:
        return _page(request, conversation_for(by, ref), say_form=form, trouble=refused.text, status=REFUSED)
    return HttpResponseRedirect(f"{reverse('helpline-talk', args=[ref])}#say")


@require_POST
@needs(Permission.TALK)
def whisper(request: HttpRequest, ref: str) -> HttpResponse:
    """A private note beside the conversation. What was typed comes back when it could not be saved."""
    by, found, form = actor(request), conversation_for(actor(request), ref), forms.NoteForm(request.POST)
    if not form.is_valid():
        return _page(request, found, note_form=form, status=UNFIT)
    said, at = form.cleaned_data, clock.now()
    try:
        conversation_events.whisper(
            by=by,
            conversation=found,
            desk_key=_keys(by, found)[1],
            text=said["text"],
            private=said["private"],
            at=at,
        )
    except ActionRefused as refused:
        return _page(request, conversation_for(by, ref), note_form=form, trouble=refused.text, status=REFUSED)
    toasts.say(request, gettext("The private note is saved. The child does not see it."))
    return HttpResponseRedirect(reverse("helpline-talk", args=[ref]))


@needs(Permission.TALK)
@post_action("helpline-talk")
def lead(request: HttpRequest, ref: str) -> str:
    """“My supervisor, please.”"""
    by, found = actor(request), conversation_for(actor(request), ref)
    supervision.call_lead(by=by, conversation=found, at=clock.now())
    return gettext("The alert is raised; above the messages you see who has seen it.")


@needs(Permission.TALK)
@post_action("helpline-talk")
def risk(request: HttpRequest, ref: str) -> Any:
    """Set the band; the highest one calls the lead and begins the consult of five minutes."""
    by, found, at = actor(request), conversation_for(actor(request), ref), clock.now()
    band, before = request.POST.get("band", ""), found.band
    if not vocab.has_term("risk", band):
        raise FormUnfit(gettext("Choose a band."))
    conversation_events.set_risk(by=by, conversation=found, band=band, at=at)
    undo = reverse("helpline-talk-risk-undo", args=[ref, before]) if band != before else ""
    if band == "IMMEDIATE":
        safeguarding().raise_concern(by=by, conversation=found, at=at)
        return gettext(
            "The alert is raised; above the messages you see who has seen it. Stay with the child and "
            "decide together."
        )
    return Outcome(gettext("Risk set: %(band)s.") % {"band": vocab.label("risk", band)}, undo=undo)


@needs(Permission.TALK)
@post_action("helpline-talk")
def risk_undo(request: HttpRequest, ref: str, band: str) -> str:
    """Put the band back."""
    if not vocab.has_term("risk", band):
        raise FormUnfit(gettext("Choose a band."))
    conversation_events.set_risk(
        by=actor(request), conversation=conversation_for(actor(request), ref), band=band, at=clock.now()
    )
    return gettext("Risk set: %(band)s.") % {"band": vocab.label("risk", band)}


@require_POST
@needs(Permission.TALK)
def hand_over(request: HttpRequest, ref: str) -> HttpResponse:
    """Offer the conversation to a colleague; the child is asked.

    A card that does not fit comes back as it was typed.
    """
    by, found = actor(request), conversation_for(actor(request), ref)
    form = forms.TransferForm(request.POST, people=queries.colleagues(by))
    if not form.is_valid():
        return _page(request, found, transfer_form=form, status=UNFIT)
    to = int(form.cleaned_data["to"]) if form.cleaned_data["to"] else None
    try:
        transfers.offer_transfer(
            by=by, conversation=found, desk_key=_keys(by, found)[1], card=form.card(), to=to, at=clock.now()
        )
    except ActionRefused as refused:
        return _page(request, found, transfer_form=form, trouble=refused.text, status=REFUSED)
    toasts.say(
        request,
        gettext("The child is asked. You stay until a colleague has taken over."),
        undo=reverse("helpline-talk-keep", args=[ref]),
    )
    return HttpResponseRedirect(reverse("helpline-talk", args=[ref]))


@needs(Permission.TALK)
@post_action("helpline-talk")
def keep(request: HttpRequest, ref: str) -> str:
    """Withdraw the transfer."""
    transfers.withdraw_transfer(
        by=actor(request), conversation=conversation_for(actor(request), ref), at=clock.now()
    )
    return gettext("The conversation stays with you.")


@needs(Permission.TALK)
@post_action("helpline-talk", anchor="#record")
def end(request: HttpRequest, ref: str) -> str:
    """End for good."""
    found = conversation_for(actor(request), ref)
    life.end_conversation(by=actor(request), conversation=found, how="END_COUNSELLOR", at=clock.now())
    return gettext("The conversation has ended. Its record takes a minute.")


@require_POST
@needs(Permission.TALK)
def open_closed(request: HttpRequest, ref: str) -> HttpResponse:
    """Read a closed conversation of one's own once more, for a reason that the trail keeps."""
    by, found, form = actor(request), _any(actor(request), ref), forms.OpenForm(request.POST)
    if not form.is_valid():
        return _page(request, found, open_form=form, status=UNFIT)
    try:
        closed_conversations.open_closed(
            by=by, conversation=found, reason=form.cleaned_data["reason"], at=clock.now()
        )
    except ActionRefused as refused:
        return _page(request, found, trouble=refused.text, status=REFUSED)
    return _page(request, found, opened=True, was_opened=True)
