"""Forms of credentials: a code, a file; at the desk a reason, another name, the filter of the list."""

from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from sauga.kernel.credentials.declarations import kinds
from sauga.kernel.credentials.declarations.printed import LONGEST_HOLDER
from sauga.kernel.credentials.verification import LARGEST
from sauga.kernel.ids import normalise_reference


class CodeForm(forms.Form):
    """The code as it stands on the paper."""

    code = forms.CharField(
        label=_("Code on the certificate"),
        help_text=_("16 letters and digits; hyphens do not matter."),
        max_length=40,
        widget=forms.TextInput(
            attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}
        ),
    )

    @property
    def normalised(self) -> str:
        """The code in the stored form; what cannot be one leads to the page that says so."""
        return normalise_reference(self.cleaned_data["code"]) or "0"


class FileForm(forms.Form):
    """A credential as JSON, or as a picture."""

    file = forms.FileField(
        label=_("Digital certificate (JSON or SVG)"),
        widget=forms.FileInput(attrs={"accept": ".json,.jsonld,.svg,application/json,image/svg+xml"}),
    )

    def clean_file(self) -> Any:
        """Large files are not read at all."""
        given = self.cleaned_data["file"]
        if given.size > LARGEST:
            raise forms.ValidationError(_("This is too large to be a certificate."))
        return given


class ReasonForm(forms.Form):
    """Why."""

    codes: ClassVar[tuple[str, ...]] = ()
    why = forms.ChoiceField(label=_("Reason"), widget=forms.RadioSelect)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["why"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [(one, kinds.REASONS[one]) for one in self.codes]


class NameForm(forms.Form):
    """The name as it shall be printed."""

    holder = forms.CharField(label=_("Name to be printed"), max_length=LONGEST_HOLDER)
