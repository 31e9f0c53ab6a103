"""Forms about notices: the provider's answer, the officer's filters and reasons, contacts, templates."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from sauga.hotline.notices.actions.answers import LONGEST, MOVES
from sauga.hotline.notices.actions.providers import CHANGEABLE
from sauga.hotline.notices.models import NoticeTemplate
from sauga.hotline.tracing.models import Provider, ProviderContact
from sauga.kernel import vocab
from sauga.kernel.i18n import languages

LONGEST_PROMISE = 720
ITEM_ANSWERS = ("REMOVED", "DISABLED", "CUSTOMER_INFORMED", "DISPUTED", "REFUSED", "NOT_OURS")
OTHER_ANSWERS = ("DISABLED", "CUSTOMER_INFORMED", "DISPUTED", "REFUSED", "NOT_OURS")


class AnswerForm(forms.Form):
    """A provider's answer about everything, or item by item (fields item-<number>)."""

    answer = forms.ChoiceField(
        label=_("Your answer"),
        choices=lambda: [(code, vocab.label("notice.provider_response", code)) for code in MOVES],
    )
    reason = forms.ChoiceField(
        label=_("Reason, if you refuse"),
        required=False,
        choices=lambda: [("", "—"), *vocab.choices("notice.refusal_reason")],
    )
    words = forms.CharField(
        label=_("Anything we should know?"),
        help_text=_("If you dispute, please say why. A second reviewer reads it."),
        required=False,
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, data: Any = None, *, by_item: bool = False, **more: Any) -> None:
        super().__init__(data, **more)
        self.fields["answer"].required = not by_item

    def clean(self) -> dict[str, Any]:
        said: dict[str, Any] = super().clean() or {}
        answers = {said.get("answer"), *self.by_item().values()}
        if "DISPUTED" in answers and not said.get("words", "").strip():
            self.add_error("words", _("Please say why you dispute it."))
        if "REFUSED" in answers and not said.get("reason"):
            self.add_error("reason", _("Please choose the reason for refusing."))
        return said

    def by_item(self) -> dict[int, str]:
        """Answers given item by item; whatever is no answer is left out."""
        found = {}
        for name, value in self.data.items():
            number = name.removeprefix("item-")
            if (
                name.startswith("item-")
                and number.isascii()
                and number.isdigit()
                and len(number) < 19
                and value in ITEM_ANSWERS
            ):
                found[int(number)] = value
        return found


class NoticeFilterForm(forms.Form):
    """The filters of the list of notices; everything optional, unknown values are ignored."""

    find = forms.CharField(
        label=_("Number of a notice or item"),
        required=False,
        max_length=40,
        widget=forms.TextInput(attrs={"type": "search"}),
    )
    basis = forms.ChoiceField(
        label=_("Legal basis"),
        required=False,
        choices=lambda: [("", _("all")), *vocab.choices("notice.legal_basis")],
    )
    provider = forms.ModelChoiceField(
        label=_("Provider"), required=False, queryset=Provider.objects.order_by("name"), empty_label=_("all")
    )


class DisputeForm(forms.Form):
    """How a dispute is decided, and the reason for the provider."""

    decision = forms.ChoiceField(
        label=_("Decision"),
        choices=lambda: vocab.choices("notice.dispute_decision"),
        widget=forms.RadioSelect,
    )
    reason = forms.CharField(
        label=_("Reason for the provider"),
        help_text=_(
            "It stands in the mail and on the provider's page, in the language of the notice. Describe no "
            "content and name nobody."
        ),
        error_messages={"required": _("Write the reason for your decision: the provider receives it.")},
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 6}),
    )


class WithdrawForm(forms.Form):
    """Why a notice is withdrawn."""

    reason = forms.ChoiceField(label=_("Reason"), choices=lambda: vocab.choices("notice.withdrawal_reason"))


class ProviderFilterForm(forms.Form):
    """The filters of the list of providers."""

    find = forms.CharField(
        label=_("Name, network or email"),
        required=False,
        max_length=120,
        widget=forms.TextInput(attrs={"type": "search"}),
    )
    unapproved = forms.BooleanField(label=_("Only without an approved contact"), required=False)


class ProviderForm(forms.ModelForm):  # type: ignore[type-arg]  # takes no parameter at run time
    """What is known of a provider."""

    audience = forms.ChoiceField(label=_("What it is"), choices=lambda: vocab.choices("notice.audience"))
    language = forms.ChoiceField(
        label=_("Language of letters"), choices=lambda: languages.own_names(languages.for_letters())
    )

    class Meta:
        model = Provider
        fields = CHANGEABLE
        labels = {
            "name": _("Name of the provider"),
            "country": _("Country, two letters"),
            "is_cdn": _("Delivery network: hides the host behind it"),
            "memorandum_from": _("Member of the memorandum since"),
            "memorandum_to": _("Member until"),
            "promised_acknowledge": _("Promised: hours to acknowledge"),
            "promised_remove": _("Promised: hours to remove"),
            "upstream": _("Upstream network"),
        }
        help_texts = {
            "promised_remove": _("Empty: as the memorandum says. A promise never makes a deadline longer.")
        }
        widgets = {
            "memorandum_from": forms.DateInput(attrs={"type": "date"}),
            "memorandum_to": forms.DateInput(attrs={"type": "date"}),
        }

    def clean_country(self) -> str:
        return str(self.cleaned_data["country"]).upper()

    def clean(self) -> dict[str, Any]:
        said: dict[str, Any] = super().clean() or {}
        since, until = said.get("memorandum_from"), said.get("memorandum_to")
        if since and until and until < since:
            self.add_error("memorandum_to", _("The last day is before the first. Change one of them."))
        for name in ("promised_acknowledge", "promised_remove"):
            if said.get(name) is not None and not 1 <= said[name] <= LONGEST_PROMISE:
                self.add_error(name, _("From 1 to 720 hours."))
            elif said.get(name) is not None and not since:
                self.add_error(name, _("A promise belongs to a member: write since when."))
        return said


class ContactForm(forms.ModelForm):  # type: ignore[type-arg]  # takes no parameter at run time
    """A new contact; the person who enters it has checked it, so it is approved."""

    class Meta:
        model = ProviderContact
        fields = ("email", "position", "addresses_inline")
        labels = {
            "email": _("Email address"),
            "position": _("Order of use"),
            "addresses_inline": _("Wants exact addresses in the letter itself"),
        }


class NetworkForm(forms.Form):
    """How a provider is recognised in a trace."""

    kind = forms.ChoiceField(
        label=_("Kind"),
        choices=[("NETWORK", _("network name")), ("ASN", _("AS number")), ("DOMAIN", _("domain"))],
    )
    value = forms.CharField(label=_("Value"), max_length=253)


class TemplateForm(forms.ModelForm):  # type: ignore[type-arg]  # takes no parameter at run time
    """A new version of a template."""

    class Meta:
        model = NoticeTemplate
        fields = ("subject", "body", "legal_text")
        labels = {"subject": _("Subject"), "body": _("Letter"), "legal_text": _("Legal text and signature")}
        widgets = {
            "body": forms.Textarea(attrs={"rows": 18}),
            "legal_text": forms.Textarea(attrs={"rows": 8}),
        }
