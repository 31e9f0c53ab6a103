"""What changed between the original an adaptation is based on and the offered one, by section and
language.
"""

from typing import Any

from sauga.repository.adaptations.models import Adaptation
from sauga.repository.adaptations.queries.composition import sections_of, spoken
from sauga.repository.resources.models import ResourceVersion
from sauga.repository.resources.rules.upstream_diff import Row, rows


def merge_rows(adaptation: Adaptation) -> dict[tuple[str, str], list[Row]]:
    """The rows of every section that the partner has rewritten and the offered version still has."""
    version = adaptation.offered_version
    if version is None:
        return {}
    old, new = _bodies(adaptation.base_version), _bodies(version)
    found: dict[tuple[str, str], list[Row]] = {}
    for section, said in adaptation.body.items():
        if section not in new:
            continue
        for language, ours in said.items():
            tongue, theirs = spoken(new[section], language)
            base = old.get(section, {}).get(tongue) or spoken(old.get(section, {}), language)[1] or []
            found[section, language] = rows(base, theirs or [], ours, translated=tongue != language)
    return found


def other_changes(adaptation: Adaptation) -> list[tuple[str, str, list[Row]]]:
    """What changes automatically: sections the partner has not rewritten, as (title, language, rows), and
    parts that come or go.
    """
    version = adaptation.offered_version
    if version is None:
        return []
    old, new = _bodies(adaptation.base_version), _bodies(version)
    titles = {
        ref: snapshot.get("title") or {}
        for ref, snapshot, _r in (*sections_of(adaptation.base_version), *sections_of(version))
    }
    found: list[tuple[str, str, list[Row]]] = []
    for section in dict.fromkeys([*old, *new]):
        before, after = old.get(section, {}), new.get(section, {})
        for language in dict.fromkeys([*before, *after]):
            if language in (adaptation.body.get(section) or {}) and section in new:
                continue
            theirs, base = after.get(language) or [], before.get(language) or []
            if base != theirs:
                plain = [{**block, "from": place} for place, block in enumerate(base)]
                found.append(
                    (
                        str(spoken(titles[section], language)[1] or section),
                        language,
                        rows(base, theirs, plain),
                    )
                )
    return found


def _bodies(version: ResourceVersion) -> dict[str, dict[str, list[dict[str, Any]]]]:
    return {ref: snapshot.get("body") or {} for ref, snapshot, _resource in sections_of(version)}
