"""The columns of a file of resources: what each may hold, which field it fills, and its place in a JSON
record.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from sauga.kernel.kit.imports import layout
from sauga.kernel.kit.imports.cells import CODE, CODES, DAY, NUMBER, WORD, WORDS
from sauga.kernel.kit.imports.layout import Document, Layout, Problem
from sauga.repository.resources.rules.metadata import CODED, MANY_CODED, MetadataRefused, checked, slug_of
from sauga.repository.syndication.rules.import_cells import BODY, CREATORS, MINUTES

SLUG = _("The last part of the address. Empty: from the title.")


@dataclass(frozen=True)
class Column(layout.Column):
    """One column. `field` is the resource's field, `inner` the key within it (a language, a list of
    accessibility features).
    """

    field: str
    inner: str = ""

    @property
    def language(self) -> str:
        """The language of its texts, where it has one."""
        return self.inner if self.inner in {"lt", "en"} else ""


def _spoken(
    name: str, kind: layout.Kind, most: int, path: tuple[str | int, ...] = (), **more: Any
) -> list[Column]:
    return [
        Column(f"{name}_{code}", kind, name, code, path=(*(path or (name,)), code), most=most, **more)
        for code in ("lt", "en")
    ]


def _coded(name: str, key: str = "", path: tuple[str | int, ...] = ()) -> Column:
    field = key or name
    if field in CODED:
        return Column(name, CODE, field, path=path or (name,), vocabulary=CODED[field])
    return Column(name, CODES, field, path=path or (name,), vocabulary=MANY_CODED[field])


def _access(name: str, inner: str, vocabulary: str) -> Column:
    return Column(name, CODES, "accessibility", inner, path=("accessibility", inner), vocabulary=vocabulary)


def _number(name: str, most: int, *path: str | int) -> Column:
    return Column(name, NUMBER, name, path=path or (name,), most=most)


COLUMNS: tuple[Column, ...] = (
    Column(
        "id",
        WORD,
        "uuid",
        path=("id",),
        most=200,
        label=_("Number in the other system"),
        help=_(
            "A UUID, or the record's number in its own system. A later import recognises the record by it."
        ),
    ),
    Column("slug_lt", WORD, "slug_lt", path=("slug", "lt"), most=100, help=SLUG),
    Column("slug_en", WORD, "slug_en", path=("slug", "en"), most=100, help=SLUG),
    _coded("type"),
    *_spoken("title", WORD, 200),
    *_spoken("abstract", WORD, 1200),
    *_spoken("keywords", WORDS, 80),
    _coded("audiences"),
    _coded("topics"),
    _number("age_min", 120),
    _number("age_max", 120),
    _coded("stages", path=("education_stages",)),
    _number("about_age_min", 120, "about_ages", 0),
    _number("about_age_max", 120, "about_ages", 1),
    _coded("vulnerable_groups"),
    _coded("reading_level"),
    Column("learning_minutes", MINUTES, "learning_minutes", path=("learning_time",), most=6000),
    _coded("teaches_digcomp", path=("teaches", "digcomp")),
    _coded("teaches_curriculum", path=("teaches", "curriculum_digital")),
    _coded("languages"),
    _coded("sensitivity"),
    _coded("help_services"),
    _coded("licence"),
    *_spoken("licence_note", WORD, 400),
    Column("attribution", WORD, "attribution", path=("attribution",), most=240),
    Column("creators", CREATORS, "creators", path=("creators",), most=200),
    *_spoken("publisher", WORD, 200),
    *_spoken("funder", WORD, 200, ("funder", "name")),
    Column("grant", WORD, "grant", path=("funder", "grant"), most=80),
    Column("source", WORD, "source", path=("source",), most=200),
    _access("features", "features", "accessibility_features"),
    _access("access_modes", "access_modes", "access_modes"),
    _access("hazards", "hazards", "accessibility_hazards"),
    *(
        Column(
            f"access_summary_{code}",
            WORD,
            "accessibility",
            f"summary.{code}",
            path=("accessibility", "summary", code),
            most=400,
            label=label,
        )
        for code, label in (
            ("lt", _("Accessibility summary in Lithuanian")),
            ("en", _("Accessibility summary in English")),
        )
    ),
    *_spoken("body", BODY, 60_000),
    _coded("channels", path=("deployment_channels",)),
    Column("version", WORD, "version", path=("version",), most=16),
    Column("review_by", DAY, "review_by", path=("review_by",), help=_("The review date, as 2027-09-01.")),
)
BY_NAME = {column.name: column for column in COLUMNS}
TITLES = ("title_lt", "title_en")
OWN_ADDRESS = ("slug_lt", "slug_en")
LEFT_OUT = frozenset(
    {
        "synthetic",
        "url",
        "created",
        "published",
        "modified",
        "status",
        "renditions",
        "slots",
        "has_part",
        "is_based_on",
        "replaced_by",
        "gate_overrides",
        "status_note",
    }
)
"""Keys of a record in the exchange format that are its life or its files, which do not come
with an import.
"""


def held(fields: Mapping[str, Any], column: Column) -> Any:
    """A resource's value for a column; None for nothing."""
    value = fields.get(column.field)
    for key in column.inner.split(".") if column.inner else ():
        value = value.get(key) if isinstance(value, Mapping) else None
    return value or (value if value == 0 else None)


def laid_in(fields: Mapping[str, Any], given: Mapping[str, Any]) -> dict[str, Any]:
    """The fields updated with the columns; fields no column names stay unchanged. `given` is by column
    name.
    """
    made = dict(fields)
    for name, value in given.items():
        column = BY_NAME[name]
        made[column.field] = (
            _set(made.get(column.field), column.inner.split("."), value) if column.inner else value
        )
    return made


def _set(value: Any, keys: list[str], new: Any) -> Any:
    inside = dict(value) if isinstance(value, Mapping) else {}
    inside[keys[0]] = _set(inside.get(keys[0]), keys[1:], new) if keys[1:] else new
    return inside


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
    slots = (
        {block.get("slot") for block in value if isinstance(block, Mapping)} if column.field == "body" else ()
    )
    try:
        checked({column.field: field_value, "slot_codes": slots})
    except MetadataRefused as refused:
        return [Problem(name, refused.why)]
    except (TypeError, KeyError, AttributeError):
        return [Problem(name, "shape")]
    return []


LAYOUT = Layout(
    COLUMNS, TITLES, ("type", "licence"), _check, Document("sauga-resources-seed/1", "resources", LEFT_OUT)
)
