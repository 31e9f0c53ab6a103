"""The conversation in words for the child: who wrote when, the line's own messages, the position in the
queue.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy, ngettext, pgettext, pgettext_lazy

from sauga.helpline.chat.queries.conversations import Said
from sauga.helpline.chat.rules.events import Author, Event
from sauga.helpline.rota.presenters.opening_hours import clock_time

EVENTS: dict[str, str | Promise] = {
    Event.JOINED: gettext_lazy("A person is here with you now. Only the helpline team reads what you write."),
    Event.COUNSELLOR_GONE: gettext_lazy(
        "Our connection broke. You are first in the queue: somebody else from us comes to you."
    ),
    Event.STILL_THERE: gettext_lazy(
        "Are you still here? There is no hurry. If we hear nothing for a while, the conversation "
        "ends by itself."
    ),
    Event.TRANSFER_ASKED: gettext_lazy(
        "Your counsellor would like to hand over to a colleague. You may say no."
    ),
    Event.TRANSFER_REFUSED: gettext_lazy("You said no. You go on with the same person."),
    Event.TRANSFER_OVER: gettext_lazy("You go on with the same person."),
    Event.TRANSFERRED: gettext_lazy(
        "Somebody else from us is here now. They know what it is about; you need not tell it again."
    ),
    Event.TAKEN_OVER: gettext_lazy("A supervisor is here with you now."),
    Event.SHARE_ASKED: gettext_lazy(
        "Your counsellor asks you something. Read it below and answer as you like: both answers are fine."
    ),
    Event.SHARE_AGREED: gettext_lazy("You said yes. You can take it back as long as nothing was sent."),
    Event.SHARE_REFUSED: gettext_lazy("You said no. Nothing is shared."),
    Event.WANTS_ANOTHER: gettext_lazy(
        "You asked for another person. We are looking for one; it may take a few minutes."
    ),
}
SOMEBODY = pgettext_lazy("child", "Counsellor")


@dataclass(frozen=True)
class Line:
    """One entry of the thread.

    `same`: the one before is by the same side, so that the name need not stand again.
    """

    number: int
    kind: str
    by: str | Promise
    text: str | Promise
    time: str
    same: bool = False
    mark: str = ""


def lines(said: Sequence[Said], name: str, read: int, at: datetime, *, with_times: bool = True) -> list[Line]:
    """The thread.

    Under the last message of the child stands whether it was delivered or read; a closed one has no
    times any more.
    """
    last_own = max((one.number for one in said if one.author == Author.CHILD), default=0)
    found: list[Line] = []
    for one in said:
        kind = {Author.CHILD: "mine", Author.COUNSELLOR: "theirs"}.get(Author(one.author), "event")
        same = bool(found) and kind != "event" and found[-1].kind == kind
        by = {"mine": pgettext("child", "You"), "theirs": name or SOMEBODY}.get(kind, "")
        mark = ("read" if one.number <= read else "delivered") if one.number == last_own else ""
        text = EVENTS.get(one.event, "") if kind == "event" else one.text
        found.append(
            Line(
                one.number,
                kind,
                by,
                text,
                clock_time(one.at) if with_times else "",
                same,
                mark if with_times else "",
            )
        )
    return found


def place(ahead: int) -> str:
    """„Prieš tave – 2 žmonės.“"""
    if not ahead:
        return pgettext("child", "You are next.")
    return ngettext("%(n)d person is ahead of you.", "%(n)d people are ahead of you.", ahead) % {"n": ahead}


MOST_AHEAD = 60


def place_templates() -> list[tuple[int, str]]:
    """The sentence for every number of people that a script may need to show, so that it has no
    grammar of its own.
    """
    return [(ahead, place(ahead)) for ahead in range(MOST_AHEAD + 1)]
