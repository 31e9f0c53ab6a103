"""Forms of the page of calls: opening a record beside a telephone, handing a call to a colleague."""

from datetime import timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from sauga.helpline.calls.queries import Colleague
from sauga.kernel import vocab
from sauga.kernel.i18n import languages


def _before() -> list[tuple[int, str]]:
    seconds = [(n, ngettext("for %(n)d second", "for %(n)d seconds", n) % {"n": n}) for n in (10, 20, 40)]
    minutes = [(60 * n, ngettext("for %(n)d minute", "for %(n)d minutes", n) % {"n": n}) for n in (1, 2, 5)]
    return [(0, gettext("just now")), *seconds, *minutes]


class OpenForm(forms.Form):
    """Language and how long it has been ringing; both are prefilled, so that one key is enough."""

    language = forms.ChoiceField(
        label=_("Language"),
        required=False,
        choices=lambda: [(code, vocab.label("language", code)) for code in languages.codes()],
    )
    before = forms.TypedChoiceField(label=_("Has been ringing"), choices=_before, coerce=int, required=False)

    @property
    def given(self) -> dict[str, Any]:
        """What `open_call` wants."""
        data = self.cleaned_data
        return {
            "language": data["language"] or languages.DEFAULT,
            "rang_before": timedelta(seconds=data["before"] or 0),
        }


class HandOverForm(forms.Form):
    """To whom on duty the call goes."""

    to = forms.TypedChoiceField(label=_("To whom"), coerce=int)

    def __init__(self, *args: Any, colleagues: list[Colleague], **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["to"].choices = [(one.person_id, _name(one)) for one in colleagues]  # type: ignore[attr-defined]  # a choice field


def _name(one: Colleague) -> str:
    return str(_("%(name)s, shift lead") % {"name": one.name} if one.is_lead else one.name)
