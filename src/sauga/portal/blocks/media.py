"""Blocks with files: images, videos, downloads. Alternatives for people who cannot see or hear are
required.
"""

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail.blocks import CharBlock, StaticBlock, StructBlock
from wagtail.documents.blocks import DocumentChooserBlock
from wagtail.images.blocks import ImageChooserBlock
from wagtail.snippets.blocks import SnippetChooserBlock

FILE_ENDINGS = (".jpg", ".jpeg", ".png", ".webp", ".gif")


def says_something(text: str) -> None:
    """Refuse a description that is a file's name. Raises ValidationError."""
    if text.strip().lower().endswith(FILE_ENDINGS):
        raise ValidationError(_("Describe the image; the file name is not enough."))


class Picture(StructBlock):
    """An image with alternative text and caption; its credits come from its own record."""

    image = ImageChooserBlock(label=_("Picture"))
    alt = CharBlock(
        label=_("What can be seen"),
        help_text=_("For people who cannot see the image. One sentence."),
        max_length=200,
        validators=[says_something],
    )
    caption = CharBlock(label=_("Caption"), max_length=200)

    class Meta:
        label = _("Picture")
        icon = "image"
        template = "portal/blocks/picture.html"
        group = _("Files")


class Film(StructBlock):
    """A video of our own; it cannot be saved without captions and a transcript."""

    video = SnippetChooserBlock("portal.Video", label=_("Film"))

    class Meta:
        label = _("Film")
        icon = "media"
        template = "portal/blocks/film.html"
        group = _("Files")


class Download(StructBlock):
    """A file to download."""

    document = DocumentChooserBlock(label=_("File"))
    note = CharBlock(label=_("What is in it"), max_length=200)

    class Meta:
        label = _("Download")
        icon = "download"
        template = "portal/blocks/download.html"
        group = _("Files")


def rights_of(value: Any) -> str:
    """The credits and terms of an image, as shown below it."""
    return f"{value.rights_holder}, {value.get_rights_display()}" if value else ""


class Breathing(StaticBlock):
    """A circle that grows and shrinks at the pace of calm breathing, once the reader starts it; words and
    timing belong to the drawing.
    """

    class Meta:
        label = _("Breathing circle")
        icon = "spinner"
        admin_text = _("A circle to breathe with: in for four seconds, out for six. It moves once started.")
        template = "portal/blocks/breathing.html"
        group = _("Files")
