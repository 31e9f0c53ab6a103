"""The form in which an editor writes a page: what may not be said is refused before anything is stored."""

from datetime import date
from itertools import count
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms.pages import CopyForm, WagtailAdminPageForm
from wagtail.models import Page

from sauga.kernel import clock
from sauga.repository.rules.metadata import slug_of


class EditorForm(WagtailAdminPageForm):
    """Wagtail's form of a page, with the rules of the house."""

    def __init_subclass__(cls, **kwargs: Any) -> None:
        """The schedule stands in the tab that names it, not in a window behind the side panel. (The tool puts a class of its own before
        this one, whose word would count.)"""
        super().__init_subclass__(**kwargs)
        cls.show_schedule_publishing_toggle = False

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "slug" in self.fields:
            self.fields["slug"].required = False

    def clean_slug(self) -> str:
        """The last part of the address; left empty, it is made from the title, and numbered where a neighbour has it."""
        given = str(self.cleaned_data.get("slug") or "")
        base = slug_of(str(self.cleaned_data.get("title") or ""))
        if given or not base:
            return given
        tried = (base if number == 1 else f"{base}-{number}" for number in count(1))
        return next(slug for slug in tried if Page._slug_is_available(slug, self.parent_page, self.instance))

    def clean(self) -> dict[str, Any]:
        """A page cannot go up or down in the past; a moment that stays as it was is not asked about again."""
        cleaned: dict[str, Any] = super().clean()
        now = clock.now()
        for name in ("go_live_at", "expire_at"):
            when = cleaned.get(name)
            if when and when < now and name in self.changed_data:
                self.add_error(name, ValidationError(_("This moment has passed. Choose one that is still to come.")))
        day = cleaned.get("review_by") or date.max
        if day < now.astimezone(clock.VILNIUS).date() and "review_by" in self.changed_data:
            self.add_error("review_by", ValidationError(_("This day has passed. Choose one that is still to come.")))
        return cleaned


class DraftCopyForm(CopyForm):
    """How a page is copied: as a draft. A copy that is born live would never have met the gate (decision 0056)."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("publish_copies", "alias"):
            self.fields.pop(name, None)
