"""Parses a receipt as people type it: words or code, either language, capitals, commas, numbering, no
diacritics, one typing error per word."""

import re
from itertools import product
from math import prod

from sauga.kernel.sealed.errors import ReceiptUnreadable, UnreadableWhy
from sauga.kernel.sealed.primitives import crockford
from sauga.kernel.sealed.visitors.receipts import (
    CODE_CHECK_BITS,
    CODE_LETTERS,
    SECRET_BYTES,
    WORD_BITS,
    WORD_COUNT,
    Receipt,
    check_bits,
)
from sauga.kernel.sealed.visitors.wordlists import fold, near, spoken

LONGEST = 400
"""Characters. Nine words of eight letters with numbering need about 110."""
MOST_READINGS = 256
_LETTER_FOR_DIGIT = (str.maketrans("01", "oi"), str.maketrans("01", "ol"))


def parse_receipt(text: str) -> Receipt:
    """The receipt that was typed. Raises ReceiptUnreadable, which says why and which words; it never repeats
    them.

    An unclear word is settled by the check word when exactly one reading of the whole fits.
    """
    if len(text) > LONGEST:
        raise ReceiptUnreadable(UnreadableWhy.TOO_LONG)
    squeezed = crockford.squeeze(fold(text))
    if not squeezed:
        raise ReceiptUnreadable(UnreadableWhy.EMPTY)
    if len(squeezed) == CODE_LETTERS:
        return _read_code(squeezed)
    return _read_words(_split(fold(text)))


def _read_code(squeezed: str) -> Receipt:
    number = crockford.value(squeezed)
    if number is None:
        raise ReceiptUnreadable(UnreadableWhy.CHECK)
    secret = (number >> CODE_CHECK_BITS).to_bytes(SECRET_BYTES, "big")
    if number & (1 << CODE_CHECK_BITS) - 1 != check_bits(secret, CODE_CHECK_BITS):
        raise ReceiptUnreadable(UnreadableWhy.CHECK)
    return Receipt(secret)


def _split(folded: str) -> list[str]:
    """Words without their numbering ("1. obuolys", "2)morka"); digits inside a word stay, they are O, I or L
    mistyped."""
    tokens = re.findall(r"[^\W_]+", re.sub(r"(?<![^\W_])\d+[.):]", " ", folded))
    return [token for token in tokens if not token.isdecimal()]


def _read_words(tokens: list[str]) -> Receipt:
    if len(tokens) != WORD_COUNT:
        raise ReceiptUnreadable(UnreadableWhy.WORD_COUNT, found=len(tokens))
    readings = {language: [_candidates(language, token) for token in tokens] for language in spoken()}
    complete = {language: choice for language, choice in readings.items() if all(choice)}
    if not complete:
        closest = max(readings.values(), key=lambda choice: sum(map(bool, choice)))
        missed = tuple(place for place, found in enumerate(closest, 1) if not found)
        raise ReceiptUnreadable(UnreadableWhy.UNKNOWN_WORD, missed, found=len(tokens))
    fitting = [receipt for language, choice in complete.items() for receipt in _fitting(language, choice)]
    if len(set(fitting)) == 1:
        return fitting[0]
    unclear = {
        place for choice in complete.values() for place, found in enumerate(choice, 1) if len(found) > 1
    }
    if unclear:
        raise ReceiptUnreadable(UnreadableWhy.AMBIGUOUS, tuple(sorted(unclear)), found=len(tokens))
    raise ReceiptUnreadable(UnreadableWhy.CHECK, found=len(tokens))


def _candidates(language: str, token: str) -> tuple[int, ...]:
    """Word numbers; digits in the token are first taken for the letters they resemble."""
    if not token.isalpha():
        return tuple(
            dict.fromkeys(
                number for table in _LETTER_FOR_DIGIT for number in near(language, token.translate(table))
            )
        )
    return near(language, token)


def _fitting(language: str, choice: list[tuple[int, ...]]) -> list[Receipt]:
    """The readings whose check word is right."""
    found: list[Receipt] = []
    if prod(map(len, choice)) > MOST_READINGS:
        return found
    for numbers in product(*choice):
        whole = 0
        for number in numbers:
            whole = whole << WORD_BITS | number
        secret = (whole >> WORD_BITS).to_bytes(SECRET_BYTES, "big")
        if numbers[-1] == check_bits(secret, WORD_BITS):
            found.append(Receipt(secret, language))
    return found
