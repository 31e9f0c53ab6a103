"""A field for codes of a vocabulary: tick boxes in Wagtail, stored as an array."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib.postgres.fields import ArrayField
from django.db import models


class CodesField(ArrayField):  # type: ignore[type-arg]  # the generic is known to the checker alone, not when Django runs
    """Codes out of `offered`, which is called when the form is made and not stored in the database."""

    def __init__(self, *args: Any, offered: Callable[[], Any] = list, **kwargs: Any) -> None:
        self.offered = offered
        given = {"base_field": models.CharField(max_length=40), "default": list, "blank": True}
        super().__init__(*args, **{**given, **kwargs})

    def deconstruct(self) -> Any:
        """Migrations know a plain array."""
        name, _path, args, kwargs = super().deconstruct()
        return name, "django.contrib.postgres.fields.ArrayField", args, kwargs

    def formfield(self, **kwargs: Any) -> Any:
        """Tick boxes."""
        return forms.MultipleChoiceField(
            choices=self.offered,
            required=False,
            widget=forms.CheckboxSelectMultiple,
            label=self.verbose_name,
            help_text=self.help_text,
        )
