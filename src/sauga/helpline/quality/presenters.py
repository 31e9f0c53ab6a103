"""Quality reviews in words: marks, lists, the thread, the summary."""

from collections.abc import Sequence
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext, ngettext, pgettext

from sauga.helpline.chat.presenters.desk import event as event_words
from sauga.helpline.line.presenters import band as band_mark
from sauga.helpline.quality import rules
from sauga.helpline.quality.forms import SECTION_NAMES
from sauga.helpline.quality.models import Review
from sauga.helpline.quality.queries import Line as Said
from sauga.helpline.quality.queries import Row, Summary
from sauga.kernel import vocab
from sauga.kernel.kit.lists import Day, Line, Link, Mark, Quiet
from sauga.kernel.ui import charts, components

MARKS = {
    rules.DONE: ("good", "dot"),
    rules.PARTLY: ("wait", "half"),
    rules.NOT_DONE: ("bad", "cross"),
    rules.NOT_APPLICABLE: ("calm", "dash"),
}


def band(code: str) -> dict[str, str]:
    """The mark of a band."""
    return band_mark(code)


def why(code: str) -> str:
    """Why it was drawn."""
    return vocab.label("quality_why", code)


def channel(code: str) -> str:
    """Conversation or letter."""
    return pgettext("contact", "Letter") if code == "LETTER" else pgettext("contact", "Conversation")


def state(review: Review) -> Mark:
    """Where a review stands."""
    if review.is_critical and review.settled_at is None:
        return Mark("bad", "diamond", gettext("to talk over"))
    if review.settled_at is not None:
        return Mark("good", "tick", gettext("talked over"))
    if review.done_at is not None:
        return Mark("good", "tick", pgettext("review", "scored"))
    if review.reviewer_id is not None:
        return Mark("info", "half", gettext("being reviewed"))
    return Mark("calm", "dashed", pgettext("review", "waits"))


def line(row: Row) -> Line:
    """A row of the list."""
    review, mark = row.review, state(row.review)
    if mark.shape == "half":
        words = (
            gettext("in your hand")
            if row.is_mine
            else gettext("%(name)s reviews it") % {"name": row.reviewer}
        )
        mark = Mark(mark.tone, mark.shape, words)
    contact = (channel(review.channel), Quiet(row.language.upper()) if row.language else None)
    late = Mark("wait", "half", gettext("text goes soon")) if row.is_late else None
    link = Link(review.ref, reverse("helpline-quality-review", args=[review.ref]))
    return Line(
        review.ref,
        (
            link,
            why(review.why),
            contact,
            Mark(**band(row.band)) if row.band else None,
            (Day(review.drawn_at), late),
            mark,
        ),
    )


def thread(lines: Sequence[Said]) -> list[components.Message]:
    """The contact as a thread; the counsellor stands on the reader's side, without a name."""
    names = {"CHILD": gettext("Child"), "COUNSELLOR": gettext("Counsellor")}
    return [
        components.Message(
            text=said.text or event_words(said.event),
            by=names.get(said.author, ""),
            mine=said.author == "COUNSELLOR",
            event=said.author not in names,
        )
        for said in lines
    ]


def results(review: Review, items: Sequence[rules.Item]) -> dict[str, Any]:
    """The scores of a finished review."""
    reached, of = rules.total(review.scores)
    rows = [
        (item, Mark(*MARKS[score], vocab.label("qa_score", score)))
        for item in items
        if (score := review.scores.get(item.code, "")) in MARKS
    ]
    return {"reached": reached, "of": of, "rows": rows}


def summary(found: Summary) -> dict[str, Any]:
    """The page of the rubric over many reviews."""
    sections = []
    for code, name in SECTION_NAMES.items():
        rows = [_tally(tally) for tally in found.tallies if tally.item.section == code]
        if rows:
            sections.append((name, rows))
    return {
        "found": found,
        "sections": sections,
        "reviews": _reviews(found.reviews),
        "missing": max(0, found.fewest - found.reviews),
    }


def _reviews(number: int) -> str:
    return ngettext("%(n)s review", "%(n)s reviews", number) % {"n": number}


def _tally(tally: rules.Tally) -> dict[str, Any]:
    not_done, partly, done = tally.counts
    share = done / tally.scored if tally.scored else None
    bar = charts.share_bar(share) if share is not None else ""
    return {
        "item": tally.item,
        "done": done,
        "partly": partly,
        "not_done": not_done,
        "na": tally.not_applicable,
        "bar": bar,
    }
