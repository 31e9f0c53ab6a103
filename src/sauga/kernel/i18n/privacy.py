"""Finding what identifies a person in free text: to warn before sending, and to redact before it is shown
more widely."""

import re
from bisect import bisect_left
from dataclasses import dataclass
from enum import StrEnum

from django.utils.translation import gettext as _

FIRST, SECOND = (1, 2, 3, 4, 5, 6, 7, 8, 9, 1), (3, 4, 5, 6, 7, 8, 9, 1, 2, 3)


class Personal(StrEnum):
    """Kinds of personal data that can be recognised by their shape."""

    PHONE = "phone"
    PERSONAL_CODE = "personal_code"
    ACCOUNT = "account"
    EMAIL = "email"
    URL = "url"
    IP = "ip"
    HANDLE = "handle"
    PLATE = "plate"
    POSTCODE = "postcode"
    STREET = "street"
    SCHOOL_CLASS = "school_class"


@dataclass(frozen=True)
class Finding:
    """One detail in a text, from `start` to before `end`.

    `certain` False means the shape fits but the check digit does not.
    """

    kind: Personal
    start: int
    end: int
    certain: bool = True


# Phone before personal code: 37060000000 looks like one. Earlier patterns win where two overlap.
# Every part that repeats has an end, so that a text made to be slow takes no longer than another of its
# length.
_UPPER = "A-ZĄČĘĖĮŠŲŪŽ"
_LOWER = "a-ząčęėįšųūž"
_NAME = rf"[{_UPPER}][{_UPPER}{_LOWER}.]{{0,40}}"
_SCHOOL = rf"(?:gimnazij|mokykl|progimnazij|licėj)[{_LOWER}]{{0,20}}"
PATTERNS = (
    (Personal.EMAIL, re.compile(r"[\w.+\-]{1,64}@[\w\-]{1,63}(?:\.[\w\-]{1,63}){1,8}")),
    (Personal.URL, re.compile(r"(?:https?://|www\.)[^\s<>\"“”„]+", re.IGNORECASE)),
    (Personal.ACCOUNT, re.compile(r"\bLT\s?\d{2}(?:\s?\d){16}\b", re.IGNORECASE | re.ASCII)),
    (Personal.PHONE, re.compile(r"(?<![\w+])(?:(?:\+|00)?370[\s\-]?|\(?[08][\s~\-]{0,"
        r"2})\(?\d{1,3}\)?(?:[\s\-]?\d){5,7}(?!\d)", re.ASCII)),
    (Personal.PHONE, re.compile(r"(?<![\w+])\+\d{1,3}(?:[\s\-]?\d){7,12}(?!\d)", re.ASCII)),
    (Personal.PHONE, re.compile(r"(?<!\w)6\d{2}[\s\-]?\d{2}[\s\-]?\d{3}(?!\w)", re.ASCII)),
    (Personal.PERSONAL_CODE, re.compile(r"(?<!\d)[1-69]\d{10}(?!\d)", re.ASCII)),
    (Personal.IP, re.compile(r"(?<![\w.])(?:\d{1,3}\.){3}\d{1,3}(?![\w.]*\d)", re.ASCII)),
    (Personal.IP, re.compile(r"(?<![\w:])(?:[0-9a-f]{1,4}:){2,7}:?[0-9a-f]{0,4}(?![\w:])", re.IGNORECASE)),
    (Personal.HANDLE, re.compile(r"(?<![\w.@])@[\w.]{2,40}")),
    (Personal.POSTCODE, re.compile(r"\bLT-\d{5}\b", re.IGNORECASE | re.ASCII)),
    (Personal.PLATE, re.compile(r"\b[A-Z]{3}[\s\-]?\d{3}\b", re.ASCII)),
    (Personal.STREET, re.compile(rf"\b(?:{_NAME}\s){{0,3}}{_NAME}\s(?:g|pr|al|"
        rf"pl)\.\s?\d{{1,4}}[A-Za-z]?(?:\s?[-–]\s?\d{{1,4}})?")),
    (Personal.SCHOOL_CLASS,
    re.compile(rf"(?:\b{_NAME}\s){{0,4}}{_SCHOOL},?\s(?:[1-9]|1[0-2])\s?[a-h]?\s?klas[{_LOWER}]+",
    re.IGNORECASE)),
    (Personal.SCHOOL_CLASS, re.compile(rf"\b(?:[1-9]|1[0-2]|I{{1,3}}|IV)\s?[a-h]\s?klas[{_LOWER}]+",
    re.IGNORECASE)),
)  # fmt: skip
NEEDED = {Personal.EMAIL: "@", Personal.HANDLE: "@", Personal.SCHOOL_CLASS: "klas"}
"""Characters that every detail of a kind contains: a text without them is not searched for that kind."""


def find_personal(text: str) -> list[Finding]:
    """Every personal detail in `text`, in order, never overlapping. By shape only: names are not found."""
    findings: list[Finding] = []
    starts: list[int] = []  # of the findings, which stay in order and never overlap
    folded = text.casefold()
    for kind, pattern in PATTERNS:
        if NEEDED.get(kind, "") not in folded:
            continue
        for match in pattern.finditer(text):
            start, end = match.span()
            place = bisect_left(starts, start)
            if (place and findings[place - 1].end > start) or (place < len(starts) and starts[place] < end):
                continue
            certain = kind is not Personal.PERSONAL_CODE or check_digit_fits(match.group())
            findings.insert(place, Finding(kind, start, end, certain))
            starts.insert(place, start)
    return findings


def redact(text: str) -> str:
    """`text` with each personal detail replaced by its kind in brackets, in the active language: „Skambink
    [telefonas]“."""
    parts, done = [], 0
    for finding in find_personal(text):
        parts += [text[done : finding.start], f"[{kind_name(finding.kind)}]"]
        done = finding.end
    return "".join([*parts, text[done:]])


def kind_name(kind: Personal) -> str:
    """A kind of personal detail in words of the active language."""
    return {
        Personal.PHONE: _("phone number"),
        Personal.PERSONAL_CODE: _("personal code"),
        Personal.ACCOUNT: _("bank account"),
        Personal.EMAIL: _("email address"),
        Personal.URL: _("web address"),
        Personal.IP: _("network address"),
        Personal.HANDLE: _("account name"),
        Personal.PLATE: _("number plate"),
        Personal.POSTCODE: _("postcode"),
        Personal.STREET: _("street address"),
        Personal.SCHOOL_CLASS: _("school class"),
    }[kind]


def check_digit_fits(code: str) -> bool:
    """Whether eleven digits end in the check digit of a Lithuanian personal code."""
    return bool(re.fullmatch(r"\d{11}", code, re.ASCII)) and check_digit(code[:-1]) == int(code[-1])


def check_digit(digits: str) -> int:
    """The digit that follows up to ten digits in Lithuanian codes of people and of organisations: weights
    1–9,1 mod 11; if 10, 3–9,1,2,3; if 10, 0."""
    for weights in (FIRST, SECOND):
        rest = sum(weight * int(digit) for weight, digit in zip(weights, digits, strict=False)) % 11
        if rest < 10:
            return rest
    return 0
