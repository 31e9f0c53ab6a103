"""Lithuanian order as bytes: store `sort_key(text)` and `ORDER BY sort_key, id`, because the embedded server
has no ICU."""

import unicodedata

from django.db.models import Func, TextField, Value
from django.db.models.expressions import Combinable
from django.db.models.functions import Collate

from sauga.kernel.i18n.normal import normalised

LETTERS = "abcčdefghijklmnopqrsštuvwxzž"
RANKS = {letter: (1000 + rank, 0) for rank, letter in enumerate(LETTERS)}
RANKS |= {variant: (RANKS[plain][0], place) for variant, plain, place in (
    ("ą", "a", 1), ("ę", "e", 1), ("ė", "e", 2), ("į", "i", 1), ("y", "i", 2), ("ų", "u", 1), ("ū", "u", 2),
)}  # fmt: skip
OTHER_ACCENT = 9
OTHER_CHARACTER, DIGITS, OTHER_SCRIPTS = 1, 500, 5000


def sort_key(text: str) -> bytes:
    """Bytes whose order is the Lithuanian order of the texts: letters first, then plain before variant, then
    small before capital.

    Agrees with ICU's `lt` collation (docs/develop/i18n.md): y and į stand with i, č š ž are letters of their
    own, digits count digit by digit, other scripts come last.
    """
    ranks, variants, cases = bytearray(), bytearray(), bytearray()
    for character in normalised(text):
        if unicodedata.combining(character):
            if variants:
                variants[-1] = OTHER_ACCENT + 1
            continue
        small = character.lower()
        rank, variant = _rank(small)
        ranks += rank.to_bytes(3, "big")
        variants.append(variant + 1)
        cases.append((small != character) + 1)
    return bytes(ranks + b"\0\0\0" + variants + b"\0" + cases)


_FIRST = "".join(letter + letter.upper() for letter in RANKS)
_TO = "".join(chr(ord("a") + RANKS[letter][0] - 1000) * 2 for letter in RANKS)


def lithuanian_order(expression: Combinable) -> Collate:
    """SQL that sorts a text by its letters as `sort_key` ranks them (variants and capitals together): for
    lists sorted when asked.

    Where a list always stands in this order, store `sort_key` instead: this has no index.
    """
    return Collate(
        Func(expression, Value(_FIRST), Value(_TO), function="translate", output_field=TextField()), "C"
    )


def _rank(small: str) -> tuple[int, int]:
    if small in RANKS:
        return RANKS[small]
    if small.isdecimal():
        return DIGITS + unicodedata.decimal(small), 0
    plain = normalised(small, "NFD")[0]
    if plain in RANKS:
        return RANKS[plain][0], OTHER_ACCENT
    if small.isalpha():
        return OTHER_SCRIPTS + ord(small[0]), 0
    return OTHER_CHARACTER, 0


def index_letter(text: str) -> str:
    """The heading under which `text` stands in an A–Ž index: Ą under A, Ę and Ė under E, Į and Y under I, Ų
    and Ū under U.

    "0–9" for digits, "#" for anything that is not a Latin letter.
    """
    for character in normalised(text):
        rank, _ = _rank(character.lower())
        if 1000 <= rank < OTHER_SCRIPTS:
            return LETTERS[rank - 1000].upper()
        if DIGITS <= rank < 1000:
            return "0–9"
        if rank >= OTHER_SCRIPTS:
            return "#"
    return "#"
