"""Search while typing: names in any language and time, short names, codes.

What begins with the text comes first, then names that have all its words (or words that begin so), then
those that fit after a mistyped word was corrected. Each step is cut off early, because a person who sees ten
of many types on: the cost stays the same for a word that half the register has.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime

from django.contrib.postgres.search import TrigramSimilarity
from django.db.models import Q, QuerySet

from sauga.kernel.organisations.models import Identifier, NameWord, Organisation, OrganisationName, valid_at
from sauga.kernel.organisations.normalised_names import MOST_WORDS, folded, words_of

LIMIT = 10
LOOKED_AT = 200
"""How many names that fit are ranked; among more than that the first found are as good as any."""
LIKE = 0.4
"""Similarity (pg_trgm) from which a word counts as the one that was meant."""
SHORTEST_CORRECTED = 4
MOST_MEANT = 3
LONGEST_TEXT = 120
LONGEST_NAMED = 240
SEPARATOR = " · "
"""Between name and code of a suggestion."""


@dataclass(frozen=True)
class Hit:
    """An organisation that fits: its present name, and the name that was found where it is another one."""

    organisation: Organisation
    name: str
    found: str = ""


def search(text: str, *, at: datetime, kinds: Collection[str] = (), limit: int = LIMIT) -> list[Hit]:
    """The organisations that fit best, at most `limit`; closed ones are left out."""
    text = text[:LONGEST_TEXT].replace("\0", "")
    words = words_of(text)[:MOST_WORDS]
    found: dict[int, str] = {}
    _take(found, _by_code(text), limit)
    for step in (_by_start, _by_words, _by_corrected_words):
        if words and len(found) < limit:
            _take(found, step(words, kinds, at), limit)
    return _hits(found, kinds, at, limit)


def exactly(text: str, *, at: datetime, kinds: Collection[str] = ()) -> Organisation | None:
    """The organisation that exists and that a text names without doubt: a suggestion as it stands in a field,
    our code, a code of another register, or a name of any time (marks and capitals aside); None where none or
    several fit."""
    text = text.replace("\0", "").strip()[:LONGEST_NAMED]
    if not text:
        return None
    _name, _separator, trailing = text.rpartition(SEPARATOR)
    wanted = folded(text, "")
    names = OrganisationName.objects.filter(folded__startswith=wanted) if wanted else ()
    for keys in (
        Organisation.objects.filter(code__in={trailing, trailing.upper()}).values_list("pk", flat=True),
        Identifier.objects.filter(value=text).values_list("organisation", flat=True),
        {one.organisation_id for one in names if folded(one.name, "") == wanted},
    ):
        rows = Organisation.objects.filter(valid_at(at), pk__in=list(keys)).prefetch_related("names")
        found = list(rows.filter(kinds__overlap=list(kinds)) if kinds else rows)
        if found:
            return found[0] if len(found) == 1 else None
    return None


def _by_code(text: str) -> list[tuple[int, str]]:
    typed = text.strip()
    if not typed:
        return []
    rows = Identifier.objects.filter(value__startswith=typed) if len(typed) > 3 else Identifier.objects.none()
    keys = list(rows.order_by("value").values_list("organisation", flat=True)[:LIMIT])
    keys += Organisation.objects.filter(code__in=(typed, typed.upper())).values_list("pk", flat=True)
    return [(key, "") for key in keys]


def _names(kinds: Collection[str], at: datetime) -> QuerySet[OrganisationName]:
    rows = OrganisationName.objects.filter(
        Q(organisation__valid_to__isnull=True) | Q(organisation__valid_to__gt=at)
    )
    return rows.filter(organisation__kinds__overlap=list(kinds)) if kinds else rows


def _by_start(words: list[str], kinds: Collection[str], at: datetime) -> list[tuple[int, str]]:
    start = "".join(f" {word}" for word in words)
    rows = _names(kinds, at).filter(folded__startswith=start).order_by("folded")
    return list(rows.values_list("organisation", "name")[: 2 * LIMIT])


def _by_words(words: list[str], kinds: Collection[str], at: datetime) -> list[tuple[int, str]]:
    rows = _names(kinds, at)
    for word in words:
        rows = rows.filter(folded__contains=f" {word}")
    found = list(rows.values_list("organisation", "name", "folded")[:LOOKED_AT])
    found.sort(key=lambda row: (not row[2].startswith(f" {words[0]}"), len(row[2]), row[2]))
    return [(key, name) for key, name, _folded in found]


def _by_corrected_words(words: list[str], kinds: Collection[str], at: datetime) -> list[tuple[int, str]]:
    corrected = [_meant(word) for word in words]
    if corrected == [[word] for word in words] or not all(corrected):
        return []
    rows = _names(kinds, at)
    for choices in corrected:
        fits = Q()
        for word in choices:
            fits |= Q(folded__contains=f" {word}")
        rows = rows.filter(fits)
    return list(rows.values_list("organisation", "name")[:LOOKED_AT])


def _meant(word: str) -> list[str]:
    """The words of names that a word may mean: itself where some name has it or it is short."""
    if len(word) < SHORTEST_CORRECTED or NameWord.objects.filter(word__startswith=word).exists():
        return [word]
    rows = (
        NameWord.objects.filter(word__trigram_similar=word)
        .annotate(likeness=TrigramSimilarity("word", word))
        .filter(likeness__gte=LIKE)
        .order_by("-likeness", "word")
    )
    return list(rows.values_list("word", flat=True)[:MOST_MEANT])


def _take(found: dict[int, str], more: Iterable[tuple[int, str]], limit: int) -> None:
    for key, name in more:
        if len(found) >= 2 * limit:
            return
        found.setdefault(key, name)


def _hits(found: dict[int, str], kinds: Collection[str], at: datetime, limit: int) -> list[Hit]:
    rows = Organisation.objects.filter(valid_at(at), pk__in=found).prefetch_related("names", "identifiers")
    if kinds:
        rows = rows.filter(kinds__overlap=list(kinds))
    by_key = {row.pk: row for row in rows}
    hits = []
    for key, matched in found.items():
        if (row := by_key.get(key)) is not None:
            name = row.name_at(at)
            hits.append(Hit(row, name, matched if matched and matched != name else ""))
    return hits[:limit]
