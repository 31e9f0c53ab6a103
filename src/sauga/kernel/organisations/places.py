"""Municipalities and countries by their ISO 3166 codes, from data."""

import csv
from functools import cache
from importlib.resources import files

from babel import Locale
from django.utils.translation import get_language

from sauga.kernel.i18n import sort_key

HOME = "LT"


@cache
def _municipalities() -> dict[str, tuple[str, str]]:
    text = files(__package__).joinpath("data/municipalities.csv").read_text(encoding="utf-8-sig")
    return {row["code"]: (row["name_lt"], row["name_en"]) for row in csv.DictReader(text.splitlines())}


def municipalities() -> list[tuple[str, str]]:
    """Codes (ISO 3166-2) and names in the page's language, in its alphabet."""
    return list(_in_order(is_english=get_language() == "en"))


@cache
def _in_order(*, is_english: bool) -> tuple[tuple[str, str], ...]:
    named = ((code, names[is_english]) for code, names in _municipalities().items())
    return tuple(sorted(named, key=lambda pair: sort_key(pair[1])))


def municipality_name(code: str) -> str:
    """The name in the page's language; the code itself where it is not known."""
    names = _municipalities().get(code)
    if names is None:
        return code
    return names[get_language() == "en"]


def short_municipality_name(code: str) -> str:
    """„Akmenės r. sav.“, “Akmenė District”."""
    name = municipality_name(code)
    if get_language() == "en":
        return name.removesuffix(" Municipality")
    for whole, short in (
        ("rajono savivaldybė", "r. sav."),
        ("miesto savivaldybė", "m. sav."),
        ("savivaldybė", "sav."),
    ):
        if name.endswith(whole):
            return name.removesuffix(whole) + short
    return name


def municipality_names() -> list[tuple[str, str]]:
    """Codes and names in every language, for reading what people wrote."""
    return [(code, name) for code, names in _municipalities().items() for name in names]


def is_municipality(code: str) -> bool:
    """Whether there is such a municipality."""
    return code in _municipalities()


@cache
def _counties() -> dict[str, str]:
    text = files(__package__).joinpath("data/municipalities.csv").read_text(encoding="utf-8-sig")
    return {row["code"]: row["county_code"] for row in csv.DictReader(text.splitlines())}


def county_of(code: str) -> str:
    """The county (ISO 3166-2) in which a municipality lies; the code itself where it is not known."""
    return _counties().get(code, code)


@cache
def _countries(language: str) -> dict[str, str]:
    territories = Locale.parse(language).territories
    return {code: str(name) for code, name in territories.items() if len(code) == 2 and code.isalpha()}


def countries() -> list[tuple[str, str]]:
    """Codes (ISO 3166-1) and names in the page's language, Lithuania first."""
    named = _countries(_language())
    rest = sorted(
        ((code, name) for code, name in named.items() if code != HOME), key=lambda p: sort_key(p[1])
    )
    return [(HOME, named[HOME]), *rest]


def country_name(code: str) -> str:
    """The name in the page's language; the code itself where it is not known."""
    return _countries(_language()).get(code, code)


def is_country(code: str) -> bool:
    """Whether there is such a country."""
    return code in _countries("en")


def _language() -> str:
    return "en" if get_language() == "en" else "lt"
