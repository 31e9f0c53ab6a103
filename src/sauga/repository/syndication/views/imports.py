"""Import of resources at the desk (`kernel.kit.imports`)."""

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from sauga.kernel.kit.imports.pages import ImportPages
from sauga.repository.resources.forms.resource import ResourceForm
from sauga.repository.syndication.actions.imports import RESOURCES

PROBLEMS = {
    "slug": _("An address consists of lower-case letters without accents, digits and hyphens."),
    "taken": _("Another resource has this address. Choose another one."),
    "two": _("The two addresses belong to two different resources. Correct one."),
    "slots": _("The text refers to a slot that the resource does not have. Add it at the desk first."),
    "gone": _(
        "This resource was withdrawn or retired. Remove the row, or restore the resource at the desk first."
    ),
    "busy": _("This resource is in review. Wait for the end of the review, then read the file again."),
}


def _label(name: str) -> object:
    """A column that fills a form field has the field's label."""
    field = ResourceForm.base_fields.get(name)
    return field.label if field else name


PAGES = ImportPages(
    of=RESOURCES,
    url="repository-import",
    link=lambda ref: reverse("repository-desk-resource", args=[ref]),
    label=_label,
    problems=PROBLEMS,
    index_template="repository/syndication/imports.html",
    run_template="repository/syndication/import_run.html",
)
