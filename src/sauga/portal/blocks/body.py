"""The body of a page: the blocks in the order editors see them."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail.blocks import Block
from wagtail.fields import StreamField

from sauga.portal.blocks import advice, links, media, prepared, text


def body_blocks() -> list[tuple[str, Block]]:
    """Name and block of everything a page may hold."""
    return [*_plain_blocks(), ("advice", advice.Advice(_plain_blocks()))]


def _plain_blocks() -> list[tuple[str, Block]]:
    return [
        ("heading", text.Heading(max_length=90)),
        ("text", text.Words(features=text.RICH)),
        ("points", text.Points()),
        ("callout", text.Callout()),
        ("steps", text.Steps()),
        ("questions", text.Questions()),
        ("quote", text.Quote()),
        ("picture", media.Picture()),
        ("film", media.Film()),
        ("download", media.Download()),
        ("breathing", media.Breathing()),
        ("prepared", prepared.Prepared()),
        ("help", links.Help()),
        ("pages", links.Pages()),
        ("resources", links.Resources()),
    ]


class Body(StreamField):
    """The blocks of a page, stored as they are; what they may be is said above and not in the database."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(
            *(args or (body_blocks(),)), **{"blank": True, "verbose_name": _("Contents"), **kwargs}
        )

    def deconstruct(self) -> Any:
        """Migrations name the field only, so that a new block needs none."""
        name, path, _args, kwargs = super().deconstruct()
        kwargs.pop("block_lookup", None)
        kwargs.pop("verbose_name", None)
        return name, path, [], kwargs


__all__ = ["Body", "body_blocks"]
