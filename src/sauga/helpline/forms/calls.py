"""Forms of the page of calls: opening a record beside a telephone, handing a call to a colleague."""

from datetime import timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from sauga.helpline.queries.calls import Colleague
from sauga.kernel import vocab

LANGUAGES = ("lt", "en", "ru", "pl", "uk")
BEFORE = [(0, _("just now")), *((n, ngettext_lazy("for %(n)d second", "for %(n)d seconds", n) % {"n": n}) for n in (10, 20, 40))]
BEFORE += [(60 * n, ngettext_lazy("for %(n)d minute", "for %(n)d minutes", n) % {"n": n}) for n in (1, 2, 5)]


class OpenForm(forms.Form):
    """Language and how long it has been ringing; both are right already when somebody presses one key."""

    language = forms.ChoiceField(label=_("Language"), required=False)
    before = forms.TypedChoiceField(label=_("Has been ringing"), choices=BEFORE, coerce=int, required=False)

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["language"].choices = [(code, vocab.label("language", code)) for code in LANGUAGES]  # type: ignore[attr-defined]  # a choice field

    @property
    def given(self) -> dict[str, Any]:
        """What `open_call` wants."""
        data = self.cleaned_data
        return {"language": data["language"] or LANGUAGES[0], "rang_before": timedelta(seconds=data["before"] or 0)}


class HandOverForm(forms.Form):
    """To whom on duty the call goes."""

    to = forms.TypedChoiceField(label=_("To whom"), coerce=int)

    def __init__(self, *args: Any, colleagues: list[Colleague], **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["to"].choices = [(one.person_id, _name(one)) for one in colleagues]  # type: ignore[attr-defined]  # a choice field


def _name(one: Colleague) -> str:
    return str(_("%(name)s, shift lead") % {"name": one.name} if one.is_lead else one.name)
