"""What the form of an activity asks about an imported package, and the check of what was brought."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from sauga.kernel import media
from sauga.kernel.refusals import ActionRefused
from sauga.training.courses.actions import imports


def package_fields(*, is_held: bool) -> dict[str, forms.Field]:
    """The fields of a package; `is_held`: the activity has one already."""
    return {
        "upload": forms.FileField(
            label=_("Another package instead of the present one") if is_held else _("Package"),
            required=not is_held,
            help_text=_("SCORM 1.2 or SCORM 2004 (.zip) or H5P (.h5p), up to 60 MB."),
        ),
        "least": forms.IntegerField(
            label=_("Done from (percent)"),
            min_value=0,
            max_value=100,
            required=False,
            help_text=_("Empty: done when the package says so."),
        ),
        "is_download": forms.BooleanField(
            label=_("Learners may download the package"),
            required=False,
            help_text=_("For devices on which it cannot be played here."),
        ),
    }


def inspected_package(upload: Any) -> tuple[media.Inspected | None, Sequence[ActionRefused]]:
    """The package that was brought, or everything at once that keeps it out."""
    content = upload.read()
    refused = imports.refusals(imports.report_on(content))
    if refused:
        return None, refused
    try:
        return media.inspect(content, upload.name, kinds={media.Kind.ARCHIVE}), ()
    except media.FileRefused as unfit:
        return None, [unfit]
