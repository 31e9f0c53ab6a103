"""Advice for one group of readers: a page about one subject says to each what it needs."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail.blocks import Block, ChoiceBlock, StreamBlock, StructBlock, StructValue

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


@dataclass
class Passage:
    """Neighbouring blocks of a body that are drawn together: advice for several readers, or one other
    block.
    """

    advice: list[Any] = field(default_factory=list)
    block: Any = None


def passages(body: Iterable[Any]) -> Iterator[Passage]:
    """The blocks of a body in order, with neighbouring advice put together."""
    held = Passage()
    for block in body:
        if block.block_type == "advice":
            held.advice.append(block)
            continue
        if held.advice:
            yield held
            held = Passage()
        yield Passage(block=block)
    if held.advice:
        yield held


def flat(body: Iterable[Any]) -> Iterator[Any]:
    """Every block of a body, those of advice in its place."""
    for block in body:
        if block.block_type == "advice":
            yield from block.value["body"]
        else:
            yield block
