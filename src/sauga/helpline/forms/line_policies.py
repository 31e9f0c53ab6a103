"""The forms of the line's settings: one for each policy, and a reason."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from sauga.helpline.queries.line_policies import Group
from sauga.helpline.rules.settings_of_line import LONGEST_ADDRESS, Setting, is_harmless
from sauga.kernel import vocab


class GroupForm(forms.Form):
    """The settings of one policy as they are, the version they were read from, and why they change."""

    based_on = forms.IntegerField(widget=forms.HiddenInput)
    why = forms.ChoiceField(label=_("Why"))

    def __init__(self, data: Any = None, *, group: Group) -> None:
        first = {one.field: one.of(group.value) for one in group.settings}
        super().__init__(data, initial={**first, "based_on": group.version}, auto_id=f"{group.policy.partition('.')[2]}_%s")
        self.group = group
        for one in group.settings:
            self.fields[one.field] = _field(one)
        self.fields["why"].choices = [("", "–"), *vocab.choices("line_policy_reason")]  # type: ignore[attr-defined]  # a choice field
        self.order_fields([*(one.field for one in group.settings), "why", "based_on"])

    @property
    def given(self) -> dict[str, Any]:
        """The settings that were sent."""
        return {one.field: self.cleaned_data[one.field] for one in self.group.settings}

    def clean(self) -> dict[str, Any]:
        given: dict[str, Any] = super().clean() or {}
        for one in self.group.settings:
            if one.kind == "address" and given.get(one.field) and not is_harmless(given[one.field]):
                self.add_error(one.field, _("Write the whole address of a page, beginning with https://, without a name or a port in it."))
        return given


def _field(one: Setting) -> forms.Field:
    if one.kind == "bool":
        return forms.BooleanField(label=one.label, help_text=one.help_text, required=False)
    if one.kind == "int":
        return forms.IntegerField(label=one.label, help_text=one.help_text, min_value=one.least, max_value=one.most)
    widget = forms.TextInput(attrs={"inputmode": "url", "autocomplete": "off", "spellcheck": "false"})
    return forms.CharField(label=one.label, help_text=one.help_text, required=False, max_length=LONGEST_ADDRESS, widget=widget)
