"""Whether a text is written in Lithuanian or in English, by its most frequent small words and its letters.

Made to notice that a translation still holds the original, not to name any language: a text of few words, or
of neither, has no answer.
"""

import re

WORD = re.compile(r"[^\W\d_]+")
LITHUANIAN = (
    "ir kad yra su iš į apie ar bet jei kai kaip tai tik dar jau nuo iki per prie už be dėl ne nėra "
    "kas ką kur tu tau tavo mes mums "
    "jis ji jie jų jūs jums savo visi kiekvienas gali galima reikia čia taip labai arba nes todėl šis "
    "ši tas ta būti buvo bus"
)
ENGLISH = (
    "the and of to is are was were be been that this these those with from for not you your we our "
    "they their it its he she his her "
    "what which who when where how why if but or as at by on an have has had will would can could "
    "should do does did"
)
SMALL_WORDS = {"lt": frozenset(LITHUANIAN.split()), "en": frozenset(ENGLISH.split())}
LITHUANIAN_LETTERS = frozenset("ąčęėįšųūž")
MOST_WORDS = 2000
FEWEST_MARKS = 2
CLEARLY = 2
"""One language must have this many times the marks of the other."""


def written_in(text: str) -> str:
    """`lt` or `en`; empty where the text does not tell.

    >>> written_in("Kalbėkis su vaiku apie tai, kas vyksta internete.")
    'lt'
    >>> written_in("Talk with your child about what happens online.")
    'en'
    >>> written_in("Instagram 2026")
    ''
    """
    words = [
        found.group(0).lower() for _n, found in zip(range(MOST_WORDS), WORD.finditer(text), strict=False)
    ]
    marks = {language: sum(word in small for word in words) for language, small in SMALL_WORDS.items()}
    marks["lt"] += sum(not LITHUANIAN_LETTERS.isdisjoint(word) for word in words)
    first, other = sorted(marks, key=lambda language: marks[language], reverse=True)
    clear = marks[first] >= FEWEST_MARKS and marks[first] >= CLEARLY * marks[other]
    return first if clear else ""
