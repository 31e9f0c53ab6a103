"""Russian and Ukrainian typed with Latin letters ("menya obizhayut"), compared with words kept in Cyrillic.

There is no one way to write them, so both sides are reduced to what the ways have in common: `comparable` is
not for display.
"""

from sauga.kernel.i18n.phrases import plain

LETTERS = str.maketrans(
    {
        **dict(zip("абвгдезиіїйклмнопрстуфхцчшыэґё", "abvgdeziiiiklmnoprstufhccsiege", strict=True)),
        "ж": "z",
        "щ": "sc",
        "ю": "iu",
        "я": "ia",
        "є": "ie",
        "ь": "",
        "ъ": "",
    }
)
ONE_LETTER = (("kh", "h"), ("ts", "c"), ("y", "i"), ("j", "i"), ("x", "h"))
UKRAINIAN = (("g", "h"),)
"""г is h in Ukrainian, and often typed as g."""


def comparable(word: str, language: str) -> str:
    """A Cyrillic word, or the same word in Latin letters, in the form in which the two are compared.

    >>> comparable("обижают", "ru") == comparable("obizhayut", "ru")
    True
    """
    small = plain(word).translate(LETTERS)
    for written, read in (*ONE_LETTER, *(UKRAINIAN if language == "uk" else ())):
        small = small.replace(written, read)
    return plain(plain(small).replace("ie", "e"))
