"""Adding texts to the search index and removing them, in the transaction that publishes or withdraws them."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db import connection

from sauga.kernel import sealed
from sauga.kernel.i18n import fold, search_words
from sauga.repository.search.models import SearchEntry
from sauga.repository.search.rules import lexemes
from sauga.repository.search.rules.lexemes import LANGUAGES

ZONE = sealed.Zone.AWARENESS
LONGEST_BODY = 20_000
SHORTEST_WORD, LONGEST_WORD = 4, 40
ENTER = """
INSERT INTO repository_searchentry (
  kind, key, language, title, summary, body, type, topics, audiences, age_min, age_max, day, vector, titles)
VALUES (%s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s::tsvector, %s::tsvector)
ON CONFLICT (kind, key, language) DO UPDATE SET title = excluded.title, summary = excluded.summary,
  body = excluded.body,
  type = excluded.type, topics = excluded.topics, audiences = excluded.audiences,
    age_min = excluded.age_min, age_max = excluded.age_max,
  day = excluded.day, vector = excluded.vector, titles = excluded.titles
"""
ENTER_WORDS = """
INSERT INTO repository_searchword (language, word) SELECT %s, word FROM unnest(%s::text[]) AS word
ON CONFLICT DO NOTHING
"""
"""One parameter for all words of a text, of which there are hundreds."""


@dataclass(frozen=True, kw_only=True)
class Text:
    """A published text as the index takes it. `words` are searchable but never shown: keywords, words that
    children use.
    """

    kind: str
    key: str
    language: str
    title: str
    summary: str
    body: str
    day: date
    words: str = ""
    type: str = ""
    topics: list[str] = field(default_factory=list)
    audiences: list[str] = field(default_factory=list)
    age_min: int | None = None
    age_max: int | None = None


def add(texts: Iterable[Text]) -> int:
    """Add texts to the index, or update them. Part of the caller's transaction. Returns how many."""
    rows = list(texts)
    with connection.cursor() as cursor:
        cursor.executemany(ENTER, [_row(text) for text in rows])
        for code in sorted({text.language for text in rows} & set(LANGUAGES)):
            words = set().union(*(_words(text) for text in rows if text.language == code))
            cursor.execute(ENTER_WORDS, [code, sorted(words)])
    return len(rows)


def remove(kind: str, key: str, *, but: Iterable[str] = ()) -> None:
    """Remove a text from the index, in every language but those named. Part of the caller's transaction."""
    SearchEntry.objects.filter(kind=kind, key=key).exclude(language__in=list(but)).delete()


def _row(text: Text) -> tuple[Any, ...]:
    title, rest = f"{text.title}", f"{text.summary} {text.words} {text.body[:LONGEST_BODY]}"
    vector = lexemes.vector([(title, "A", "B"), (rest, "C", "D")], text.language, text.topics)
    titles = lexemes.vector([(title, "A", "B")], text.language, text.topics)
    return (
        text.kind,
        text.key,
        text.language,
        text.title[:255],
        text.summary,
        text.body[:LONGEST_BODY],
        text.type,
        text.topics,
        text.audiences,
        text.age_min,
        text.age_max,
        text.day,
        vector,
        titles,
    )


def _words(text: Text) -> set[str]:
    found = search_words(f"{text.title} {text.summary} {text.words} {text.body[:LONGEST_BODY]}")
    return {
        fold(word)[:LONGEST_WORD]
        for word in found
        if SHORTEST_WORD <= len(word) <= LONGEST_WORD and word.isalpha()
    }
