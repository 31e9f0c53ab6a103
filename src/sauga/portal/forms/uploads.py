"""The CMS's forms with files: an upload goes through `kernel.media` before the form's own field sees it."""

from typing import Any

from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.documents.forms import BaseDocumentForm
from wagtail.images.forms import BaseImageForm

from sauga.kernel.media import FileRefused, MediaStorage, check_upload
from sauga.portal.rules.editor_audit import actor_for


class CheckedUploads:
    """Mixed into a form: what is uploaded to a field that `kernel.media` stores is inspected, cleaned and
    scanned before the field reads it, and a refusal is shown there."""

    files: Any
    fields: Any

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        self.by = actor_for(kwargs.get("user") or kwargs.get("for_user"))
        super().__init__(*args, **kwargs)

    def _clean_fields(self) -> None:
        every, refused = self.fields, {}
        self.files = self.files.copy()
        for name, storage in self._stored().items():
            key = self.add_prefix(name)  # type: ignore[attr-defined]  # the form has it
            try:
                if (upload := self.files.get(key)) is not None:
                    self.files[key] = check_upload(upload, kinds=storage.kinds, by=self.by)
            except FileRefused as why:
                refused[name] = why.text
        self.fields = {name: field for name, field in every.items() if name not in refused}
        super()._clean_fields()  # type: ignore[misc]  # the form has it
        self.fields = every
        for name, text in refused.items():
            self.add_error(name, text)  # type: ignore[attr-defined]  # the form has it

    def _stored(self) -> dict[str, MediaStorage]:
        """The form's fields whose files `kernel.media` stores."""
        model = self._meta.model  # type: ignore[attr-defined]  # the form has it
        columns = {column.name: column for column in model._meta.fields}
        found = {name: getattr(columns.get(name), "storage", None) for name in self.fields}
        return {name: storage for name, storage in found.items() if isinstance(storage, MediaStorage)}


class PictureForm(CheckedUploads, BaseImageForm):
    """An image: stored without what its camera wrote into it."""


class AttachmentForm(CheckedUploads, BaseDocumentForm):
    """A file to download."""


class FilmForm(CheckedUploads, WagtailAdminModelForm):
    """A film with its captions."""
