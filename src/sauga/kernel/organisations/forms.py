"""A form field that takes an organisation by what people know of it: a name, or a code.

Without JavaScript it is a text field; a text that fits several organisations comes back with these as a
choice. With it, the field suggests while the person types (`data-suggest`, `ui/suggest.js`).
"""

from collections.abc import Collection
from typing import Any

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from sauga.kernel import clock
from sauga.kernel.organisations.models import Organisation
from sauga.kernel.organisations.queries.search import SEPARATOR, Hit, exactly, search

SHOWN = 6


class OrganisationField(forms.CharField):
    """Takes a name or a code and gives the organisation.

    `suggest_url` names the address that suggests; `kinds` narrows what is offered and accepted.
    """

    default_error_messages = {
        "none": _("The register has no such organisation. Check the spelling, or type its code."),
        "several": _("Several organisations fit. Copy one of these into the field: %(names)s."),
    }

    def __init__(self, *, suggest_url: str | Promise = "", kinds: Collection[str] = (), **given: Any) -> None:
        given.setdefault("max_length", 240)
        given.setdefault("help_text", _("Begin with the name or the code."))
        super().__init__(**given)
        self.kinds = tuple(kinds)
        self.widget.attrs |= {"autocomplete": "off", "data-suggest": suggest_url} if suggest_url else {}

    def clean(self, value: Any) -> Any:
        """The organisation; None for an empty field that may be empty."""
        text = super().clean(value)
        if not text:
            return None
        at = clock.now()
        if row := exactly(text, at=at, kinds=self.kinds):
            return row
        hits = search(text, at=at, kinds=self.kinds, limit=SHOWN + 1)
        if len(hits) == 1:
            return hits[0].organisation
        if not hits:
            raise forms.ValidationError(self.error_messages["none"], code="none")
        names = "; ".join(written(hit) for hit in hits[:SHOWN])
        raise forms.ValidationError(
            self.error_messages["several"] % {"names": names + ("; …" if len(hits) > SHOWN else "")},
            code="several",
        )

    def prepare_value(self, value: Any) -> Any:
        """An organisation as the field shows it."""
        if isinstance(value, Organisation):
            return f"{value.name_at(clock.now())}{SEPARATOR}{value.code}"
        return value


def written(hit: Hit) -> str:
    """How a suggestion stands in the field: name and code, from which `clean` reads the code."""
    return f"{hit.name}{SEPARATOR}{hit.organisation.code}"


def about(hit: Hit) -> str:
    """What tells one suggestion from another: the former name that was found, the legal code."""
    codes = [one.value for one in hit.organisation.identifiers.all()]
    former = [gettext("formerly %(name)s") % {"name": hit.found}] if hit.found else []
    return ", ".join([*former, *codes])
