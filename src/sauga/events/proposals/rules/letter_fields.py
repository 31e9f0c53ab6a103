"""Letters with fields to be filled, and texts of a blind call that must not say who wrote them."""

import re
from collections.abc import Collection, Mapping, Sequence

from django.utils.translation import ngettext

from sauga.kernel.i18n import fold

FIELDS = ("name", "title", "event", "until")
"""What a letter may name: the speaker, the proposal, the event, until when an answer is needed."""
FIELD = re.compile(r"\{([^{}]*)\}")
LEAST = 4
"""Letters of an organisation's name that is looked for."""


def minutes_words(minutes: int) -> str:
    """A duration in words."""
    return ngettext("%(n)d minute", "%(n)d minutes", minutes) % {"n": minutes}


def unknown_fields(text: str) -> list[str]:
    """Fields of a letter that cannot be filled."""
    return [name for name in FIELD.findall(text) if name not in FIELDS]


def filled(text: str, values: Mapping[str, str]) -> str:
    """The letter with its fields; what a value holds is not read for fields again."""
    return FIELD.sub(lambda found: values.get(found.group(1), found.group(0)), text)


def names_author(texts: Collection[str], *, name: str, organisation: str, address: str) -> bool:
    """Whether a text has the address, the organisation or, in any Lithuanian case, the whole name of its
    author."""
    words = re.findall(r"\w+", fold(" ".join(texts)))
    whole = " ".join(words)
    if address and fold(address) in fold(" ".join(texts)):
        return True
    held = " ".join(re.findall(r"\w+", fold(organisation)))
    if len(held) >= LEAST and f" {held} " in f" {whole} ":
        return True
    parts = [_stem(part) for part in re.findall(r"\w+", fold(name))]
    return len(parts) > 1 and (_follow(words, parts) or _follow(words, parts[::-1]))


def _follow(words: Sequence[str], stems: Sequence[str]) -> bool:
    """Whether words with these beginnings stand one after the other."""
    runs = zip(*(words[number:] for number in range(len(stems))), strict=False)
    return any(all(word.startswith(stem) for word, stem in zip(run, stems, strict=True)) for run in runs)


def _stem(part: str) -> str:
    """A name without its ending: -a, -as, -ienė become other letters in other cases."""
    return part[: max(len(part) - 2, 2)]
