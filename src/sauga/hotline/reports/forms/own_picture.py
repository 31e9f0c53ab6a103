"""The form of a child who wants own pictures gone: addresses or fingerprints, and the code of a conversation
for those who have one. No upload, no name.
"""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from sauga.hotline.addresses.rules.addresses import (
    MOST_LOCATIONS,
    AddressRefused,
    Location,
    Problem,
    read_location,
    split_locations,
)
from sauga.hotline.addresses.rules.hashes import HashRefused, split_hashes
from sauga.hotline.reports.forms.public import PROBLEMS, Where
from sauga.kernel import sealed


class OwnPictureForm(forms.Form):
    """Where the pictures are or what their fingerprints are; a code from a conversation is not needed."""

    where = Where(
        label=_("Where are the pictures?"),
        help_text=_(
            "Paste the address. If there are several, write each on a new line. The name of a group or "
            "an account is fine too."
        ),
        required=False,
        widget=forms.Textarea(attrs={"rows": 3, "spellcheck": "false", "autocomplete": "off"}),
    )
    hashes = forms.CharField(
        label=_("Fingerprints of the pictures, if you have them"),
        help_text=_(
            "Long lines of digits and letters (MD5, SHA-1, SHA-256 or PDQ), each on a new line. If you "
            "have none, leave it empty."
        ),
        required=False,
        max_length=8000,
        widget=forms.Textarea(attrs={"rows": 2, "spellcheck": "false", "autocomplete": "off"}),
    )
    code = forms.CharField(
        label=_("Your code from the conversation"),
        help_text=_("Four groups of five letters and digits. Capital or small letters are both fine."),
        required=False,
        max_length=400,
        widget=forms.TextInput(
            attrs={"autocomplete": "off", "spellcheck": "false", "autocapitalize": "characters"}
        ),
    )
    pass_receipt: sealed.Receipt | None = None
    locations: list[Location]

    @property
    def shows_more(self) -> bool:
        """Whether what stands folded holds something that was typed or went wrong."""
        return any(self[name].value() or self[name].errors for name in ("hashes", "code"))

    def clean_code(self) -> str:
        code: str = self.cleaned_data["code"].strip()
        if code:
            try:
                self.pass_receipt = sealed.parse_receipt(code)
            except sealed.ReceiptUnreadable:
                self.pass_receipt = sealed.new_receipt(None, "en")  # costs the same work, and fits nothing
        return code

    def clean_where(self) -> list[Location]:
        block: str = self.cleaned_data["where"]
        try:
            return split_locations(block) if block.strip() else []
        except AddressRefused as refused:
            raise forms.ValidationError(PROBLEMS[refused.problem] % {"line": refused.line}) from refused

    def clean_hashes(self) -> list[Location]:
        try:
            return [read_location(line) for line in split_hashes(self.cleaned_data["hashes"])]
        except HashRefused as refused:
            if refused.line:
                words = _(
                    "Line %(line)s does not look like a fingerprint. Copy it again, or leave the field empty."
                )
                raise forms.ValidationError(words % {"line": refused.line}) from refused
            raise forms.ValidationError(
                _("Up to 50 fingerprints at once. Send the first 50, then the others in the same way.")
            ) from refused

    def clean(self) -> dict[str, Any]:
        given: dict[str, Any] = super().clean() or {}
        self.locations = [*given.get("where", []), *given.get("hashes", [])]
        if not self.locations and not {"where", "hashes"} & set(self.errors):
            self.add_error(
                "where",
                _(
                    "Write at least one address, a name, or a fingerprint. If you have none, write us a "
                    "letter: we will help."
                ),
            )
        if len(self.locations) > MOST_LOCATIONS:
            self.add_error("where", PROBLEMS[Problem.TOO_MANY])
        return given
