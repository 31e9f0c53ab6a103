"""What a child may send: one message, a few choices before it, a few after it. Only the
message is required.
"""

import re
from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext_lazy

from sauga.helpline.line.rules.identifiers import Identifier, identifiers_in
from sauga.kernel import vocab

LONGEST = 4000
"""Characters of one message; four pages of a notebook."""
PICTURE = re.compile(r"data:(?:image|video|audio)/[\w.+-]+;base64,", re.IGNORECASE)
AGES = ("AGE_7_9", "AGE_10_11", "AGE_12", "AGE_13_15", "AGE_16_17", "AGE_18")
SCALE = "yes_no_unknown"
QUESTIONS = ("FQ_HELPED", "FQ_AGAIN")


class Words(forms.CharField):
    """Words as people paste them: a zero byte is dropped instead of being refused; other invisible characters
    go when it is stored.
    """

    def to_python(self, value: Any) -> str:
        return str(super().to_python(value)).replace("\x00", "")


class MessageForm(forms.Form):
    """One message. What is wrong with it is said, and it comes back as it was."""

    SAY_SOMETHING = gettext_lazy("Write at least one word first.")
    TOO_LONG = gettext_lazy("This is too long for one message. Send it in two parts: nothing is lost.")

    text = Words(
        label=pgettext_lazy("child", "Your message"),
        required=False,
        strip=False,
        widget=forms.Textarea(
            attrs={"rows": 3, "maxlength": LONGEST, "autocomplete": "off", "data-picture-free": ""}
        ),
    )
    confirmed = forms.BooleanField(required=False, widget=forms.HiddenInput)
    hints: Sequence[Any] = ()

    def hint(self) -> bool:
        """Fill `hints` with what the child may not have meant to tell; nothing once they were seen."""
        self.hints = (
            ()
            if self.cleaned_data["confirmed"]
            else [HINTS[one] for one in identifiers_in(self.cleaned_data["text"])]
        )
        return bool(self.hints)

    def clean_text(self) -> str:
        """Some words, not too many, and no picture in disguise."""
        text = str(self.cleaned_data["text"]).replace("\r\n", "\n")
        if not text.strip():
            raise forms.ValidationError(self.SAY_SOMETHING)
        if PICTURE.search(text):
            raise forms.ValidationError(
                _(
                    "We take no pictures or recordings, so that nobody has to see them again. Tell "
                    "it in words."
                )
            )
        if (over := len(text) - LONGEST) > 0:
            said = ngettext(
                "This is %(over)d character too long for one message. Send it in two parts: nothing is lost.",
                "This is %(over)d characters too long for one message. Send it in two parts: "
                "nothing is lost.",
                over,
            )
            raise forms.ValidationError(said % {"over": over})
        return text


HINTS = {
    Identifier.CODE: pgettext_lazy("child", "There seems to be a personal code in it. We do not need it."),
    Identifier.NUMBER: pgettext_lazy(
        "child",
        "There seems to be a phone number or an email address in it. We never call or write anywhere "
        "else, so we do not need it.",
    ),
    Identifier.WHERE: pgettext_lazy(
        "child",
        "There seems to be an address, a school or an account name in it. We need not know it. If you "
        "want help to come, leave it in.",
    ),
    Identifier.NAME: pgettext_lazy(
        "child", "Your name seems to be in it. You need not say it; you may make one up."
    ),
    Identifier.RECEIPT: pgettext_lazy(
        "child", "Your nine words seem to be in it. Whoever knows them can read this: better take them out."
    ),
}


def _offered(vocabulary: str, *codes: str) -> list[tuple[str, str]]:
    offered = vocab.choices(vocabulary)
    return [pair for pair in offered if pair[0] in codes] if codes else offered


class AboutForm(forms.Form):
    """How are you, how old, about what: three taps, none of them needed."""

    mood = forms.ChoiceField(required=False)
    age_band = forms.ChoiceField(required=False)
    chip = forms.ChoiceField(required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, pairs in (
            ("mood", _offered("mood")),
            ("age_band", [(code, label) for code, label in vocab.choices("age_band") if code in AGES]),
            ("chip", _offered("prechat_topic")),
        ):
            field = self.fields[name]
            assert isinstance(field, forms.ChoiceField)
            field.choices = [("", ""), *pairs]


class DangerForm(forms.Form):
    """In danger now? One tap."""

    danger = forms.ChoiceField()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["danger"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = _offered("self_urgency")


class AfterForm(forms.Form):
    """How do you feel now, and two questions. Counted, never read beside the words."""

    mood = forms.ChoiceField(required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["mood"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [("", ""), *_offered("mood")]
        for code in QUESTIONS:
            label = vocab.label("feedback_question", code)
            self.fields[code] = forms.ChoiceField(
                label=label, required=False, choices=[("", ""), *_offered(SCALE)]
            )

    @property
    def answers(self) -> dict[str, str]:
        """The questions that were answered."""
        return {code: self.cleaned_data[code] for code in QUESTIONS if self.cleaned_data.get(code)}


class WordsForm(forms.Form):
    """The words (or the code) that lead back."""

    receipt = Words(
        label=pgettext_lazy("child", "Your nine words"),
        max_length=400,
        widget=forms.Textarea(
            attrs={"rows": 3, "autocomplete": "off", "autocapitalize": "none", "spellcheck": "false"}
        ),
    )
