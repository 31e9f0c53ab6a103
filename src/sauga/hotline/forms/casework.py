"""Forms of the analyst's desk: filters of the worklist, the verdict, and the small reasons that acts ask for."""

import json
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from sauga.hotline.actions.assessment import NEEDS_ACT, NEEDS_REASON, Verdict
from sauga.hotline.rules.legal_acts import fits
from sauga.kernel import vocab
from sauga.kernel.ui.forms import OwnIdsForm

ANY = [("", _("all"))]


def _choices(form: forms.Form, name: str, choices: list[Any]) -> None:
    field = form.fields[name]
    if isinstance(field, forms.ChoiceField):
        field.choices = choices


class FilterForm(forms.Form):
    """The filters of the worklist; everything optional, unknown values are ignored."""

    find = forms.CharField(
        label=_("Number, address or domain"), required=False, max_length=8192, strip=True, widget=forms.TextInput(attrs={"type": "search"})
    )
    priority = forms.ChoiceField(label=_("Urgency"), required=False)
    category = forms.ChoiceField(label=_("Category"), required=False)
    hosting = forms.ChoiceField(label=_("Hosting"), required=False)

    def __init__(self, data: Any) -> None:
        super().__init__(data)
        lists = {"priority": "priority", "category": "rrt.category", "hosting": "item.hosting_class"}
        for name, vocabulary in lists.items():
            _choices(self, name, [*ANY, *vocab.choices(vocabulary)])
        _choices(self, "priority", [*ANY, *((code, code) for code, _label in vocab.choices("priority"))])


def _select(label: Any, vocabulary: str) -> forms.ChoiceField:
    return forms.ChoiceField(label=label, required=False, choices=lambda: [("", "—"), *vocab.choices(vocabulary)])


class VerdictForm(forms.Form):
    """A verdict with its classification. Which fields are needed depends on the verdict; the form says so."""

    verdict = forms.ChoiceField(label=_("Verdict"), choices=lambda: vocab.choices("item.verdict"), widget=forms.RadioSelect)
    legal_act = _select(_("Legal basis"), "lt.legal_act")
    no_action_reason = _select(_("Reason for no action"), "rrt.not_actioned")
    site_type = _select(_("Kind of site"), "iccam.site_type")
    age = _select(_("Age of the youngest"), "iccam.age")
    sex = _select(_("Sex"), "iccam.sex")
    xarf_class = _select(_("Class for the provider's file"), "xarf.csam.classification")
    user_generated = _select(_("Made by the child"), "iccam.user_generated")
    virtual = _select(_("Computer generated"), "iccam.virtual")
    commerciality = _select(_("Commercial"), "iccam.commerciality")
    note = forms.CharField(label=_("Note, optional"), required=False, max_length=2000, widget=forms.Textarea(attrs={"rows": 3}))

    def __init__(self, *args: Any, category: str = "", **kwargs: Any) -> None:
        """The legal acts that can be a basis in this category, each with the verdicts it belongs to (read by verdict.js)."""
        super().__init__(*args, **kwargs)
        self.category = category
        verdicts = [code for code, _label in vocab.choices("item.verdict") if code in NEEDS_ACT]
        offered = {term.code: [one for one in verdicts if fits(term.extra, one, category)] for term in vocab.terms("lt.legal_act")}
        field = self.fields["legal_act"]
        _choices(self, "legal_act", [("", "—"), *((code, label) for code, label in vocab.choices("lt.legal_act") if offered.get(code))])
        field.widget.attrs["data-fits"] = json.dumps({code: fitting for code, fitting in offered.items() if fitting})

    def clean(self) -> dict[str, Any]:
        said: dict[str, Any] = super().clean() or {}
        verdict = said.get("verdict")
        if verdict in NEEDS_ACT and not said.get("legal_act"):
            self.add_error("legal_act", _("This verdict needs a legal basis."))
        act = said.get("legal_act")
        if verdict in NEEDS_ACT and act and not fits(vocab.term("lt.legal_act", act).extra, verdict, self.category):
            self.add_error("legal_act", _("This legal act is no basis for this verdict on an item of this category."))
        if verdict in NEEDS_REASON and not said.get("no_action_reason"):
            self.add_error("no_action_reason", _("Say why no action is taken."))
        return said

    def verdict_given(self) -> Verdict:
        """The verdict for the action."""
        names = [name for name in self.fields if name != "note"]
        given = {name: self.cleaned_data[name] for name in names}
        if given["verdict"] not in NEEDS_ACT:
            given["legal_act"] = ""  # left over from another verdict that was ticked first
        return Verdict(**given)


class RevealForm(OwnIdsForm):
    """Why the address must be opened."""

    reason = forms.ChoiceField(label=_("Show the address, stating a reason"), choices=lambda: vocab.choices("reveal.reason"))


class CountryForm(OwnIdsForm):
    """Which country hosts the item, two letters."""

    country = forms.RegexField(
        r"^[A-Za-z]{2}$",
        label=_("Country, two letters"),
        max_length=2,
        widget=forms.TextInput(attrs={"size": 2, "autocomplete": "off"}),
        error_messages={"invalid": _("Two letters, for example LT.")},
    )

    def clean_country(self) -> str:
        return str(self.cleaned_data["country"]).upper()


class HoldForm(OwnIdsForm):
    """A police hold: why and how long."""

    reason = forms.ChoiceField(label=_("Reason"), choices=lambda: vocab.choices("police_hold.reason"))
    hours = forms.IntegerField(label=_("Hours, at most 72"), min_value=1, max_value=72, initial=24)


REOPEN_REASONS = [
    ("NEW_INFORMATION", _("New information")),
    ("DISPUTE", _("The provider's dispute")),
    ("MISTAKE", _("Our mistake")),
    ("SAMPLED_REVIEW", _("A sampled review differed")),
]


class ReopenForm(OwnIdsForm):
    """Why a decided item or report is taken back."""

    reason = forms.ChoiceField(label=_("Reason"), choices=REOPEN_REASONS)


class JoinForm(OwnIdsForm):
    """Which item this one is the same as."""

    into = forms.CharField(label=_("Number of the other item"), max_length=12)


class TriageForm(OwnIdsForm):
    """What the report is about and how urgent it is."""

    category = forms.ChoiceField(label=_("Category"), choices=lambda: vocab.choices("rrt.category"))
    priority = forms.ChoiceField(
        label=_("Urgency"), choices=lambda: [(code, f"{code} · {label}") for code, label in vocab.choices("priority")]
    )


CLOSING = [
    ("OUT_OF_REMIT", _("Out of remit, handed on")),
    ("INSUFFICIENT", _("Not enough information")),
    ("CONSULTED", _("Answered as a consultation")),
]


class CloseForm(OwnIdsForm):
    """How a report ends that needs no verdict on an item."""

    outcome = forms.ChoiceField(label=_("Outcome"), choices=CLOSING)


class SpamForm(OwnIdsForm):
    """Why a report is put aside as noise."""

    reason = forms.ChoiceField(label=_("Reason"), choices=lambda: vocab.choices("report.spam_reason"))


class WriteForm(OwnIdsForm):
    """A message to the reporter, and whether the report waits for an answer."""

    message = forms.CharField(label=_("Message to the reporter"), max_length=4000, widget=forms.Textarea(attrs={"rows": 4}))
    wait_days = forms.TypedChoiceField(
        label=_("Wait for an answer"),
        required=False,
        coerce=int,
        empty_value="0",
        choices=[("0", _("no")), ("3", _("3 days")), ("7", _("7 days")), ("14", _("14 days"))],
    )

    def __init__(self, *args: Any, may_wait: bool = True, **kwargs: Any) -> None:
        """`may_wait`: the report is in a state in which it can wait for an answer; else only a message is offered."""
        super().__init__(*args, **kwargs)
        if not may_wait:
            del self.fields["wait_days"]
