"""Images, files and videos of the site. Credits and text alternatives are required.

Their bytes are uploads of `kernel.media`: the file fields store there whatever form saves them.
"""

from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.documents.models import AbstractDocument
from wagtail.images.models import AbstractImage, AbstractRendition, WagtailImageField
from wagtail.search import index

from sauga.kernel.data import About, Forever
from sauga.kernel.media import Kind, MediaStorage
from sauga.portal.states import Rights

FILES = Forever(
    _("Files of published pages, with whose they are; the bytes are kept as uploaded files."),
    what=_("Pictures and files of pages"),
)

ZONE = "awareness"
LONGEST_NAME = 200
FILM_ADDRESS = "/media/films/"
PICTURES = MediaStorage("portal.picture", Kind.IMAGE, zone=ZONE)
ATTACHMENTS = MediaStorage("portal.attachment", Kind.PDF, Kind.DOCUMENT, Kind.ARCHIVE, zone=ZONE)
FILMS = MediaStorage("portal.film", Kind.VIDEO, zone=ZONE, base_url=FILM_ADDRESS)
CAPTIONS = MediaStorage("portal.captions", Kind.CAPTIONS, zone=ZONE, base_url=FILM_ADDRESS)


class Picture(AbstractImage):
    """An image of the site. Its description is offered as alternative text where it is used."""

    data = About(
        plain={"description", "file", "file_hash", "rights", "rights_holder", "title"},
        keep=FILES,
    )

    file = WagtailImageField(
        _("file"), storage=PICTURES, max_length=LONGEST_NAME, width_field="width", height_field="height"
    )
    rights_holder = models.CharField(_("whose it is"), max_length=160)
    rights = models.CharField(_("terms"), max_length=16, choices=Rights.choices)
    admin_form_fields = ("title", "file", "description", "rights_holder", "rights", "collection", "tags")

    class Meta:
        verbose_name = _("picture")
        verbose_name_plural = _("pictures")

    def clean(self) -> None:
        """An image needs a description. Raises ValidationError."""
        super().clean()
        if not self.description.strip():
            raise ValidationError(
                {"description": _("Say what can be seen, for people who cannot see the picture.")}
            )


class PictureSize(AbstractRendition):
    """An image resized to one size. Made when a page first needs it."""

    data = About(
        plain={"file", "filter_spec", "focal_point_key"},
        keep=FILES,
    )

    image = models.ForeignKey(Picture, models.CASCADE, related_name="renditions")

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["image", "filter_spec", "focal_point_key"], name="portal_picture_size_once"
            ),
        ]


class Attachment(AbstractDocument):
    """A file to download."""

    data = About(
        plain={"file", "file_hash", "language", "rights", "rights_holder", "title"},
        keep=FILES,
    )

    file = models.FileField(_("file"), storage=ATTACHMENTS, max_length=LONGEST_NAME)
    language = models.CharField(
        _("language"), max_length=5, choices=[("lt", _("Lithuanian")), ("en", _("English"))], default="lt"
    )
    rights_holder = models.CharField(_("whose it is"), max_length=160)
    rights = models.CharField(_("terms"), max_length=16, choices=Rights.choices)
    admin_form_fields = ("title", "file", "language", "rights_holder", "rights", "collection", "tags")

    class Meta:
        verbose_name = _("file")
        verbose_name_plural = _("files")


class Video(index.Indexed, models.Model):
    """A video of our own, with captions and a transcript. Nothing is played from another host."""

    data = About(
        plain={"captions", "file", "language", "rights", "rights_holder", "title", "transcript"},
        keep=FILES,
    )

    title = models.CharField(_("title"), max_length=160)
    language = models.CharField(
        _("language"), max_length=5, choices=[("lt", _("Lithuanian")), ("en", _("English"))], default="lt"
    )
    file = models.FileField(_("film"), storage=FILMS, max_length=LONGEST_NAME)
    captions = models.FileField(
        _("captions"),
        storage=CAPTIONS,
        max_length=LONGEST_NAME,
        help_text=_("A WebVTT file in the film's language."),
    )
    transcript = models.TextField(
        _("transcript"), help_text=_("Everything that is said and what must be seen to understand it.")
    )
    poster = models.ForeignKey(
        Picture, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("first picture")
    )
    rights_holder = models.CharField(_("whose it is"), max_length=160)
    rights = models.CharField(_("terms"), max_length=16, choices=Rights.choices)

    search_fields: ClassVar[list[Any]] = [index.SearchField("title"), index.AutocompleteField("title")]

    class Meta:
        verbose_name = _("film")
        verbose_name_plural = _("films")

    def __str__(self) -> str:
        return self.title
