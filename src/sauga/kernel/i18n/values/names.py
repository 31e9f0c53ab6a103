"""Calling a person by name in Lithuanian, and the names of languages."""

from collections.abc import Mapping
from typing import Literal

from babel import Locale, UnknownLocaleError

from sauga.kernel.i18n import languages
from sauga.kernel.i18n.normal import normalised

ALPHABET = frozenset("aąbcčdeęėfghiįyjklmnoprsštuųūvzž")
VOWELS = frozenset("aąeęėiįyouųū")
ENDINGS = (("ius", "iau"), ("us", "au"), ("as", "ai"), ("ys", "y"), ("is", "i"), ("ė", "e"), ("a", "a"))
FOREIGN_ENDINGS = ("ias", "jas")


def vocative(name: str, exceptions: Mapping[str, str] | None = None) -> str | None:
    """The form in which a Lithuanian is called: Jonas → „Jonai“. None when the rules cannot tell; then greet
    without a name.

    `exceptions` (name in small letters → form) are the staff's and come first. Never call it with a chat
    nickname.
    """
    word = normalised(name.strip())
    small = word.lower()
    if exceptions and small in exceptions:
        return exceptions[small]
    if not small or not ALPHABET.issuperset(small) or small.endswith(FOREIGN_ENDINGS):
        return None
    for ending, called in ENDINGS:
        if small.endswith(ending):
            stem = small.removesuffix(ending)
            return (stem + called).capitalize() if VOWELS.intersection(stem) else None
    return None


def greeting(
    name: str = "", *, to: Literal["child", "adult"], exceptions: Mapping[str, str] | None = None
) -> str:
    """The Lithuanian salutation of a letter or mail: „Labas, Jonai!“ to a child, „Laba diena, Jonai!“ to an
    adult, bare where unsure."""
    hello = "Labas" if to == "child" else "Laba diena"
    called = vocative(name, exceptions)
    return f"{hello}, {called}!" if called else f"{hello}!"


def language_name(code: str, *, own: bool = False) -> str:
    """A language's name in the active language, or in itself with `own` (for a language switch).

    Unknown codes come back as they are.
    """
    try:
        locale = Locale.parse(code, sep="-")
    except (UnknownLocaleError, ValueError):
        return code
    shown = locale.get_display_name(None if own else languages.active().code)
    return (shown[:1].upper() + shown[1:]) if own and shown else shown or code
