"""Forms of the public report: the first screen, which is already a whole report, and one small form for each
thing that may be added."""

from datetime import date, timedelta
from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from sauga.hotline.addresses.rules.addresses import (
    LONGEST,
    AddressRefused,
    Location,
    Problem,
    clean,
    clean_text,
    split_locations,
)
from sauga.hotline.reports.rules import ChildInDanger
from sauga.kernel import i18n, sealed, vocab


class PlainText(forms.CharField):
    """Text as people type or paste it. NUL and other unseen characters are dropped
    instead of being refused.
    """

    def to_python(self, value: Any) -> str:
        return clean_text(str(value)) if value else ""


class Where(forms.CharField):
    """The pasted block; cleaned into locations by the form."""

    def to_python(self, value: Any) -> str:
        return str(value or "").replace("\x00", "")


PROBLEMS = {
    Problem.EMPTY: _("Write or paste at least one address, or the name of a group, an account or a game."),
    Problem.TOO_MANY: _("One report takes up to 50 addresses. Send the first 50, then make another report."),
    Problem.TOO_LONG: _(
        "Line %(line)s is longer than any address. Paste the address only; you can add words on "
        "the next page."
    ),
    Problem.NOT_TEXT: _(
        "Some characters could not be read. Type the address again or copy it from the address bar."
    ),
}


def choices_of_report() -> list[tuple[str, str, str]]:
    """(code, label, hint) of what it is, in the active language."""
    return [(term.code, term.label, term.says("hint")) for term in vocab.terms("report.choice")]


class ReportForm(forms.Form):
    """Where and what. Nothing else is needed for a report."""

    where = Where(
        label=_("Where did you see it?"),
        help_text=_(
            "Paste the address. If there are several, write each on a new line. The name of a group, "
            "an account or a game is fine too."
        ),
        required=False,
        widget=forms.Textarea(
            attrs={"rows": 4, "spellcheck": "false", "autocomplete": "off", "aria-required": "true"}
        ),
    )
    category = forms.CharField(label=_("What is it?"), required=False)
    locations: list[Location]

    def clean_where(self) -> str:
        block: str = self.cleaned_data["where"]
        try:
            self.locations = split_locations(block)
        except AddressRefused as refused:
            raise forms.ValidationError(PROBLEMS[refused.problem] % {"line": refused.line}) from refused
        return block

    def clean_category(self) -> str:
        """The category of rrt.category behind the choice; no choice means “I don't know”."""
        given = self.cleaned_data["category"] or "DONT_KNOW"
        term = next((term for term in vocab.terms("report.choice") if term.code == given), None)
        if term is None:
            raise forms.ValidationError(gettext("Choose one of the answers, or “I don't know”."))
        category: str = term.extra["category"]
        return category


def reporter_kinds() -> list[tuple[str, str]]:
    """The kinds of reporter that a person may call themselves."""
    shown = {"CHILD", "PARENT_OF_PUPIL", "SCHOOL", "PUBLIC", "NOT_SAID"}
    return [(code, label) for code, label in vocab.choices("report.reporter_kind") if code in shown]


class DangerForm(forms.Form):
    """Is a child in danger now?"""

    danger = forms.ChoiceField(
        label=_("Is a child in danger now?"),
        choices=[("yes", _("Yes, I think so")), ("no", _("No")), ("unknown", _("I don't know"))],
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose an answer, or skip this question.")},
    )
    ANSWERS: ClassVar[dict[str, ChildInDanger]] = {
        "yes": ChildInDanger.YES,
        "no": ChildInDanger.NO,
        "unknown": ChildInDanger.NOT_STATED,
    }

    def answer(self) -> ChildInDanger:
        """What is stored of a valid answer."""
        return self.ANSWERS[self.cleaned_data["danger"]]

    @classmethod
    def initial_of(cls, stored: str) -> dict[str, str]:
        """The answer to show as chosen; none when the question was not answered with yes or no."""
        given = next((given for given, kept in cls.ANSWERS.items() if kept == stored), "unknown")
        return {} if given == "unknown" else {"danger": given}


class PathForm(forms.Form):
    """How does one get there? Two fields for each place of the report."""

    def __init__(self, data: Any, *, places: list[Any]) -> None:
        super().__init__(
            data,
            initial={f"referrer-{p.position}": p.referrer for p in places}
            | {f"access-{p.position}": p.access_note for p in places},
        )
        self.places = places
        access = vocab.choices("report.access_note")
        for place in places:
            self.fields[f"referrer-{place.position}"] = forms.CharField(
                label=_("Where did you click from?"),
                required=False,
                max_length=LONGEST,
                strip=True,
                widget=forms.TextInput(attrs={"spellcheck": "false"}),
            )
            self.fields[f"access-{place.position}"] = forms.ChoiceField(
                label=_("What do you need in order to see it?"),
                required=False,
                choices=access,
                initial="UNKNOWN",
            )

    def rows(self) -> list[tuple[Any, Any, Any]]:
        """(place, referrer field, access field) for the template."""
        return [(p, self[f"referrer-{p.position}"], self[f"access-{p.position}"]) for p in self.places]

    def answers(self) -> list[tuple[int, str, str]]:
        """(position, referrer, access note) of every place about which something was said."""
        said = [
            (
                p.position,
                clean(self.cleaned_data[f"referrer-{p.position}"]),
                self.cleaned_data[f"access-{p.position}"] or "UNKNOWN",
            )
            for p in self.places
        ]
        return [row for row in said if row[1] or row[2] != "UNKNOWN"]


class CircumstancesForm(forms.Form):
    """When was it seen, and who reports?"""

    seen = forms.ChoiceField(
        label=_("When did you see it?"),
        required=False,
        choices=[
            ("today", _("Today")),
            ("yesterday", _("Yesterday")),
            ("earlier", _("Earlier")),
            ("", _("I don't remember")),
        ],
        widget=forms.RadioSelect,
    )
    seen_date = forms.DateField(
        label=_("On which day, if you remember?"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    reporter_kind = forms.ChoiceField(
        label=_("You are reporting as …"), required=False, choices=reporter_kinds
    )

    def __init__(self, data: Any, *, today: date) -> None:
        super().__init__(data, initial={"reporter_kind": "NOT_SAID"})
        self.today = today

    def clean_seen_date(self) -> date | None:
        given: date | None = self.cleaned_data["seen_date"]
        if given and given > self.today:
            raise forms.ValidationError(gettext("This day is in the future."))
        return given

    def day(self) -> date | None:
        """The day it was seen, as far as it was said."""
        if self.cleaned_data["seen"] == "today":
            return self.today
        if self.cleaned_data["seen"] == "yesterday":
            return self.today - timedelta(days=1)
        day: date | None = self.cleaned_data["seen_date"]
        return day


class NoteForm(forms.Form):
    """Anything else, as free text."""

    note = PlainText(
        label=_("What else is important to know?"),
        help_text=_("Send no pictures or videos; a link is enough."),
        required=False,
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 6}),
    )
    confirmed = forms.BooleanField(required=False, widget=forms.HiddenInput)

    def warnings(self) -> list[str]:
        """What the writer may not have meant to tell us: a personal code, a phone, an e-mail, or the receipt
        itself."""
        return personal_warnings(self.cleaned_data["note"])


class ContactForm(forms.Form):
    """How to answer, if an answer is wanted."""

    contact = PlainText(
        label=_("Email or phone"),
        help_text=_("Only if you wait for an answer. You may leave it empty."),
        required=False,
        max_length=200,
        widget=forms.TextInput(attrs={"autocomplete": "email"}),
        error_messages={"max_length": _("This is too long for an email address or a phone number.")},
    )

    def clean_contact(self) -> str:
        return " ".join(self.cleaned_data["contact"].split())


class ReturnForm(forms.Form):
    """The words, or the letters and digits, that were shown once."""

    receipt = forms.CharField(
        label=_("Your code"),
        help_text=_("For example: nine words one after another, or five letters and digits four times."),
        max_length=400,
        widget=forms.Textarea(
            attrs={"rows": 3, "autocomplete": "off", "spellcheck": "false", "autocapitalize": "none"}
        ),
        error_messages={
            "required": _("Type the words, or the letters and digits, that we showed you."),
            "max_length": _("This is longer than any code."),
        },
    )


class MessageForm(forms.Form):
    """A message to the analyst."""

    message = PlainText(
        label=_("Write to us"),
        help_text=_("Send no pictures or videos; a link is enough."),
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": _("Write a few words first.")},
    )
    confirmed = forms.BooleanField(required=False, widget=forms.HiddenInput)

    def warnings(self) -> list[str]:
        """As NoteForm.warnings."""
        return personal_warnings(self.cleaned_data["message"])


def personal_warnings(text: str) -> list[str]:
    """Warnings about personal data in a text; empty when nothing was noticed."""
    found = {finding.kind for finding in i18n.find_personal(text)}
    said = []
    if "personal_code" in found:
        said.append(gettext("There seems to be a personal code in the text. We do not need it."))
    if found & {"phone", "email"}:
        said.append(
            gettext(
                "There seems to be a phone number or an email address in the text. "
                "If it is yours, write it on the contact page: there it is kept apart."
            )
        )
    if _holds_receipt(text):
        said.append(
            gettext(
                "Your code seems to be in the text. Anyone who knows it can read this report: "
                "please remove it."
            )
        )
    return said


def _holds_receipt(text: str) -> bool:
    words = text.split()
    for start in range(max(1, len(words) - 8)):
        try:
            sealed.parse_receipt(" ".join(words[start : start + 9]))
        except sealed.ReceiptUnreadable:
            continue
        return True
    return False
