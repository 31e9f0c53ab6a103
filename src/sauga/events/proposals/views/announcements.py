"""Pages of a whole call for organisers: who reviews how much, letters before they are announced, files."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.timezone import localtime
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext, pgettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from sauga.events.permissions import Permission
from sauga.events.proposals import letters
from sauga.events.proposals.actions import decisions, reviews
from sauga.events.proposals.actions.calls import CHANNEL
from sauga.events.proposals.actions.transitions import answer_by
from sauga.events.proposals.models import Call, Proposal
from sauga.events.proposals.presenters import PENDING, STATES, outcome_rows
from sauga.events.proposals.queries import calls
from sauga.events.proposals.queries import proposals as queries
from sauga.events.proposals.queries.content import Details, Keys
from sauga.events.proposals.queries.reviewers import sights
from sauga.events.proposals.rules.decisions import OUTCOMES
from sauga.events.proposals.rules.letter_fields import minutes_words
from sauga.kernel import clock, vocab
from sauga.kernel.identity import actor, needs, sudo_required
from sauga.kernel.kit.actions import respond
from sauga.kernel.kit.lists.export import FORMATS, file_response
from sauga.kernel.refusals import Text
from sauga.kernel.ui.parameters.numbers import whole


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Permission.KEEP_PROPOSALS)
def assign(request: HttpRequest, ref: str) -> HttpResponse:
    """How much each member of the committee reviews; a post spreads the rest evenly."""
    by, at = actor(request), clock.now()
    row = calls.desk_call(by, ref, Permission.KEEP_PROPOSALS)
    if request.method == "POST":

        def act() -> Text:
            added = reviews.assign_evenly(by=by, call=row, at=at)
            text = ngettext("%(n)d review assigned.", "%(n)d reviews assigned.", added)
            return text % {"n": added}

        return respond(request, act, reverse("events-assign", args=[ref]))
    rows = list(queries.listed(by, row, "undecided", at))
    context = {
        "call": row,
        "event": row.event,
        "loads": queries.loads(row, at),
        "short": sum(one.reviews.count() < row.reviews_wanted for one in rows),
        "channel": CHANNEL,
    }
    return render(request, "events/proposals/desk/assign.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Permission.KEEP_PROPOSALS)
def announce(request: HttpRequest, ref: str) -> HttpResponse:
    """How many letters of which kind would go out, with an example of each; a post announces."""
    by, at = actor(request), clock.now()
    row = calls.desk_call(by, ref, Permission.KEEP_PROPOSALS)
    if request.method == "POST":

        def act() -> Text:
            number = whole(request.POST.get("number"))
            done = decisions.announce(by=by, call=row, number=number, at=at)
            text = ngettext(
                "Announced. %(n)d email is on its way.", "Announced. %(n)d emails are on their way.", done
            )
            return text % {"n": done}

        return respond(request, act, reverse("events-announce", args=[ref]))
    found = queries.prepared(row)
    rows = [one for held in found.values() for one in held]
    seen = sights(by, rows, at)
    shown = {outcome: [one for one in held if seen[one.pk].decisions] for outcome, held in found.items()}
    counts = {outcome: len(held) for outcome, held in found.items()}
    context = {
        "call": row,
        "event": row.event,
        "number": len(rows),
        "rows": outcome_rows(counts),
        "examples": [
            example
            for outcome in OUTCOMES
            if (example := _example(outcome, shown.get(outcome, []), row, at)) is not None
        ],
        "hidden": sum(not seen[one.pk].decisions for one in rows),
        "undecided": calls.numbers_of(row).by_state.get("SUBMITTED", 0)
        - sum(one.state == "SUBMITTED" for one in rows),
        "channel": CHANNEL,
    }
    return render(request, "events/proposals/desk/announce.html", context)


def _example(outcome: str, rows: list[Proposal], call: Call, at: Any) -> dict[str, Any] | None:
    """The letter that the first of these would get, with the titles of all."""
    if not rows:
        return None
    keys = Keys(rows)
    first = rows[0]
    speaker = first.speakers.get(is_main=True)
    speaker.proposal = first
    first.answer_by = answer_by(call, at) if outcome == OUTCOMES[0] else None
    text = letters.written(first, outcome.lower(), keys.content(first), keys.details(speaker))
    titles = [(one.ref, keys.content(one).title) for one in rows]
    return {"mark": PENDING[outcome], "text": text, "titles": titles, "language": first.language}


@require_safe
@needs(Permission.EXPORT_PROPOSALS)
@sudo_required
def file(request: HttpRequest, ref: str, kind: str) -> HttpResponse:
    """The proposals of a call as a file; the audit log records who took it."""
    by, at = actor(request), clock.now()
    row = calls.desk_call(by, ref, Permission.EXPORT_PROPOSALS)
    if kind not in FORMATS:
        raise Http404
    rows = list(queries.of_call(by, row, at).order_by("pk"))
    decisions.export(by=by, call=row, rows=len(rows), kind=kind, at=at)
    keys = Keys(rows)
    people = queries.speakers_by(rows, keys)
    head = [str(one) for one in HEAD]
    lines = [_line(one, keys, people.get(one.pk, [])) for one in rows]
    return file_response(kind, f"proposals-{row.event.slug}", head, lines)


HEAD = (
    _("Number"),
    pgettext_lazy("session", "Title"),
    _("Abstract"),
    _("Speakers"),
    _("Address"),
    pgettext_lazy("session", "Kind"),
    _("Duration"),
    pgettext_lazy("session", "Track"),
    _("Score"),
    pgettext_lazy("call for papers", "Reviews"),
    _("State"),
    _("Prepared decision"),
    pgettext_lazy("proposal", "Sent"),
)


def _line(row: Proposal, keys: Keys, people: list[Details]) -> list[Any]:
    content = keys.content(row)
    return [
        row.ref,
        content.title,
        content.abstract,
        "; ".join(", ".join(filter(None, (who.name, who.organisation))) for who in people),
        ", ".join(who.address for who in people),
        vocab.label("session_kinds", row.kind),
        minutes_words(row.minutes),
        str(row.track or ""),
        float(row.score) if row.score is not None else None,
        row.reviewed,
        str(STATES[row.state].text),
        str(PENDING[row.pending].text) if row.pending else "",
        localtime(row.submitted_at).replace(tzinfo=None) if row.submitted_at else None,
    ]
