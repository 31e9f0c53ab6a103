"""Texts that are kept as data, by language: labels of code lists, cards of help.

Staff keep them in the languages of the desk. For a language with some journeys they are translated in
its catalogue, by their English words; when staff change those words, the translation no longer counts.
"""

from collections.abc import Mapping

from django.utils.translation import override, pgettext

from sauga.kernel.i18n import languages
from sauga.kernel.i18n.foreign import Foreign


def in_words(context: str, kept: Mapping[str, str], language: str) -> str:
    """A text in a language: as it is kept, or translated, or else in the first other language that it is kept
    in, which it then carries. Empty where it is kept in none.
    """
    if kept.get(language):
        return kept[language]
    row = languages.row(language)
    if row is None or row.is_whole:
        return next((text for text in kept.values() if text), "")
    source = kept.get(languages.SOURCE, "")
    if source:
        with override(row.code):
            said = pgettext(context, source)
        if said != source:
            return said
    return next((Foreign(kept[code], code) for code in (*row.instead, *kept) if kept.get(code)), "")
