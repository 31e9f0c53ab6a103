"""Finds what identifies a person in a text: to warn a child before sending, and to redact texts for review.

The shapes (telephones, codes, addresses) come from `kernel.i18n`; here are names, places, schools and what
children write carelessly.
"""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from pathlib import Path

from django.utils.translation import pgettext

from sauga.helpline.line.rules.declension import forms, small_forms
from sauga.kernel.i18n import Personal, find_personal, fold

DATA = Path(__file__).parents[2] / "data" / "redaction_words.json"


class Kind(StrEnum):
    """What is hidden."""

    PERSONAL_CODE = "personal_code"
    PHONE = "phone"
    EMAIL = "email"
    ACCOUNT = "account"
    PLATE = "plate"
    POSTCODE = "postcode"
    LINK = "link"
    HANDLE = "handle"
    SCHOOL = "school"
    STREET = "street"
    PLACE = "place"
    NAME = "name"


@dataclass(frozen=True)
class Found:
    """One thing to hide, from `start` to before `end`."""

    kind: Kind
    start: int
    end: int


SHAPES = {
    Personal.PHONE: Kind.PHONE,
    Personal.PERSONAL_CODE: Kind.PERSONAL_CODE,
    Personal.ACCOUNT: Kind.ACCOUNT,
    Personal.EMAIL: Kind.EMAIL,
    Personal.URL: Kind.LINK,
    Personal.IP: Kind.LINK,
    Personal.HANDLE: Kind.HANDLE,
    Personal.PLATE: Kind.PLATE,
    Personal.POSTCODE: Kind.POSTCODE,
    Personal.STREET: Kind.STREET,
    Personal.SCHOOL_CLASS: Kind.SCHOOL,
}
WORD = re.compile(r"[^\W\d_]+")
_UP, _LOW = "A-ZĄČĘĖĮŠŲŪŽ", "a-ząčęėįšųūž"
# Every part that repeats has an end, so that a text made to be slow takes no longer than
# another of its length.
_NAME = rf"[{_UP}][{_UP}{_LOW}]{{1,40}}"
_REST = r"\w{0,20}"
_SCHOOL = rf"(?:pro)?gimnazij{_REST}|mokykl{_REST}|lic[ėe]j{_REST}|kolegij{_REST}|(?:vaikų\s)?daržel{_REST}"
_APPS = (
    rf"(?:insta|snap|tik\s?tok|discord|telegram|steam|roblox|messenger|facebook|nick|nik|vartotoj){_REST}|"
    rf"ig|dc|fb"
)
_NUMBER = r"\d{1,4}\s?[A-Za-z]?(?:\s?[-–]\s?\d{1,4})?"
_HOSTS = "lt|com|net|org|eu|gg|ly|io|tv|me|example|invalid|test"
_AT = r"(?:\(at\)|\[at\]|\beta\b|\bat\b)"
_DOT = r"(?:\.|\staškas\s|\sdot\s)"
_STREET = r"(?:g\.|gatv\w{1,20}|pr\.|prospekt\w{1,20}|al\.|alėj\w{1,20}|pl\.|skg\.)"
_SURNAME = (
    rf"(?:ien[ėe]|ait[ėe]|yt[ėe]|ut[ėe])\w?|[aiy]?ausk[{_LOW}]{{1,10}}|insk(?:as|o|ą|ui)|"
    rf"[ae]vičiu\w{{1,10}}|aiči[ou]{_REST}"
    "|aitis|ėnas|onis"
)
_USER = r"[a-z][a-z0-9]*(?:[._][a-z0-9]+)*(?:_[a-z0-9]+|[a-z]{2}\d{2,4})_?"
PATTERNS = (
    (Kind.ACCOUNT, re.compile(r"\b[A-Z]{2}\d{2}(?:\s?[A-Z0-9]{4}){3,7}(?:\s?[A-Z0-9]{1,3})?\b")),
    (Kind.PHONE, re.compile(r"(?<![\w+])(?:\+?370|00370|8|0)?[\s\-.(]{0,4}6\)?(?:[\s\-.)]{0,4}\d){7}(?!\d)",
    re.ASCII)),
    (Kind.PHONE, re.compile(r"(?<![\w+])\(?[08][\s\-]?[345]\d{0,2}\)?(?:[\s\-]?\d){5,7}(?!\d)", re.ASCII)),
    (Kind.PERSONAL_CODE, re.compile(r"(?<!\d)[1-69]\d{2}[\s\-]?\d{4}[\s\-]?\d{4}(?!\d)", re.ASCII)),
    (Kind.EMAIL, re.compile(rf"(?<![\w.+\-])[\w.+\-]{{2,200}}\s?{_AT}\s?[\w\-]{{2,63}}{_DOT}\w{{2,8}}",
    re.IGNORECASE)),
    (Kind.LINK, re.compile(rf"(?<![\w@.\-])[\w\-]{{2,63}}(?:\.[\w\-]{{2,"
        rf"63}}){{0,8}}\.(?:{_HOSTS})\b(?:/\S*)?")),
    (Kind.PLATE, re.compile(r"\b[A-Z]{3}[\s\-]?\d{3}\b|"
        r"(?<=numeris\s)[a-z]{3}\s?\d{3}\b|"
        r"(?<=numeriai\s)[a-z]{3}\s?\d{3}\b")),
    (Kind.POSTCODE, re.compile(r"\bLT[\s\-]?\d{5}\b|(?<=kodas\s)\d{5}\b|(?<=indeksas\s)\d{5}\b",
    re.IGNORECASE)),
    (Kind.HANDLE, re.compile(r"\b[\w.]{2,32}#\d{4}\b")),
    (Kind.HANDLE, re.compile(rf"(?<=\s)(?=[\w.]{{1,64}}(?![\w.]))(?!(?:{_APPS})\b){_USER}(?![\w.]*\w)",
    re.IGNORECASE)),
    (Kind.SCHOOL, re.compile(rf"(?:„[^“]{{2,40}}“\s|(?:{_NAME}\.?\s|[{_UP}]\.\s?){{1,"
        rf"4}}(?:[{_LOW}]{{1,40}}\s)?)(?:{_SCHOOL})")),
    (Kind.SCHOOL, re.compile(rf"\b\d{{1,3}}(?:-?\w{{1,4}})?\s(?:(?:vidurin|"
        rf"pagrindin)\w{{1,20}}\s)?(?:{_SCHOOL})")),
    (Kind.SCHOOL, re.compile(rf"\b(?:{_SCHOOL})\s[Nn]r\.?\s?\d+")),
    (Kind.SCHOOL, re.compile(rf"(?:{_SCHOOL})\s„[^“]{{2,40}}“")),
    (Kind.SCHOOL, re.compile(r"\b(?:[1-9]|1[0-2])\s?[a-h]\s?klas\w{1,20}", re.IGNORECASE)),
    (Kind.STREET, re.compile(rf"\b(?:{_NAME}\s){{1,3}}{_STREET}(?:\s?{_NUMBER})?")),
    (Kind.STREET, re.compile(rf"\b[{_LOW}]{{4,40}}\s(?:g\.?|gatv\w{{1,20}}|pr\.|al\.)\s{_NUMBER}")),
    (Kind.NAME, re.compile(rf"\b[{_UP}][{_LOW}]{{1,30}}(?:{_SURNAME})\b")),
    (Kind.NAME, re.compile(rf"\b(?:Mr|Mrs|Ms|Miss|Sir)\.?\s[{_UP}][{_LOW}]+")),
)  # fmt: skip
APP_NAME = re.compile(
    rf"\b(?:{_APPS})\s?(?:yra|mano|jo|jos|vardas|is|name)?\s?[:=\-]?\s?([\w.]{{3,32}})", re.IGNORECASE
)
NOT_HANDLES = {"covid19", "windows10", "windows11", "gta5", "mp3", "cs2", "fifa23", "fifa24", "web3"}


def found(text: str) -> list[Found]:
    """Everything to hide in `text`, in order, never overlapping; touching or nested finds become one."""
    spans = list(_words(text))  # first, so that a town which looks like a surname is a town
    spans += [Found(SHAPES[finding.kind], finding.start, finding.end) for finding in find_personal(text)]
    spans += [Found(kind, *match.span()) for kind, pattern in PATTERNS for match in pattern.finditer(text)]
    spans += [
        Found(Kind.HANDLE, *match.span(1))
        for match in APP_NAME.finditer(text)
        if re.search(r"[\d_.]\w", match.group(1))
    ]
    spans = [span for span in spans if fold(text[span.start : span.end]) not in NOT_HANDLES]
    return _merged(spans, text)


def redacted(text: str) -> str:
    """`text` with its finds replaced by their kind in brackets, in the active language."""
    parts, done = [], 0
    for span in found(text):
        parts += [text[done : span.start], f"[{kind_name(span.kind)}]"]
        done = span.end
    return "".join([*parts, text[done:]])


def kind_name(kind: Kind) -> str:
    """A kind in words of the active language."""
    return {
        Kind.PERSONAL_CODE: pgettext("hidden", "personal code"),
        Kind.PHONE: pgettext("hidden", "phone number"),
        Kind.EMAIL: pgettext("hidden", "email address"),
        Kind.ACCOUNT: pgettext("hidden", "bank account"),
        Kind.PLATE: pgettext("hidden", "number plate"),
        Kind.POSTCODE: pgettext("hidden", "postcode"),
        Kind.LINK: pgettext("hidden", "web address"),
        Kind.HANDLE: pgettext("hidden", "account name"),
        Kind.SCHOOL: pgettext("hidden", "school"),
        Kind.STREET: pgettext("hidden", "street"),
        Kind.PLACE: pgettext("hidden", "place"),
        Kind.NAME: pgettext("hidden", "name"),
    }[kind]


def _words(text: str) -> Iterator[Found]:
    """Names and places, word by word; a capitalised word after a name is taken for a surname."""
    words = list(WORD.finditer(text))
    folded, last_name, before, plain = cache(fold), -2, "", ""
    for n, match in enumerate(words):
        word = match.group()
        before, plain = plain, folded(word)
        follows = n and text[words[n - 1].end() : match.start()] == " "
        kind = _kind_of(plain, before in _announce(), capital=word[0].isupper())
        if kind:
            yield Found(kind, *match.span())
        if kind is Kind.NAME:
            last_name = n
        elif last_name == n - 1 and follows and word[:1].isupper() and len(word) > 3:
            yield Found(Kind.NAME, *match.span())
    for pair in _data()["two_words"].split("|"):
        yield from (
            Found(Kind.PLACE, *match.span()) for match in re.finditer(re.escape(pair), text, re.IGNORECASE)
        )


def _kind_of(plain: str, announced: bool, *, capital: bool) -> Kind | None:
    fits = [
        kind
        for kind, table in ((Kind.NAME, _names()), (Kind.PLACE, _places()))
        if plain in table and (capital or not table[plain] or (announced and kind is Kind.NAME))
    ]
    return fits[0 if announced else -1] if fits else None  # Nida and Neringa are both


def _merged(spans: list[Found], text: str) -> list[Found]:
    """One span where several overlap, or where a name, school or street continues after a space."""
    merged: list[Found] = []
    for span in sorted(spans, key=lambda s: (s.start, -s.end)):
        last = merged[-1] if merged else None
        joined = last and last.kind == span.kind and text[last.end : span.start] in ("", " ")
        if last and (span.start < last.end or joined):
            merged[-1] = Found(last.kind, last.start, max(last.end, span.end))
        else:
            merged.append(span)
    return merged


@cache
def _data() -> dict[str, str]:
    return dict(json.loads(DATA.read_text()))


@cache
def _announce() -> frozenset[str]:
    return frozenset(fold(word) for word in _data()["announce"].split())


@cache
def _names() -> dict[str, bool]:
    """Every form of every name, folded, and whether it is an ordinary word as well (then a small
    letter is no name).
    """
    unsure = {fold(name) for name in _data()["also_words"].split()}
    table: dict[str, bool] = {}
    for name in _data()["names"].split():
        for form in (*forms(name), *small_forms(name)):
            table[fold(form)] = table.get(fold(form), False) or fold(name) in unsure or len(form) < 4
    for name in _data()["other_names"].split():
        table[fold(name)] = fold(name) in unsure or name.isascii() or len(name) < 4
    return table


@cache
def _places() -> dict[str, bool]:
    unsure = {fold(name) for name in _data()["place_words"].split()}
    table: dict[str, bool] = {}
    for name in _data()["places"].split():
        for plural in (False, True):
            for form in forms(name, plural=plural):
                table[fold(form)] = table.get(fold(form), False) or fold(name) in unsure or len(form) < 5
    return table
