"""Where an adaptation comes from, and what the licence engine says about it."""

from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext_lazy as _

from sauga.kernel.refusals import ActionRefused
from sauga.repository.adaptations.models import Adaptation
from sauga.repository.adaptations.rules import licences
from sauga.repository.adaptations.rules.licences import Answer, Verdict
from sauga.repository.resources.models import Resource, ResourceVersion
from sauga.repository.resources.rules.attribution import Work, authors, spoken

DEEPEST = 40


class LineageCycle(ActionRefused):
    """A work would be based on itself, at whatever distance."""

    message = _("The work would be based on itself.")


def originals(resource: Resource) -> list[Resource]:
    """The resources that a resource is based on, the first original first, itself last. Raises
    LineageCycle.
    """
    chain, seen = [resource], {resource.pk}
    while (before := chain[0].is_based_on) is not None:
        if before.pk in seen or len(chain) > DEEPEST:
            raise LineageCycle
        seen.add(before.pk)
        chain.insert(0, before)
    return chain


def ancestors(adaptation: Adaptation | None) -> list[Adaptation]:
    """An adaptation and those it was copied from, the oldest first. Raises LineageCycle."""
    chain: list[Adaptation] = []
    seen: set[int] = set()
    while adaptation is not None:
        if adaptation.pk in seen or len(chain) > DEEPEST:
            raise LineageCycle
        seen.add(adaptation.pk)
        chain.insert(0, adaptation)
        adaptation = adaptation.parent
    return chain


def lineage_licences(base: Resource, version: ResourceVersion | None, parent: Adaptation | None) -> list[str]:
    """The licences that apply, the first original's first. Raises LineageCycle."""
    chain = originals(base)
    own = str(version.snapshot.get("licence") or base.licence) if version is not None else base.licence
    return [
        *(work.licence for work in chain[:-1]),
        own,
        *(one.licence for one in ancestors(parent) if one.licence),
    ]


def part_rows(version: ResourceVersion) -> list[tuple[ResourceVersion, Resource]]:
    """The parts of a toolkit in this version of it, in order; a part that was never published is omitted."""
    wanted = [(str(part["ref"]), int(part.get("version") or 0)) for part in version.snapshot.get("parts", [])]
    rows = (
        ResourceVersion.objects.filter(resource__ref__in=[ref for ref, _n in wanted])
        .select_related("resource")
        .order_by("number")
    )
    held: dict[str, ResourceVersion] = {}
    numbers = dict(wanted)
    for row in rows:
        ref = row.resource.ref
        if ref not in held or row.number <= numbers[ref] or held[ref].number > numbers[ref]:
            held[ref] = row
    return [(held[ref], held[ref].resource) for ref, _n in wanted if ref in held]


def judged(
    base: Resource,
    kind: str,
    *,
    version: ResourceVersion | None = None,
    parent: Adaptation | None = None,
    commercial: bool = False,
    wanted: str = "",
    filled: Sequence[str] = (),
    declared: Sequence[str] = (),
) -> Verdict:
    """The engine's verdict on an adaptation of this kind. A toolkit is a collection: its parts must also
    permit it.

    Raises LineageCycle.
    """
    version = version or latest(base)
    verdict = licences.judge(
        kind,
        lineage_licences(base, version, parent),
        filled=filled,
        declared=declared,
        commercial=commercial,
        wanted=wanted,
    )
    parts = (
        [str(row.snapshot.get("licence") or part.licence) for row, part in part_rows(version)]
        if version
        else []
    )
    if verdict.answer is Answer.REFUSED or not parts:
        return verdict
    whole = licences.collect(parts, commercial=commercial)
    if whole.answer is Answer.REFUSED or (whole.answer is Answer.ASK_OWNER and verdict.is_allowed):
        return Verdict(whole.answer, verdict.licences, whole.reasons, whole.instead, whole.codes)
    return verdict


def section_verdict(licence: str, *, commercial: bool) -> Verdict:
    """Whether the texts of one section may be changed."""
    return licences.adapt(licence, commercial=commercial)


def latest(base: Resource) -> ResourceVersion | None:
    """The live version."""
    row: ResourceVersion | None = base.versions.order_by("-number").first()
    return row


def work_of(resource: Resource, snapshot: dict[str, Any], language: str, source: str) -> Work:
    """What must be credited about a resource."""
    titles = snapshot.get("title") or resource.title
    title = titles.get(language) or next((text for text in titles.values() if text), resource.ref)
    creators = snapshot.get("creators") or []
    author = spoken(str(snapshot.get("attribution") or ""), creators, language) or authors(creators, language)
    return Work(title, author, source, str(snapshot.get("licence") or resource.licence))
