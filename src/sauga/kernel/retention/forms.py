"""Forms of retention. They validate input only; permissions and facts are checked by the actions."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext, pgettext_lazy

from sauga.kernel.i18n import sort_key
from sauga.kernel.identity import PersonActor
from sauga.kernel.retention import queries, registry
from sauga.kernel.retention.models import Reason
from sauga.kernel.retention.permissions import service_of
from sauga.kernel.retention.presenters import service_words
from sauga.kernel.retention.term_settings import LONGEST_DAYS

WHOLE = _("Enter a whole number of days, such as 90.")


INSTALLATION = "installation"
"""In the filter: tables of the kernel, which belong to no service."""


def _services() -> list[tuple[str, str]]:
    found = {service_of(rule.model) for rule in registry.rules()}
    named = {service if queries.title_of(service) else INSTALLATION for service in found}
    titles = [(code, service_words(code)) for code in named]
    return [("", pgettext("retention", "All")), *sorted(titles, key=lambda one: sort_key(one[1]))]


class TermForm(forms.Form):
    """How many days from now on."""

    days = forms.IntegerField(
        label=_("Days"),
        min_value=1,
        max_value=LONGEST_DAYS,
        help_text=_("Counted from the event above. Nothing changes before another person confirms it."),
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off", "class": "input num"}),
        error_messages={"invalid": WHOLE, "required": WHOLE},
    )


class PeriodFilterForm(forms.Form):
    """Narrows the list of periods."""

    q = forms.CharField(label=pgettext_lazy("retention", "Record"), required=False, max_length=80)
    service = forms.ChoiceField(label=_("Service"), required=False, choices=_services)


class HoldFilterForm(forms.Form):
    """Narrows the list of holds."""

    number = forms.CharField(label=_("Number"), required=False, max_length=64)
    reason = forms.ChoiceField(
        label=_("Reason"), required=False, choices=[("", pgettext_lazy("retention", "All")), *Reason.choices]
    )


class HoldForm(forms.Form):
    """Which record to keep, why and until when."""

    kind = forms.ChoiceField(label=_("Kind of record"))
    number = forms.CharField(
        label=_("Number of the record"),
        max_length=64,
        help_text=_("As shown at the top of the record's page."),
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )
    reason = forms.ChoiceField(
        label=_("Reason"),
        choices=[("", "—"), *Reason.choices],
        help_text=_("Only from this list: nothing about the case is written here."),
    )
    until = forms.DateField(
        label=_("Until"),
        help_text=_("The last day, at most a year ahead. The hold can be extended by asking again."),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )

    def __init__(self, *args: Any, by: PersonActor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        groups: dict[str, list[tuple[str, str]]] = {}
        for model, rule in queries.offered_kinds(by).items():
            group = service_words(service_of(model))
            groups.setdefault(group, []).append((model, queries.what_of(model, rule.what)))
        named = sorted(groups.items(), key=lambda one: sort_key(one[0]))
        sorted_groups = [(name, sorted(kinds, key=lambda one: sort_key(one[1]))) for name, kinds in named]
        kind: Any = self.fields["kind"]
        kind.choices = [("", "—"), *sorted_groups]
