"""What the helpline shows on “My day”: letters by deadline, and one's next shifts."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from sauga.helpline.letters import presenters as letter_words
from sauga.helpline.letters.queries import letters
from sauga.helpline.permissions import Permission
from sauga.helpline.rota.presenters import rota as rota_words
from sauga.helpline.rota.queries import rota
from sauga.kernel.clock import VILNIUS
from sauga.kernel.identity import PersonActor
from sauga.kernel.identity.home import DUE, Card, Due, Mark, due

MOST = 4


def letters_to_do(by: PersonActor, at: datetime) -> Mapping[str, Any] | None:
    """What is in one's own hands, what waits for a second reader, and what waits for an answer,
    immediate danger first.
    """
    if not letters.reads_letters(by):
        return None
    answers = by.can(Permission.ANSWER_LETTER)
    wanted = (
        [letters.View.MINE, letters.View.REVIEW, letters.View.ANSWER] if answers else [letters.View.REVIEW]
    )
    lines: dict[str, Due] = {}
    for view in wanted:
        for row in letters.rows_of(
            by=by, letters=list(letters.letters(by=by, view=view)[: MOST - len(lines)])
        ):
            if row.letter.state in letters.VIEW_STATES[letters.View.WAITING]:
                continue  # answered: nothing to do until the child writes again
            lines.setdefault(row.letter.ref, _letter(letter_words.line(row, at)))
    return due(_("Letters"), list(lines.values()), url_name="helpline-letters", more=_("All letters"))


def _letter(line: letter_words.Line) -> Due:
    clock = line.clock
    return Due(
        title=f"{line.ref} · {line.state.text}",
        href=line.href,
        note=line.who,
        mark=line.band,
        left=clock.text if clock else "",
        share=clock.share if clock else 0,
        left_tone=clock.tone if clock else "",
    )


def my_shifts(by: PersonActor, at: datetime) -> Mapping[str, Any] | None:
    """The next three."""
    lines = [_shift(own) for own in rota.my_shifts(by, at)[:3]]
    return due(_("My shifts"), lines, url_name="helpline-rota", more=_("The rota"))


def _shift(own: rota.Own) -> Due:
    shift = own.shift
    tone, shape = rota_words.MARKS[shift.state]
    begins, ends = shift.begins_at.astimezone(VILNIUS), shift.ends_at.astimezone(VILNIUS)
    return Due(
        title=rota_words.channels_of(shift.channels, shift.is_lead),
        href=reverse("helpline-shift", args=[shift.ref]),
        note=f"{begins:%H:%M}–{ends:%H:%M}",
        mark=Mark(tone, rota_words.state(shift), shape),
        when=date_format(begins, "MONTH_DAY_FORMAT"),
    )


CARDS = (
    Card("helpline.letters", DUE, letters_to_do, order=10),
    Card("helpline.shifts", DUE, my_shifts, permission=Permission.CLAIM_SHIFT, order=12),
)
