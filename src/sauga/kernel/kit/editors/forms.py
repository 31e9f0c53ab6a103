"""Forms of lists, policies and settings: filters, the words and days of a term, a policy as JSON, settings
with a reason.

A form that changes something holds what its editor saw, so that a colleague's change in between is noticed.
"""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django import forms
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext_lazy as _

from sauga.kernel import vocab
from sauga.kernel.kit.editors import shape
from sauga.kernel.kit.editors.declared import TO_CONFIRM, Editor, Setting, Settings, Wording
from sauga.kernel.vocab.models import Policy, Term, Vocabulary

LABEL = 300
SHOWN = {
    "": _("All"),
    "valid": _("Valid today"),
    "retired": _("Retired"),
    "confirm": _("To confirm"),
    "edited": _("Edited by staff"),
}


class ListFilter(forms.Form):
    """Which lists or policies to show; kept in the address."""

    find = forms.CharField(label=_("Code or name"), required=False, max_length=100)
    only = forms.ChoiceField(
        label=_("Show"), required=False, choices=[(code, SHOWN[code]) for code in ("", "confirm", "edited")]
    )


class TermFilter(ListFilter):
    """Which terms of a list to show."""

    only = forms.ChoiceField(label=_("Show"), required=False, choices=list(SHOWN.items()))


def _day(label: Any, *, required: bool = False, hint: Any = "") -> forms.DateField:
    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    return forms.DateField(label=label, required=required, help_text=hint, widget=widget)


class Seen(forms.Form):
    """`seen` is when the term had last been edited when the page was drawn."""

    seen = forms.CharField(required=False, widget=forms.HiddenInput)

    def seen_at(self) -> datetime | None:
        """When the term had last been edited as its editor saw it."""
        try:
            return parse_datetime(self.cleaned_data["seen"])
        except ValueError:
            return None


class TermForm(Seen):
    """Names, days and source of a term."""

    label_lt = forms.CharField(label=_("Name in Lithuanian"), required=False, max_length=LABEL)
    label_en = forms.CharField(label=_("Name in English"), required=False, max_length=LABEL)
    valid_from = _day(_("First day"), hint=_("Empty: valid from the beginning."))
    valid_to = _day(
        _("Last day"),
        hint=_("Empty: without an end. After this day the term is not offered; old cases still read it."),
    )
    source = forms.CharField(
        label=_("Source"),
        required=False,
        max_length=LABEL,
        help_text=_("Where the term comes from: law, list, decision."),
    )
    confirmed = forms.BooleanField(label=_("Confirmed by somebody responsible"), required=False)
    worded = forms.BooleanField(label=_("Lithuanian wording is reviewed"), required=False)

    def __init__(
        self, data: Any = None, *, editor: Editor, vocabulary: Vocabulary, term: Term | None = None
    ) -> None:
        super().__init__(data, initial=_initial(term))
        self.term = term
        if not editor.may_retire(vocabulary.code):
            del self.fields["valid_from"], self.fields["valid_to"]

    def wording(self) -> Wording:
        """What the form says, for the action. Call after `is_valid`."""
        said, held = self.cleaned_data, self.term
        return Wording(
            label_lt=said["label_lt"],
            label_en=said["label_en"],
            valid_from=said.get("valid_from", held.valid_from if held else None),
            valid_to=said.get("valid_to", held.valid_to if held else None),
            source=said["source"],
            status=_status(held.status if held else None, TO_CONFIRM, "confirmed", ticked=said["confirmed"]),
            lt_status=_status(held.lt_status if held else None, "draft", "reviewed", ticked=said["worded"]),
        )


def _status(held: str | None, open_: str, done: str, *, ticked: bool) -> str:
    """The status that a tick stands for; one that says the same in other words stays."""
    if held is not None and ticked == (held != open_):
        return held
    return done if ticked else open_


def _initial(term: Term | None) -> dict[str, Any]:
    if term is None:
        return {}
    held = {
        name: getattr(term, name) for name in ("label_lt", "label_en", "valid_from", "valid_to", "source")
    }
    return held | {
        "confirmed": term.status != TO_CONFIRM,
        "worded": term.lt_status != "draft",
        "seen": seen_mark(term),
    }


def seen_mark(term: Term) -> str:
    """When a term was last edited, as the forms keep it."""
    return term.edited_at.isoformat() if term.edited_at else ""


class NewTermForm(TermForm):
    """A term that is not there yet."""

    code = forms.CharField(
        label=_("Code"),
        max_length=40,
        help_text=_("Capital letters, digits, underscores; never changed later. For example: NEW_KIND"),
    )
    field_order = ("code",)

    def __init__(self, data: Any = None, *, editor: Editor, vocabulary: Vocabulary) -> None:
        super().__init__(data, editor=editor, vocabulary=vocabulary)
        self.more = editor.extras.get(vocabulary.code)
        if self.more:
            choices = [(code, code) for code, _name in vocab.choices(self.more.vocabulary)]
            self.fields[self.more.name] = forms.ChoiceField(
                label=self.more.label, required=False, choices=choices, initial=self.more.initial
            )
            self.order_fields(["code", "label_lt", "label_en", self.more.name])

    def extra(self) -> dict[str, str]:
        """What the term has besides."""
        name = self.more.name if self.more else ""
        return {name: self.cleaned_data[name]} if self.cleaned_data.get(name) else {}


class RetireForm(Seen):
    """The last day of a term and what to use instead."""

    last_date = _day(_("Last day"), required=True)
    replaced_by = forms.ChoiceField(label=_("Use instead"), required=False)
    field_order = ("last_date", "replaced_by", "seen")

    def __init__(self, data: Any = None, *, term: Term, today: date) -> None:
        super().__init__(data, initial={"last_date": today, "seen": seen_mark(term)}, prefix="retire")
        others = [
            (code, f"{code} – {name}")
            for code, name in vocab.choices(term.vocabulary.code)
            if code != term.code
        ]
        self.fields["replaced_by"].choices = [("", "—"), *others]  # type: ignore[attr-defined]  # a ChoiceField


class PolicyForm(forms.Form):
    """A policy as JSON in the shape it came with. `base` is the newest version when the page was drawn."""

    text = forms.CharField(
        label=_("Policy as JSON"),
        strip=False,
        widget=forms.Textarea(attrs={"spellcheck": "false", "rows": 28, "translate": "no"}),
        help_text=_(
            "Same keys and kinds of values as in the version before. Nothing is saved until everything fits."
        ),
    )
    valid_from = _day(_("In force from"), hint=_("Empty: at once."))
    base = forms.IntegerField(min_value=1, max_value=1_000_000, widget=forms.HiddenInput)

    def clean_text(self) -> str:
        """The text as typed; `value` holds it read."""
        text: str = self.cleaned_data["text"]
        try:
            self.value: Mapping[str, Any] = shape.read(text)
        except shape.PolicyUnfit as unfit:
            raise forms.ValidationError([fault.text for fault in unfit.faults]) from unfit
        return text


class SettingsForm(forms.Form):
    """The settings of one policy as they are, the version they were read from, and why they change."""

    based_on = forms.IntegerField(widget=forms.HiddenInput)
    why = forms.ChoiceField(label=_("Why"))

    def __init__(self, data: Any = None, *, declared: Settings, policy: Policy) -> None:
        self.settings = declared.of_group(policy.name)
        first = {one.field: one.of(policy.value) for one in self.settings}
        super().__init__(
            data, initial={**first, "based_on": policy.version}, auto_id=f"{policy.name.partition('.')[2]}_%s"
        )
        self.fields |= {one.field: _field(one) for one in self.settings}
        self.fields["why"].choices = [("", "–"), *vocab.choices(declared.reasons)]  # type: ignore[attr-defined]  # a choice field
        self.order_fields([*(one.field for one in self.settings), "why", "based_on"])

    @property
    def given(self) -> dict[str, Any]:
        """The settings that were sent."""
        return {one.field: self.cleaned_data[one.field] for one in self.settings}

    def clean(self) -> dict[str, Any]:
        """Say beside a text why it is not taken."""
        given: dict[str, Any] = super().clean() or {}
        for one in self.settings:
            if one.refusal and one.field in given and not one.is_fit(given[one.field]):
                self.add_error(one.field, str(one.refusal))
        return given


def _field(one: Setting) -> forms.Field:
    if one.check is not None:
        widget = forms.TextInput(attrs={"inputmode": "url", "autocomplete": "off", "spellcheck": "false"})
        return forms.CharField(
            label=one.label, help_text=one.help_text, required=False, max_length=one.longest, widget=widget
        )
    if one.most:
        return forms.IntegerField(
            label=one.label, help_text=one.help_text, min_value=one.least, max_value=one.most
        )
    return forms.BooleanField(label=one.label, help_text=one.help_text, required=False)
