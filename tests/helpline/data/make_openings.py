"""Write `openings.jsonl`: 14 sentences of every hand-written template, typed as a hurried child types, and
the single ones as they are.

    python tests/helpline/data/make_openings.py

All are invented. The same input always gives the same file (chance is seeded by the template).
"""

import json
import random
import re
import unicodedata
from collections.abc import Iterator
from pathlib import Path

HERE = Path(__file__).parent
EACH = 14
BANDS = {"N": "none", "S": "some", "H": "high", "I": "immediate"}
BEFORE = {
    "lt": ("labas. ", "nežinau nuo ko pradėt, ", "sveiki, "),
    "en": ("hi. ", "idk how to say this but ", "hello, "),
    "ru": ("привет. ", "не знаю как начать, ", "здравствуйте, "),
}
CHOICE = re.compile(r"\{([^{}]*)\}")


def filled(template: str, chance: random.Random) -> str:
    """The template with one alternative of each bracket."""
    return (
        CHOICE.sub(lambda m: chance.choice(m.group(1).split("|")), template)
        .replace(" ,", ",")
        .replace("  ", " ")
        .strip()
    )


def typed(text: str, lang: str, chance: random.Random) -> tuple[str, list[str]]:
    """The text as somebody types it, and what was done to it."""
    done = []
    if chance.random() < 0.15:
        text, done = chance.choice(BEFORE[lang]) + text, ["greeting"]
    if lang == "lt" and chance.random() < 0.4:
        text, done = (
            "".join(c for c in unicodedata.normalize("NFD", text) if not unicodedata.combining(c)),
            [*done, "no_diacritics"],
        )
    if chance.random() < 0.25:
        text, done = re.sub(r"[.,?!]", "", text), [*done, "no_punctuation"]
    if chance.random() < 0.2:
        text, done = wrong_letter(text, chance), [*done, "typo"]
    if chance.random() < 0.08:
        text, done = (
            re.sub(r"[aeiouаеио](?=\w)", lambda m: m.group() * 3, text, count=1),
            [*done, "drawn_out"],
        )
    if chance.random() < 0.2:
        text, done = text[:1].upper() + text[1:] + ("" if text.endswith("?") else "."), [*done, "proper"]
    return text, done


def wrong_letter(text: str, chance: random.Random) -> str:
    """One letter swapped with the next, left out or doubled, inside a word of five or more."""
    words = [m.span() for m in re.finditer(r"\w{5,}", text)]
    if not words:
        return text
    start, end = chance.choice(words)
    at = chance.randrange(start + 1, end - 2)
    return chance.choice(
        (
            text[:at] + text[at + 1] + text[at] + text[at + 2 :],
            text[:at] + text[at + 1 :],
            text[: at + 1] + text[at:],
        )
    )


def row(ident: str, family: str, lang: str, risk: str, text: str, **more: object) -> dict[str, object]:
    """One line, shaped like the seed."""
    return {
        "id": ident,
        "family": family,
        "set": "own",
        "lang": lang,
        "langs": [lang],
        "text": text,
        "risk": risk,
        "channel": "CHAT",
        **more,
    }


def from_templates() -> Iterator[dict[str, object]]:
    """The sentences of every template."""
    head: list[str] = []
    number = 0
    for line in (HERE / "openings_templates.txt").read_text().splitlines():
        if line.startswith("#"):
            head = line[1:].split()
            continue
        number += 1
        lang, risk, topic, trap = head[:4] if len(head) > 3 else [*head, "-"]
        chance = random.Random(line)
        found: dict[str, list[str]] = {}
        for _ in range(400):
            if len(found) < EACH:
                text, done = typed(filled(line, chance), lang, chance)
                found.setdefault(text, done)
        for count, (text, done) in enumerate(found.items(), 1):
            marks = [*([] if trap == "-" else [trap]), *done]
            yield row(
                f"T{number:03}-{count:02}",
                f"T{number:03}",
                lang,
                risk,
                text,
                topic=topic,
                trap=" ".join(marks) or None,
            )


def from_singles() -> Iterator[dict[str, object]]:
    """The single ones; each is a family of its own."""
    for number, line in enumerate((HERE / "openings_singles.txt").read_text().splitlines(), 1):
        lang, band, text = line.split(" ", 2)
        trap = None
        if text.startswith("*"):
            trap, text = text[1:].split(" ", 1)
        yield row(f"S{number:03}", f"S{number:03}", lang, BANDS[band], text, topic=None, trap=trap)


if __name__ == "__main__":
    rows = {str(found["text"]): found for found in (*from_singles(), *from_templates())}
    (HERE / "openings.jsonl").write_text(
        "".join(json.dumps(found, ensure_ascii=False) + "\n" for found in rows.values())
    )
