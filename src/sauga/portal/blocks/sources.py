"""The sources of a page's facts, shown at its end."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail.blocks import CharBlock, IntegerBlock, StructBlock, URLBlock
from wagtail.fields import StreamField


class Source(StructBlock):
    """A publication that a statement of the page rests on."""

    publisher = CharBlock(label=_("Publisher"), max_length=160)
    title = CharBlock(label=_("Title"), max_length=300)
    year = IntegerBlock(label=_("Year"), min_value=1900, max_value=2100, required=False)
    address = URLBlock(label=_("Address"), max_length=500, required=False)

    class Meta:
        label = _("Source")
        icon = "link-external"


class Sources(StreamField):
    """The sources of a page, stored as they are."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        given = {"blank": True, "default": list, "verbose_name": _("Sources"), **kwargs}
        super().__init__(*(args or ([("source", Source())],)), **given)

    def deconstruct(self) -> Any:
        """Migrations name the field only."""
        name, path, _args, kwargs = super().deconstruct()
        kwargs.pop("block_lookup", None)
        kwargs.pop("verbose_name", None)
        return name, path, [], kwargs
