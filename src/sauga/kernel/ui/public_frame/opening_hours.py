"""Whether a service is open now: the service that has opening hours answers here, so that no other page
states hours of its own."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any


@dataclass(frozen=True)
class Reach:
    """How a service can be reached at this moment, in words of the page's language; `url_name` is the page
    that says more.

    `hours` are the published hours of today, or of every day. `is_heard`: a person of the service talks with
    people now, in this way or in another; when none does, `again` says in one sentence when they will.
    """

    is_open: bool
    words: tuple[str, ...]
    url_name: str = ""
    hours: str = ""
    is_heard: bool = False
    again: str = ""


type Answer = Callable[[datetime], Reach]
_answers: dict[str, Answer] = {}


def answer_for(code: str, answer: Answer) -> None:
    """Have `answer(at)` say whether the help service `code` (vocabulary `help_services`) can be reached then.

    The same code replaces.
    """
    _answers[code] = answer


def is_kept(code: str) -> bool:
    """Whether a service of this installation keeps the hours; then they are written nowhere else."""
    return code in _answers


def reach(code: str, at: datetime) -> Reach | None:
    """What is so at that moment; None where no service of this installation keeps the hours."""
    answer = _answers.get(code)
    return answer(at) if answer else None


def reach_on(request: Any, code: str, at: datetime) -> Reach | None:
    """The same for a page, asked for once however many of its parts say it."""
    if request is None:
        return reach(code, at)
    held: dict[str, Reach | None] | None = getattr(request, "reaches", None)
    if held is None:
        held = request.reaches = {}
    if code not in held:
        held[code] = reach(code, at)
    return held[code]
