"""What an editor pins to the end of a page: pages of ours and resources, before what is found by topic."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail.blocks import PageChooserBlock
from wagtail.fields import StreamField

from sauga.portal.blocks.links import ShortName

MOST = 6


class Pinned(StreamField):
    """The pinned pages and resources of a page, in the editor's order."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        blocks = [
            ("page", PageChooserBlock(label=_("Page"))),
            (
                "resource",
                ShortName(
                    label=_("Short name of the resource"),
                    help_text=_("The last part of its address."),
                    max_length=120,
                ),
            ),
        ]
        given = {"blank": True, "default": list, "max_num": MOST, "verbose_name": _("Pinned"), **kwargs}
        super().__init__(*(args or (blocks,)), **given)

    def deconstruct(self) -> Any:
        """Migrations name the field only."""
        name, path, _args, kwargs = super().deconstruct()
        for own in ("block_lookup", "verbose_name", "max_num"):
            kwargs.pop(own, None)
        return name, path, [], kwargs
