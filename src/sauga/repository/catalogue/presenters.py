"""The public page of a resource: for visitors, and at the desk as a preview."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from itertools import groupby
from typing import Any

from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import ngettext

from sauga.kernel import vocab
from sauga.kernel.clock import VILNIUS
from sauga.kernel.media import Player, Track
from sauga.kernel.ui.formats.linked_data import script
from sauga.kernel.ui.hrefs import public_address
from sauga.repository.catalogue import linked_data, topic_pages
from sauga.repository.catalogue.queries import covers
from sauga.repository.catalogue.queries.covers import Page
from sauga.repository.catalogue.queries.surroundings import Surroundings, surroundings
from sauga.repository.catalogue.rules import quizzes
from sauga.repository.effects import widgets
from sauga.repository.resources.models import Rendition, Resource
from sauga.repository.resources.presenters import resources

NO_SPEECH = "zxx"


def page_context(row: Resource, *, ticket: str) -> dict[str, Any]:
    """Everything that `repository/catalogue/resource.html` shows, whatever the state: `shown` before its
    form, to which `ticket` belongs, and `after`.
    """
    around = surroundings(row)
    title, lang = resources.spoken(row, "title")
    read, played = quizzes.split(row.words("body", resources.speaking()) or [])
    shown = {
        "ref": row.ref,
        "slug": row.slug(resources.speaking()),
        "version": row.version,
        "modified_at": row.modified_at,
        "state": str(row.state),
        "sensitivity": row.sensitivity,
        "title": title,
        "lang": lang,
        "abstract": resources.spoken(row, "abstract")[0],
        "kind": vocab.label("resource_types", row.type),
        "body": read,
        "quizzes": played,
        "played_at": widgets.address(row),
        "slots": _slots(around),
        "files": _files(around),
        "total_size": resources.size_text(
            sum(one.size for one in [*around.files, *(f for fs in around.part_files.values() for f in fs)])
        ),
        "pages": _previews(row),
        "players": players(row, around.files),
        "parts": _parts(around),
        "glance": resources.glance(row),
        "terms": resources.terms(row),
        "citation": _citation(row, title),
    }
    return {
        "shown": shown,
        "after": _after(row, around),
        "may_order": "print_order" in row.channels,
        "groups": [(term.code, capfirst(term.label)) for term in vocab.terms("headcount_groups")],
        "ticket": ticket,
        "jsonld": script(linked_data.as_jsonld(around.entry(row), resources.speaking())),
        "amb": linked_data.amb_address(row),
    }


def _after(row: Resource, around: Surroundings) -> dict[str, Any]:
    """What stands below and beside."""
    based_on = row.is_based_on if row.is_based_on and row.is_based_on.is_live() else None
    return {
        "topic_pages": topic_pages.topic_pages(row.topics, resources.speaking(), row.audiences),
        "related": cards(around.related),
        "facts": resources.facts(row),
        "usage": _usage(around),
        "based_on": resources.card(based_on) if based_on else None,
        "toolkits": [resources.card(one) for one in around.toolkits],
        "collections": [collection_card(one) for one in around.collections],
        "more_facts": resources.more_facts(row),
        "access": _access(row),
        "help": [
            vocab.term("help_services", code)
            for code in row.help_services
            if vocab.has_term("help_services", code)
        ],
    }


def cards(rows: Sequence[Resource]) -> list[resources.Card]:
    """What a list shows of these resources, with their covers."""
    pages = covers.covers([row.pk for row in rows], resources.speaking())
    return [replace(resources.card(row), cover=cover(pages.get(row.pk, ()))) for row in rows]


def cover(pages: Sequence[Page]) -> dict[str, Any] | None:
    """One page in every width that there is, as an image; None without previews."""
    if not pages:
        return None
    sources = [(public_address("repository-preview", p.rendition, p.page, p.width), p) for p in pages]
    src, smallest = sources[0]
    return {
        "src": src,
        "srcset": ", ".join(f"{address} {page.width}w" for address, page in sources),
        "width": smallest.width,
        "height": smallest.height,
        "alt": smallest.alt if smallest.page == 1 else "",
        "page": smallest.page,
    }


def _previews(row: Resource) -> list[dict[str, Any]]:
    """The cover and the pages behind it, of a resource that visitors may see."""
    if not row.is_live():
        return []
    grouped = groupby(covers.pages(row.pk, resources.speaking()), key=lambda page: page.page)
    return [found for _number, pages in grouped if (found := cover(list(pages)))]


def players(row: Resource, held: Sequence[Rendition]) -> list[Player]:
    """The films and recordings of a live resource, each with the captions and the transcript there are;
    `held` are its current files."""
    if not row.is_live():
        return []
    here = resources.speaking()
    files = [one for one in held if one.is_sent_out]
    heard = [one for one in files if one.kind == "main" and one.mime.startswith(("video/", "audio/"))]
    return [
        _player(row, one, number if len(heard) > 1 else 0, files)
        for number, one in enumerate(sorted(heard, key=lambda one: (one.language != here, one.pk)), 1)
    ]


def _files(around: Surroundings) -> list[dict[str, Any]]:
    """Those of the reader's language first; several of one kind and language are numbered."""
    rows = sorted(around.files, key=lambda one: one.language != resources.speaking())
    alike = Counter((one.kind, one.language, one.mime) for one in rows)
    met: Counter[tuple[str, str, str]] = Counter()
    lines = []
    for one in rows:
        key = (one.kind, one.language, one.mime)
        met[key] += 1
        lines.append({**resources.file_line(one), "number": met[key] if alike[key] > 1 else 0})
    return lines


def _player(row: Resource, film: Rendition, number: int, files: Sequence[Rendition]) -> Player:
    """One film; its captions in its own language first. A film without speech has those of the page's first;
    of several, each has the texts that were added after it and before the next.
    """
    no_speech = film.language == NO_SPEECH
    first = resources.speaking() if no_speech else film.language
    texts = sorted(_of_film(film, files), key=lambda text: (text.language != first, text.language))
    label = (str(number) if number else "") if no_speech else vocab.label("languages", film.language)
    title = resources.spoken(row, "title")[0]
    return Player(
        src=resources.file_href(film),
        mime=film.mime,
        title=f"{title} ({label})" if label else title,
        language=first,
        tracks=[
            Track(resources.file_href(text), text.language, vocab.label("languages", text.language))
            for text in texts
            if text.kind == "captions"
        ],
        transcript_href=next(
            (
                resources.file_href(text)
                for text in texts
                if text.kind == "transcript" and text.language == first
            ),
            "",
        ),
        poster=next((resources.file_href(text) for text in texts if text.kind == "thumbnail"), ""),
    )


def _of_film(film: Rendition, files: Sequence[Rendition]) -> list[Rendition]:
    """The captions, transcripts and poster of a film: of several in one language, those added after it and
    before the next.
    """
    texts = [one for one in files if one.kind in {"captions", "transcript", "thumbnail"}]
    same = sorted(
        one.pk
        for one in files
        if one.kind == "main" and one.mime == film.mime and one.language == film.language
    )
    if len(same) < 2:
        return texts
    after = next((pk for pk in same if pk > film.pk), None)
    return [one for one in texts if one.pk > film.pk and (after is None or one.pk < after)]


def collection_card(row: Any) -> dict[str, str]:
    """A collection in a list."""
    here = resources.speaking()
    title = row.title.get(here) or row.title.get("lt") or ""
    return {
        "href": reverse("repository-collection", args=[row.slug(here)]),
        "title": title,
        "abstract": row.abstract.get(here, ""),
    }


def _slots(around: Surroundings) -> dict[str, str]:
    """The default text of each slot."""
    here = resources.speaking()
    return {slot.code: str((slot.default or {}).get(here, "")) for slot in around.slots}


def _parts(around: Surroundings) -> list[dict[str, Any]]:
    found = []
    for part, card in zip(around.parts, cards(around.parts), strict=True):
        files = around.part_files.get(part.pk, [])
        main = [
            one
            for one in files
            if one.kind in {"main", "editable_source"} and one.language == resources.speaking()
        ]
        main = main or [one for one in files if one.kind == "main"]
        found.append({"card": card, "files": [resources.file_line(one) for one in main[:2]]})
    return found


def _usage(around: Surroundings) -> str:
    said = []
    if around.heads:
        said.append(
            ngettext("%(n)d person took part", "%(n)d people took part", around.heads) % {"n": around.heads}
        )
    if around.adaptations:
        said.append(
            ngettext("%(n)d adaptation", "%(n)d adaptations", around.adaptations) % {"n": around.adaptations}
        )
    if around.deployments:
        said.append(
            ngettext("%(n)d deployment", "%(n)d deployments", around.deployments) % {"n": around.deployments}
        )
    return ", ".join(said)


def _citation(row: Resource, title: str) -> str:
    here = resources.speaking()
    made = resources.people(row.creators)
    year = row.published_at.astimezone(VILNIUS).year if row.published_at else ""
    quoted = f"„{title}“" if here == "lt" else f"“{title}”"
    return ", ".join(
        str(part)
        for part in (
            quoted,
            made,
            year,
            resources.licence_short(row.licence),
            linked_data.address_of(row, here),
        )
        if part
    )


def _access(row: Resource) -> dict[str, Any]:
    held = row.accessibility or {}
    features = [
        vocab.label("accessibility_features", code)
        for code in held.get("features", [])
        if code not in {"none", "unknown"}
    ]
    hazards = [vocab.label("accessibility_hazards", code) for code in held.get("hazards", [])]
    return {
        "features": features,
        "hazards": hazards,
        "summary": (held.get("summary") or {}).get(resources.speaking(), ""),
    }
