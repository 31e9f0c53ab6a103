"""The desk: what waits to be read, texts, proposals with their answers."""

from collections.abc import Iterator, Mapping
from typing import Any, override

from django.db.models import QuerySet
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from sauga.kernel import media
from sauga.kernel.identity import actor
from sauga.kernel.kit import Action, ActionSet, DetailPage, form_view
from sauga.kernel.kit.actions import Outcome
from sauga.kernel.kit.lists import Cell, Column, Day, Empty, Line, Link, ListPage, Mark, TimeLeft, Tool, View
from sauga.kernel.refusals import Text
from sauga.panel.permissions import Permission
from sauga.panel.trail import VOICE_CHANNEL, ZONE
from sauga.panel.voice import forms, presenters
from sauga.panel.voice.actions import (
    addressees,
    answers,
    contributions,
    follow_ups,
    moderation,
    progress,
    risk_checks,
)
from sauga.panel.voice.models import Amendment, Contribution, Proposal
from sauga.panel.voice.queries import proposals as queries
from sauga.panel.voice.queries import queue
from sauga.panel.voice.queries.queue import Waiting
from sauga.panel.voice.rules.hours import READ_WITHIN
from sauga.panel.voice.rules.labels import PARTS
from sauga.panel.voice.rules.states import ContributionState, ProposalState
from sauga.panel.voice.rules.versions import difference
from sauga.panel.voice.views import today

UNFIT = 422


class Queue(ListPage):
    """What members wrote and is not read yet; those who have waited longest at the top."""

    title = _("To be read before publication")
    live = VOICE_CHANNEL
    columns = (
        Column("text", _("What"), is_heading=True),
        Column("flag", _("Flag")),
        Column("sent", pgettext_lazy("text", "Sent")),
        Column("left", _("To be read by")),
    )
    nothing = Empty(title=_("Everything is read"), text=_("What members send appears here at once."))

    @override
    def rows(self) -> list[Waiting]:
        return queue.waiting()

    @override
    def line(self, row: Waiting) -> Line:
        is_late = self.at > row.read_by
        gone = (self.at - row.submitted_at) / READ_WITHIN
        left = gettext("late") if is_late else gettext("in time")
        return Line(
            row.ref,
            (
                Link(presenters.KINDS[row.kind], reverse("panel-text", args=[row.ref])),
                Mark("bad", "", _("risk words")) if row.is_flagged else None,
                Day(row.submitted_at),
                (TimeLeft(left, min(gone, 1.0), "late" if is_late else ""), Day(row.read_by)),
            ),
        )


class Texts(ListPage):
    """What members published: to be hidden where something is wrong, questions to be answered."""

    title = _("Members’ texts")
    live = VOICE_CHANNEL
    views = (
        View(queue.QUESTIONS, _("Questions waiting for an answer")),
        View(queue.PUBLISHED, pgettext_lazy("texts", "Published")),
        View(queue.HIDDEN, pgettext_lazy("texts", "Hidden")),
    )
    columns = (
        Column("text", pgettext_lazy("text", "Text"), is_heading=True),
        Column("kind", pgettext_lazy("text", "Kind")),
        Column("by", _("Written by")),
        Column("at", pgettext_lazy("text", "Day")),
        Column("due", _("Answer by")),
    )
    nothing = Empty(title=_("Nothing here"), text=_("Texts that were read and published appear here."))

    @override
    def rows(self) -> "QuerySet[Contribution]":
        return queue.contributions(self.view_code)

    @override
    def line(self, row: Contribution) -> Line:
        return Line(
            row.ref,
            (
                Link(_short(row.text), reverse("panel-text", args=[row.ref])),
                presenters.KINDS[row.kind],
                row.asker or (row.member.pseudonym if row.member else ""),
                Day(row.written_at),
                Day(row.reply_due) if row.reply_due else None,
            ),
        )

    @override
    def counts(self) -> Mapping[str, int]:
        return queue.contribution_counts()

    @override
    def tools(self) -> list[Tool]:
        new = Tool(label=_("A topic from outside"), href=reverse("panel-topic-new"), icon="plus")
        return [new] if self.by.can(Permission.RUN_CYCLES) else []


def _short(text: str) -> str:
    return text if len(text) <= 80 else f"{text[:79].rstrip()}…"


READ = frozenset({ProposalState.PRE_MODERATION, ContributionState.WAITING})


def _read(_row: object, message: Text) -> Outcome:
    """A text was read: on to the next in the queue."""
    return Outcome(message, to=reverse("panel-queue"))


TEXT_ACTIONS = ActionSet(
    find=queue.text_for,
    actions={
        "publish": Action(
            permissions=(Permission.MODERATE,),
            states=READ,
            label=_("Publish"),
            title=_("Publish"),
            message=_("Published."),
            effect=lambda by, row, given, at: _read(
                moderation.publish(by=by, row=row, confirmed=given["confirmed"], at=at), _("Published.")
            ),
            form=forms.PublishForm,
            is_next=True,
            key="p",
        ),
        "return": Action(
            permissions=(Permission.MODERATE,),
            states=READ,
            label=_("Return"),
            title=_("Return to the author"),
            text=_("The author reads the reason and what to do next, and can send it again."),
            message=_("Returned. The author sees why."),
            effect=lambda by, row, given, at: _read(
                moderation.return_to_author(by=by, row=row, reason=given["reason"], at=at),
                _("Returned. The author sees why."),
            ),
            form=forms.ReturnForm,
            tone="second",
            key="r",
        ),
        "promise": Action(
            permissions=(Permission.MODERATE,),
            states=frozenset({ContributionState.PUBLISHED}),
            label=_("Say when it is answered"),
            message=_("The member sees the day."),
            effect=lambda by, row, given, at: contributions.promise_reply(
                by=by, contribution=row, due=given["due"], at=at
            ),
            suits=lambda row: isinstance(row, Contribution) and row.kind == "QUESTION" and not row.replied_on,
            form=forms.PromiseForm,
        ),
        "reply": Action(
            permissions=(Permission.MODERATE,),
            states=frozenset({ContributionState.PUBLISHED}),
            label=_("Publish the answer"),
            title=_("Answer of an expert"),
            message=_("Answered. The member is told."),
            effect=lambda by, row, given, at: contributions.reply_to_question(
                by=by, contribution=row, reply=given["reply"], who=given["who"], at=at
            ),
            suits=lambda row: isinstance(row, Contribution) and row.kind == "QUESTION",
            form=forms.ExpertForm,
        ),
        "hide": Action(
            permissions=(Permission.MODERATE,),
            states=frozenset({ContributionState.PUBLISHED}),
            label=_("Hide now"),
            title=_("Hide for safety"),
            text=_("Nobody sees it any more, at once. Only who answers flags can show it again."),
            message=_("Hidden."),
            effect=lambda by, row, given, at: moderation.hide(by=by, row=row, at=at),
            tone="danger",
        ),
        "show": Action(
            permissions=(Permission.ANSWER_FLAGS,),
            states=frozenset({ContributionState.HIDDEN}),
            label=_("Show again"),
            message=_("Shown again."),
            effect=lambda by, row, given, at: moderation.show_again(by=by, row=row, at=at),
        ),
        "remove": Action(
            permissions=(Permission.ANSWER_FLAGS,),
            states=frozenset({ContributionState.HIDDEN}),
            label=_("Keep it hidden for good"),
            text=_("The text stays hidden and its picture is deleted."),
            message=_("It stays hidden."),
            effect=lambda by, row, given, at: moderation.remove_hidden(by=by, row=row, at=at),
            tone="danger",
        ),
    },
)


class TextPage(DetailPage):
    """One text: a proposal before publication, an amendment, a comment, a topic, a post, a question."""

    template = "panel/voice/desk/text.html"
    list_title, list_url = Queue.title, "panel-queue"
    url, action_url = "panel-text", "panel-text-do"
    live, states = VOICE_CHANNEL, presenters.TEXT_STATES
    zone, audit_permission = ZONE, Permission.SEE_ADULT_ACTS
    actions = TEXT_ACTIONS

    @override
    def heading(self) -> Text:
        return presenters.KINDS[_kind(self.row)]

    @override
    def facts(self) -> Iterator[tuple[Text, Cell]]:
        row = self.row
        if row.flag:
            is_open = risk_checks.has_open_flag(row.flag)
            yield (
                _("Flag"),
                Mark("bad", "", _("open"))
                if is_open
                else Mark("good", "", pgettext_lazy("panel flag", "closed")),
            )
        if row.returned:
            yield _("Returned because"), row.get_returned_display()
        if row.read_by:
            yield _("To be read by"), Day(row.read_by)
        if isinstance(row, Contribution) and row.reply_due:
            yield _("Answer by"), Day(row.reply_due)

    @override
    def context(self) -> dict[str, Any]:
        row = self.row
        if isinstance(row, Proposal):
            text = queries.text_of(row)
            parts = [(label, getattr(text, name)) for name, label in PARTS.items()]
            return {"title": getattr(text, "title", ""), "parts": parts, "names": _names(row)}
        if isinstance(row, Amendment):
            text = queries.text_of(row.proposal)
            pieces = difference(getattr(text, row.part), row.text)
            return {
                "title": getattr(text, "title", ""),
                "pieces": pieces,
                "why": row.why,
                "names": row.member.pseudonym if row.member else "",
            }
        return {
            "parts": [("", row.text)] + ([(_("Answer"), row.reply)] if row.reply else []),
            "alt": row.alt,
            "has_picture": presenters.picture_of(row) is not None,
            "names": row.asker or (row.member.pseudonym if row.member else ""),
        }


@require_safe
def picture(request: HttpRequest, ref: str) -> HttpResponseBase:
    """The picture of a text that is read."""
    row = queue.text_for(actor(request), ref)
    file = presenters.picture_of(row) if isinstance(row, Contribution) else None
    if file is None:
        raise Http404
    sent = media.send_media(request, file, download=False)
    sent.headers["Cache-Control"] = "no-store"
    return sent


def _kind(row: Proposal | Amendment | Contribution) -> str:
    if isinstance(row, Contribution):
        return str(row.kind)
    return "PROPOSAL" if isinstance(row, Proposal) else "AMENDMENT"


def _names(row: Proposal) -> str:
    return presenters.author_names(queries.authors(row))


new_topic = form_view(
    forms.TopicForm,
    lambda by, given, at: contributions.add_topic(by=by, asker=given["asker"], text=given["text"], at=at),
    title=_("A topic from somebody who asks the panel"),
    submit=_("Publish for members"),
    message=_("Published. Members see it among the topics."),
    url="panel-text",
    list_url="panel-texts",
    list_title=Texts.title,
)


class Proposals(ListPage):
    """Proposals and where each stands."""

    title = _("Proposals")
    live, form_class = VOICE_CHANNEL, forms.FilterForm
    views = (
        View(queries.DISCUSSION, pgettext_lazy("proposals", "Discussed")),
        View(queries.VOTE, pgettext_lazy("proposals", "Vote")),
        View(queries.ASKED, _("Waiting for an answer")),
        View(queries.LATE, pgettext_lazy("proposals", "Answer late")),
        View(queries.RUNNING, pgettext_lazy("proposals", "Answered")),
        View(queries.ENDED, pgettext_lazy("proposals", "Ended")),
        View(queries.HIDDEN, pgettext_lazy("proposals", "Hidden")),
    )
    columns = (
        Column("number", _("Number"), sort=("number",)),
        Column("title", pgettext_lazy("proposal", "Title"), is_heading=True),
        Column("state", _("State"), sort=("state",), is_state=True),
        Column("support", _("Support"), sort=("backing",)),
        Column("whom", _("Who must answer")),
        Column("due", _("Answer by"), sort=("due_on",)),
    )
    nothing = Empty(title=_("No proposal here"), text=_("Members write proposals in their space."))

    @override
    def rows(self) -> "QuerySet[Proposal]":
        return queries.rows(self.view_code, **self.filters)

    @override
    def line(self, row: Proposal) -> Line:
        given: Any = row
        return Line(
            row.ref,
            (
                row.number,
                Link(given.title, reverse("panel-proposal-desk", args=[row.ref])),
                presenters.PROPOSAL_STATES[row.state],
                f"{given.backing} / {row.cycle.support}",
                row.addressee.name if row.addressee else None,
                Day(row.due_on) if row.due_on else None,
            ),
        )

    @override
    def counts(self) -> Mapping[str, int]:
        return queries.counts()


def _has_public_answer(row: Proposal) -> bool:
    answer = getattr(row, "answer", None)
    return answer is not None and answer.published_at is not None


PROPOSAL_ACTIONS = ActionSet(
    find=queries.proposal_for,
    actions={
        "discuss": Action(
            permissions=(Permission.RUN_CYCLES,),
            states=frozenset({ProposalState.PUBLISHED}),
            label=_("Open the discussion"),
            title=_("Open the discussion"),
            message=_("The discussion is open."),
            effect=lambda by, row, given, at: progress.open_discussion(
                by=by, proposal=row, second=given["second"], until=given["until"], at=at
            ),
            form=today.DiscussionForm,
            is_next=True,
        ),
        "qualify": Action(
            permissions=(Permission.RUN_CYCLES,),
            states=frozenset({ProposalState.DISCUSSION}),
            label=_("Put to the vote"),
            title=_("Put to the vote"),
            message=_("It goes to the vote."),
            effect=lambda by, row, given, at: progress.qualify(
                by=by, proposal=row, explanation=given["explanation"], at=at
            ),
            form=forms.QualifyForm,
        ),
        "explain": Action(
            permissions=(Permission.RUN_CYCLES,),
            states=frozenset({ProposalState.NOT_QUALIFIED}),
            label=_("Tell the authors"),
            title=_("Tell the authors why, and what next"),
            message=_("The authors are told."),
            effect=lambda by, row, given, at: progress.explain(
                by=by, proposal=row, text=given["text"], at=at
            ),
            form=forms.PlainForm,
            is_next=True,
        ),
        "send": Action(
            permissions=(Permission.SEND_TO_ADDRESSEE,),
            states=frozenset({ProposalState.VOTE_CLOSED}),
            label=_("Send"),
            title=_("Send it to who must answer"),
            text=_("They get a link by email. The date is public."),
            message=_("Sent. The link goes out by email."),
            effect=lambda by, row, given, at: addressees.send_proposal(
                by=by, proposal=row, addressee=given["addressee"], due_on=given["due_on"], at=at
            ),
            form=today.SendForm,
            is_next=True,
        ),
        "link": Action(
            permissions=(Permission.SEND_TO_ADDRESSEE,),
            states=frozenset({ProposalState.SENT, ProposalState.OVERDUE}),
            label=_("Send a new link"),
            text=_("The old link ends at once. Use this if it was lost or passed on by mistake."),
            message=_("A new link goes out by email."),
            effect=lambda by, row, given, at: addressees.renew_link(by=by, proposal=row, at=at),
            tone="second",
        ),
        "publish": Action(
            permissions=(Permission.PUBLISH_ANSWER,),
            states=frozenset(
                {
                    ProposalState.ANSWERED_ACCEPTED,
                    ProposalState.ANSWERED_PARTLY,
                    ProposalState.ANSWERED_DECLINED,
                }
            ),
            label=_("Publish the answer now"),
            text=_("It becomes public by itself on the next working day. Its authors read it already."),
            message=_("The answer is public."),
            effect=lambda by, row, given, at: answers.publish_answer(by=by, proposal=row, at=at),
            suits=lambda row: not _has_public_answer(row),
            is_next=True,
        ),
        "note": Action(
            permissions=(Permission.PUBLISH_ANSWER,),
            states=frozenset(
                {
                    ProposalState.SENT,
                    ProposalState.OVERDUE,
                    ProposalState.ANSWERED_ACCEPTED,
                    ProposalState.ANSWERED_PARTLY,
                    ProposalState.ANSWERED_DECLINED,
                    ProposalState.IN_PROGRESS,
                }
            ),
            label=_("Save the note"),
            title=_("Note of the team"),
            message=_("Noted."),
            effect=lambda by, row, given, at: answers.write_note(
                by=by, proposal=row, note=given["note"], at=at
            ),
            form=forms.NoteForm,
            tone="second",
        ),
        "reply": Action(
            permissions=(Permission.SEND_TO_ADDRESSEE,),
            states=frozenset({ProposalState.SENT, ProposalState.OVERDUE}),
            label=_("Reply"),
            title=_("Reply to their question"),
            message=_("They see the reply at their link."),
            effect=lambda by, row, given, at: answers.reply_to_addressee(
                by=by, question=queries.question_of(row), reply=given["reply"], at=at
            ),
            suits=lambda row: queries.open_question(row) is not None,
            form=forms.ReplyForm,
        ),
        "start": Action(
            permissions=(Permission.PUBLISH_ANSWER,),
            states=frozenset({ProposalState.ANSWERED_ACCEPTED, ProposalState.ANSWERED_PARTLY}),
            label=_("The work has begun"),
            message=_("It is in progress."),
            effect=lambda by, row, given, at: follow_ups.start_work(by=by, proposal=row, at=at),
            suits=_has_public_answer,
            is_next=True,
        ),
        "result": Action(
            permissions=(Permission.PUBLISH_ANSWER,),
            states=frozenset({ProposalState.IN_PROGRESS}),
            label=_("Report the result"),
            title=_("Was it done?"),
            message=_("Reported. The authors are told."),
            effect=lambda by, row, given, at: follow_ups.report_result(
                by=by, proposal=row, is_done=given["is_done"], text=given["text"], at=at
            ),
            form=forms.ResultForm,
            is_next=True,
        ),
        "tell": Action(
            permissions=(Permission.PUBLISH_ANSWER,),
            states=frozenset({ProposalState.ANSWERED_DECLINED, ProposalState.DONE, ProposalState.NOT_DONE}),
            label=_("Publish"),
            title=_("Tell young people what happened"),
            message=_("Published. The authors are told."),
            effect=lambda by, row, given, at: follow_ups.report_back(
                by=by, proposal=row, text=given["text"], at=at
            ),
            suits=_has_public_answer,
            form=forms.PlainForm,
            is_next=True,
        ),
        "hide": Action(
            permissions=(Permission.MODERATE,),
            states=frozenset(ProposalState)
            - {
                ProposalState.IDEA,
                ProposalState.PRE_MODERATION,
                ProposalState.RETURNED,
                ProposalState.WITHDRAWN,
                ProposalState.ARCHIVED,
                ProposalState.HIDDEN,
            },
            label=_("Hide now"),
            title=_("Hide for safety"),
            text=_("Nobody sees it any more, at once. Afterwards it goes through all steps again."),
            message=_("Hidden."),
            effect=lambda by, row, given, at: moderation.hide(by=by, row=row, at=at),
            tone="danger",
        ),
        "show": Action(
            permissions=(Permission.ANSWER_FLAGS,),
            states=frozenset({ProposalState.HIDDEN}),
            label=_("Show again"),
            message=_("Shown again; it goes through the steps anew."),
            effect=lambda by, row, given, at: moderation.show_again(by=by, row=row, at=at),
        ),
        "remove": Action(
            permissions=(Permission.ANSWER_FLAGS,),
            states=frozenset({ProposalState.HIDDEN}),
            label=_("Keep it hidden for good"),
            text=_("It goes to the archive and its text is no longer public."),
            message=_("It stays hidden."),
            effect=lambda by, row, given, at: moderation.remove_hidden(by=by, row=row, at=at),
            tone="danger",
        ),
    },
)


class ProposalPage(DetailPage):
    """One proposal with its texts, its answer and what happened."""

    template = "panel/voice/desk/proposal.html"
    list_title, list_url = Proposals.title, "panel-proposals-desk"
    url, action_url = "panel-proposal-desk", "panel-proposal-do"
    live, states = VOICE_CHANNEL, presenters.PROPOSAL_STATES
    zone, audit_permission = ZONE, Permission.SEE_ADULT_ACTS
    actions = PROPOSAL_ACTIONS

    @override
    def heading(self) -> Text:
        text = queries.text_of(self.row)
        return text.title if text is not None else self.row.code

    @override
    def facts(self) -> Iterator[tuple[Text, Cell]]:
        row: Proposal = self.row
        yield _("Number"), row.code
        yield _("Written by"), _names(row)
        yield _("Version"), str(row.version)
        yield _("Support"), f"{queries.supporters(row)} / {row.cycle.support}"
        if row.discuss_until:
            yield _("Last day of the discussion"), Day(row.discuss_until)
            yield _("Adults who lead it"), ", ".join(one.name for one in row.adults.order_by("name"))
        if row.voted is not None:
            yield _("Voted"), f"{row.voted} / {row.eligible}"
        if row.addressee and row.due_on:
            yield _("Who must answer"), row.addressee.name
            yield _("Answer by"), Day(row.due_on)
            yield _("Reminders"), str(row.reminders)

    @override
    def context(self) -> dict[str, Any]:
        row: Proposal = self.row
        text = queries.text_of(row)
        return {
            "parts": [(label, getattr(text, name)) for name, label in PARTS.items()],
            "answer": _received(row),
            "verdict": presenters.ANSWERS.get(getattr(_received(row), "verdict", ""), ""),
            "note": getattr(getattr(row, "answer", None), "note", ""),
            "questions": list(row.questions.order_by("pk")),
            "follow_ups": [
                (presenters.PROPOSAL_STATES[one.kind].text, one) for one in row.follow_ups.order_by("pk")
            ],
            "public_href": reverse("panel-public-proposal", args=[row.number])
            if row.sent_on and row.number
            else "",
            "may_ballot": self.by.can(Permission.RUN_BALLOTS),
        }


def _received(row: Proposal) -> Any:
    answer = getattr(row, "answer", None)
    return answer if answer is not None and answer.received_at is not None else None
