"""Entering texts into search, in the transaction of whoever publishes or takes down; and the words of children that mean a topic."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.db import connection, transaction
from django.utils.translation import gettext_lazy as _

from sauga.kernel import audit, sealed, vocab
from sauga.kernel.i18n import fold, search_stems, search_words
from sauga.kernel.identity import require
from sauga.kernel.refusals import ActionRefused
from sauga.kernel.states import Actor
from sauga.repository import blocks
from sauga.repository.models import ChildWords, Resource, SearchEntry, SearchWord
from sauga.repository.models.resource import LANGUAGES
from sauga.repository.rules import distress, searching
from sauga.repository.rules.permissions import Permission
from sauga.repository.trail import Trail

ZONE = sealed.Zone.AWARENESS
RESOURCE = "resource"
LONGEST_BODY = 20_000
SHORTEST_WORD, LONGEST_WORD = 4, 40
ENTER = """
INSERT INTO repository_searchentry (
  kind, key, language, title, summary, body, type, topics, audiences, age_min, age_max, day, vector, titles)
VALUES (%s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s::tsvector, %s::tsvector)
ON CONFLICT (kind, key, language) DO UPDATE SET title = excluded.title, summary = excluded.summary, body = excluded.body,
  type = excluded.type, topics = excluded.topics, audiences = excluded.audiences, age_min = excluded.age_min, age_max = excluded.age_max,
  day = excluded.day, vector = excluded.vector, titles = excluded.titles
"""


class PhraseRefused(ActionRefused):
    """The phrase has no letters, is too long, or the topic does not exist."""

    message = _("Write at least one word that counts, without “and”, “or”, “is”.")
    field = "phrase"


@dataclass(frozen=True, kw_only=True)
class Text:
    """A published text as search takes it. `words` are found and never shown: keywords, what children say."""

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


def enter(texts: Iterable[Text]) -> int:
    """Enter texts, or what they say now. Part of the caller's transaction. Returns how many."""
    rows = list(texts)
    with connection.cursor() as cursor:
        cursor.executemany(ENTER, [_row(text) for text in rows])
    seen = {(text.language, word) for text in rows if text.language in LANGUAGES for word in _words(text)}
    SearchWord.objects.bulk_create([SearchWord(language=code, word=word) for code, word in sorted(seen)], ignore_conflicts=True)
    return len(rows)


def leave(kind: str, key: str, *, but: Iterable[str] = ()) -> None:
    """Take a text out of search, in every language but those named. Part of the caller's transaction."""
    SearchEntry.objects.filter(kind=kind, key=key).exclude(language__in=list(but)).delete()


def settle_resource(resource: Resource) -> None:
    """Enter a resource that everybody may see, and take out one that nobody may see any more. Part of the caller's transaction."""
    public = resource.is_live() and resource.sensitivity != "restricted" and resource.revision_of_id is None
    texts = [_of(resource, code) for code in LANGUAGES if (resource.title or {}).get(code)] if public else []
    enter(texts)
    leave(RESOURCE, resource.ref, but=[text.language for text in texts])


def _of(resource: Resource, code: str) -> Text:
    keywords = " ".join((resource.keywords or {}).get(code) or [])
    return Text(
        kind=RESOURCE,
        key=resource.ref,
        language=code,
        title=resource.title[code],
        summary=(resource.abstract or {}).get(code) or "",
        body=blocks.words((resource.body or {}).get(code) or []),
        words=f"{keywords} {_labels(resource, code)}",
        day=(resource.published_at or resource.modified_at).date(),
        type=resource.type,
        topics=resource.topics,
        audiences=resource.audiences,
        age_min=resource.age_min,
        age_max=resource.age_max,
    )


def _labels(resource: Resource, code: str) -> str:
    """Names of its topics and of its type: somebody who types “plakatas” looks for posters."""
    named: list[tuple[str, str]] = [("resource_types", resource.type), *(("topics", topic) for topic in resource.topics)]
    return " ".join(vocab.label(vocabulary, one, code) for vocabulary, one in named if vocab.has_term(vocabulary, one))


def _row(text: Text) -> tuple[Any, ...]:
    title, rest = f"{text.title}", f"{text.summary} {text.words} {text.body[:LONGEST_BODY]}"
    vector = searching.vector([(title, "A", "B"), (rest, "C", "D")], text.language, text.topics)
    titles = searching.vector([(title, "A", "B")], text.language, text.topics)
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
    return {fold(word)[:LONGEST_WORD] for word in found if SHORTEST_WORD <= len(word) <= LONGEST_WORD and word.isalpha()}


def add_words(*, by: Actor, language: str, phrase: str, topic: str, at: datetime) -> ChildWords:
    """Words of a child that mean a topic from now on. Raises PhraseRefused."""
    require(by, Permission.KEEP_WORDS)
    with transaction.atomic():
        row = _keep(language, phrase, topic)
        audit.record(by, Trail.WORDS_CHANGED, None, zone=ZONE, at=at, facts={"topic": topic, "what": "added"})
    return row


def edit_words(*, by: Actor, row: ChildWords, phrase: str, topic: str, at: datetime) -> ChildWords:
    """Other words, or another topic, in the place of these, which are put aside. Raises PhraseRefused."""
    require(by, Permission.KEEP_WORDS)
    with transaction.atomic():
        made = add_words(by=by, language=row.language, phrase=phrase, topic=topic, at=at)
        if made.pk != row.pk:
            remove_words(by=by, row=row, at=at)
        return made


def remove_words(*, by: Actor, row: ChildWords, at: datetime) -> ChildWords:
    """These words mean nothing any more; `put_back_words` undoes it."""
    return _set_removed(by, row, at, removed=True)


def put_back_words(*, by: Actor, row: ChildWords, at: datetime) -> ChildWords:
    """Undo a removal."""
    return _set_removed(by, row, at, removed=False)


def _set_removed(by: Actor, row: ChildWords, at: datetime, *, removed: bool) -> ChildWords:
    require(by, Permission.KEEP_WORDS)
    with transaction.atomic():
        row.removed_at = at if removed else None
        row.save(update_fields=["removed_at"])
        facts = {"topic": row.topic, "what": "removed" if removed else "added"}
        audit.record(by, Trail.WORDS_CHANGED, None, zone=ZONE, at=at, facts=facts)
    return row


def load_words(own: Mapping[str, Mapping[str, list[str]]]) -> int:
    """The shipped words of children, where staff keep none yet: the vocabulary's and `own` (language → topic → phrases)."""
    if ChildWords.objects.exists():
        return 0
    spoken = [(code, term) for term in vocab.terms("topics") for code in LANGUAGES]
    shipped = [(code, term.code, phrase) for code, term in spoken for phrase in term.extra.get(f"search_{code}") or []]
    shipped += [(code, topic, phrase) for code, topics in own.items() for topic, phrases in topics.items() for phrase in phrases]
    for code, topic, phrase in shipped:
        _keep(code, phrase, topic)
    return len(shipped)


def _keep(language: str, phrase: str, topic: str) -> ChildWords:
    said = " ".join(search_words(phrase))[:80]
    if language not in distress.LANGUAGES or not said or not vocab.has_term("topics", topic):
        raise PhraseRefused(phrase[:80])
    stems = phrase_stems(said, language)
    row, _made = ChildWords.objects.update_or_create(
        language=language, phrase=said, topic=topic, defaults={"stems": stems, "removed_at": None}
    )
    return row


def phrase_stems(phrase: str, language: str) -> list[str]:
    """What must all occur in a question for it to mean the topic: one folded stem for each word that counts."""
    asked = searching.question(phrase, language)
    return list(dict.fromkeys(search_stems(fold(word), language)[-1] for word in asked.words))


def rebuild(*, by: Actor) -> int:
    """Enter every public resource anew, a few at a time; for a first filling or after the rules of search changed."""
    require(by, Permission.SWEEP)
    done = 0
    for resource in Resource.objects.public().filter(revision_of__isnull=True).order_by("pk").iterator(chunk_size=200):
        with transaction.atomic():
            settle_resource(resource)
        done += 1
    return done
