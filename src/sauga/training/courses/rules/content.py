"""What each kind of activity holds, and what a version needs before it can be published. Pure functions over
plain values; problems are (code, where) pairs that `presenters` puts into words."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sauga.training.courses.rules import items
from sauga.training.courses.rules.trees import Facts, Tree, TreeUnreadable, can_become_true, check, wanted

KINDS = ("page", "video", "quiz", "file", "discussion", "assignment", "webinar", "session", "package", "lti")
PROMPTED = ("discussion", "assignment", "session", "lti")
SCORED = ("quiz", "assignment", "package", "lti")
"""Kinds that have a percentage, for which a completion rule can ask."""
PROVEN = ("quiz", "assignment", "webinar", "session", "lti")
"""Kinds whose end the server finds itself or somebody confirms. What a package reports comes from the
learner's browser, and reading or watching is said by the learner: it counts, but it proves nothing."""
MOST_MINUTES = 6000
type Problem = tuple[str, str]


class StarterUnfit(ValueError):
    """A starter course that cannot be learned with; the message names it and what is wrong."""


@dataclass(frozen=True)
class ActivityFacts:
    """An activity as the checks see it."""

    code: str
    kind: str
    title: Mapping[str, str]
    minutes: int
    content: Mapping[str, Any]
    has_file: bool = False


@dataclass(frozen=True)
class ItemFacts:
    """A question as the checks see it."""

    code: str
    kind: str
    tags: Sequence[str]
    text: Mapping[str, str]
    options: Sequence[Mapping[str, Any]]


def activity_problems(
    one: ActivityFacts,
    bank: Mapping[str, ItemFacts],
    languages: Sequence[str],
    films: frozenset[str],
    tools: frozenset[str] = frozenset(),
) -> list[Problem]:
    """What a learner would miss in one activity."""
    found: list[Problem] = []
    content = one.content
    if not has_all(one.title, languages):
        found.append(("title", one.code))
    if not 0 < one.minutes <= MOST_MINUTES:
        found.append(("minutes", one.code))
    if one.kind == "page" and not has_all(content.get("text"), languages):
        found.append(("text", one.code))
    if one.kind in PROMPTED and not has_all(content.get("prompt"), languages):
        found.append(("prompt", one.code))
    if one.kind == "webinar" and not has_all(content.get("topic"), languages):
        found.append(("topic", one.code))
    if one.kind == "video":
        if content.get("film") not in films:
            found.append(("film", one.code))
        found += [("item", one.code) for part in content.get("questions", ()) if part.get("item") not in bank]
    if one.kind == "file" and not one.has_file and not content.get("resource"):
        found.append(("file", one.code))
    if one.kind == "package" and not (one.has_file and content.get("package", {}).get("parts")):
        found.append(("package", one.code))
    if one.kind == "quiz":
        found += [(code, one.code) for code in quiz_problems(content, bank)]
    if one.kind == "lti" and content.get("tool") not in tools:
        found.append(("tool", one.code))
    if one.kind == "assignment" and not rubric_is_fit(content.get("rubric"), languages):
        found.append(("rubric", one.code))
    return found


def quiz_problems(content: Mapping[str, Any], bank: Mapping[str, ItemFacts]) -> list[str]:
    """What is wrong with the settings of a quiz."""
    parts = content.get("bank")
    if not isinstance(parts, list) or not parts:
        return ["bank"]
    for part in parts:
        if isinstance(part, str):
            if part not in bank:
                return ["item"]
        else:
            pool = [code for code, one in bank.items() if part.get("tag") in one.tags]
            if not 1 <= int(part.get("draw", 0)) <= len(pool):
                return ["draw"]
    return [] if 0 <= int(content.get("pass", 0)) <= 100 else ["pass"]


def rubric_is_fit(rubric: Any, languages: Sequence[str]) -> bool:
    """At least one criterion, each with its own code, a title and two levels with different points."""
    if not isinstance(rubric, list) or not rubric or len({row.get("code") for row in rubric}) != len(rubric):
        return False
    return all(
        has_all(row.get("title"), languages)
        and len({level["points"] for level in row.get("levels", ())}) == len(row.get("levels", ())) >= 2
        for row in rubric
    )


def has_all(words: Any, languages: Sequence[str]) -> bool:
    """Whether a text is there in every language of the course."""
    return isinstance(words, Mapping) and all(str(words.get(code, "")).strip() for code in languages)


@dataclass(frozen=True)
class VersionFacts:
    """A version as the checks see it."""

    title: Mapping[str, str]
    summary: Mapping[str, str]
    hours: float
    outcomes: Sequence[Mapping[str, str]]
    certificate: Mapping[str, Any]
    completion: Mapping[str, Any]
    activities: Sequence[ActivityFacts]
    bank: Mapping[str, ItemFacts]


def problems(
    version: VersionFacts,
    languages: Sequence[str],
    films: frozenset[str],
    tools: frozenset[str] = frozenset(),
) -> list[Problem]:
    """Everything that keeps a version from being published. `tools` are the references of those that are
    switched on."""
    found: list[Problem] = []
    if not has_all(version.title, languages):
        found.append(("course_title", ""))
    if not has_all(version.summary, languages):
        found.append(("course_summary", ""))
    if not version.outcomes:
        found.append(("outcomes", ""))
    if not version.activities:
        found.append(("empty", ""))
    if not has_all(version.certificate.get("title"), languages):
        found.append(("certificate", ""))
    minutes = sum(one.minutes for one in version.activities)
    if version.activities and abs(minutes - version.hours * 60) > 30:
        found.append(("hours", str(minutes)))
    for one in version.activities:
        found += activity_problems(one, version.bank, languages, films, tools)
    for item in version.bank.values():
        found += [(f"item_{code}", item.code) for code in items.problems(item.kind, item.options)]
        if not has_all(item.text, languages):
            found.append(("item_text", item.code))
    return found + tree_problems(version)


def tree_problems(version: VersionFacts) -> list[Problem]:
    """Whether the completion rule can be read, and names what can be done."""
    codes = {one.code for one in version.activities}
    try:
        check(version.completion, codes)
    except TreeUnreadable as refused:
        return [(f"tree_{refused}", "")]
    with_score = {one.code for one in version.activities if one.kind in SCORED}
    scored = {code for code in _scored(version.completion)}
    found = (
        [("tree_score", code) for code in sorted(scored - with_score)] if wanted(version.completion) else []
    )
    kinds = {one.code: (one.kind, one.minutes) for one in version.activities}
    return found if proves_something(version.completion, kinds) else [*found, ("proof", "")]


def proves_something(tree: Tree, activities: Mapping[str, tuple[str, int]]) -> bool:
    """Whether no learner completes the course by their own word. Every completion brings a certificate;
    `activities`: kind and minutes by code."""
    proven = {code for code, (kind, _minutes) in activities.items() if kind in PROVEN}
    minutes = {code: minutes for code, (_kind, minutes) in activities.items()}
    return not can_become_true(tree, Facts(), proven, minutes=minutes)


def _scored(tree: Mapping[str, Any]) -> list[str]:
    if "score" in tree:
        return [tree["score"]]
    parts = tree.get("all") or tree.get("any") or tree.get("of") or []
    return [code for part in parts for code in _scored(part)]
