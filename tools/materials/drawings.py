"""The product's drawings with the colours of its style sheet inside, so that they stand in a file alone."""

import json
import re
from functools import cache
from pathlib import Path

PORTAL = Path(__file__).parents[2] / "src" / "sauga" / "portal"
FOLDER, STYLE = PORTAL / "data" / "drawings", PORTAL / "static" / "portal" / "drawings.css"
OWN = Path(__file__).parent / "drawings"
NOT_IN_FILES = re.compile(r"display:|width: 100%|height: auto")


@cache
def rules() -> str:
    """The style sheet of the drawings for a light page, without variables and nesting."""
    css = STYLE.read_text(encoding="utf-8")
    tokens = dict(re.findall(r"--([a-z0-9-]+):\s*(#[0-9a-f]{6})", css.split("@media")[0]))
    made = []
    for selector, body in re.findall(r"\.people([^{]*)\{([^}]*)\}", css):
        said = re.sub(r"var\(--([a-z0-9-]+)\)", lambda found: tokens[found[1]], body)
        said = ";".join(part.strip() for part in said.split(";") if not NOT_IN_FILES.search(part))
        several = re.fullmatch(r"\s*:is\((.*)\)\s*", selector)
        names = several[1] if several else selector.strip() or "svg"
        made.append(f"{names.replace(' ', '')}{{{said.strip(';')}}}")
    return "".join(made)


def coloured(name: str) -> str:
    """One drawing as SVG."""
    own = OWN / f"{name}.svg"
    text = (own if own.exists() else FOLDER / f"{name}.svg").read_text(encoding="utf-8")
    return re.sub(r"(<svg[^>]*>)", lambda found: f"{found[1]}<style>{rules()}</style>", text, count=1)


def described(name: str, language: str) -> str:
    """What the drawing shows, in words."""
    words: dict[str, str] = json.loads((FOLDER / "alt.json").read_text(encoding="utf-8"))[name]
    return words[language]
