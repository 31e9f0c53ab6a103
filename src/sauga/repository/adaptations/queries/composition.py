"""An adaptation as it is read: sections in the partner's order, in each language, slots filled, sources
credited.

The result is plain data. The preview shows it, a release stores it, and every channel is made from it.
"""

from typing import Any
from urllib.parse import quote

from django.conf import settings

from sauga.kernel import vocab
from sauga.repository.adaptations.models import Adaptation
from sauga.repository.adaptations.queries.lineage import ancestors, originals, part_rows, work_of
from sauga.repository.adaptations.rules.slots import ANY, names_helpline
from sauga.repository.resources.models import Resource, ResourceVersion
from sauga.repository.resources.rules import attribution
from sauga.repository.resources.rules.upstream_diff import without_origin
from sauga.repository.states import LIVE

type Content = dict[str, Any]
HELP = {"lt": "Vaikų linija: 116 111", "en": "Child helpline: 116 111"}
ELSEWHERE = {"logo", "part_order", "language"}
"""Kinds of slots whose value is not read as words."""
SHOWN_FILES = {"main", "print_ready"}
"""Kinds of files of an original to which an adapted version leads: a poster is its file."""
ROOT = {"lt": "istekliai", "en": "resources"}


def help_line(language: str) -> str:
    """The helpline's line, which every adaptation contains."""
    return HELP["lt" if language.startswith("lt") else "en"]


def address_of(resource: Resource, language: str) -> str:
    """The public address of a resource."""
    spoken = "lt" if language.startswith("lt") else "en"
    return f"{settings.ENV.base_url.rstrip('/')}/{spoken}/{ROOT[spoken]}/{resource.slug(spoken)}/"


def sections_of(version: ResourceVersion) -> list[tuple[str, dict[str, Any], Resource]]:
    """The sections of a version by reference: the resource itself, then its parts, as snapshots."""
    own = (version.resource.ref, version.snapshot, version.resource)
    return [own, *((part.ref, row.snapshot, part) for row, part in part_rows(version))]


def slots_of(version: ResourceVersion) -> list[dict[str, Any]]:
    """The slots of a version, the toolkit's before those of its parts; each code once."""
    found: dict[str, dict[str, Any]] = {}
    for _ref, snapshot, _resource in sections_of(version):
        for slot in snapshot.get("slots", []):
            found.setdefault(slot["code"], slot)
    return list(found.values())


def languages_of(adaptation: Adaptation) -> list[str]:
    """The languages it can be read in, its own first: those of the original's texts and of the partner's."""
    found = [adaptation.language]
    for ref, snapshot, _resource in sections_of(adaptation.base_version):
        found += list(snapshot.get("body") or {}) + list(adaptation.body.get(ref) or {})
    if len(found) == 1:
        found += [
            code for code in adaptation.base_version.snapshot.get("languages", []) if code in {"lt", "en"}
        ]
    return list(dict.fromkeys(found))


def spoken(held: dict[str, Any], language: str) -> tuple[str, Any]:
    """The text in a language, else in Lithuanian, English or any; with its language."""
    for one in (language, "lt", "en", *held):
        if held.get(one):
            return one, held[one]
    return language, None


def order_of(adaptation: Adaptation) -> list[str]:
    """References of all sections in the partner's order; those not named come last, in the original's."""
    there = [ref for ref, _snapshot, _resource in sections_of(adaptation.base_version)]
    there += list(adaptation.added_parts.order_by("position", "pk").values_list("ref", flat=True))
    ordered = [ref for ref in adaptation.order if ref in there]
    return [*ordered, *(ref for ref in there if ref not in ordered)]


def compose(adaptation: Adaptation) -> Content:
    """The complete content of an adaptation as it is now."""
    languages = languages_of(adaptation)
    slots = {slot["code"]: slot for slot in slots_of(adaptation.base_version)}
    sections = {
        ref: _section(adaptation, ref, snapshot, languages, slots)
        for ref, snapshot, _resource in sections_of(adaptation.base_version)
    }
    sections |= {part.ref: _own_section(part, languages) for part in adaptation.added_parts.all()}
    snapshot = adaptation.base_version.snapshot
    own_title = adaptation.title.get(adaptation.base.ref) or {}
    shown = [sections[ref] for ref in order_of(adaptation)]
    return {
        "ref": adaptation.ref,
        "base": adaptation.base.ref,
        "type": snapshot.get("type", ""),
        "organisation": adaptation.organisation.name,
        "languages": languages,
        "version": snapshot.get("version", ""),
        "licence": adaptation.licence,
        "logo": adaptation.slot_values.get("logo", {}).get(ANY),
        "title": {
            one: own_title.get(one) or spoken(snapshot.get("title") or {}, one)[1] or "" for one in languages
        },
        "abstract": {one: spoken(snapshot.get("abstract") or {}, one)[1] or "" for one in languages},
        "sections": [section for section in shown if any(section["blocks"].values())],
        "places": [
            _place(adaptation, slot, languages) for slot in slots.values() if slot["kind"] not in ELSEWHERE
        ],
        "help": {one: _help(adaptation, slots, one) for one in languages},
        "credits": {one: credits_of(adaptation, one) for one in languages},
        "files": [dict(one) for one in snapshot.get("files", []) if one["kind"] in SHOWN_FILES],
    }


def file_address(ref: str, name: str) -> str:
    """The full public address of a file of an original."""
    return f"{settings.ENV.base_url.rstrip('/')}/files/{ref}/{quote(name)}"


def withdrawn_parts(content: Content) -> list[str]:
    """Sections whose resource has been withdrawn since: no copy shows them any more."""
    refs = [section["ref"] for section in content["sections"] if not section["own"]]
    return list(Resource.objects.filter(ref__in=refs).exclude(state__in=LIVE).values_list("ref", flat=True))


def credits_of(adaptation: Adaptation, language: str) -> list[str]:
    """What a copy must credit for every work it is based on, in one language."""
    works = [
        work_of(
            one,
            adaptation.base_version.snapshot if one.pk == adaptation.base_id else {},
            language,
            address_of(one, language),
        )
        for one in reversed(originals(adaptation.base))
    ]
    works = [
        attribution.Work(one.name or one.ref, one.organisation.name, "", one.licence)
        for one in reversed(ancestors(adaptation.parent))
        if one.licence
    ] + works
    works += [
        work_of(part, row.snapshot, language, address_of(part, language))
        for row, part in part_rows(adaptation.base_version)
    ]
    kind = vocab.label("adaptation_kinds", adaptation.kind, "lt" if language.startswith("lt") else "en")
    return attribution.lines(
        works, language, who=adaptation.organisation.name, kind=kind, licence=adaptation.licence
    )


def _section(
    adaptation: Adaptation,
    ref: str,
    snapshot: dict[str, Any],
    languages: list[str],
    slots: dict[str, dict[str, Any]],
) -> dict[str, Any]:
    own, titles = adaptation.body.get(ref) or {}, adaptation.title.get(ref) or {}
    held = snapshot.get("body") or {}
    words, tongues = {}, {}
    for one in languages:
        tongue, given = (one, own[one]) if one in own else spoken(held, one)
        tongues[one] = tongue
        words[one] = [_resolved(adaptation, block, slots, one) for block in without_origin(given or [])]
    return {
        "ref": ref,
        "own": False,
        "licence": snapshot.get("licence", ""),
        "changed": sorted(own),
        "title": {
            one: titles.get(one) or spoken(snapshot.get("title") or {}, one)[1] or "" for one in languages
        },
        "tongue": tongues,
        "blocks": words,
    }


def _own_section(part: Any, languages: list[str]) -> dict[str, Any]:
    return {
        "ref": part.ref,
        "own": True,
        "licence": part.licence,
        "changed": [],
        "title": dict.fromkeys(languages, part.title),
        "tongue": dict.fromkeys(languages, part.language or languages[0]),
        "blocks": {one: list(part.body) for one in languages},
    }


def _resolved(
    adaptation: Adaptation, block: dict[str, Any], slots: dict[str, dict[str, Any]], language: str
) -> dict[str, Any]:
    """A slot block with the partner's or the default value; other blocks unchanged."""
    if block["kind"] != "slot":
        return block
    slot = slots.get(block["slot"], {"code": block["slot"], "kind": "", "default": {}})
    return {
        "kind": "slot",
        "slot": block["slot"],
        "what": slot["kind"],
        "text": _value(adaptation, slot, language),
    }


def _value(adaptation: Adaptation, slot: dict[str, Any], language: str) -> str:
    held = adaptation.slot_values.get(slot["code"]) or {}
    value = held.get(ANY) if ANY in held else held.get(language)
    if isinstance(value, str) and value:
        return value
    default = slot.get("default") or {}
    return str(default.get(language) or default.get("lt") or default.get("en") or "")


def _place(adaptation: Adaptation, slot: dict[str, Any], languages: list[str]) -> dict[str, Any]:
    return {
        "code": slot["code"],
        "kind": slot["kind"],
        "text": {one: _value(adaptation, slot, one) for one in languages},
    }


def _help(adaptation: Adaptation, slots: dict[str, dict[str, Any]], language: str) -> list[str]:
    """Where to turn for help; the children's helpline comes first unless the partner's text names it."""
    lines: list[str] = []
    for slot in slots.values():
        if slot["kind"] == "help_contacts":
            lines += [line for line in _value(adaptation, slot, language).split("\n") if line.strip()]
    return lines if any(names_helpline(line) for line in lines) else [help_line(language), *lines]
