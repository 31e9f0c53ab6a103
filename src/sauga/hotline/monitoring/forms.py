"""Forms around the list of monitored items: its filters, and how a person saw content gone."""

from django import forms
from django.utils.translation import gettext_lazy as _

from sauga.hotline.monitoring.rules.removal import RemovalKind
from sauga.hotline.tracing.models import Provider
from sauga.kernel import vocab

SEEN_BY_PERSON = (
    RemovalKind.CONTENT_REMOVED,
    RemovalKind.ACCOUNT_REMOVED,
    RemovalKind.SITE_DOWN,
    RemovalKind.DOMAIN_SUSPENDED,
    RemovalKind.ACCESS_DISABLED,
)


class WatchedFilter(forms.Form):
    """Which items to show; kept in the address."""

    which = forms.ChoiceField(
        label=_("Show"),
        required=False,
        choices=[
            ("", _("All")),
            ("person", _("Needs a manual check")),
            ("online", _("Online")),
            ("unclear", _("Unclear")),
            ("removed", _("Removed, monitored")),
        ],
    )
    provider: "forms.ModelChoiceField[Provider]" = forms.ModelChoiceField(
        label=_("Provider"), required=False, queryset=Provider.objects.order_by("name"), empty_label=_("Any")
    )


class RemovalForm(forms.Form):
    """How the content was seen gone."""

    kind = forms.ChoiceField(
        label=_("What was seen"),
        choices=lambda: [(str(kind), vocab.label("monitor.removal_kind", kind)) for kind in SEEN_BY_PERSON],
    )
