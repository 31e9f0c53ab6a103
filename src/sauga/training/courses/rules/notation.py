"""How editors type lists in a form, one a line, and back: answers of a question, criteria of a rubric, what a
quiz draws, questions of a film. Pure functions; LineUnfit names every line that cannot be read."""

import re
from collections.abc import Callable, Mapping, Sequence
from itertools import zip_longest
from typing import Any

from sauga.training.courses.rules.items import ItemKind

MOST_LINES, LONGEST = 60, 500
FEEDBACK = " :: "
PAIR = " = "


class LineUnfit(ValueError):
    """Lines that cannot be read: their numbers, from 1, by the language of the text; "" where there is one
    text only."""

    def __init__(self, lines: Mapping[str, Sequence[int]]) -> None:
        super().__init__(dict(lines))
        self.lines = lines


def lines(text: str, language: str = "") -> list[str]:
    """The lines that say something. Raises LineUnfit where there are too many or some are too long."""
    found = [line.strip() for line in text.splitlines() if line.strip()]
    if len(found) > MOST_LINES:
        raise LineUnfit({language: [MOST_LINES + 1]})
    if unfit := [n for n, line in enumerate(found, 1) if len(line) > LONGEST]:
        raise LineUnfit({language: unfit})
    return found


def _each[T](text: str, read: Callable[[str], T | None]) -> list[T]:
    """What each line says. Raises LineUnfit with all of which `read` makes None."""
    found = [read(line) for line in lines(text)]
    if unfit := [n for n, one in enumerate(found, 1) if one is None]:
        raise LineUnfit({"": unfit})
    return [one for one in found if one is not None]


def options(kind: str, texts: Mapping[str, str]) -> list[dict[str, Any]]:
    """Answers, one a line in each language: `+ right`, `- wrong`, ` :: feedback`. Of ORDER and MATCH every
    line is right, of MATCH it is `left = right`."""
    made: dict[int, dict[str, Any]] = {}
    unfit: dict[str, list[int]] = {}
    for language, text in texts.items():
        for n, line in enumerate(lines(text, language), 1):
            one = _option(kind, line)
            if (
                one is None
                or made.setdefault(n, {"text": {}, "right": one["right"]})["right"] != one["right"]
            ):
                unfit.setdefault(language, []).append(n)
                continue
            for name in ("text", "feedback", "pair"):
                if one.get(name):
                    made[n].setdefault(name, {})[language] = one[name]
    if unfit:
        raise LineUnfit(unfit)
    return list(made.values())


def _option(kind: str, line: str) -> dict[str, Any] | None:
    """What a line says; None where it cannot be read."""
    right = True
    if kind not in (ItemKind.ORDER, ItemKind.MATCH):
        if line[:1] not in "+-":
            return None
        right, line = line[0] == "+", line[1:].strip()
    line, _, feedback = line.partition(FEEDBACK)
    pair = ""
    if kind == ItemKind.MATCH:
        line, sign, pair = line.partition(PAIR)
        if not sign:
            return None
    if not line.strip():
        return None
    return {"text": line.strip(), "right": right, "feedback": feedback.strip(), "pair": pair.strip()}


def options_text(kind: str, rows: Sequence[Mapping[str, Any]], language: str) -> str:
    """The same lines, to be edited."""
    found = []
    for row in rows:
        line = row["text"].get(language, "")
        if kind == ItemKind.MATCH:
            line += PAIR + row.get("pair", {}).get(language, "")
        elif kind != ItemKind.ORDER:
            line = f"{'+' if row.get('right') else '-'} {line}"
        if feedback := row.get("feedback", {}).get(language, ""):
            line += FEEDBACK + feedback
        found.append(line)
    return "\n".join(found)


CRITERION = re.compile(r"#\s*([a-z0-9-]{1,40})\s*\|\s*(.+)")
LEVEL = re.compile(r"(\d{1,3})\s*\|\s*(.+)")


def rubric(texts: Mapping[str, str]) -> list[dict[str, Any]]:
    """Criteria with levels: `# code | title`, then `points | what it takes` a line, in each language."""
    made: dict[str, dict[str, Any]] = {}
    unfit: dict[str, list[int]] = {}
    for language, text in texts.items():
        here: dict[str, Any] | None = None
        for n, line in enumerate(lines(text, language), 1):
            if match := CRITERION.fullmatch(line):
                here = made.setdefault(match[1], {"code": match[1], "title": {}, "levels": {}})
                here["title"][language] = match[2].strip()
            elif (match := LEVEL.fullmatch(line)) and here is not None:
                points = int(match[1])
                here["levels"].setdefault(points, {"points": points, "text": {}})["text"][language] = match[
                    2
                ].strip()
            else:
                unfit.setdefault(language, []).append(n)
    if unfit:
        raise LineUnfit(unfit)
    return [{**row, "levels": list(row["levels"].values())} for row in made.values()]


def rubric_text(rows: Sequence[Mapping[str, Any]], language: str) -> str:
    """The same lines, to be edited."""
    found = []
    for row in rows:
        found.append(f"# {row['code']} | {row['title'].get(language, '')}")
        found += [f"{level['points']} | {level['text'].get(language, '')}" for level in row["levels"]]
    return "\n".join(found)


NUMBERED = re.compile(r"([a-z0-9-]{1,60})\s+(\d{1,3})")


def draws(text: str) -> list[dict[str, Any]]:
    """What a quiz draws: `tag number`, one a line."""
    found = _each(text, NUMBERED.fullmatch)
    return [{"tag": match[1], "draw": int(match[2])} for match in found]


MOMENT = re.compile(r"(?:(\d{1,3}):)?(\d{1,4})\s+([a-z0-9-]{1,60})")


def moments(text: str) -> list[dict[str, Any]]:
    """Questions of a film: `1:20 question`, or seconds, one a line; in the order of time."""
    found = _each(text, MOMENT.fullmatch)
    made = [{"at": int(match[1] or 0) * 60 + int(match[2]), "item": match[3]} for match in found]
    return sorted(made, key=lambda one: one["at"])


def moment(seconds: int) -> str:
    """A second of a film as people write it: 1:20."""
    return f"{seconds // 60}:{seconds % 60:02}"


def paired(texts: Mapping[str, str]) -> list[dict[str, str]]:
    """Lists that are typed in each language, one a line, joined by their place."""
    columns = {language: lines(text, language) for language, text in texts.items()}
    return [
        {language: text for language, text in zip(columns, row, strict=True) if text}
        for row in zip_longest(*columns.values(), fillvalue="")
    ]


def sources(text: str) -> list[dict[str, str]]:
    """Sources: `title | publisher | address | day checked`, one a line; only the title is needed."""
    return _each(text, _source)


def _source(line: str) -> dict[str, str] | None:
    names = ("title", "publisher", "url", "checked")
    parts = [part.strip() for part in line.split("|")]
    if len(parts) > len(names) or (len(parts) > 2 and parts[2] and not parts[2].startswith("https://")):
        return None
    return {name: part for name, part in zip(names, parts, strict=False) if part}


def simple_rule(tree: Mapping[str, Any]) -> dict[str, int] | None:
    """A tree that only lists activities, as percent by code (0: to be done); None for any other."""
    found: dict[str, int] = {}
    for part in tree.get("all", ()):
        if set(part) == {"done"} and part["done"] not in found:
            found[part["done"]] = 0
        elif set(part) == {"score", "at_least"}:
            found[part["score"]] = part["at_least"]
        else:
            return None
    return found if found or not tree else None


def rule_of(chosen: Mapping[str, int]) -> dict[str, Any]:
    """The tree that asks for these activities, some with a percentage."""
    return {
        "all": [
            {"score": code, "at_least": percent} if percent else {"done": code}
            for code, percent in chosen.items()
        ]
    }
