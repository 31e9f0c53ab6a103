"""The form of a quality review: one choice for each item of the rubric, and a remark."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from sauga.helpline.quality.rules import SECTIONS, Item
from sauga.kernel import vocab

SECTION_NAMES = {
    "contact": _("Contact with the child"),
    "content": _("What was said"),
    "closing": _("Closing"),
    "safety": _("Safety"),
}


class ReviewForm(forms.Form):
    """Every item of the channel, in its section."""

    remark = forms.CharField(
        label=_("Remark"),
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_(
            "For the talk with the counsellor. Without names, places or the child's own words. Kept "
            "for 30 days."
        ),
    )

    def __init__(
        self, data: Any = None, *, items: Sequence[Item], scores: Mapping[str, str], **options: Any
    ) -> None:
        super().__init__(data, **options)
        self.items = items
        choices = [(code, label) for code, label in vocab.choices("qa_score")]
        for item in items:
            self.fields[item.code] = forms.ChoiceField(
                label=item.label,
                choices=choices,
                widget=forms.RadioSelect,
                initial=scores.get(item.code),
                required=True,
            )
        self.order_fields([*(item.code for item in items), "remark"])

    def sections(self) -> Iterator[tuple[str, list[tuple[Any, Item]]]]:
        """Bound fields with their items, section by section."""
        for section in SECTIONS:
            rows = [(self[item.code], item) for item in self.items if item.section == section]
            if rows:
                yield str(SECTION_NAMES[section]), rows

    def scores(self) -> dict[str, str]:
        """What was chosen."""
        return {item.code: self.cleaned_data[item.code] for item in self.items}
