"""Words that children use for a topic: added, changed and removed by staff."""

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from sauga.kernel import audit, vocab
from sauga.kernel.i18n import fold, search_stems, search_words
from sauga.kernel.identity import require
from sauga.kernel.refusals import ActionRefused
from sauga.kernel.states import Actor
from sauga.repository.permissions import Permission
from sauga.repository.search.actions.index import ZONE
from sauga.repository.search.models import ChildWords
from sauga.repository.search.rules import distress, lexemes
from sauga.repository.search.rules.lexemes import LANGUAGES
from sauga.repository.trail import Trail


class PhraseRefused(ActionRefused):
    """The phrase has no letters, is too long, or the topic does not exist."""

    message = _("Write at least one significant word, not only “and”, “or”, “is”.")
    field = "phrase"


def add_words(*, by: Actor, language: str, phrase: str, topic: str, at: datetime) -> ChildWords:
    """Let words that children use mean a topic from now on. Raises PhraseRefused."""
    require(by, Permission.KEEP_WORDS)
    with transaction.atomic():
        row = _keep(language, phrase, topic)
        audit.record(by, Trail.WORDS_CHANGED, None, zone=ZONE, at=at, facts={"topic": topic, "what": "added"})
    return row


def edit_words(*, by: Actor, row: ChildWords, phrase: str, topic: str, at: datetime) -> ChildWords:
    """Replace words by others, or by another topic; the old ones are removed. Raises PhraseRefused."""
    require(by, Permission.KEEP_WORDS)
    with transaction.atomic():
        made = add_words(by=by, language=row.language, phrase=phrase, topic=topic, at=at)
        if made.pk != row.pk:
            remove_words(by=by, row=row, at=at)
        return made


def remove_words(*, by: Actor, row: ChildWords, at: datetime) -> ChildWords:
    """Stop these words from meaning anything; `put_back_words` undoes it."""
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
    """Load the shipped words while staff keep none yet: the vocabulary's and `own` (language → topic →
    phrases).
    """
    if ChildWords.objects.exists():
        return 0
    spoken = [(code, term) for term in vocab.terms("topics") for code in LANGUAGES]
    shipped = [
        (code, term.code, phrase)
        for code, term in spoken
        for phrase in term.extra.get(f"search_{code}") or []
    ]
    shipped += [
        (code, topic, phrase)
        for code, topics in own.items()
        for topic, phrases in topics.items()
        for phrase in phrases
    ]
    for code, topic, phrase in shipped:
        _keep(code, phrase, topic)
    return len(shipped)


def _keep(language: str, phrase: str, topic: str) -> ChildWords:
    said = " ".join(search_words(phrase))[:80]
    if language not in distress.spoken() or not said or not vocab.has_term("topics", topic):
        raise PhraseRefused(phrase[:80])
    stems = phrase_stems(said, language)
    row, _made = ChildWords.objects.update_or_create(
        language=language, phrase=said, topic=topic, defaults={"stems": stems, "removed_at": None}
    )
    return row


def phrase_stems(phrase: str, language: str) -> list[str]:
    """The folded stems, one per significant word, that must all occur in a question for it to mean the
    topic.
    """
    asked = lexemes.question(phrase, language)
    return list(dict.fromkeys(search_stems(fold(word), language)[-1] for word in asked.words))
