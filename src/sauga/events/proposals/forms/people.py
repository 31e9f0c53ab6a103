"""The forms of speakers: the proposal, co-speakers, the confirmation."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.text import format_lazy
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from sauga.events.proposals.actions.own import Agreement
from sauga.events.proposals.actions.submissions import Offer, ProposalRefused
from sauga.events.proposals.models import Call, CallQuestion, Proposal, ProposalSpeaker
from sauga.events.proposals.queries.content import Content, Details
from sauga.events.proposals.rules.decisions import (
    LONGEST_ABSTRACT,
    LONGEST_BIOGRAPHY,
    LONGEST_MESSAGE,
    LONGEST_NAME,
    LONGEST_ORGANISATION,
    LONGEST_ROLE,
    LONGEST_TITLE,
)
from sauga.events.proposals.rules.letter_fields import minutes_words, names_author
from sauga.events.registration.forms.people import SENDING, TypedField, answer_field, new_sending
from sauga.events.registration.rules import LONGEST_ADDRESS
from sauga.events.speakers.rules.consents import ConsentKind, text_of
from sauga.kernel import vocab
from sauga.kernel.i18n import languages
from sauga.kernel.i18n.normal import normal_address

YES_NO = [("yes", _("Yes")), ("no", _("No"))]


class PersonForm(forms.Form):
    """Who speaks."""

    name = TypedField(
        label=_("Your name"),
        help_text=_("As it is to be shown in the programme, if you are accepted and agree."),
        max_length=LONGEST_NAME,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    organisation = TypedField(
        label=pgettext_lazy("proposal", "Organisation"),
        help_text=_("Its full name: nobody from the same organisation reviews your proposal."),
        max_length=LONGEST_ORGANISATION,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "organization"}),
    )
    role = TypedField(label=_("What you do there"), max_length=LONGEST_ROLE, required=False)
    biography = TypedField(
        label=_("About you, for the programme"),
        max_length=LONGEST_BIOGRAPHY,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
    )

    def details(self, address: str) -> Details:
        """Who it is."""
        held = self.cleaned_data
        return Details(held["name"], address, held["organisation"], held["role"], held["biography"])


def shown_details(held: Details) -> dict[str, Any]:
    """A speaker as the form shows them."""
    return {
        "name": held.name,
        "organisation": held.organisation,
        "role": held.role,
        "biography": held.biography,
    }


class QuestionsForm(forms.Form):
    """The questions of a call that are asked at one time."""

    def __init__(self, *args: Any, questions: Sequence[CallQuestion], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.questions = questions
        for question in questions:
            self.fields[f"q_{question.ref}"] = answer_field(question)

    @property
    def answers(self) -> dict[str, str]:
        """What was answered, by the question's reference."""
        held = {one.ref: self.cleaned_data.get(f"q_{one.ref}", "") for one in self.questions}
        return {ref: answer for ref, answer in held.items() if answer}

    def asked(self) -> list[forms.BoundField]:
        """The fields of the questions."""
        return [self[f"q_{one.ref}"] for one in self.questions]


class ProposalForm(QuestionsForm, PersonForm):
    """A proposal. A draft needs no more than a title, a name and an address."""

    title = TypedField(label=pgettext_lazy("session", "Title"), max_length=LONGEST_TITLE)
    abstract = TypedField(
        label=_("Abstract"),
        max_length=LONGEST_ABSTRACT,
        required=False,
        widget=forms.Textarea(attrs={"rows": 8}),
    )
    kind = forms.ChoiceField(label=pgettext_lazy("session", "Kind"), widget=forms.RadioSelect)
    minutes = forms.TypedChoiceField(label=_("Duration"), coerce=int, widget=forms.RadioSelect)
    talk_language = forms.ChoiceField(label=_("Language of the session"), widget=forms.RadioSelect)
    track = forms.ChoiceField(label=pgettext_lazy("session", "Track"), required=False)
    message = TypedField(
        label=_("Anything else for the organisers?"),
        help_text=_("Reviewers do not see it: equipment you need, days you cannot come."),
        max_length=LONGEST_MESSAGE,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    email = forms.EmailField(
        label=_("Your email address"),
        help_text=_("We send your personal link there. It is not published."),
        max_length=LONGEST_ADDRESS,
        widget=forms.EmailInput(attrs={"autocomplete": "email", "inputmode": "email"}),
    )

    def __init__(
        self, *args: Any, call: Call, address: str = "", is_draft: bool = False, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.call, self.address, self.is_draft = call, address, is_draft
        tracks = [(one.ref, str(one)) for one in call.event.tracks.all()]
        choices: dict[str, list[tuple[Any, Any]]] = {
            "kind": [(code, vocab.label("session_kinds", code)) for code in call.kinds],
            "minutes": [(n, minutes_words(n)) for n in call.durations],
            "talk_language": [
                (code, vocab.label("languages", code)) for code in call.event.languages or [languages.DEFAULT]
            ],
            "track": [("", _("No matter")), *tracks],
        }
        for name, offered in choices.items():
            self.fields[name].choices = offered  # type: ignore[attr-defined]  # a choice field
            if len(offered) == 1 and name != "track":
                self.fields[name].initial = offered[0][0]
        if not tracks:
            del self.fields["track"]
        if address:
            del self.fields["email"]
        if call.is_blind:
            self.fields["abstract"].help_text = _(
                "The review is blind. Please do not write who you are or where you work; reviewers see the "
                "title and this text only."
            )
        for one in self.questions if is_draft else ():
            self.fields[f"q_{one.ref}"].required = False

    def clean(self) -> dict[str, Any]:
        """What is sent has an abstract; under blind review nothing that says who wrote it."""
        given: dict[str, Any] = super().clean() or {}
        if not self.is_draft and not given.get("abstract") and "abstract" not in self.errors:
            self.add_error("abstract", gettext("Write what the session is about."))
        if self.call.is_blind and not self.errors:
            texts = [given["title"], given["abstract"]]
            who = {"name": given["name"], "organisation": given["organisation"]}
            if names_author(texts, **who, address=self.address or given["email"]):
                self.add_error("abstract", ProposalRefused("named").text)
        return given

    def offer(self, sending: str = "", *, language: str = "") -> Offer:
        """What was filled in, for the action."""
        held = self.cleaned_data
        content = Content(held["title"], held["abstract"], held["message"], answers=self.answers)
        return Offer(
            content=content,
            details=self.details(self.address or normal_address(held["email"])),
            kind=held["kind"],
            minutes=held["minutes"],
            talk_language=held["talk_language"],
            track=held.get("track", ""),
            language=language or languages.active().code,
            sending=sending if SENDING.fullmatch(sending) else new_sending(),
        )


def shown_proposal(row: Proposal, content: Content, details: Details) -> dict[str, Any]:
    """A stored proposal as its form shows it."""
    return {
        **shown_details(details),
        **{f"q_{ref}": answer for ref, answer in content.answers.items()},
        "title": content.title,
        "abstract": content.abstract,
        "message": content.message,
        "kind": row.kind,
        "minutes": row.minutes,
        "talk_language": row.talk_language,
        "track": row.track.ref if row.track else "",
    }


class InviteForm(forms.Form):
    """The address of a co-speaker."""

    email = forms.EmailField(
        label=_("Email address of the co-speaker"),
        max_length=LONGEST_ADDRESS,
        widget=forms.EmailInput(attrs={"inputmode": "email", "autocomplete": "off"}),
    )

    @property
    def address(self) -> str:
        """The address in its stored form."""
        return normal_address(self.cleaned_data["email"])


class AgreementForm(PersonForm):
    """What a speaker agrees to."""

    publish = forms.ChoiceField(
        label=_("May we publish your name and what you write about yourself?"),
        help_text=format_lazy("{}", text_of(ConsentKind.PUBLICATION)),
        choices=YES_NO,
        widget=forms.RadioSelect,
    )
    recording = forms.ChoiceField(
        label=_("May your session be recorded and published?"),
        help_text=format_lazy("{}", text_of(ConsentKind.RECORDING)),
        choices=YES_NO,
        widget=forms.RadioSelect,
    )

    @property
    def agreement(self) -> Agreement:
        """What was agreed to, for the action."""
        held = self.cleaned_data
        return Agreement(is_published=held["publish"] == "yes", recording=held["recording"])


class ConfirmForm(QuestionsForm, AgreementForm):
    """The confirmation of an accepted proposal, with what is asked only now."""


def shown_agreement(row: ProposalSpeaker, details: Details) -> dict[str, Any]:
    """What a speaker agreed to, as the form shows it; nothing is ticked before they answered."""
    return {
        **shown_details(details),
        "publish": "" if not row.recording else "yes" if row.consented_at else "no",
        "recording": row.recording,
    }
