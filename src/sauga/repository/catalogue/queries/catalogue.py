"""What visitors browse: filters with counts, a page of results, one resource with everything around it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db.models import F, Q, QuerySet
from django.db.models.fields.json import KeyTextTransform
from django.http import Http404

from sauga.kernel import statements, vocab
from sauga.repository.catalogue.models import Collection
from sauga.repository.catalogue.queries import facets
from sauga.repository.catalogue.rules.readers import audiences_of
from sauga.repository.resources.models import Rendition, Resource
from sauga.repository.resources.queries.snapshots import files_of, parts_of
from sauga.repository.search import queries as search_queries
from sauga.repository.states import GONE, LIVE

PAGE = 20
FACETS = ("for", "topic", "age", "type", "access", "lang")
"""Names of the filters in the address; `for` are readers, each of whom stands for some audiences."""
COLUMNS = {facets.AUDIENCE: "audiences", "topic": "topics", "type": "type", "lang": "languages"}
VOCABULARIES = {
    facets.AUDIENCE: "audiences",
    "topic": "topics",
    "type": "resource_types",
    "lang": "languages",
    "access": "accessibility_features",
}
SORTS = ("used", "new", "short", "title")
MOST_VALUES = 12
SHOWN = (
    *("ref", "slug_lt", "slug_en", "type", "title", "abstract", "languages", "licence"),
    *("age_min", "age_max", "learning_minutes", "reading_level", "accessibility"),
)
"""What a list shows of a resource: bodies of whole lessons are not loaded for it."""


@dataclass(frozen=True)
class Wanted:
    """What a visitor asks for: words, chosen codes per filter, an order, a page from 1."""

    q: str = ""
    chosen: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    sort: str = "used"
    page: int = 1

    def is_narrowed(self) -> bool:
        """Whether there is any word or filter."""
        return bool(self.q or any(self.chosen.values()))


@dataclass(frozen=True)
class Found:
    """One page of results, the total, and the number of results that each code of each filter would show.

    `page` is the last one where a later one was asked for.
    """

    rows: list[Resource]
    total: int
    page: int
    pages: int
    facets: dict[str, dict[str, int]]


@dataclass(frozen=True)
class _Asked:
    """What determines the statements of a list, so that each is composed once: filters with their codes, what
    search finds for the words (None: no search), and the age bands, which staff may change.
    """

    chosen: tuple[tuple[str, tuple[str, ...]], ...]
    refs: tuple[str, ...] | None
    bands: tuple[facets.Band, ...]


MOST_ABOUT_TOPIC = 4
"""Resources shown on the page of their topic."""


def ages() -> list[vocab.TermView]:
    """The age bands of content (statistics have their own)."""
    return [term for term in vocab.terms("age_bands") if term.extra.get("use") == "content"]


def search(wanted: Wanted, language: str) -> Found:
    """One page of public results."""
    asked = _asked(wanted, language)
    total, counted = facets.counts(FACETS, dict(asked.chosen), asked.bands, asked.refs)
    pages = max(1, -(-total // PAGE))
    page = min(wanted.page, pages)
    rows = _page(
        asked=asked, order=(wanted.sort, language if wanted.sort == "title" else "", (page - 1) * PAGE)
    )
    return Found(rows, total, page, pages, counted)


def matching(wanted: Wanted, language: str) -> QuerySet[Resource]:
    """Public results, unordered."""
    return _matching(_asked(wanted, language))


def newest() -> Resource | None:
    """The last published resource, as an example; None when there is none."""
    return Resource.objects.public().filter(revision_of__isnull=True).order_by("-published_at", "pk").first()


def public_resource(slug: str) -> Resource:
    """The resource with a public page at this address, in either language. Raises Http404."""
    row = next(iter(_with_page(slug=slug)), None)
    if row is None or row.revision_of_id:
        raise Http404
    return row


@statements.fetched
def _with_page(*, slug: str) -> QuerySet[Resource]:
    rows = Resource.objects.with_page().filter(Q(slug_lt=slug) | Q(slug_en=slug))
    return rows.order_by("pk")[:1]


def live_resource(slug: str) -> Resource:
    """The same, if still offered. Raises Http404."""
    row = public_resource(slug)
    if row.state not in LIVE:
        raise Http404
    return row


def file_for(ref: str) -> Rendition | None:
    """A downloadable file, of a live resource. None when it was withdrawn; raises Http404 when there is no
    such file.
    """
    row = (
        Rendition.objects.select_related("resource", "media")
        .filter(ref=ref, resource__revision_of__isnull=True)
        .first()
    )
    if row is None or row.resource.state not in (*LIVE, *GONE) or row.resource.sensitivity == "restricted":
        raise Http404
    return row if row.resource.state in LIVE and row.removed_at is None else None


def all_files(resource: Resource) -> list[tuple[str, Rendition]]:
    """Every file of a resource and its parts, with its folder in the archive."""
    found = [("", row) for row in files_of(resource) if row.is_sent_out]
    for number, part in enumerate(parts_of(resource), 1):
        if part.state in LIVE and part.sensitivity != "restricted":
            found += [(f"{number}-{part.slug_lt[:60]}/", row) for row in files_of(part) if row.is_sent_out]
    return found


def collection_for(slug: str) -> tuple[Collection, list[Resource]]:
    """A public collection and its public resources in order. Raises Http404."""
    row = next(iter(_public_collection(slug=slug)), None)
    if row is None:
        raise Http404
    return row, members_of(row)


@statements.fetched
def _public_collection(*, slug: str) -> QuerySet[Collection]:
    rows = Collection.objects.filter(is_public=True).filter(Q(slug_lt=slug) | Q(slug_en=slug))
    return rows.order_by("pk")[:1]


def members_of(collection: Collection) -> list[Resource]:
    """The public resources of a collection, in order."""
    return _members(collection=collection.pk)


@statements.fetched
def _members(*, collection: int) -> QuerySet[Resource]:
    rows = Resource.objects.public().filter(in_collections__collection=collection)
    return rows.order_by("in_collections__position").only(*SHOWN, "uuid", "state", "topics")


@statements.fetched
def collections() -> QuerySet[Collection]:
    """Public collections, the newest first."""
    return Collection.objects.filter(is_public=True).order_by("-changed_at")


def by_slugs(slugs: list[str]) -> list[Resource]:
    """Public resources by address in either language, in the given order: for pages that show cards of
    them.
    """
    held = _by_slugs(slugs=slugs) if slugs else []
    rows = {slug: row for row in held for slug in (row.slug_lt, row.slug_en)}
    return list(dict.fromkeys(rows[slug] for slug in slugs if slug in rows))


@statements.fetched
def _by_slugs(*, slugs: list[str]) -> QuerySet[Resource]:
    rows = Resource.objects.public().filter(Q(slug_lt__any_of=slugs) | Q(slug_en__any_of=slugs))
    return rows.only(*SHOWN, "topics", "audiences")


def about_topics(topics: Sequence[str]) -> list[Resource]:
    """A few public resources about any of some topics, the most used first: for pages about them."""
    return _most_used(column="topics", codes=list(topics))


def for_audience(audience: str) -> list[Resource]:
    """A few public resources for an audience, the most used first: for its landing page."""
    return _most_used(column="audiences", codes=[audience])


@statements.fetched
def _most_used(*, column: Any, codes: list[str]) -> QuerySet[Resource]:
    rows = Resource.objects.public().filter(**{f"{column}__overlap": statements.codes(codes)})
    return _sorted(rows, "used", "").only(*SHOWN)[:MOST_ABOUT_TOPIC]


def _asked(wanted: Wanted, language: str) -> _Asked:
    """Search looks in the languages of the interface."""
    refs = tuple(search_queries.resource_refs(wanted.q, language)) if wanted.q.strip() else None
    bands = tuple(facets.Band(term.code, term.extra["min"], term.extra["max"]) for term in ages())
    return _Asked(
        tuple((facet, tuple(codes)) for facet, codes in wanted.chosen.items() if codes), refs, bands
    )


def _matching(asked: _Asked) -> QuerySet[Resource]:
    """Within a filter any code fits; every filter must."""
    rows: QuerySet[Resource] = Resource.objects.public()
    if asked.refs is not None:
        rows = rows.filter(ref__in=asked.refs)
    for facet, given in asked.chosen:
        if facet == "type":
            rows = rows.filter(type__in=given)
        elif facet == "for":
            rows = rows.filter(audiences__overlap=audiences_of(given))
        elif facet == "access":
            rows = rows.filter(_any([Q(accessibility__features__contains=[code]) for code in given]))
        elif facet == "age":
            rows = rows.filter(_any([_within(low, high) for code, low, high in asked.bands if code in given]))
        else:
            rows = rows.filter(**{f"{COLUMNS[facet]}__overlap": list(given)})
    return rows


def _any(conditions: list[Q]) -> Q:
    whole = Q(pk__in=[]) if not conditions else Q()
    for one in conditions:
        whole |= one
    return whole


def _within(low: int, high: int | None) -> Q:
    fits = (Q(age_max__isnull=True) | Q(age_max__gte=low)) & Q(age_min__isnull=False)
    return fits & Q(age_min__lte=high) if high is not None else fits


@statements.fetched
def _page(*, asked: _Asked, order: tuple[str, str, int]) -> QuerySet[Resource]:
    """What a list shows of the resources."""
    sort, language, start = order
    return _sorted(_matching(asked), sort, language).only(*SHOWN)[start : start + PAGE]


def _sorted(rows: QuerySet[Resource], sort: str, language: str) -> QuerySet[Resource]:
    if sort == "new":
        return rows.order_by("-published_at", "pk")
    if sort == "short":
        return rows.order_by(F("learning_minutes").asc(nulls_last=True), "pk")
    if sort == "title":
        return rows.order_by(KeyTextTransform(language, "title"), "pk")
    return rows.order_by("-uses", "-published_at", "pk")


def slugs(refs: list[str], language: str) -> dict[str, str]:
    """The last part of the address of each resource."""
    return {row.ref: row.slug(language) for row in _named(refs=refs)}


@statements.fetched
def _named(*, refs: list[str]) -> QuerySet[Resource]:
    return Resource.objects.filter(ref__any_of=refs).only("ref", "slug_lt", "slug_en")
