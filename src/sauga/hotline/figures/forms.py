"""What the figures page compares, and from which clock on."""

from django import forms
from django.utils.translation import gettext_lazy as _


class FiguresForm(forms.Form):
    """Which clock, and by what to compare; kept in the address."""

    clock = forms.ChoiceField(
        label=_("Clock"),
        required=False,
        choices=[("T_NOTICE", _("Notice → removed")), ("T_REPORT", _("Report → removed"))],
    )
    by = forms.ChoiceField(
        label=_("Compare by"),
        required=False,
        choices=[
            ("provider", _("Provider")),
            ("country", _("Country of hosting")),
            ("basis", _("Legal basis")),
        ],
    )
