"""Problems of a resource's row as a whole, and the layout of files of resources."""

from collections.abc import Mapping, Sequence
from typing import Any

from sauga.kernel.kit.imports.layout import Document, Layout, Problem
from sauga.repository.resources.rules.metadata import MetadataRefused, checked, slug_of
from sauga.repository.syndication.rules.import_columns import BY_NAME, COLUMNS, LEFT_OUT, OWN_ADDRESS, TITLES

AGES = (("age_min", "age_max"), ("about_age_min", "about_age_max"))


def _check(content: Mapping[str, Any], found: Sequence[Problem]) -> list[Problem]:
    problems = [problem for name, value in content.items() for problem in _refused(name, value)]
    for low, high in AGES:
        if low in content and high in content and content[low] > content[high]:
            problems.append(Problem(high, "ages", f"{content[low]} > {content[high]}"))
    if not found and not problems and not all(addresses(content).values()):
        problems.append(Problem("slug_lt", "slug"))
    return problems


def addresses(content: Mapping[str, Any]) -> dict[str, str]:
    """The slugs that a row asks for, or that come from its titles."""
    first = content.get("title_lt") or content.get("title_en") or ""
    titles = {"slug_lt": content.get("title_lt") or first, "slug_en": content.get("title_en") or first}
    return {name: content.get(name) or slug_of(titles[name]) for name in OWN_ADDRESS}


def _refused(name: str, value: Any) -> list[Problem]:
    """What the rules of a resource say about one column. Slots are checked when the owner is known."""
    column = BY_NAME[name]
    field_value = {column.language: value} if column.language else value
    if column.field in {"uuid", "accessibility", "publisher", "funder", "creators"}:
        return []
    slots = {block.get("slot") for block in value if isinstance(block, Mapping)} if column.field == "body" else ()
    try:
        checked({column.field: field_value, "slot_codes": slots})
    except MetadataRefused as refused:
        return [Problem(name, refused.why)]
    except (TypeError, KeyError, AttributeError):
        return [Problem(name, "shape")]
    return []


LAYOUT = Layout(COLUMNS, TITLES, ("type", "licence"), _check, Document("sauga-resources-seed/1", "resources", LEFT_OUT))
