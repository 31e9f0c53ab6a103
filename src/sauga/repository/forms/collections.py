"""The form of a collection."""

from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from sauga.repository.forms.desk import text_field


class CollectionForm(forms.Form):
    """A collection: its words, its resources in order, whether visitors see it."""

    title_lt = text_field(_("Title in Lithuanian"), 200)
    title_en = text_field(_("Title in English"), 200)
    abstract_lt = text_field(_("Summary in Lithuanian"), 1200, rows=3)
    abstract_en = text_field(_("Summary in English"), 1200, rows=3)
    members = text_field(_("Resources in order"), 4000, rows=8, help_text=_("Numbers or addresses, one a line."))
    is_public = forms.BooleanField(label=_("Visitors see it"), required=False)

    def clean(self) -> dict[str, Any]:
        """At least one title."""
        said: dict[str, Any] = super().clean() or {}
        if not said.get("title_lt") and not said.get("title_en"):
            self.add_error("title_lt", gettext("Write a title in at least one language."))
        return said
