"""Reading code lists and policies: from the memory of the process, renewed at most `CHECK_EVERY` seconds
after any process changed them."""

from datetime import date, datetime

from django.utils.translation import get_language

from sauga.kernel.i18n import languages
from sauga.kernel.vocab.memory import forget, snapshot
from sauga.kernel.vocab.views import (
    PolicyView,
    TermView,
    UnknownPolicy,
    UnknownTerm,
    UnknownVocabulary,
    to_date,
)

__all__ = [
    "choices",
    "every_term",
    "forget",
    "has_term",
    "label",
    "policy",
    "policy_history",
    "term",
    "terms",
    "title",
    "vocabularies",
]


def terms(
    vocabulary: str, *, at: date | datetime | None = None, language: str | None = None
) -> list[TermView]:
    """The terms offered on the day of `at` (None: today), in their order. Raises UnknownVocabulary."""
    day = to_date(at)
    return [term for term in every_term(vocabulary, language=language) if term.is_valid(day)]


def every_term(vocabulary: str, *, language: str | None = None) -> list[TermView]:
    """All terms ever, retired ones included, in their order. Raises UnknownVocabulary."""
    held = snapshot().vocabulary(vocabulary)
    if held is None:
        raise UnknownVocabulary(vocabulary)
    return list(held.spoken(_language(language)).values())


def term(vocabulary: str, code: str, *, language: str | None = None) -> TermView:
    """One term, retired or not. Raises UnknownVocabulary or UnknownTerm."""
    held = snapshot().vocabulary(vocabulary)
    if held is None:
        raise UnknownVocabulary(vocabulary)
    if code not in held.terms:
        raise UnknownTerm(f"{vocabulary} has no {code}")
    return held.spoken(_language(language))[code]


def has_term(vocabulary: str, code: str, *, at: date | datetime | None = None) -> bool:
    """Whether the code stands in the vocabulary; with `at` also whether it is offered on that day."""
    held = snapshot().vocabulary(vocabulary)
    found = held.terms.get(code) if held else None
    return found is not None and (at is None or found.is_valid(at))


def label(vocabulary: str, code: str, language: str | None = None) -> str:
    """The code in words of the active (or given) language.

    Never raises: an unknown code reads as itself, so no page breaks over it.
    """
    held = snapshot().vocabulary(vocabulary)
    found = held.terms.get(code) if held else None
    return found.label_in(_language(language)) if found else code


def title(vocabulary: str, language: str | None = None) -> str:
    """The vocabulary's own name, or its code."""
    held = snapshot().vocabulary(vocabulary)
    if held is None:
        return vocabulary
    return (
        held.titles.get(_language(language))
        or next((text for text in held.titles.values() if text), "")
        or vocabulary
    )


def choices(
    vocabulary: str, *, at: date | datetime | None = None, language: str | None = None
) -> list[tuple[str, str]]:
    """Pairs for a form's choice field: what is offered on that day (None: today)."""
    return [(term.code, term.label) for term in terms(vocabulary, at=at, language=language)]


def vocabularies() -> list[str]:
    """The codes of all vocabularies, in order."""
    from sauga.kernel.vocab.models import Vocabulary

    return list(Vocabulary.objects.order_by("code").values_list("code", flat=True))


def policy(name: str, *, at: date | datetime | None = None) -> PolicyView:
    """The version in force on the day of `at` (None: today): the newest whose first day has come.

    Raises UnknownPolicy.
    """
    day = to_date(at)
    for version in snapshot().policy_versions(name):
        if version.valid_from is None or version.valid_from <= day:
            return version
    raise UnknownPolicy(name)


def policy_history(name: str) -> list[PolicyView]:
    """Every version, newest first."""
    return list(snapshot().policy_versions(name))


def _language(language: str | None) -> str:
    return (language or get_language() or languages.DEFAULT).partition("-")[0]
