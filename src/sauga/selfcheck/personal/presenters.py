"""How the personal test is shown: questions, next steps with what they lead on to, the words around them for
children and for adults."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from sauga.kernel.i18n import languages
from sauga.kernel.kit.lists import Mark
from sauga.kernel.refusals import Text
from sauga.repository.catalogue.topic_pages import page_of_topic
from sauga.selfcheck.personal.rules.bank import Audience, Bank, Helper, Item, Leads, Part, Promise, Words
from sauga.selfcheck.personal.rules.bank import by_urgency as urgent
from sauga.selfcheck.personal.rules.outcome import FIRST, Outcome
from sauga.selfcheck.states import BankState

READERS = {
    Audience.CHILD: "children",
    Audience.TEEN: "teenagers",
    Audience.ADULT: "parents_carers",
}
"""The readers whose advice a step leads to: codes of the vocabulary `audiences`."""
STATES: dict[str, Mark] = {
    BankState.DRAFT: Mark("wait", "half", pgettext_lazy("test version", "draft")),
    BankState.IN_REVIEW: Mark("act", "half", pgettext_lazy("test version", "to be published")),
    BankState.PUBLISHED: Mark("good", "", pgettext_lazy("test version", "published")),
    BankState.REPLACED: Mark("calm", "dash", pgettext_lazy("test version", "replaced")),
    BankState.DISCARDED: Mark("calm", "dash", pgettext_lazy("test version", "discarded")),
}
AUDIENCES: dict[Audience, Text] = {
    Audience.CHILD: _("For children up to 12"),
    Audience.TEEN: _("For teenagers"),
    Audience.ADULT: _("For adults"),
}
PAGES = {one: f"selfcheck-{one}" for one in Audience}
WHO: dict[str, Text] = {
    "child": _("Children promise"),
    "adult": _("Adults promise"),
    "family": _("All of us"),
}
TITLES: dict[bool, Text] = {
    True: _("Are you safe on the internet?"),
    False: pgettext_lazy("child", "Are you safe on the internet?"),
}
"""By whether adults are spoken to: Lithuanian says “you” in two ways."""
TITLE: Text = pgettext_lazy("everybody", "Are you safe on the internet?")
WORDS: dict[str, tuple[Text, Text]] = {
    "no_score": (
        _("There are no points here."),
        pgettext_lazy("child", "There are no points here."),
    ),
    "kept_here": (
        _("Your answers stay on your device."),
        pgettext_lazy("child", "Your answers stay on your device."),
    ),
    "kept_more": (
        _("Nobody sees them. Close the window and they are gone."),
        pgettext_lazy("child", "Nobody sees them. Close the window and they are gone."),
    ),
    "gone": (
        _("Whoever leaves this page, also by “Back”, begins again."),
        pgettext_lazy("child", "Whoever leaves this page, also by “Back”, begins again."),
    ),
    "sent_once": (
        _("Your answers go to this site once and are forgotten. No name, no cookie."),
        pgettext_lazy("child", "Your answers go to this site once and are forgotten. No name, no cookie."),
    ),
    "result": (_("What you can do"), pgettext_lazy("child", "What you can do")),
    "start_small": (
        _("Small steps. Start with one."),
        pgettext_lazy("child", "Small steps. Start with one."),
    ),
    "none_needed": (
        _("Your answers lead to no next step. Look at what others find useful."),
        pgettext_lazy("child", "Your answers lead to no next step. Help a friend with theirs."),
    ),
    "empty": (
        _("You have not chosen an answer yet. You can start again at any time."),
        pgettext_lazy("child", "You have not chosen an answer yet. You can start again."),
    ),
    "well": (_("You do this already"), pgettext_lazy("child", "You do this already")),
    "talk": (_("Is something worrying you?"), pgettext_lazy("child", "Is something worrying you?")),
    "talk_more": (
        _("You can talk to a person. You needn’t give your name."),
        pgettext_lazy("child", "You can talk to a person. You needn’t give your name. It isn’t your fault."),
    ),
    "agreement": (
        _("Make a family agreement of it"),
        pgettext_lazy("child", "Make a family agreement of it"),
    ),
    "agreement_more": (
        _("Tick what you want to agree on, print it and sign it together."),
        pgettext_lazy("child", "Tick what you want to agree on, print it and sign it together."),
    ),
}


type Promises = list[tuple[Text, list[dict[str, object]]]]


@dataclass(frozen=True)
class Answer:
    """An answer with its place in the form."""

    place: int
    text: str
    leads: str
    talk: bool


@dataclass(frozen=True)
class Question:
    """A question with its answers; `hint` is for the teacher."""

    code: str
    text: str
    answers: list[Answer]
    hint: str


@dataclass(frozen=True)
class Step:
    """A next step; `link` is the title and address of what leads on."""

    code: str
    title: str
    text: str
    link: tuple[str, str] | None
    is_shown: bool


def spoken(words: Words, language: str = "") -> str:
    """A text in the language of the page, or in one that it has."""
    for code in (language or languages.active().code, languages.DEFAULT, "en"):
        if words.get(code):
            return words[code]
    return next(iter(words.values()), "")


def words_for(audience: Audience) -> dict[str, Text]:
    """The words around the questions, as this audience is spoken to."""
    said = {name: pair[audience != Audience.ADULT] for name, pair in WORDS.items()}
    return {**said, "title": TITLES[audience == Audience.ADULT], "name": AUDIENCES[audience]}


def questions(part: Part) -> list[Question]:
    """The questions of an audience."""
    return [question(one) for one in part.items]


def question(item: Item) -> Question:
    """One question."""
    return Question(
        code=item.code,
        text=spoken(item.question),
        answers=[
            Answer(place, spoken(one.text), one.leads, one.talk)
            for place, one in ((place, item.options[place]) for place in item.shown_order)
        ],
        hint=spoken(item.hint),
    )


def result(part: Part, bank: Bank, found: Outcome | None) -> dict[str, object]:
    """What a result shows. Without an outcome everything, hidden, for the script that answers on the
    device."""
    is_live = found is None
    shown = (*found.steps, *found.later) if found else urgent(part.items)
    links = _links(shown, READERS[part.audience])
    steps = [
        Step(one.code, spoken(one.title), spoken(one.text), links.get(one.code), not is_live) for one in shown
    ]
    cut = len(steps) if found is None else FIRST
    return {
        "is_live": is_live,
        "is_empty": bool(found and found.is_empty),
        "talks": bool(found and found.talk),
        "steps": steps[:cut],
        "later": steps[cut:],
        "well": [(one.code, spoken(one.well)) for one in (found.well if found else part.items)],
        "helpers": helpers(part.help),
        "promises": promises(bank, part, found),
    }


def helpers(held: Iterable[Helper]) -> list[tuple[str, str, str]]:
    """Number, name and note of those who help."""
    return [(one.tel, spoken(one.name), spoken(one.note)) for one in held]


def promises(bank: Bank, part: Part | None, found: Outcome | None) -> Promises:
    """The sentences of the family agreement by who promises; ticked are those that follow from the steps.
    With a part only those that belong to its questions."""
    steps = {one.code for one in (*found.steps, *found.later)} if found else set()
    asked = {one.code for one in part.items} if part else None
    chosen = [one for one in bank.agreement if asked is None or asked & set(one.items)]
    return [
        (name, [_promise(one, steps) for one in mine])
        for who, name in WHO.items()
        if (mine := [one for one in chosen if one.who == who])
    ]


def _promise(one: Promise, steps: set[str]) -> dict[str, object]:
    return {
        "code": one.code,
        "text": spoken(one.text),
        "items": " ".join(one.items),
        "ticked": bool(steps & set(one.items)),
    }


def _links(items: Iterable[Item], audience: str) -> dict[str, tuple[str, str]]:
    """By question: the page about its first topic that has one, else the material about it."""
    held = list(items)
    language = languages.active().code
    pages = page_of_topic(sorted({code for one in held for code in one.topics}), language, audience)
    return {one.code: link for one in held if (link := _link(one, pages)) is not None}


def _link(item: Item, pages: dict[str, tuple[str, str]]) -> tuple[str, str] | None:
    for code in item.topics:
        if code in pages:
            return pages[code]
    if not item.topics:
        return None
    try:
        return "", f"{reverse('repository-resources')}?topic={item.topics[0]}"
    except NoReverseMatch:
        return None


def sources(bank: Bank, part: Part) -> Iterator[str]:
    """What the questions of an audience rest on."""
    used = {code for one in part.items for code in one.sources}
    return (title for code, title in bank.sources.items() if code in used)


def outline(item: Item) -> dict[str, object]:
    """A question as the desk lists it."""
    marks = {Leads.STRENGTH: "+", Leads.STEP: "–", Leads.NONE: "="}
    return {
        "code": item.code,
        "text": spoken(item.question),
        "answers": [(marks[one.leads], spoken(one.text), one.talk) for one in item.options],
        "step": spoken(item.title),
        "urgency": item.urgency,
    }
