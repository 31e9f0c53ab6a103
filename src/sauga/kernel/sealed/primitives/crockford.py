"""Numbers written in Crockford's letters, for codes that people copy by hand or read aloud
(https://www.crockford.com/base32.html)."""

from sauga.kernel.ids.references import ALIKE, ALPHABET

BITS = 5
_VALUE = {letter: value for value, letter in enumerate(ALPHABET)}


def spell(number: int, letters: int, group: int) -> str:
    """`number` in so many letters, most significant first, in groups joined by hyphens."""
    text = "".join(ALPHABET[(number >> (BITS * place)) & 31] for place in reversed(range(letters)))
    return "-".join(text[i : i + group] for i in range(0, letters, group))


def squeeze(typed: str) -> str:
    """What was typed without spaces and hyphens, in capitals, with O read as 0 and I and L as 1."""
    return "".join(c for c in typed.upper() if c.isalnum()).translate(ALIKE)


def value(squeezed: str) -> int | None:
    """The number that the letters spell, None when one of them is not in the alphabet."""
    number = 0
    for letter in squeezed:
        if letter not in _VALUE:
            return None
        number = number << BITS | _VALUE[letter]
    return number
