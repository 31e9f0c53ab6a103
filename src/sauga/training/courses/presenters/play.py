"""An activity as a learner sees it, for the course player and for the editor's preview."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.utils.safestring import SafeString
from django.utils.translation import override

from sauga.kernel.i18n import language_name
from sauga.kernel.media import Player, Track
from sauga.kernel.ui.hrefs import address
from sauga.training.courses.markdown import html
from sauga.training.courses.models import Activity, Film, Item, said
from sauga.training.courses.queries.film_files import has_poster
from sauga.training.courses.queries.links import linked
from sauga.training.courses.queries.versions import Content, film
from sauga.training.courses.rules import items
from sauga.training.courses.rules.items import ItemKind
from sauga.training.courses.rules.notation import moment


@dataclass(frozen=True)
class Option:
    """One answer: its number in the bank, its text, whether it was chosen, and what is said about it."""

    index: int
    text: str
    is_chosen: bool = False
    is_right: bool = False
    feedback: str = ""
    place: int | None = None


@dataclass(frozen=True)
class QuestionView:
    """A question with its answers in the order in which they are shown.

    Of ORDER and MATCH, `choices` is what each option can be given: places, or right sides by number.
    """

    code: str
    kind: str
    text: str
    options: Sequence[Option]
    choices: Sequence[tuple[int, str]] = ()
    explanation: str = ""
    share: float | None = None
    at: str = ""
    seconds: int = 0


def question_view(
    item: Item, language: str, seed: int, answer: Sequence[int] = (), *, reveals: bool = False
) -> QuestionView:
    """A question; with `reveals` also what was right, and why."""
    asked = items.question(item.code, item.kind, item.options)
    order = items.shuffled(asked, seed)
    choices: list[tuple[int, str]] = []
    if item.kind == ItemKind.ORDER:
        choices = [(n, str(n + 1)) for n in range(len(order))]
    elif item.kind == ItemKind.MATCH:
        choices = [(index, said(item.options[index].get("pair"), language)) for index in order]
        order = list(range(len(item.options)))
    return QuestionView(
        code=item.code,
        kind=item.kind,
        text=said(item.text, language),
        options=[_option(item, index, language, answer, reveals=reveals) for index in order],
        choices=choices,
        explanation=said(item.explanation, language) if reveals else "",
        share=items.share(asked, answer) if reveals else None,
    )


def _option(item: Item, index: int, language: str, answer: Sequence[int], *, reveals: bool) -> Option:
    held = item.options[index]
    place = None
    if item.kind == ItemKind.ORDER and index in answer:
        place = list(answer).index(index)
    elif item.kind == ItemKind.MATCH and index < len(answer):
        place = answer[index]
    is_chosen = index in answer
    return Option(
        index=index,
        text=said(held["text"], language),
        is_chosen=is_chosen,
        is_right=bool(held.get("right")) and reveals,
        feedback=said(held.get("feedback"), language) if reveals and is_chosen else "",
        place=place,
    )


def answer_in(item: Item, posted: Any) -> list[int]:
    """What was answered to a question in a posted form; what makes no sense is no answer."""
    name, n = f"q_{item.code}", len(item.options)
    if item.kind in (ItemKind.ORDER, ItemKind.MATCH):
        given = [_number(posted.get(f"{name}_{index}", ""), n) for index in range(n)]
        if item.kind == ItemKind.MATCH:
            return [-1 if one is None else one for one in given] if any(g is not None for g in given) else []
        places = [given.index(place) if place in given else -1 for place in range(n)]
        return places if any(place >= 0 for place in places) else []
    return sorted({one for text in posted.getlist(name) if (one := _number(text, n)) is not None})


def _number(text: str, below: int) -> int | None:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 4 and int(text) < below else None


@dataclass(frozen=True)
class ActivityView:
    """What the player shows of an activity."""

    activity: Activity
    title: str
    text: SafeString | str = ""
    player: Player | None = None
    questions: Sequence[QuestionView] = ()
    rubric: Sequence[Mapping[str, Any]] = ()
    file: str = ""
    facts: Mapping[str, Any] = field(default_factory=dict)


def activity_view(
    activity: Activity, content: Content, language: str, *, answers: Mapping[str, Sequence[int]] | None = None
) -> ActivityView:
    """An activity in one language. `answers` are those to the questions of a film, by question."""
    held = activity.content
    text = said(held.get("text") or held.get("prompt") or held.get("topic"), language)
    shown, given = (
        film(held["film"]) if activity.kind == "video" and held.get("film") else None,
        answers or {},
    )
    with override(language):
        return ActivityView(
            activity=activity,
            title=said(activity.title, language),
            text=html(linked(text, language), language),
            player=player_of(shown, language) if shown else None,
            questions=[
                _film_question(content.items[part["item"]], part["at"], language, given)
                for part in held.get("questions", ())
                if activity.kind == "video" and part["item"] in content.items
            ],
            rubric=[
                {
                    "code": row["code"],
                    "title": said(row["title"], language),
                    "levels": [(level["points"], said(level["text"], language)) for level in row["levels"]],
                }
                for row in held.get("rubric") or ()
            ],
            file=address("training-file", activity.ref)
            if activity.file_id and activity.kind != "package"
            else "",
            facts={name: held.get(name) for name in ("pass", "attempts", "limit", "peers", "group", "least")},
        )


def _film_question(item: Item, at: int, language: str, answers: Mapping[str, Sequence[int]]) -> QuestionView:
    answered = item.code in answers
    view = question_view(item, language, 1, answers.get(item.code, ()), reveals=answered)
    return QuestionView(**{**view.__dict__, "at": moment(at), "seconds": at})


def player_of(row: Film, language: str) -> Player:
    """A film with captions in each language that it has; the one of the page comes first."""
    codes = sorted(row.captions, key=lambda code: code != language)
    return Player(
        src=address("training-film", row.code),
        mime=row.file.mime,
        title=said(row.title, language),
        language=language,
        tracks=[
            Track(address("training-captions", row.code, code), code, language_name(code)) for code in codes
        ],
        transcript=said(row.transcript, language),
        poster=address("training-poster", row.code) if has_poster(row) else "",
    )
