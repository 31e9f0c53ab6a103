"""The texts: each language has one catalogue a package, `locale/<code>/<package>.po`, and its row; here they
are merged, compiled and checked.

`python -m sauga.project.messages compile|check|extract [language]`. Django reads
`locale/<code>/LC_MESSAGES/django.mo`, which is made here whenever a catalogue or the row is newer; it is not
kept in the repository but is part of the wheel. A language in which every page exists must have every text;
one with some journeys must have the texts of who needs help (`core_texts.py`), and no others.
"""

import argparse
import io
import os
import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_python
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

from sauga.kernel.i18n import languages
from sauga.project import core_texts

SAUGA = Path(__file__).resolve().parents[1]
LANGUAGE = languages.DEFAULT
ENGLISH = "en"
"""The language of the texts in the code."""
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
FORMS = re.compile(r"nplurals=(\d+)")
PLACEHOLDER = re.compile(r"%\((\w+)\)[sd]|\{(\w*)\}|%[sd]")
ADDRESS = "address"
"""The context of a segment of an address that is a word of the interface as well."""

type Key = tuple[str, str]


@dataclass(frozen=True)
class Use:
    """A text in the code: its context (often empty), its English words, its English plural (often empty) and
    where it stands."""

    context: str
    text: str
    plural: str
    place: str
    is_data: bool = False

    @property
    def key(self) -> Key:
        return (self.context, self.text)


def catalogues(root: Path = SAUGA, language: str = LANGUAGE) -> list[Path]:
    """The catalogues of all packages in a language, by name."""
    return sorted((root / "locale" / language).glob("*.po"))


def compiled(root: Path = SAUGA, language: str = LANGUAGE) -> Path:
    """The file that Django reads."""
    return root / "locale" / language / "LC_MESSAGES" / "django.mo"


def translated(root: Path = SAUGA) -> list[str]:
    """The languages that have catalogues."""
    return sorted({path.parent.name for path in root.glob("locale/*/*.po")})


def is_stale(root: Path = SAUGA, language: str = LANGUAGE) -> bool:
    """Whether a catalogue is newer than the compiled file, or one came or went (the folder is newer)."""
    target = compiled(root, language)
    if not target.exists():
        return True
    if any(not source.with_suffix(".mo").exists() for source in scripts(root, language)):
        return True
    made = target.stat().st_mtime_ns
    folder = root / "locale" / language
    sources = [*catalogues(root, language), *scripts(root, language), folder, folder / languages.ROW]
    return any(path.stat().st_mtime_ns > made for path in sources if path.exists())


def compile_texts(root: Path = SAUGA, language: str = LANGUAGE) -> int:
    """Merge and compile all catalogues of a language; return the number of texts.

    Written beside and renamed, so that a reader never sees half a file.
    """
    row = languages.row(language)
    merged = Catalog(locale=language, fuzzy=False)
    plurals = [("Plural-Forms", row.plurals)] if row is not None else []
    merged.mime_headers = [*plurals, ("Content-Type", "text/plain; charset=utf-8")]
    for path in catalogues(root, language):
        for message in _read(path, language):
            if message.id and not message.fuzzy:
                merged.add(message.id, message.string, context=message.context)
    for segment, words in (row.segments if row is not None else {}).items():
        merged.add(segment, words)
        merged.add(segment, words, context=ADDRESS)
    target = compiled(root, language)
    target.parent.mkdir(parents=True, exist_ok=True)
    fresh = target.with_suffix(f".{os.getpid()}.new")  # two processes may begin at once
    with fresh.open("wb") as file:
        write_mo(file, merged)
    fresh.replace(target)
    for source in scripts(root, language):
        _compile_scripts(source, language)
    return len(merged)


def scripts(root: Path = SAUGA, language: str = LANGUAGE) -> list[Path]:
    """The catalogues of texts in scripts.

    They stand in their own package, because Django asks for them package by package.
    """
    return sorted(root.glob(f"*/locale/{language}/LC_MESSAGES/djangojs.po"))


def _compile_scripts(source: Path, language: str) -> None:
    fresh = source.with_suffix(".new")
    with fresh.open("wb") as file:
        write_mo(file, _read(source, language))
    fresh.replace(source.with_suffix(".mo"))


def compile_if_stale(root: Path = SAUGA) -> None:
    """Compile when needed; an installed wheel that cannot be written carries its compiled files already."""
    for language in translated(root):
        if is_stale(root, language):
            try:
                compile_texts(root, language)
            except PermissionError:
                if not compiled(root, language).exists():
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


def problems(root: Path = SAUGA, language: str = LANGUAGE) -> list[str]:
    """What is wrong with the texts of a language, a line each: missing, empty, fuzzy, unused, contradicting,
    placeholders that are not those of the English, a wrong number of plural forms."""
    found: list[str] = []
    known: dict[Key, tuple[str, object]] = {}
    for path in catalogues(root, language):
        for message in _read(path, language):
            if not message.id:
                continue
            key = _key(message)
            found += [f"{language}/{path.name}: {fault}: {key[1]!r}" for fault in _faults(message, language)]
            if key in known and known[key][1] != message.string and _is_complete(message):
                found.append(f"{language}/{path.name}: translated differently in {known[key][0]}: {key[1]!r}")
            known[key] = (path.name, message.string)
    used = {use.key: use for use in needed(root, language)}
    theirs = _of_libraries(language) if used.keys() - known.keys() else set()
    row = languages.row(language)
    name = row.english_name if row is not None else language
    found += [
        f"{use.place}: no {name}: {use.text!r}"
        for key, use in used.items()
        if key not in known and key not in theirs and not _is_segment(key, row)
    ]
    # A catalogue may complete what Django and allauth leave in English; their own texts count as used.
    everywhere = used if row is None or row.is_whole else {use.key: use for use in every_use(root)}
    spare = known.keys() - everywhere.keys()
    theirs = _of_libraries(ENGLISH) if spare else set()
    found += [f"{language}/{known[key][0]}: unused: {key[1]!r}" for key in sorted(spare) if key not in theirs]
    return found


def needed(root: Path, language: str) -> Iterator[Use]:
    """The texts that a language must have: all of them where every page exists in it, else those that
    a person in need meets."""
    row = languages.row(language)
    if row is None or row.is_whole:
        yield from uses(root)
    elif row.is_public:
        yield from (use for use in every_use(root) if core_texts.is_needed(use.place) or use.is_data)


def every_use(root: Path) -> Iterator[Use]:
    """Every text in the code, and those that are kept as data."""
    yield from uses(root)
    for context, words, place in core_texts.of_data(root):
        yield Use(context, words, "", place, is_data=True)


def _is_segment(key: Key, row: languages.Language | None) -> bool:
    return row is not None and key[0] in {"", ADDRESS} and key[1] in row.segments


def _faults(message: Message, language: str) -> Iterator[str]:
    texts = [str(text or "") for text in _each(message.string)]
    english = [str(text) for text in _each(message.id)]
    if message.fuzzy:
        yield "fuzzy"
    if not _is_complete(message):
        yield "empty"
        return
    if not _placeholders(*texts) <= _placeholders(*english):
        yield "placeholders that the English does not have"
    elif language != LANGUAGE and not _placeholders(english[-1]) <= _placeholders(texts[-1]):
        yield "placeholders of the English are missing"
    row = languages.row(language)
    forms = int(found[1]) if row is not None and (found := FORMS.match(row.plurals)) else len(texts)
    if len(english) > 1 and len(texts) != forms:
        yield f"{len(texts)} plural forms instead of {forms}"


def _is_complete(message: Message) -> bool:
    return all(_each(message.string))


def _each(texts: Any) -> tuple[Any, ...]:
    return tuple(texts) if isinstance(texts, tuple | list) else (texts,)


def _read(path: Path, language: str = LANGUAGE) -> Catalog:
    with path.open("rb") as file:
        return read_po(file, locale=language)


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
    """Texts of Django, allauth and the editors' tool: with "en" all of them, with another language those that
    they bring in it themselves."""
    import allauth
    import django
    import wagtail

    known: set[Key] = set()
    for package in (django, allauth, wagtail):
        for path in Path(str(package.__file__)).parent.rglob(f"locale/{language}/LC_MESSAGES/django.po"):
            with path.open("rb") as file:
                for message in read_po(file, locale=language, abort_invalid=False):
                    done = all(message.string) if isinstance(message.string, tuple | list) else message.string
                    if message.id and (language == ENGLISH or (done and not message.fuzzy)):
                        known.add(_key(message))
    return known


def skeleton(root: Path = SAUGA, language: str = LANGUAGE) -> str:
    """The texts that no catalogue of a language has yet, as entries to paste into one."""
    row = languages.row(language)
    known = {_key(message) for path in catalogues(root, language) for message in _read(path, language)}
    forms = int(found[1]) if row is not None and (found := FORMS.match(row.plurals)) else 4
    entries = []
    missing = (
        use for use in needed(root, language) if use.key not in known and not _is_segment(use.key, row)
    )
    for use in {use.key: use for use in missing}.values():
        context = f"msgctxt {_quoted(use.context)}\n" if use.context else ""
        plural = (
            f"msgid_plural {_quoted(use.plural)}\n" + "".join(f'msgstr[{n}] ""\n' for n in range(forms))
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
        prog="python -m sauga.project.messages", description="Compile, check or extract the texts."
    )
    parser.add_argument("what", choices=["compile", "check", "extract"])
    parser.add_argument("language", nargs="?", default=LANGUAGE, help="for extract: of which language")
    given = parser.parse_args(arguments)
    if given.what == "compile":
        for language in translated():
            compile_texts(language=language)
        return 0
    from django.conf import settings

    if not settings.configured:
        settings.configure(USE_I18N=True)  # templatize asks for no more than this
    if given.what == "extract":
        print(skeleton(language=given.language))
        return 0
    found = [fault for language in translated() for fault in problems(language=language)]
    print("\n".join(found), file=sys.stderr)
    return bool(found)


if __name__ == "__main__":
    raise SystemExit(main())
