"""Prepared blocks in a page: chosen from the list that the centre keeps, and shown as they are there now."""

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail.blocks import CharBlock, RichTextBlock, StructBlock
from wagtail.blocks.struct_block import StructBlockValidationError
from wagtail.fields import StreamField
from wagtail.snippets.blocks import SnippetChooserBlock


class PreparedStep(StructBlock):
    """One step of a prepared block. It has no links: who helps is named below the steps."""

    title = CharBlock(label=_("Title"), max_length=90)
    text = RichTextBlock(label=_("Text"), features=["bold"], required=False)

    class Meta:
        label = _("Step")
        icon = "list-ol"


class PreparedSteps(StreamField):
    """The steps of a prepared block in one language."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        given = {"min_num": 2, "max_num": 8, **kwargs}
        super().__init__(*(args or ([("step", PreparedStep())],)), **given)

    def deconstruct(self) -> Any:
        """Migrations name the field only."""
        name, path, _args, kwargs = super().deconstruct()
        for own in ("block_lookup", "verbose_name", "min_num", "max_num"):
            kwargs.pop(own, None)
        return name, path, [], kwargs


class Prepared(StructBlock):
    """What to do now in one situation: a block of the list, in the language of the page."""

    block = SnippetChooserBlock(
        "portal.PreparedBlock",
        label=_("Prepared block"),
        help_text=_("It is edited in the list, and changes on every page that shows it."),
    )

    class Meta:
        label = _("Prepared: what to do now")
        icon = "list-ol"
        template = "portal/blocks/prepared.html"
        group = _("Words")

    def clean(self, value: Any) -> Any:
        """Only what has a person responsible. Raises StructBlockValidationError."""
        cleaned = super().clean(value)
        if not cleaned["block"].confirmed:
            refused = ValidationError(_("Nobody has confirmed this block yet. Choose another."))
            raise StructBlockValidationError(block_errors={"block": refused})
        return cleaned

    def get_searchable_content(self, value: Any) -> list[str]:
        """The words that visitors read, in the language that is active."""
        row = value.get("block")
        return [row.words()] if row is not None and row.confirmed else []
