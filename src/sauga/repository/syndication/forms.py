"""Forms of harvesting (sources, filters and decisions on proposals) and of translation files."""

from django import forms
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from sauga.kernel import vocab
from sauga.kernel.outbound import BadUrl, GuardRefused, parse_url, refusal
from sauga.repository.adaptations.rules.licences import LICENCES
from sauga.repository.syndication.queries import harvests as queries


def _open_licences() -> list[tuple[str, str]]:
    held = [(code, vocab.label("licences", code)) for code, one in LICENCES.items() if one.share]
    return [("", "—"), *held]


class SourceForm(forms.Form):
    """Another centre's open interface."""

    name = forms.CharField(label=_("Name of the centre"), max_length=160)
    address = forms.CharField(
        label=_("Address of its OAI-PMH interface"), max_length=400, help_text=_("For example https://…/oai")
    )
    metadata_prefix = forms.RegexField(
        r"^[A-Za-z0-9\-_.!~*'()]+$",
        label=_("Format"),
        max_length=32,
        required=False,
        help_text=_("Empty: LOM where it is offered, else Dublin Core."),
    )
    set_spec = forms.RegexField(
        r"^[A-Za-z0-9\-_.!~*'():]+$",
        label=_("Only this set"),
        max_length=120,
        required=False,
        help_text=_("Empty: everything."),
    )
    language = forms.ChoiceField(
        label=_("Language of texts without one"), choices=lambda: vocab.choices("languages")
    )
    licence = forms.ChoiceField(
        label=_("Licence for all its records"),
        required=False,
        choices=_open_licences,
        help_text=_(
            "Only if the centre states it for everything it offers. A record's own licence takes precedence."
        ),
    )
    is_active = forms.BooleanField(label=_("Harvest every night"), required=False)

    def clean_address(self) -> str:
        """Only an address that may be requested."""
        said = str(self.cleaned_data["address"]).strip()
        try:
            found = parse_url(said)
            if found.is_address and (why := refusal(found.host)):
                raise GuardRefused(why)
        except (BadUrl, GuardRefused) as wrong:
            raise forms.ValidationError(
                gettext("This address cannot be used. It must begin with https:// and be publicly reachable.")
            ) from wrong
        return str(found.url)


class ProposalFilterForm(forms.Form):
    """The filters of the proposals."""

    q = forms.CharField(label=_("Title or number"), required=False, max_length=80)
    source = forms.ChoiceField(
        label=_("Source"),
        required=False,
        choices=lambda: [("", "—"), *((one.ref, one.name) for one in queries.sources())],
    )
    licence = forms.ChoiceField(
        label=_("Licence"),
        required=False,
        choices=lambda: [*_open_licences(), ("unclear", gettext("not open, or unclear"))],
    )


class AcceptForm(forms.Form):
    """The type of the resource it becomes."""

    kind = forms.ChoiceField(
        label=pgettext_lazy("resource", "Kind"), choices=lambda: vocab.choices("resource_types")
    )


class RefuseForm(forms.Form):
    """The reason for skipping it."""

    reason = forms.CharField(label=_("Why not"), max_length=400, widget=forms.Textarea(attrs={"rows": 2}))


DIRECTIONS = {"lt-en": _("from Lithuanian into English"), "en-lt": _("from English into Lithuanian")}


class TranslationForm(forms.Form):
    """A translated file."""

    file = forms.FileField(
        label=_("XLIFF file"),
        help_text=_("The file downloaded here, with the translations. Up to 4 MB."),
        widget=forms.ClearableFileInput(attrs={"accept": ".xlf,.xliff"}),
    )
