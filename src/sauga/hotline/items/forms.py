"""Forms of the worklist and the item page: filters, joining an item to another, the question before an action
on several items."""

from collections.abc import Callable, Sequence
from enum import StrEnum
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from sauga.kernel import vocab
from sauga.kernel.ui.forms import OwnIdsForm


class Act(StrEnum):
    """Actions on several items; the value is the name of the button."""

    CLAIM = "take"
    RELEASE = "release"
    ASSIGN = "hand"
    URGENCY = "urgency"
    SPAM = "aside"
    MERGE = "join"
    RECHECK = "recheck"


QUESTIONS = {
    Act.ASSIGN: _("To whom"),
    Act.URGENCY: _("Urgency"),
    Act.SPAM: _("Reason"),
    Act.MERGE: _("Which item stays"),
}


class AskForm(forms.Form):
    """One question about the ticked items, which travel along unseen."""

    answer = forms.ChoiceField(widget=forms.RadioSelect)
    do = forms.CharField(widget=forms.HiddenInput)
    refs = forms.Field(required=False, widget=forms.MultipleHiddenInput)
    back = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, data: Any, *, act: Act, choices: Sequence[tuple[str, Any]], **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        field = self.fields["answer"]
        field.label = QUESTIONS[act]
        if isinstance(field, forms.ChoiceField):
            field.choices = choices


def urgencies() -> list[tuple[str, Any]]:
    """P1 to P5 with their meaning."""
    return [(code, f"{code} · {label}") for code, label in vocab.choices("priority")]


def reasons() -> list[tuple[str, Any]]:
    """Why a report is noise."""
    return list(vocab.choices("report.spam_reason"))


ANY = [("", _("all"))]


def _or_any(vocabulary: str) -> Callable[[], list[tuple[str, Any]]]:
    return lambda: [*ANY, *vocab.choices(vocabulary)]


class FilterForm(forms.Form):
    """The filters of the worklist; everything optional, unknown values are ignored."""

    find = forms.CharField(
        label=_("Number, address or domain"),
        required=False,
        max_length=8192,
        strip=True,
        widget=forms.TextInput(attrs={"type": "search"}),
    )
    priority = forms.ChoiceField(
        label=_("Urgency"),
        required=False,
        choices=lambda: [*ANY, *((code, code) for code, _label in vocab.choices("priority"))],
    )
    category = forms.ChoiceField(label=_("Category"), required=False, choices=_or_any("rrt.category"))
    hosting = forms.ChoiceField(label=_("Hosting"), required=False, choices=_or_any("item.hosting_class"))


class JoinForm(OwnIdsForm):
    """Which item this one is the same as."""

    into = forms.CharField(label=_("Number of the other item"), max_length=12)
