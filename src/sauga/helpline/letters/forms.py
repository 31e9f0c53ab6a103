"""Forms of letters: what a child or an adult writes, what the counsellor answers, and the
filters of the list.
"""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext_lazy

from sauga.helpline.letters.rules import BANDS, LONGEST
from sauga.helpline.line.rules.identifiers import Identifier, identifiers_in
from sauga.kernel import i18n, vocab
from sauga.kernel.i18n import languages

ANY = [("", gettext_lazy("all"))]
SCALE = "yes_no_unknown"
QUESTIONS = ("FQ_HELPED", "FQ_AGAIN")


class LetterText(forms.CharField):
    """Text as people type or paste it. Invisible characters are dropped instead of being refused."""

    def to_python(self, value: Any) -> str:
        return i18n.typed_text(str(value or ""))

    def run_validators(self, value: Any) -> None:
        """Too long is said in a way that helps; what was written stays in the field."""
        if (over := len(value) - LONGEST) > 0:
            said = ngettext(
                "The letter is %(over)s character too long. Send the first part, then add the rest "
                "with your words.",
                "The letter is %(over)s characters too long. Send the first part, then add the rest "
                "with your words.",
                over,
            )
            raise forms.ValidationError(said % {"over": i18n.integer(over)})


class LetterForm(forms.Form):
    """One text. `confirmed` says that the warnings were seen."""

    text = LetterText(
        label=pgettext_lazy("letter", "Your letter"),
        widget=forms.Textarea(attrs={"rows": 12, "autocomplete": "off"}),
        error_messages={"required": pgettext_lazy("letter", "Write a few words first.")},
    )
    confirmed = forms.BooleanField(required=False, widget=forms.HiddenInput)

    def warnings(self) -> list[str]:
        """What the writer may not have meant to tell; empty once they have said that they did."""
        return [] if self.cleaned_data["confirmed"] else personal_warnings(self.cleaned_data["text"])


class ReplyForm(LetterForm):
    """More words in a thread. `after` is the number of the last part that the page showed."""

    text = LetterText(
        label=pgettext_lazy("letter", "Write more"),
        widget=forms.Textarea(attrs={"rows": 6, "autocomplete": "off"}),
        error_messages={"required": pgettext_lazy("letter", "Write a few words first.")},
    )
    after = forms.IntegerField(min_value=0, widget=forms.HiddenInput)

    field_order = ["text", "confirmed", "after"]


def personal_warnings(text: str) -> list[str]:
    """Friendly warnings about personal data that a letter seems to contain."""
    found = set(identifiers_in(text))
    said = []
    if Identifier.CODE in found:
        said.append(_("There seems to be a personal code in the letter. We do not need it."))
    if Identifier.NUMBER in found:
        said.append(
            _(
                "There seems to be a phone number or an email address in the letter. We never write "
                "or call: the answer waits here only."
            )
        )
    if Identifier.WHERE in found:
        said.append(
            _(
                "There seems to be an address, a school class or an account name in the letter. You "
                "need not say who you are to be helped."
            )
        )
    if Identifier.NAME in found:
        said.append(_("Your name seems to stand in the letter. You need not say it; you may make one up."))
    if Identifier.RECEIPT in found:
        said.append(
            _(
                "Your words to come back seem to stand in the letter. Whoever knows them can read it: "
                "please take them out."
            )
        )
    return said


class LetterFeedbackForm(forms.Form):
    """Feedback after an answer. Counted, never shown beside the letter."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["mood"] = _ticks(vocab.label("feedback_question", "FQ_MOOD"), "mood")
        for code in QUESTIONS:
            self.fields[code] = _ticks(vocab.label("feedback_question", code), SCALE)

    @property
    def answers(self) -> dict[str, str]:
        """The questions that were answered."""
        return {code: self.cleaned_data[code] for code in QUESTIONS if self.cleaned_data.get(code)}

    @property
    def is_empty(self) -> bool:
        """Nothing was ticked."""
        return not self.answers and not self.cleaned_data.get("mood")


def _ticks(label: str, vocabulary: str) -> forms.ChoiceField:
    choices = [pair for pair in vocab.choices(vocabulary) if not pair[0].endswith("_SKIP")]
    return forms.ChoiceField(label=label, required=False, choices=choices, widget=forms.RadioSelect)


# The desk


class LetterFilterForm(forms.Form):
    """The filters of the list; everything optional, unknown values are ignored."""

    band = forms.ChoiceField(label=gettext_lazy("Risk"), required=False, choices=lambda: [*ANY, *_bands()])
    audience = forms.ChoiceField(
        label=gettext_lazy("Who writes"),
        required=False,
        choices=lambda: [*ANY, *vocab.choices("letter_door")],
    )
    language = forms.ChoiceField(
        label=gettext_lazy("Language"),
        required=False,
        choices=lambda: [
            *ANY,
            *((code, label) for code, label in vocab.choices("language") if code in languages.codes()),
        ],
    )


def _bands() -> list[tuple[str, str]]:
    words = dict(vocab.choices("risk"))
    return [(code, words.get(code, code)) for code in reversed(BANDS)]


class ScreenForm(forms.Form):
    """How grave it is, said by a person."""

    band = forms.ChoiceField(
        label=gettext_lazy("How serious is it?"),
        choices=_bands,
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Choose how serious it is.")},
    )


class DraftForm(forms.Form):
    """The answer as it stands."""

    text = LetterText(
        label=gettext_lazy("Answer"),
        widget=forms.Textarea(attrs={"rows": 14, "spellcheck": "true"}),
        error_messages={"required": gettext_lazy("Write a few words first.")},
    )


class RemarkForm(forms.Form):
    """What to change, for the author."""

    remark = LetterText(
        label=gettext_lazy("Remark"),
        help_text=gettext_lazy("Only the author and reviewers read this."),
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": gettext_lazy("Say what should change.")},
    )


class ApproveForm(forms.Form):
    """Yes to an answer, with the number of the last part that the page showed."""

    seen = forms.IntegerField(min_value=1, widget=forms.HiddenInput)


class PutAsideForm(forms.Form):
    """Why no counselling is asked for."""

    kind = forms.ChoiceField(
        label=gettext_lazy("What kind of letter is it?"),
        choices=lambda: [
            (term.code, term.label)
            for term in vocab.terms("non_data_type")
            if "LETTER" in (term.extra.get("channels") or ["LETTER"])
        ],
    )


class ReasonForm(forms.Form):
    """Why a closed letter is opened."""

    reason = forms.ChoiceField(
        label=gettext_lazy("Why do you open it?"),
        choices=[
            ("RECORD", gettext_lazy("To finish or correct its record")),
            ("SUPERVISION", gettext_lazy("For supervision")),
            ("COMPLAINT", gettext_lazy("Because of a complaint")),
        ],
    )
