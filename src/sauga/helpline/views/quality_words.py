"""Quality reviews in words: marks, lists, the thread, the summary."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, NamedTuple

from django.urls import reverse
from django.utils.translation import gettext, ngettext, pgettext
from django.utils.translation import gettext_lazy as _

from sauga.helpline.forms.quality import SECTION_NAMES
from sauga.helpline.models import Review
from sauga.helpline.queries.quality import Line, Row, Summary
from sauga.helpline.rules import quality as rules
from sauga.helpline.views.board_words import band as band_mark
from sauga.helpline.views.desk_words import event as event_words
from sauga.kernel import vocab
from sauga.kernel.ui import charts, parts

EMPTY = {
    "open": (
        _("Nothing waits for review"),
        _("Every night some contacts are drawn: a few at random, every immediate danger, every complaint."),
    ),
    "critical": (
        _("Nothing to talk over"),
        _("When a critical item was not done, the review stands here until a supervisor has talked it over."),
    ),
    "done": (_("No review is finished yet"), _("Finished reviews stand here.")),
}
MARKS = {
    rules.DONE: ("good", "dot"),
    rules.PARTLY: ("wait", "half"),
    rules.NOT_DONE: ("bad", "cross"),
    rules.NOT_APPLICABLE: ("calm", "dash"),
}


class Shown(NamedTuple):
    """One row of the list in words."""

    ref: str
    href: str
    why: str
    channel: str
    band: dict[str, str] | None
    language: str
    drawn_at: datetime
    tone: str
    state: str
    shape: str
    late: bool


class Mark(NamedTuple):
    """Tone, words and shape of a mark."""

    tone: str
    text: str
    shape: str


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
        return Mark("bad", gettext("to talk over"), "diamond")
    if review.settled_at is not None:
        return Mark("good", gettext("talked over"), "tick")
    if review.done_at is not None:
        return Mark("good", pgettext("review", "scored"), "tick")
    if review.reviewer_id is not None:
        return Mark("info", gettext("being reviewed"), "half")
    return Mark("calm", pgettext("review", "waits"), "dashed")


def line(row: Row, at: datetime) -> Shown:
    """A row of the list."""
    review, mark = row.review, state(row.review)
    words = mark.text
    if mark.shape == "half":
        words = gettext("in your hand") if row.is_mine else gettext("%(name)s reviews it") % {"name": row.reviewer}
    return Shown(
        ref=review.ref,
        href=reverse("helpline-quality-review", args=[review.ref]),
        why=why(review.why),
        channel=channel(review.channel),
        band=band(row.band) if row.band else None,
        language=row.language.upper(),
        drawn_at=review.drawn_at,
        tone=mark.tone,
        state=words,
        shape=mark.shape,
        late=row.is_late,
    )


def tabs(counts: dict[str, int], current: str) -> list[dict[str, Any]]:
    """The three lists with their counts."""
    names = {"open": pgettext("quality", "To review"), "critical": gettext("To talk over"), "done": gettext("Finished")}
    return [{"code": code, "name": name, "count": counts[code], "current": code == current} for code, name in names.items()]


def thread(lines: Sequence[Line]) -> list[parts.Message]:
    """The contact as a thread; the counsellor stands on the reader's side, without a name."""
    names = {"CHILD": gettext("Child"), "COUNSELLOR": gettext("Counsellor")}
    return [
        parts.Message(
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
        (item, Mark(MARKS[score][0], vocab.label("qa_score", score), MARKS[score][1]))
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
    return {"found": found, "sections": sections, "reviews": _reviews(found.reviews), "missing": max(0, found.fewest - found.reviews)}


def _reviews(number: int) -> str:
    return ngettext("%(n)s review", "%(n)s reviews", number) % {"n": number}


def _tally(tally: rules.Tally) -> dict[str, Any]:
    not_done, partly, done = tally.counts
    share = done / tally.scored if tally.scored else None
    bar = charts.share_bar(share) if share is not None else ""
    return {"item": tally.item, "done": done, "partly": partly, "not_done": not_done, "na": tally.not_applicable, "bar": bar}
