"""Letters to people of an event at the desk: the list, one letter with whom it goes to and how far it is, the
preview as a recipient sees it."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any, override

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_safe

from sauga.events.followup.actions import mailings as actions
from sauga.events.followup.forms.mailings import LanguageForm, MailingForm, held_by, starting
from sauga.events.followup.letters import example_values, language_of, values_of, write
from sauga.events.followup.models import Mailing
from sauga.events.followup.queries import mailings as queries
from sauga.events.followup.rules.mailings import CHANNEL, FIELDS, GROUPS, KINDS, LANGUAGES, Kind, merged
from sauga.events.permissions import Permission
from sauga.events.programme.models import Event
from sauga.events.registration.queries.details import details_by, details_of
from sauga.events.states import MailingState
from sauga.events.trail import ZONE
from sauga.kernel import clock
from sauga.kernel.i18n import language_name, languages
from sauga.kernel.identity import PersonActor, actor, needs
from sauga.kernel.kit import Action, ActionSet, DetailPage, Outcome, submitted
from sauga.kernel.kit.lists import Cell, Column, Day, Empty, Line, Link, ListPage, Mark, Tool
from sauga.kernel.refusals import Text

UNFIT = 422
STATES: dict[str, Mark] = {
    MailingState.DRAFT: Mark("calm", "", pgettext_lazy("mailing", "draft")),
    MailingState.SENDING: Mark("act", "", pgettext_lazy("mailing", "being sent")),
    MailingState.PAUSED: Mark("wait", "dash", pgettext_lazy("mailing", "paused")),
    MailingState.SENT: Mark("good", "dot", pgettext_lazy("mailing", "sent")),
    MailingState.CANCELLED: Mark("bad", "diamond", pgettext_lazy("mailing", "stopped")),
}


class Mailings(ListPage):
    """The letters of one event."""

    title = pgettext_lazy("event", "Emails")
    intro = _("Each person gets an email once, in their language, and only while they are in the group.")
    live = CHANNEL
    columns = (
        Column("subject", pgettext_lazy("mailing", "Subject"), is_heading=True),
        Column("groups", _("To whom")),
        Column("state", _("State"), is_state=True),
        Column("when", _("Changed")),
        Column("handed", pgettext_lazy("mailing", "Handed over"), "num"),
        Column("bounced", pgettext_lazy("mailing", "Came back"), "num"),
    )
    nothing = Empty(
        title=_("No email yet"), text=_("Begin one: a reminder, a change of place, thanks afterwards.")
    )

    def __init__(self, request: HttpRequest, **kwargs: Any) -> None:
        self.event = queries.event_for(actor(request), kwargs["ref"])
        self.parent_title, self.parent_href = str(self.event), reverse("events-one", args=[self.event.ref])
        super().__init__(request, **kwargs)

    @override
    def rows(self) -> QuerySet[Mailing]:
        return queries.mailings(self.event)

    @override
    def line(self, row: Mailing) -> Line:
        return Line(
            row.ref,
            (
                Link(_subject(row), reverse("events-mailing", args=[row.ref])),
                _to(row),
                STATES[row.state],
                Day(row.started_at or row.written_at),
                row.handed if row.started_at else "",
                row.bounced if row.started_at else "",
            ),
        )

    @override
    def tools(self) -> Sequence[Tool]:
        return [
            Tool(label=_("New email"), href=reverse("events-mailing-new", args=[self.event.ref]), key="n")
        ]


def _subject(row: Mailing) -> str:
    """As people read it: the name of the event stands where the field for it does."""
    return merged(str(row.subject.get(languages.active().code) or row), {"event": str(row.event)})


def _to(row: Mailing) -> str:
    return " · ".join(str(name) for code, name in GROUPS.items() if code in row.groups)


def _discard(by: PersonActor, row: Mailing, _given: dict[str, Any], at: datetime) -> Outcome:
    actions.discard(by=by, mailing=row, at=at)
    return Outcome(to=reverse("events-mailings", args=[row.event.ref]))


ACTIONS = ActionSet(
    find=queries.mailing_for,
    actions={
        "send": Action(
            permissions=(Permission.WRITE_MAILINGS,),
            states=frozenset({MailingState.DRAFT}),
            label=pgettext_lazy("mailing", "Send"),
            message=_("On its way. You can pause it here at any time."),
            text=_("Check the preview and the test email first. What has been sent cannot be recalled."),
            effect=lambda by, row, given, at: actions.send(by=by, mailing=row, at=at),
        ),
        "test": Action(
            permissions=(Permission.WRITE_MAILINGS,),
            states=frozenset({MailingState.DRAFT}),
            label=_("Test email to myself"),
            message=_("Sent to your own address."),
            effect=lambda by, row, given, at: actions.send_test(by=by, mailing=row, at=at, **given),
            form=LanguageForm,
            tone="second",
        ),
        "pause": Action(
            permissions=(Permission.WRITE_MAILINGS,),
            states=frozenset({MailingState.SENDING}),
            label=_("Pause"),
            message=_("Paused. No more emails go out."),
            effect=lambda by, row, given, at: actions.pause(by=by, mailing=row, at=at),
            key="p",
            is_next=True,
        ),
        "resume": Action(
            permissions=(Permission.WRITE_MAILINGS,),
            states=frozenset({MailingState.PAUSED}),
            label=pgettext_lazy("mailing", "Continue"),
            message=_("It goes on where it stopped."),
            effect=lambda by, row, given, at: actions.resume(by=by, mailing=row, at=at),
            key="p",
            is_next=True,
        ),
        "stop": Action(
            permissions=(Permission.WRITE_MAILINGS,),
            states=frozenset({MailingState.SENDING, MailingState.PAUSED}),
            label=_("Stop the rest"),
            message=_("Stopped. Whoever has not received it will not."),
            text=_("Nobody else will get this email; those who have it keep it. This cannot be undone."),
            effect=lambda by, row, given, at: actions.stop(by=by, mailing=row, at=at),
            tone="danger",
        ),
        "discard": Action(
            permissions=(Permission.WRITE_MAILINGS,),
            states=frozenset({MailingState.DRAFT}),
            label=_("Delete the draft"),
            message=_("Deleted."),
            text=_("The draft is gone for good."),
            effect=_discard,
            tone="danger",
        ),
    },
)


class MailingPage(DetailPage):
    """One letter: its words, whom it goes to, how far it is, what can be done."""

    template = "events/followup/desk/mailing.html"
    list_title, list_url = _("Events"), "events-desk"
    url, action_url = "events-mailing", "events-mailing-do"
    live, states = CHANNEL, STATES
    zone, audit_permission = ZONE, Permission.WRITE_MAILINGS
    actions = ACTIONS

    @override
    def heading(self) -> Text:
        return _subject(self.row)

    @override
    def facts(self) -> Iterator[tuple[Text, Cell]]:
        row: Mailing = self.row
        event = row.event
        yield (
            pgettext_lazy("mailing", "Event"),
            Link(str(event), reverse("events-mailings", args=[event.ref])),
        )
        yield _("What it is about"), KINDS[row.kind]
        yield _("To whom"), _to(row)
        if row.tickets:
            names = [str(one) for one in queries.tickets_of(event) if one.ref in row.tickets]
            yield _("Only with these tickets"), ", ".join(names)
        if row.is_for_classes:
            yield _("Only to teachers of classes"), gettext("Yes")

    @override
    def context(self) -> dict[str, Any]:
        row: Mailing = self.row
        is_draft = row.state == MailingState.DRAFT
        recipients = queries.recipients(row) if is_draft else None
        by_language = recipients.by_language if recipients is not None else {}
        return {
            "is_draft": is_draft,
            "recipients": recipients,
            "by_language": [(language_name(code), n) for code, n in sorted(by_language.items())],
            "progress": None if is_draft else queries.progress(row),
            "texts": [(language_name(code), code, row.subject[code], row.body[code]) for code in LANGUAGES],
        }


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Permission.WRITE_MAILINGS)
def new(request: HttpRequest, ref: str) -> HttpResponse:
    """A new letter, which begins with the text of its kind."""
    by = actor(request)
    event = queries.event_for(by, ref)
    asked = request.GET.get("kind", "")
    kind = asked if asked in KINDS else Kind.REMINDER.value
    form = _form(request, event, starting(kind))

    def act(_given: dict[str, Any]) -> Outcome:
        row = actions.write_mailing(by=by, event=event, at=clock.now(), **form.given)
        return Outcome(gettext("Saved."), to=reverse("events-mailing", args=[row.ref]))

    back = reverse("events-mailings", args=[event.ref])
    return submitted(request, form, act) or _form_page(request, event, form, back, kind)


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Permission.WRITE_MAILINGS)
def edit(request: HttpRequest, ref: str) -> HttpResponse:
    """Change a draft."""
    by = actor(request)
    row = queries.mailing_for(by, ref)
    form = _form(request, row.event, held_by(row))
    back = reverse("events-mailing", args=[row.ref])

    def act(_given: dict[str, Any]) -> Outcome:
        actions.write_mailing(by=by, event=row.event, mailing=row, at=clock.now(), **form.given)
        return Outcome(gettext("Saved."), to=back)

    return submitted(request, form, act) or _form_page(request, row.event, form, back, row.kind)


def _form(request: HttpRequest, event: Event, initial: dict[str, Any]) -> MailingForm:
    data = request.POST if request.method == "POST" else None
    return MailingForm(data, tickets=list(queries.tickets_of(event)), initial=initial)


def _form_page(request: HttpRequest, event: Event, form: MailingForm, back: str, kind: str) -> HttpResponse:
    context = {
        "form": form,
        "event": event,
        "back": back,
        "kind": kind,
        "kinds": KINDS if back == reverse("events-mailings", args=[event.ref]) else {},
        "heading": KINDS[kind],
        "fields": FIELDS,
    }
    status = UNFIT if form.errors else 200
    return render(request, "events/followup/desk/mailing_form.html", context, status=status)


@require_safe
@needs(Permission.WRITE_MAILINGS)
def preview(request: HttpRequest, ref: str) -> HttpResponse:
    """The letter in both languages, or as one of its recipients gets it."""
    row = queries.mailing_for(actor(request), ref)
    people = queries.examples(row)
    names = details_by(people)
    chosen = next((one for one in people if one.ref == request.GET.get("as", "")), None)
    if chosen is not None:
        language = language_of(chosen)
        shown = [write(row, values_of(chosen, details_of(chosen), language), language)]
    else:
        shown = [write(row, example_values(row.event, code), code) for code in LANGUAGES]
    context = {
        "row": row,
        "heading": _subject(row),
        "shown": [(language_name(one.language), one) for one in shown],
        "chosen": chosen,
        "people": [(one.ref, names[one.pk].name) for one in people if names[one.pk].name],
    }
    response = render(request, "events/followup/desk/mailing_preview.html", context)
    response.headers["Cache-Control"] = "no-store"
    return response
