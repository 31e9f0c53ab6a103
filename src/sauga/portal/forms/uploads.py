"""The CMS's forms for images and files: an upload goes through `kernel.media` before Wagtail sees it."""

from collections.abc import Collection
from typing import Any, ClassVar

from django.utils.datastructures import MultiValueDict
from wagtail.documents.forms import BaseDocumentForm
from wagtail.images.forms import BaseImageForm

from sauga.kernel.media import FileRefused, Kind, check_upload

FILE = "file"


class CheckedUpload:
    """Mixed into a form with a field `file`: the upload is inspected, cleaned and scanned before the field
    reads it, and a refusal is shown there."""

    kinds: ClassVar[Collection[Kind]]
    files: Any
    fields: Any

    def _clean_fields(self) -> None:
        name = self.add_prefix(FILE)  # type: ignore[attr-defined]  # the form has it
        upload = self.files.get(name)
        if upload is None or FILE not in self.fields:
            super()._clean_fields()  # type: ignore[misc]  # the form has it
            return
        given, self.files = self.files, MultiValueDict(self.files)
        try:
            self.files[name] = check_upload(upload, kinds=self.kinds)
        except FileRefused as refused:
            field = self.fields.pop(FILE)
            super()._clean_fields()  # type: ignore[misc]  # the form has it
            self.fields[FILE] = field
            self.files = given
            self.add_error(FILE, refused.text)  # type: ignore[attr-defined]  # the form has it
        else:
            super()._clean_fields()  # type: ignore[misc]  # the form has it


class PictureForm(CheckedUpload, BaseImageForm):
    """An image: stored without what its camera wrote into it."""

    kinds = frozenset({Kind.IMAGE})


class AttachmentForm(CheckedUpload, BaseDocumentForm):
    """A file to download."""

    kinds = frozenset({Kind.PDF, Kind.DOCUMENT, Kind.ARCHIVE})
