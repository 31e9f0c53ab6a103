"""Kinds of form fields that the desk of the repository uses."""

from collections.abc import Collection
from typing import Any

from django import forms

from sauga.kernel import vocab

DATE = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


def one_of(vocabulary: str, label: Any, *, required: bool = True, help_text: Any = "") -> forms.ChoiceField:
    """One code of a vocabulary."""
    return forms.ChoiceField(
        label=label, required=required, choices=lambda: offered(vocabulary, empty=True), help_text=help_text
    )


def many_of(
    vocabulary: str, label: Any, *, only: Collection[str] = (), help_text: Any = ""
) -> forms.MultipleChoiceField:
    """Codes of a vocabulary as tick boxes; `only` limits them to those the program supports."""

    def choices() -> list[tuple[str, str]]:
        return [pair for pair in offered(vocabulary) if not only or pair[0] in only]

    return forms.MultipleChoiceField(
        label=label,
        required=False,
        choices=choices,
        widget=forms.CheckboxSelectMultiple(attrs={"class": "many"}),
        help_text=help_text,
    )


def offered(vocabulary: str, *, empty: bool = False) -> list[tuple[str, str]]:
    """Code and label of every term of a vocabulary, after an empty choice if wanted."""
    return [*([("", "—")] if empty else []), *vocab.choices(vocabulary)]


def text_field(label: Any, longest: int, *, rows: int = 0, help_text: Any = "") -> forms.CharField:
    """A text field of at most `longest` characters, a text area when `rows` are given."""
    widget = forms.Textarea(attrs={"rows": rows}) if rows else forms.TextInput()
    return forms.CharField(
        label=label, required=False, max_length=longest, widget=widget, help_text=help_text
    )


def number_field(label: Any, most: int = 120) -> forms.IntegerField:
    """A whole number from 0 to `most`."""
    return forms.IntegerField(label=label, required=False, min_value=0, max_value=most)
