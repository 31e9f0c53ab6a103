"""Forms of the verdict: its classification, opening an address with a reason, a police hold."""

import json
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from sauga.hotline.assessment.actions.verdicts import NEEDS_ACT, NEEDS_REASON, Verdict
from sauga.hotline.assessment.rules.routing import fits
from sauga.kernel import vocab
from sauga.kernel.ui.forms import OwnIdsForm


def _select(label: Any, vocabulary: str) -> forms.ChoiceField:
    return forms.ChoiceField(
        label=label, required=False, choices=lambda: [("", "—"), *vocab.choices(vocabulary)]
    )


class VerdictForm(forms.Form):
    """A verdict with its classification. Which fields are needed depends on the verdict; the form says so."""

    verdict = forms.ChoiceField(
        label=_("Verdict"), choices=lambda: vocab.choices("item.verdict"), widget=forms.RadioSelect
    )
    legal_act = _select(_("Legal basis"), "lt.legal_act")
    no_action_reason = _select(_("Reason for no action"), "rrt.not_actioned")
    site_type = _select(_("Kind of site"), "iccam.site_type")
    age = _select(_("Age of the youngest"), "iccam.age")
    sex = _select(_("Sex"), "iccam.sex")
    xarf_class = _select(_("Class for the provider's file"), "xarf.csam.classification")
    user_generated = _select(_("Made by the child"), "iccam.user_generated")
    virtual = _select(_("Computer generated"), "iccam.virtual")
    commerciality = _select(_("Commercial"), "iccam.commerciality")
    note = forms.CharField(
        label=_("Note, optional"), required=False, max_length=2000, widget=forms.Textarea(attrs={"rows": 3})
    )

    def __init__(self, *args: Any, category: str = "", **kwargs: Any) -> None:
        """The legal acts that can be a basis in this category, each with the verdicts it belongs to (read by
        verdict.js)."""
        super().__init__(*args, **kwargs)
        self.category = category
        verdicts = [code for code, _label in vocab.choices("item.verdict") if code in NEEDS_ACT]
        offered = {
            term.code: [one for one in verdicts if fits(term.extra, one, category)]
            for term in vocab.terms("lt.legal_act")
        }
        field = self.fields["legal_act"]
        if isinstance(field, forms.ChoiceField):
            acts = vocab.choices("lt.legal_act")
            field.choices = [("", "—"), *((code, label) for code, label in acts if offered.get(code))]
        field.widget.attrs["data-fits"] = json.dumps(
            {code: fitting for code, fitting in offered.items() if fitting}
        )

    def clean(self) -> dict[str, Any]:
        said: dict[str, Any] = super().clean() or {}
        verdict = said.get("verdict")
        if verdict in NEEDS_ACT and not said.get("legal_act"):
            self.add_error("legal_act", _("This verdict needs a legal basis."))
        act = said.get("legal_act")
        if (
            verdict in NEEDS_ACT
            and act
            and not fits(vocab.term("lt.legal_act", act).extra, verdict, self.category)
        ):
            self.add_error(
                "legal_act",
                _("This legal act cannot be the basis of this verdict for an item of this category."),
            )
        if verdict in NEEDS_REASON and not said.get("no_action_reason"):
            self.add_error("no_action_reason", _("Give the reason for no action."))
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

    reason = forms.ChoiceField(
        label=_("Show the address, stating a reason"), choices=lambda: vocab.choices("reveal.reason")
    )


class HoldForm(OwnIdsForm):
    """A police hold: why and how long, at most the hours of the policy in force."""

    reason = forms.ChoiceField(label=_("Reason"), choices=lambda: vocab.choices("police_hold.reason"))
    hours = forms.IntegerField(min_value=1)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        hold = vocab.policy("policy.hold")
        longest = int(hold["police_hold_max_hours"])
        hours = self.fields["hours"]
        hours.label = _("Hours, at most %(hours)s") % {"hours": longest}
        hours.initial = hold["police_hold_default_hours"]
        hours.widget.attrs["max"] = longest
