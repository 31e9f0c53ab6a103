"""Heads: the skull, hair by name, a face that looks somewhere and shows a mood."""

import json
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Any

from films.shapes import group, num, path, scaled

SKULL = "M-14.5-3c0-10 6-14.5 15-14.5s14.3 4.9 14.3 14c0 10.5-5.2 20.1-13.2 20.1c-8.2 0-16.1-8.6-16.1-19.6z"
EAR = "M-13.4-1.6c-3.5-1.8-5.3 1.2-4 4.2.7 2.4 3 3 4.5 1.8"
BEARD = (
    "M-13.7-.9c1 4.7 2.9 10.2 6.5 10.4 2.4-.6 6.8-3.2 10.6-2.5 3.4-.7 5.5 1.9 7 1.4 1.9-1.6 2.9-5.6 3.6-9.3"
    ".6 9.4-4.9 19.5-12.5 19.5-8.1 0-14.6-9.1-15.2-19.5z"
)
SCARF = (
    "M-2.5-18.1c-12.6.5-14.6 11.4-13.8 21.5.3 8.4 4.5 13.4 9.6 16.8 6.7 2.5 15.1 1.6 20.1-4.2 2.6-5.1 2.4-9.3"
    " 2.2-14.3.4-13.5-7.2-20.2-18.1-19.8zM.8-12.6c6.8 0 11 4.5 10.8 10.9-.2 7.9-4 14-9.6"
    " 14-6.7 0-12.1-6.4-12.1"
    "-14.3 0-6.4 4.2-10.6 10.9-10.6z"
)
SCARF_FOLDS = "M-6.7 20.2c-.9-4.2 1.7-7.1 5.9-8.1M4.2 21.5c0-4.7 1.7-7.2 4.7-9.7"
FRAME = "a5 5 0 1 0 10 0a5 5 0 1 0-10 0"
DRAWN_AT = {"beard": 0.95, "scarf": 0.86}


@cache
def hair_styles() -> dict[str, dict[str, Any]]:
    """The hair by name: what is behind and before the skull, fine lines, whether the ear shows."""
    loaded: dict[str, dict[str, Any]] = json.loads(Path(__file__).with_name("hair.json").read_text("utf-8"))
    return loaded


@dataclass(frozen=True)
class Look:
    """A head: who it is, and what it does just now. `gaze` and `down` move the features."""

    skin: str = "s1"
    hair: str = "crop"
    hair_colour: str = "h3"
    beard: str = ""
    scarf: str = ""
    glasses: bool = False
    old: bool = False
    gaze: float = 4
    down: float = 0
    eyes: str = "dot"
    mouth: str = "smile"
    hair_behind: bool = True

    def but(self, **changes: Any) -> "Look":
        """The same head with other features."""
        return replace(self, **changes)


def head(look: Look, size: float) -> str:
    """A head around the origin, looking to the right."""
    parts = [_behind(look, size), path(scaled(SKULL, size), look.skin)]
    if look.beard:
        parts.append(path(scaled(BEARD, size / DRAWN_AT["beard"]), look.beard))
    parts += [_features(look, size), _glasses(look, size), _before(look, size)]
    return "".join(parts)


def _behind(look: Look, size: float) -> str:
    if look.scarf:
        return ""
    style = hair_styles()[look.hair]
    hair = "".join(scaled(d, size / style["drawn_at"]) for d in style["behind"])
    ear = path(scaled(EAR, size), look.skin) if style["ear"] else ""
    return (path(hair, look.hair_colour) if hair and look.hair_behind else "") + ear


def _before(look: Look, size: float) -> str:
    if look.scarf:
        grown = size / DRAWN_AT["scarf"]
        return path(scaled(SCARF, grown), look.scarf, 'fill-rule="evenodd"') + path(
            scaled(SCARF_FOLDS, grown), "thin"
        )
    style = hair_styles()[look.hair]
    front = "".join(scaled(d, size / style["drawn_at"]) for d in style["front"])
    fine = "".join(scaled(d, size / style["drawn_at"]) for d in style["fine"])
    return path(front, look.hair_colour) + (path(fine, "thin") if fine else "")


def _features(look: Look, size: float) -> str:
    def at(x: float, y: float) -> str:
        return f"{num((look.gaze + x) * size)} {num((y + look.down) * size)}"

    def by(*values: float) -> str:
        return " ".join(num(value * size) for value in values)

    cheeks = "" if look.beard else path(f"M{at(-7.6, 5.5)}v.01M{at(6.9, 5.5)}v.01", "blush")
    lines = f"M{at(1.1, 1.1)}c{by(1.8, 1.6, 2.4, 3.1, 0.2, 4)}"
    raised = -0.6 if look.mouth in {"small", "quiet", "oh"} else 0
    lines += (
        f"M{at(-7.5, -6 + raised)}q{by(2.2, -1.8, 4.5, -1)}M{at(3.1, -6.6 + raised)}"
        f"q{by(2.3, -0.9, 4.2, 0.8)}"
    )
    if look.old:
        lines += f"M{at(-8.1, 1.7)}l{by(-1.7, 1)}M{at(7.4, 1.7)}l{by(1.4, 0.8)}"
    eyes = {
        "dot": path(f"M{at(-5.1, -0.9)}v.01M{at(5, -0.9)}v.01", "e"),
        "down": path(f"M{at(-7.2, -0.2)}q{by(2.1, 2.1, 4.2, 0)}M{at(2.9, -0.2)}q{by(2.1, 2.1, 4.2, 0)}", "f"),
        "laugh": path(
            f"M{at(-7.2, 0.1)}q{by(2.1, -2.7, 4.2, 0)}M{at(2.9, 0.1)}q{by(2.1, -2.7, 4.2, 0)}", "f"
        ),
        "shut": path(f"M{at(-7, -0.4)}q{by(2, 0.5, 4, 0)}M{at(3, -0.4)}q{by(2, 0.5, 4, 0)}", "f"),
    }[look.eyes]
    return cheeks + eyes + path(lines, "f") + _mouth(look, at, by)


def _mouth(look: Look, at: Any, by: Any) -> str:
    opened = f"M{at(-3, 8)}q{by(2.8, 0.7, 5.4, -0.3, -0.2, 4, -2.8, 4)}t{by(-2.6, -3.7)}z"
    if look.beard:
        smile = f"M{at(-2.9, 11)}q{by(2.9, 2.2, 5.4, -0.2)}"
        return path(smile, "k") if look.mouth != "open" else path(opened, "m")
    lines = {
        "smile": f"M{at(-3.1, 8.4)}q{by(3.1, 2.8, 6.1, -0.2)}",
        "small": f"M{at(-2.1, 8.7)}q{by(1.9, 1.2, 3.8, 0)}",
        "quiet": f"M{at(-2, 8.9)}q{by(2, 0.4, 4, -0.1)}",
        "oh": f"M{at(-1.2, 8.6)}q{by(1.2, -1.4, 2.4, 0, -1.2, 2.6, -2.4, 0)}z",
        "low": f"M{at(-2.2, 9.2)}q{by(2.1, -1.2, 4.2, 0)}",
    }
    return path(opened, "m") if look.mouth == "open" else path(lines[look.mouth], "f")


def _glasses(look: Look, size: float) -> str:
    if not look.glasses:
        return ""
    left, right = (look.gaze - 10.1) * size, look.gaze * size
    y = (look.down - 0.6) * size
    rims = scaled("M0 0" + FRAME, size, left, y) + scaled("M0 0" + FRAME, size, right, y)
    return path(rims, "thin")


def portrait(
    x: float, y: float, radius: float, ground: str, top: str, look: Look, *, flip: bool = False
) -> str:
    """Head and shoulders in a round picture."""
    wide = radius * 0.62
    shoulders = (
        f"M{num(-wide)} {num(radius * 0.78)}C{num(1 - wide)} {num(radius * 0.5)}"
        f" {num(-wide * 0.6)} {num(radius * 0.42)}"
        f" {num(-radius * 0.22)} {num(radius * 0.36)}Q0 {num(radius * 0.56)} {num(radius * 0.22)}"
        f" {num(radius * 0.36)}"
        f"C{num(wide * 0.6)} {num(radius * 0.42)} {num(wide - 1)} {num(radius * 0.5)} {num(wide)}"
        f" {num(radius * 0.78)}"
    )
    disc = f'<circle class="{ground}" r="{num(radius)}"/>'
    face = group(head(look, radius * 0.0245), 0, -radius * 0.12)
    return group(disc + path(shoulders, top) + face, x, y, flip=flip)
