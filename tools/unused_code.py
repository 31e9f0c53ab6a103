"""Code of the product that nothing in the product uses: found by vulture, less what frameworks, templates and
other programs call by name.

unused_code.py: prints what is unused and not allowed below, and what is allowed but used by now; fails when
there is any. Tests do not count as users: what only they call is unused.
"""

import re
from pathlib import Path

from vulture import Vulture

ROOT = Path(__file__).resolve().parents[1]
PRODUCT = ("src/sauga", "tools", "benchmarks", "films")
BY_NAME = (
    *(f"src/sauga/**/*.{ending}" for ending in ("html", "txt", "xml", "js", "typ", "json")),
    "docs/develop/new-service.md",
)
"""Files that name what they use: templates, scripts, data, and the page from which a test builds a service.
"""
FRAMEWORK = [
    "Meta",
    "*Config",
    "*Middleware",
    "clean_*",
    "handle_*",
    "handler[0-9]*",
    "label_from_instance",
    "add_arguments",
    "connection_*",
    "data_received",
    "datagram_received",
    "pause_writing",
    "resume_writing",
    "run_validators",
    "get_public_key_credential_*",
    "_get_session_auth_hash",
    "_get_secret",
    "process_request",
    "get_full_name",
    "get_context_data",
    "expand_db_attributes_many",
    "db_type",
    "formfield",
    "get_url_parts",
    "harden_runtime",
    "must_update",
    "safe_summary",
    "migration_name_fragment",
    "preview_modes",
]
"""Names that Django, Wagtail, allauth, asyncio, argparse and the parsers of the standard library call."""
DECORATORS = [
    "@atexit.register",
    "@job",
    "@job.*",
    "@register.*",
    "@hooks.*",
    "@receiver*",
    "@*.task",
    "@*.periodic*",
    "@router.*",
]
SETTINGS = "src/sauga/project/settings/"
KINDS = {"function", "method", "class", "property"}
ALLOWED = {
    "AnyOf": "the ORM finds a lookup by its name, any_of",
    "misbehave": "the synthetic internet is made for tests",
}
"""Name → why it stays."""


def unused() -> dict[str, str]:
    """Place and kind of every function, method, class and property that nothing uses, by name."""
    found = Vulture(ignore_names=FRAMEWORK, ignore_decorators=DECORATORS)
    found.scavenge([str(ROOT / place) for place in PRODUCT], exclude=["*/migrations/*"])
    named = _named_elsewhere()
    return {
        one.name: f"{one.filename.relative_to(ROOT)}:{one.first_lineno}: {one.typ} {one.name}"
        for one in found.get_unused_code()
        if one.typ in KINDS
        and one.name not in named
        and "src/sauga" in str(one.filename)
        and SETTINGS not in str(one.filename)
    }


def _named_elsewhere() -> set[str]:
    """Words of templates, scripts and data, and of texts in the code: settings name middleware and hashers
    that way."""
    words: set[str] = set()
    for pattern in BY_NAME:
        for file in ROOT.glob(pattern):
            words.update(re.findall(r"\w+", file.read_text(encoding="utf-8")))
    for file in (ROOT / "src" / "sauga").rglob("*.py"):
        for text in re.findall(r"""["']([\w.]+)["']""", file.read_text(encoding="utf-8")):
            words.update(text.split("."))
    return words


def main() -> int:
    """Print what is wrong; 1 when there is anything."""
    found = unused()
    wrong = [place for name, place in sorted(found.items()) if name not in ALLOWED]
    wrong += [f"{name} is used by now: take it off the list" for name in sorted(ALLOWED) if name not in found]
    print("\n".join(wrong), end="\n" if wrong else "")
    return int(bool(wrong))


if __name__ == "__main__":
    raise SystemExit(main())
