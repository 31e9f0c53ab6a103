"""The form in which an editor writes a page: invalid schedules are refused before anything is stored."""

from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms.pages import CopyForm, WagtailAdminPageForm

from sauga.kernel import clock


class EditorForm(WagtailAdminPageForm):
    """Wagtail's page form with our rules."""

    def __init_subclass__(cls, **kwargs: Any) -> None:
        """The schedule stands in the tab that names it, not in a window behind the side panel. (The tool puts
        a class of its own before this one, whose word would count.)
        """
        super().__init_subclass__(**kwargs)
        cls.show_schedule_publishing_toggle = False

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "slug" in self.fields:
            self.fields["slug"].required = False  # Wagtail makes it from the title

    def clean(self) -> dict[str, Any]:
        """A page cannot be published or unpublished in the past; an unchanged time is not checked again."""
        cleaned: dict[str, Any] = super().clean()
        now = clock.now()
        for name in ("go_live_at", "expire_at"):
            when = cleaned.get(name)
            if when and when < now and name in self.changed_data:
                self.add_error(
                    name, ValidationError(_("This moment has passed. Choose one that is still to come."))
                )
        day = cleaned.get("review_by") or date.max
        if day < now.astimezone(clock.VILNIUS).date() and "review_by" in self.changed_data:
            self.add_error(
                "review_by", ValidationError(_("This day has passed. Choose one that is still to come."))
            )
        return cleaned


class DraftCopyForm(CopyForm):
    """How a page is copied: as a draft. A copy that is live at once would never have passed the gate
    (decision 0056).
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("publish_copies", "alias"):
            self.fields.pop(name, None)
