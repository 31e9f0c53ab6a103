"""The forms of registration for persons, for classes, and for one's own page."""

import re
import secrets
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any, Protocol

from django import forms
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from sauga.events.programme.models import Event, said
from sauga.events.registration.actions.registrations import AdultMissing, RegistrationData
from sauga.events.registration.models import Question, Registration, Ticket
from sauga.events.registration.queries.details import Details
from sauga.events.registration.rules import (
    ADULTS,
    LONGEST_ADDRESS,
    LONGEST_CLASS,
    LONGEST_NAME,
    LONGEST_NEED,
    LONGEST_SCHOOL,
    MOST_HEADS,
    MOST_LETTERS,
    NO_PHOTO,
    photo_choices,
)
from sauga.kernel import vocab
from sauga.kernel.i18n import languages, typed_text
from sauga.kernel.i18n.normal import normal_address
from sauga.kernel.ui.forms import GroupField

SENDING = re.compile(r"[0-9a-f]{32}")
CHILDREN = {"children", "children_young_people", "teenagers", "general_public"}
"""Audiences among whom somebody may be under 14."""
GROUPS = ("preprimary", "grades_1_4", "grades_5_8", "grades_9_12", "educators", "parents")
"""Of whom a class consists: codes of `headcount_groups`."""
OLD_ENOUGH, UNDER_14 = "14", "under14"


class TypedField(forms.CharField):
    """A text without invisible characters."""

    def clean(self, value: Any) -> str:
        """The text as it is stored."""
        return str(super().clean(typed_text(value) if isinstance(value, str) else value))


def new_sending() -> str:
    """Names one filled-in form, however often it is sent."""
    return secrets.token_hex(16)


class Asked(Protocol):
    """A question to the participant: of registration, of a call for papers."""

    ref: Any
    kind: Any
    text: Any
    choices: Any
    is_required: Any


def answer_field(question: Asked) -> forms.Field:
    """The field of a question."""
    label, required = said(question.text), question.is_required
    if question.kind == "YES_NO":
        choices = [("yes", _("Yes")), ("no", _("No"))]
        return forms.ChoiceField(label=label, choices=choices, required=required, widget=forms.RadioSelect)
    if question.kind == "CHOICE":
        lines = said_lines(question.choices)
        numbered = [(str(number), line) for number, line in enumerate(lines)]
        return forms.ChoiceField(label=label, choices=numbered, required=required, widget=forms.RadioSelect)
    return TypedField(label=label, max_length=MOST_LETTERS, required=required)


def said_lines(choices: Mapping[str, Sequence[str]], language: str = "") -> Sequence[str]:
    """The answers to choose from, in the language of the page or else in another."""
    wanted = language or languages.active().code
    return choices.get(wanted) or next((lines for lines in choices.values() if lines), ())


def photo_field(event: Event, **more: Any) -> forms.ChoiceField:
    """Whether one may be photographed, as far as the event asks."""
    offered = photo_choices(event.photo_policy)
    return forms.ChoiceField(
        label=_("May you be photographed or filmed at the event?"),
        choices=[(code, vocab.label("photo_consent", code)) for code in offered],
        initial=NO_PHOTO,
        widget=forms.RadioSelect,
        **more,
    )


def children_field(**more: Any) -> forms.IntegerField:
    """For how many children of a class guardians agreed to photographs."""
    return forms.IntegerField(
        label=_("For how many of the children did guardians agree to photographs?"),
        help_text=_(
            "Only the number; what they signed stays at the school. You get numbered badges in two colours."
        ),
        min_value=0,
        max_value=MOST_HEADS,
        required=False,
        initial=0,
        widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
        **more,
    )


class PhotoForm(forms.Form):
    """What one agreed to about photographs, to be changed; empty where the event does not ask."""

    def __init__(self, *args: Any, event: Event, is_class: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if photo_choices(event.photo_policy):
            name = "photo_children" if is_class else "photo"
            self.fields[name] = children_field() if is_class else photo_field(event)


class AnswersForm(forms.Form):
    """The organisers' questions."""

    def __init__(self, *args: Any, event: Event, questions: Sequence[Question], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.event, self.questions = event, questions
        for question in questions:
            self.fields[f"q_{question.ref}"] = answer_field(question)

    @property
    def answers(self) -> dict[str, str]:
        """What was answered, by the question's reference."""
        held = {question.ref: self.cleaned_data.get(f"q_{question.ref}", "") for question in self.questions}
        return {ref: answer for ref, answer in held.items() if answer}

    def asked(self) -> list[forms.BoundField]:
        """The fields of the questions."""
        return [self[f"q_{question.ref}"] for question in self.questions]


TO_CHILD: dict[str, tuple[Any, Any]] = {
    "name": (pgettext_lazy("child", "Your name"), ""),
    "email": (
        pgettext_lazy("child", "Your email address"),
        pgettext_lazy(
            "child",
            "We send your personal link there: with it you see where you stand, change and cancel. "
            "After the event the address is deleted.",
        ),
    ),
    "needs": (
        pgettext_lazy("child", "What do you need to be able to take part?"),
        pgettext_lazy(
            "child",
            "Only the need, no diagnosis. Only the organisers read it, and it is deleted after the event.",
        ),
    ),
    "photo": (
        pgettext_lazy("child", "May you be photographed or filmed at the event?"),
        pgettext_lazy("child", "You can change this at any time on your page."),
    ),
}
"""The same labels and hints where the event is for children alone."""


class SignUpForm(AnswersForm):
    """What every registration says: who registers, to whom we write, what is needed."""

    name = TypedField(
        label=_("Your name"), max_length=LONGEST_NAME, widget=forms.TextInput(attrs={"autocomplete": "name"})
    )

    email = forms.EmailField(
        label=_("Your email address"),
        max_length=LONGEST_ADDRESS,
        help_text=_(
            "We send your personal link there: with it you see where you stand, change and cancel. "
            "After the event the address is deleted."
        ),
        widget=forms.EmailInput(attrs={"autocomplete": "email", "inputmode": "email"}),
    )
    needs = TypedField(
        label=_("What do you need to be able to take part?"),
        help_text=_(
            "Only the need, no diagnosis. Only the organisers read it, and it is deleted after the event."
        ),
        max_length=LONGEST_NEED,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, *args: Any, ticket: Ticket, is_member: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, event=ticket.event, **kwargs)
        self.ticket = ticket
        if photo_choices(ticket.event.photo_policy):
            name = "photo_children" if ticket.is_for_classes else "photo"
            hint = _("You can change this at any time on your page.")
            is_class = ticket.is_for_classes
            self.fields[name] = children_field() if is_class else photo_field(ticket.event, help_text=hint)
        if ticket.speaks_to_child:
            for name, (label, hint) in TO_CHILD.items():
                if name in self.fields:
                    self.fields[name].label = label
                    self.fields[name].help_text = hint or self.fields[name].help_text
        if is_member:
            del self.fields["email"]

    def registration_data(self, sending: str, *, address: str = "", language: str = "") -> RegistrationData:
        """What was filled in, for the action."""
        given = self.cleaned_data
        return RegistrationData(
            details=self.details(address or normal_address(given["email"])),
            language=language or languages.active().code,
            sending=sending if SENDING.fullmatch(sending) else new_sending(),
            groups=self.groups(),
            needs=given["needs"],
            photo=given.get("photo", ""),
            photo_children=given.get("photo_children") or 0,
        )

    def details(self, address: str) -> Details:
        """Who registers."""
        return Details(self.cleaned_data["name"], address, answers=self.answers)

    def groups(self) -> dict[str, int]:
        """Heads by group, of a class."""
        return {}


class PersonForm(SignUpForm):
    """One person. Where children are invited, a child under 14 names a guardian."""

    age = forms.ChoiceField(
        label=_("How old are you?"),
        choices=[
            (OLD_ENOUGH, _("14 or older, or I come with an adult")),
            (UNDER_14, _("Under 14, and I come alone")),
        ],
        widget=forms.RadioSelect,
    )
    guardian = forms.EmailField(
        label=_("Email address of a parent or guardian"),
        help_text=_("Only if you are under 14 and come alone. They have to agree; then you get your seat."),
        max_length=LONGEST_ADDRESS,
        required=False,
        widget=forms.EmailInput(attrs={"inputmode": "email", "autocomplete": "off"}),
    )
    field_order = ("name", "email", "age", "guardian", "needs")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.asks_age = not CHILDREN.isdisjoint(self.ticket.event.audiences)
        if not self.asks_age:
            del self.fields["age"], self.fields["guardian"]

    def clean(self) -> dict[str, Any]:
        """A guardian for a child under 14, at another address than one's own."""
        given: dict[str, Any] = super().clean() or {}
        if given.get("age") == UNDER_14 and "guardian" not in self.errors:
            guardian = normal_address(given.get("guardian") or "")
            if not guardian:
                self.add_error("guardian", gettext("Write the address of a parent or guardian."))
            elif guardian == normal_address(given.get("email") or ""):
                self.add_error(
                    "guardian", gettext("This is your own address. Write that of a parent or guardian.")
                )
        return given

    def details(self, address: str) -> Details:
        given = self.cleaned_data
        guardian = normal_address(given.get("guardian") or "") if given.get("age") == UNDER_14 else ""
        return replace(super().details(address), guardian=guardian)


class HeadsForm(forms.Form):
    """How many come, by group; no names."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["heads"] = GroupField(_("How many will you be?"))
        for code in GROUPS:
            self.fields[f"heads_{code}"] = forms.IntegerField(
                label=vocab.label("headcount_groups", code),
                min_value=0,
                max_value=MOST_HEADS,
                required=False,
                initial=0,
                widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
            )

    def groups(self) -> dict[str, int]:
        """The counts, without empty groups."""
        held = {code: self.cleaned_data.get(f"heads_{code}") or 0 for code in GROUPS}
        return {code: count for code, count in held.items() if count}

    def rows(self) -> list[forms.BoundField]:
        """The fields of the groups."""
        return [self[f"heads_{code}"] for code in GROUPS]

    def clean(self) -> dict[str, Any]:
        """How many come, at least one adult among them: said beside whatever else is wrong."""
        given: dict[str, Any] = super().clean() or {}
        if any(f"heads_{code}" in self.errors for code in GROUPS):
            return given
        if not self.groups():
            self.add_error("heads", gettext("Write how many of you will come."))
        if ADULTS.isdisjoint(self.groups()):
            self.add_error("heads", AdultMissing().text)
        return given


class ClassForm(HeadsForm, SignUpForm):
    """A class: its teacher, its school, what it is called, heads by age."""

    school = TypedField(
        label=pgettext_lazy("registration", "School"),
        max_length=LONGEST_SCHOOL,
        widget=forms.TextInput(attrs={"autocomplete": "organization"}),
    )
    class_name = TypedField(label=pgettext_lazy("registration", "Class"), max_length=LONGEST_CLASS)

    def details(self, address: str) -> Details:
        given = self.cleaned_data
        return replace(super().details(address), school=given["school"], class_name=given["class_name"])


def sign_up_form(ticket: Ticket, questions: Sequence[Question], data: Any = None, **more: Any) -> SignUpForm:
    """The form that belongs to a ticket."""
    kind = ClassForm if ticket.is_for_classes else PersonForm
    return kind(data, ticket=ticket, questions=questions, **more)


def heads_form(row: Registration, data: Any = None) -> HeadsForm:
    """The numbers of a class, to be changed."""
    return HeadsForm(data, initial={f"heads_{code}": row.groups.get(code, 0) for code in GROUPS})
