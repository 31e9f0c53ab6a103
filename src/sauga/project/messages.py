"""The texts: Lithuanian lives in one catalogue a package, `locale/lt/<package>.po`; here they are merged,
compiled and checked.

`python -m sauga.project.messages compile|check|extract`. Django reads `locale/lt/LC_MESSAGES/django.mo`,
which is made here whenever a catalogue is newer; it is not kept in the repository but is part of the wheel.
"""

import argparse
import io
import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_python
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

SAUGA = Path(__file__).resolve().parents[1]
LANGUAGE = "lt"
KEYWORDS = {
    name: spec
    for base, spec in {
        "gettext": None,
        "ngettext": (1, 2),
        "pgettext": ((1, "c"), 2),
        "npgettext": ((1, "c"), 2, 3),
    }.items()
    for name in (base, f"{base}_lazy", f"{base}_noop")
} | {"_": None}
PLACEHOLDER = re.compile(r"%\((\w+)\)[sd]|\{(\w*)\}|%[sd]")
PLURALS = (
    "(n%10==1 && n%100!=11 && (n%100<11 || n%100>19)) ? 0 : ((n%10>=2 && n%10<=9) && (n%100<11 || "
    "n%100>19) ? 1 : (n%1!=0 ? 2: 3))"
)

type Key = tuple[str, str]


@dataclass(frozen=True)
class Use:
    """A text in the code: its context (often empty), its English words, its English plural (often empty) and
    where it stands."""

    context: str
    text: str
    plural: str
    place: str

    @property
    def key(self) -> Key:
        return (self.context, self.text)


def catalogues(root: Path = SAUGA) -> list[Path]:
    """The catalogues of all packages, by name."""
    return sorted((root / "locale" / LANGUAGE).glob("*.po"))


def compiled(root: Path = SAUGA) -> Path:
    """The file that Django reads."""
    return root / "locale" / LANGUAGE / "LC_MESSAGES" / "django.mo"


def is_stale(root: Path = SAUGA) -> bool:
    """Whether a catalogue is newer than the compiled file, or one came or went (the folder is newer)."""
    target = compiled(root)
    if not target.exists():
        return True
    if any(not source.with_suffix(".mo").exists() for source in scripts(root)):
        return True
    made = target.stat().st_mtime_ns
    return any(
        path.stat().st_mtime_ns > made
        for path in [*catalogues(root), *scripts(root), root / "locale" / LANGUAGE]
    )


def compile_texts(root: Path = SAUGA) -> int:
    """Merge and compile all catalogues; return the number of texts.

    Written beside and renamed, so that a reader never sees half a file.
    """
    merged = Catalog(locale=LANGUAGE, fuzzy=False)
    merged.mime_headers = [
        ("Plural-Forms", f"nplurals=4; plural={PLURALS};"),
        ("Content-Type", "text/plain; charset=utf-8"),
    ]
    for path in catalogues(root):
        for message in _read(path):
            if message.id and not message.fuzzy:
                merged.add(message.id, message.string, context=message.context)
    target = compiled(root)
    target.parent.mkdir(parents=True, exist_ok=True)
    fresh = target.with_suffix(".new")
    with fresh.open("wb") as file:
        write_mo(file, merged)
    fresh.replace(target)
    for source in scripts(root):
        _compile_scripts(source)
    return len(merged)


def scripts(root: Path = SAUGA) -> list[Path]:
    """The catalogues of texts in scripts.

    They stand in their own package, because Django asks for them package by package.
    """
    return sorted(root.glob(f"*/locale/{LANGUAGE}/LC_MESSAGES/djangojs.po"))


def _compile_scripts(source: Path) -> None:
    fresh = source.with_suffix(".new")
    with fresh.open("wb") as file:
        write_mo(file, _read(source))
    fresh.replace(source.with_suffix(".mo"))


def compile_if_stale(root: Path = SAUGA) -> None:
    """Compile when needed; an installed wheel that cannot be written carries its compiled file already."""
    if catalogues(root) and is_stale(root):
        try:
            compile_texts(root)
        except PermissionError:
            if not compiled(root).exists():
                raise


def uses(root: Path = SAUGA) -> Iterator[Use]:
    """Every translatable text in Python files and templates under `root`."""
    for path in sorted(root.rglob("*.py")):
        if "migrations" not in path.parts:
            yield from _extract(path.read_bytes(), path.relative_to(root))
    from django.utils.translation.template import templatize

    for path in sorted(p for suffix in ("html", "txt") for p in root.rglob(f"templates/**/*.{suffix}")):
        # Everything but the texts becomes a row of X; indentation would confuse the tokenizer.
        flat = "\n".join(
            line.lstrip()
            for line in templatize(path.read_text(encoding="utf-8"), origin=str(path)).splitlines()
        )
        yield from _extract(flat.encode(), path.relative_to(root))


def problems(root: Path = SAUGA) -> list[str]:
    """What is wrong with the texts, a line each: missing, empty, fuzzy, unused, contradicting, placeholders
    that the English lacks."""
    found: list[str] = []
    known: dict[Key, tuple[str, object]] = {}
    for path in catalogues(root):
        for message in _read(path):
            if not message.id:
                continue
            texts = message.string if isinstance(message.string, tuple | list) else (message.string,)
            key = _key(message)
            words = key[1]
            if message.fuzzy:
                found.append(f"{path.name}: fuzzy: {words!r}")
            if not all(texts):
                found.append(f"{path.name}: empty: {words!r}")
            elif key in known and known[key][1] != message.string:
                found.append(f"{path.name}: translated differently in {known[key][0]}: {words!r}")
            english = _placeholders(*(message.id if isinstance(message.id, tuple | list) else (message.id,)))
            if all(texts) and not _placeholders(*texts) <= english:
                found.append(f"{path.name}: placeholders that the English does not have: {words!r}")
            known[key] = (path.name, message.string)
    used = {use.key: use for use in uses(root)}
    theirs = _of_libraries(LANGUAGE) if used.keys() - known.keys() else set()
    found += [
        f"{use.place}: no Lithuanian: {use.text!r}"
        for key, use in used.items()
        if key not in known and key not in theirs
    ]
    # A catalogue may complete what Django and allauth leave in English; their own texts count as used.
    spare = known.keys() - used.keys()
    needed = _of_libraries("en") if spare else set()
    found += [f"{known[key][0]}: unused: {key[1]!r}" for key in sorted(spare) if key not in needed]
    return found


def _read(path: Path) -> Catalog:
    with path.open("rb") as file:
        return read_po(file, locale=LANGUAGE)


def _key(message: Message) -> Key:
    return (str(message.context or ""), message.id[0] if isinstance(message.id, tuple | list) else message.id)


def _extract(source: bytes, place: Path) -> Iterator[Use]:
    for line, function, texts, _ in extract_python(io.BytesIO(source), KEYWORDS, [], {"encoding": "utf-8"}):
        parts = [part for part in (texts if isinstance(texts, tuple | list) else (texts,)) if part]
        contextual = "pgettext" in str(function)
        wanted = contextual + 1 + ("n" in str(function).partition("gettext")[0].replace("_", ""))
        if len(parts) >= wanted and all(isinstance(part, str) for part in parts[:wanted]):
            context, rest = (parts[0], parts[1:]) if contextual else ("", parts)
            plural = rest[1] if wanted - contextual > 1 else ""
            yield Use(context, rest[0], plural, f"{place}:{line}")


def _placeholders(*texts: str) -> set[str]:
    return {match.group(0) for text in texts for match in PLACEHOLDER.finditer(text.replace("%%", ""))}


def _of_libraries(language: str) -> set[Key]:
    """Texts of Django, allauth and the editors' tool: with "lt" those they bring in Lithuanian themselves,
    with "en" all of them."""
    import allauth
    import django
    import wagtail

    known: set[Key] = set()
    for package in (django, allauth, wagtail):
        for path in Path(str(package.__file__)).parent.rglob(f"locale/{language}/LC_MESSAGES/django.po"):
            with path.open("rb") as file:
                for message in read_po(file, locale=language, abort_invalid=False):
                    done = all(message.string) if isinstance(message.string, tuple | list) else message.string
                    if message.id and (language == "en" or (done and not message.fuzzy)):
                        known.add(_key(message))
    return known


def skeleton(root: Path = SAUGA) -> str:
    """The texts that no catalogue has yet, as entries to paste into one."""
    known = {_key(message) for path in catalogues(root) for message in _read(path)}
    entries = []
    for use in {use.key: use for use in uses(root) if use.key not in known}.values():
        context = f"msgctxt {_quoted(use.context)}\n" if use.context else ""
        plural = (
            f"msgid_plural {_quoted(use.plural)}\n" + "".join(f'msgstr[{n}] ""\n' for n in range(4))
            if use.plural
            else 'msgstr ""\n'
        )
        entries.append(f"#: {use.place}\n{context}msgid {_quoted(use.text)}\n{plural}")
    return "\n".join(entries)


def _quoted(text: str) -> str:
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n") + '"'


def main(arguments: list[str] | None = None) -> int:
    """The command line; returns 1 when `check` finds anything."""
    parser = argparse.ArgumentParser(
        prog="python -m sauga.project.messages", description="Compile, check or extract the Lithuanian texts."
    )
    parser.add_argument("what", choices=["compile", "check", "extract"])
    what = parser.parse_args(arguments).what
    if what == "compile":
        compile_texts()
        return 0
    from django.conf import settings

    if not settings.configured:
        settings.configure(USE_I18N=True)  # templatize asks for no more than this
    if what == "extract":
        print(skeleton())
        return 0
    found = problems()
    print("\n".join(found), file=sys.stderr)
    return bool(found)


if __name__ == "__main__":
    raise SystemExit(main())
