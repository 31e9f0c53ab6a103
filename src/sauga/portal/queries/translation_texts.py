"""The texts of a page, each under the name of its place, and the page with other texts: what a translator
gets, and how it goes back.

`title`, `summary`, `body.<block>.<field>`, `body.<block>.points.<item>`, `body.<block>.2` for the third
paragraph of rich text. Blocks and items go by the identifiers that the editors' tool gives them; a twin is
born with those of its source, so both are laid side by side.
"""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from itertools import takewhile
from typing import Any

from wagtail.blocks import (
    Block,
    CharBlock,
    ListBlock,
    PageChooserBlock,
    RichTextBlock,
    StreamBlock,
    StructBlock,
    TextBlock,
)
from wagtail.models import Page

from sauga.portal.blocks.links import ShortName
from sauga.portal.models.base import PortalPage
from sauga.portal.rules import richtext
from sauga.repository.syndication.rules import xliff

PLAIN = ("title", "summary", "answer", "motto", "seo_title", "search_description")
BODIES = ("body", "picks")


@dataclass(frozen=True)
class Said:
    """One text with its codes; `longest` is the maximum length."""

    text: str
    codes: tuple[richtext.Code, ...] = ()
    longest: int | None = None


def texts_of(page: PortalPage) -> dict[str, Said]:
    """Every non-empty text of a page in reading order. A paragraph with more codes than a file can number is
    omitted.
    """
    held = {name: getattr(page, name, "") for name in PLAIN}
    found = {
        name: Said(xliff.carried(text), longest=_field(page, name).max_length)
        for name, text in held.items()
        if text
    }
    for name in BODIES:
        for item in _stored(page, name):
            found |= _texts(_kinds(page, name)[item["type"]], item["value"], f"{name}.{item['id']}")
    return found


def with_texts(
    page: PortalPage, source: PortalPage, texts: Mapping[str, str]
) -> tuple[dict[str, Any], list[str]]:
    """Values for the fields of `page`, and the places that are still without words.

    A body takes the blocks of `source` in their order, with the words of `texts`, or else those that `page`
    has in the same place; blocks that only `page` has stay behind the block that they follow. A body with a
    place left empty is left as it is, and the places are named.
    """
    fields: dict[str, Any] = {name: text for name, text in texts.items() if name in PLAIN}
    lost: list[str] = []
    for name in BODIES:
        if not any(place.startswith(f"{name}.") for place in texts):
            continue
        making = _Making(page, texts)
        made = making.body(source, name)
        lost += making.lost
        if not making.lost:
            fields[name] = page._meta.get_field(name).to_python(json.dumps(made))
    return fields, lost


class _Making:
    """Puts the texts of one body into the blocks of its source."""

    def __init__(self, page: PortalPage, texts: Mapping[str, str]) -> None:
        self.page = page
        self.texts = texts
        self.lost: list[str] = []

    def body(self, source: PortalPage, name: str) -> list[Any]:
        """The blocks of a body, as stored."""
        kinds = _kinds(source, name)
        return self.items(
            _stored(source, name), _stored(self.page, name), lambda item: kinds[item["type"]], name
        )

    def items(
        self, source: list[Any], target: list[Any], kind: Callable[[Any], Block], place: str
    ) -> list[Any]:
        """Items of a body or a list: those of the source, and behind each what the target has of its own."""
        known = {item["id"] for item in source}
        held = {item["id"]: item for item in target}
        made = [*takewhile(lambda item: item["id"] not in known, target)]
        for item in source:
            twin = held.get(item["id"])
            there = twin["value"] if twin is not None and twin["type"] == item["type"] else None
            made.append(
                {**item, "value": self.value(kind(item), item["value"], there, f"{place}.{item['id']}")}
            )
            if twin is not None:
                made += takewhile(lambda own: own["id"] not in known, target[target.index(twin) + 1 :])
        return made

    def value(self, block: Block, source: Any, target: Any, place: str) -> Any:
        """One value: words of the file, else what the target has, else what the source has
        where it is no text.
        """
        if isinstance(block, RichTextBlock):
            return self.rich(source, target, place)
        if isinstance(block, StructBlock):
            inner = block.child_blocks
            there = target or {}
            return {
                key: self.value(inner[key], part, there.get(key), f"{place}.{key}")
                for key, part in source.items()
                if key in inner
            }
        if isinstance(block, StreamBlock | ListBlock):
            return self.items(source, target or [], lambda item: _kind_of(block, item), place)
        if _is_words(block):
            return self.words(source, target, place)
        if isinstance(block, PageChooserBlock) and target is None and source:
            return self.twin(source)
        return source if target is None else target

    def words(self, source: str, target: str | None, place: str) -> str:
        if not source:
            return target or ""
        if place not in self.texts and not target:
            self.lost.append(place)
        return self.texts.get(place) or target or source

    def rich(self, source: str, target: str | None, place: str) -> str:
        wanted = richtext.pieces(source)
        names = [f"{place}.{number}" for number in range(len(wanted))]
        if target and not any(name in self.texts for name in names):
            return target
        held = richtext.pieces(target or "")
        said = []
        for number, (name, piece) in enumerate(zip(names, wanted, strict=True)):
            if name in self.texts:
                codes = richtext.coded(piece)[1]
                said.append(
                    richtext.from_coded(
                        self.texts[name], [richtext.to_twins(code, self.twin) for code in codes]
                    )
                )
            elif len(held) == len(wanted):
                said.append(held[number])
            else:
                said.append(piece)
                if len(richtext.coded(piece)[1]) <= xliff.MOST_CODES:
                    self.lost.append(name)
        return richtext.with_pieces(source, said)

    def twin(self, key: int) -> int:
        """The page in this language, or the page itself where it has no translation."""
        page = Page.objects.filter(pk=key).first()
        twin = page.get_translation_or_none(self.page.locale) if page else None
        return int(twin.pk) if twin else key


def _texts(block: Block, value: Any, place: str) -> dict[str, Said]:
    found: dict[str, Said] = {}
    if isinstance(block, RichTextBlock):
        for number, piece in enumerate(richtext.pieces(value or "")):
            text, codes = richtext.coded(piece)
            if len(codes) <= xliff.MOST_CODES:
                found[f"{place}.{number}"] = Said(xliff.carried(text), codes)
    elif isinstance(block, StructBlock):
        for key, inner in block.child_blocks.items():
            if value.get(key) is not None:
                found |= _texts(inner, value[key], f"{place}.{key}")
    elif isinstance(block, StreamBlock | ListBlock):
        for item in value:
            found |= _texts(_kind_of(block, item), item["value"], f"{place}.{item['id']}")
    elif _is_words(block) and value:
        found[place] = Said(xliff.carried(value), longest=block.field.max_length)
    return found


def _kind_of(block: StreamBlock | ListBlock, item: Any) -> Block:
    """The kind of one item of a list or of blocks within a block."""
    return block.child_blocks[item["type"]] if isinstance(block, StreamBlock) else block.child_block


def _is_words(block: Block) -> bool:
    return isinstance(block, CharBlock | TextBlock) and not isinstance(block, ShortName)


def _stored(page: PortalPage, name: str) -> list[Any]:
    """The blocks as they are stored, each with its identifier."""
    value = getattr(page, name, None)
    return list(value.get_prep_value()) if value else []


def _kinds(page: PortalPage, name: str) -> Mapping[str, Block]:
    return getattr(page, name).stream_block.child_blocks  # type: ignore[no-any-return]  # Wagtail says nothing of its types


def _field(page: PortalPage, name: str) -> Any:
    return page._meta.get_field(name)
