"""Completion rules: a tree of conditions over what a learner has done. Pure functions, no database.

A tree is JSON: `{"all": […]}`, `{"any": […]}`, `{"at_least": n, "of": […]}`, `{"done": activity}`,
`{"score": activity, "at_least": percent}`, `{"hours": h}`. Every condition is monotone: more done, higher
scores or more minutes never make a true tree false. So a learner who has completed stays completed, and a
tree that is false with everything still possible counted as done can no longer become true.
"""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

type Tree = Mapping[str, Any]
DEEPEST, LARGEST = 8, 200


class TreeUnreadable(ValueError):
    """A tree that has another form than described above; the message is a code."""


@dataclass(frozen=True)
class Facts:
    """What a learner has done: activities by code, the best score of each in percent, minutes credited."""

    done: frozenset[str] = frozenset()
    scores: Mapping[str, int] = field(default_factory=dict)
    minutes: int = 0


def check(tree: Any, codes: Collection[str]) -> None:
    """Raise TreeUnreadable unless the tree has the right form and names only activities in `codes`."""
    for seen, (node, depth) in enumerate(_nodes(tree, 1), 1):
        if depth > DEEPEST or seen > LARGEST:
            raise TreeUnreadable("size")
        _check_node(node, codes)


def _nodes(tree: Any, depth: int) -> Iterator[tuple[Any, int]]:
    if depth > DEEPEST + 1:
        raise TreeUnreadable("size")
    yield tree, depth
    if isinstance(tree, Mapping):
        for name in ("all", "any", "of"):
            parts = tree.get(name)
            if isinstance(parts, list):
                for part in parts:
                    yield from _nodes(part, depth + 1)


def _check_node(node: Any, codes: Collection[str]) -> None:
    if not isinstance(node, Mapping):
        raise TreeUnreadable("form")
    match sorted(node):
        case ["all"] | ["any"]:
            parts = node.get("all", node.get("any"))
            is_right = isinstance(parts, list) and bool(parts)
        case ["at_least", "of"]:
            parts, wanted = node["of"], node["at_least"]
            is_right = isinstance(parts, list) and _is_whole(wanted) and 1 <= wanted <= len(parts)
        case ["done"]:
            is_right = _is_known(node["done"], codes)
        case ["at_least", "score"]:
            is_right = (
                _is_known(node["score"], codes)
                and _is_whole(node["at_least"])
                and 0 <= node["at_least"] <= 100
            )
        case ["hours"]:
            hours = node["hours"]
            is_right = isinstance(hours, int | float) and not isinstance(hours, bool) and 0 < hours <= 400
        case _:
            is_right = False
    if not is_right:
        raise TreeUnreadable("form")


def _is_whole(value: Any) -> bool:
    return isinstance(value, int) and not isinstance(value, bool)


def _is_known(value: Any, codes: Collection[str]) -> bool:
    if not isinstance(value, str):
        return False
    if value not in codes:
        raise TreeUnreadable("activity")
    return True


def is_true(tree: Tree, facts: Facts) -> bool:
    """Whether the conditions are fulfilled."""
    if "all" in tree:
        return all(is_true(part, facts) for part in tree["all"])
    if "any" in tree:
        return any(is_true(part, facts) for part in tree["any"])
    if "of" in tree:
        return sum(is_true(part, facts) for part in tree["of"]) >= int(tree["at_least"])
    if "done" in tree:
        return tree["done"] in facts.done
    if "score" in tree:
        return facts.scores.get(tree["score"], -1) >= int(tree["at_least"])
    return facts.minutes >= round(float(tree["hours"]) * 60)


def can_become_true(tree: Tree, facts: Facts, lost: Collection[str], *, minutes: Mapping[str, int]) -> bool:
    """Whether the tree can still become true when the activities in `lost` cannot be finished any more.

    `minutes` are those of every activity of the version; whatever is not lost is counted as done with the
    full score.
    """
    open_codes = {code for code in minutes if code not in lost} | facts.done
    best = {**facts.scores, **{code: 100 for code in minutes if code not in lost}}
    most = facts.minutes + sum(n for code, n in minutes.items() if code not in facts.done | set(lost))
    return is_true(tree, Facts(frozenset(open_codes), best, most))


def wanted(tree: Tree) -> set[str]:
    """The activities that the conditions name; the others are voluntary."""
    if "done" in tree:
        return {tree["done"]}
    if "score" in tree:
        return {tree["score"]}
    parts = tree.get("all") or tree.get("any") or tree.get("of") or []
    return {code for part in parts for code in wanted(part)}


@dataclass(frozen=True)
class Condition:
    """One condition as a checklist shows it, with where the learner stands. `parts` are those of a group."""

    kind: str
    activity: str = ""
    needed: float = 0
    reached: float = 0
    is_met: bool = False
    parts: tuple["Condition", ...] = ()


def explain(tree: Tree, facts: Facts) -> Condition:
    """The tree with where the learner stands at each condition."""
    met = is_true(tree, facts)
    for kind in ("all", "any"):
        if kind in tree:
            parts = tuple(explain(part, facts) for part in tree[kind])
            reached = sum(part.is_met for part in parts)
            return Condition(kind, "", len(parts) if kind == "all" else 1, reached, met, parts)
    if "of" in tree:
        parts = tuple(explain(part, facts) for part in tree["of"])
        return Condition("of", "", tree["at_least"], sum(part.is_met for part in parts), met, parts)
    if "done" in tree:
        return Condition("done", tree["done"], 1, int(met), met)
    if "score" in tree:
        return Condition(
            "score", tree["score"], tree["at_least"], max(0, facts.scores.get(tree["score"], 0)), met
        )
    return Condition("hours", "", tree["hours"], round(facts.minutes / 60, 1), met)


def flat(condition: Condition) -> Iterator[Condition]:
    """The conditions without the groups that only say "all of these"."""
    if condition.kind == "all":
        for part in condition.parts:
            yield from flat(part)
    else:
        yield condition
