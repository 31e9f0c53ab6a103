"""Advice for one group of readers: a page about one subject says to each what it needs."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import groupby
from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail.blocks import Block, ChoiceBlock, StreamBlock, StreamValue, StructBlock, StructValue

from sauga.portal.states import Audience


class AdviceValue(StructValue):  # type: ignore[misc]  # Wagtail says nothing of its types
    """Advice as templates see it."""

    @property
    def reader_name(self) -> str:
        """The group of readers in the language of the page."""
        return str(Audience(self["reader"]).label)


class Advice(StructBlock):
    """Blocks that one group of readers sees after choosing itself. Neighbouring ones share one choice."""

    def __init__(self, blocks: Iterable[tuple[str, Block]] = (), **kwargs: Any) -> None:
        held = [
            ("reader", ChoiceBlock(label=_("For whom"), choices=Audience.choices)),
            ("body", StreamBlock(list(blocks), label=_("Contents"))),
        ]
        super().__init__(held, **kwargs)

    class Meta:
        label = _("Advice for one group of readers")
        icon = "group"
        template = "portal/blocks/advice.html"
        value_class = AdviceValue
        group = _("Words")


@dataclass(frozen=True)
class Piece:
    """A block at its place in a body. Wagtail makes its value of what is stored when `bound` is asked for."""

    body: StreamValue
    place: int

    @property
    def stored(self) -> dict[str, Any]:
        """Its type and what is stored of it."""
        found: dict[str, Any] = self.body.raw_data[self.place]
        return found

    @property
    def block(self) -> Block:
        """What kind of block it is."""
        return self.body.stream_block.child_blocks[self.stored["type"]]

    @property
    def bound(self) -> Any:
        """The block with its value."""
        return self.body[self.place]


def pieces(body: StreamValue) -> list[Piece]:
    """The blocks of a body in order."""
    return [Piece(body, place) for place in range(len(body))]


@dataclass(frozen=True)
class StoredAdvice:
    """Advice as it is stored: for whom, and the blocks, of which Wagtail has made no values yet."""

    reader: str
    body: StreamValue

    @classmethod
    def of(cls, piece: Piece) -> "StoredAdvice":
        """What a block of advice holds."""
        held = piece.stored["value"]
        return cls(held["reader"], piece.block.child_blocks["body"].to_python(held["body"]))

    @property
    def reader_name(self) -> str:
        """The group of readers in the language of the page."""
        return str(Audience(self.reader).label)


@dataclass
class Passage:
    """Neighbouring blocks of a body that are drawn together: advice for several readers, or other blocks."""

    advice: list[StoredAdvice] = field(default_factory=list)
    pieces: list[Piece] = field(default_factory=list)


def passages(body: StreamValue) -> Iterator[Passage]:
    """The blocks of a body in order, with neighbouring advice put together."""
    for is_advice, some in groupby(pieces(body), lambda one: one.stored["type"] == "advice"):
        held = list(some)
        yield Passage(advice=[StoredAdvice.of(one) for one in held]) if is_advice else Passage(pieces=held)


def flat(body: Iterable[Any]) -> Iterator[Any]:
    """Every block of a body, those of advice in its place."""
    for block in body:
        if block.block_type == "advice":
            yield from block.value["body"]
        else:
            yield block
