"""Forms of learning: enrolling, answering, handing in; planning cohorts, grading, writing to a group."""

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar

from django import forms
from django.utils.text import format_lazy
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from sauga.events.programme.forms import Words, WordsForm
from sauga.kernel import organisations, vocab
from sauga.kernel.i18n import languages
from sauga.training.courses.models import said
from sauga.training.learning.actions.group_messages import AUDIENCES
from sauga.training.learning.models import Cohort, StaffLink
from sauga.training.learning.rules.invitation_lists import MOST_LINES

DATE = {"type": "date"}


class EnrolForm(forms.Form):
    """What we ask of who enrols: for figures, and whether the organisation may see hours."""

    role = forms.ChoiceField(label=_("Your work"), widget=forms.RadioSelect)
    municipality = forms.ChoiceField(label=_("Municipality where you work"), required=False)
    shares_hours = forms.BooleanField(required=False)

    def __init__(
        self, *args: Any, link: StaffLink | None = None, organisation: str = "", **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["role"].choices = vocab.choices("training_roles")  # type: ignore[attr-defined]  # a choice field
        self.fields["municipality"].choices = [("", "—"), *organisations.municipalities()]  # type: ignore[attr-defined]  # a choice field
        if link is None:
            del self.fields["shares_hours"]
        else:
            self.fields["shares_hours"].label = _(
                "%(organisation)s may see my name, how far I am and my hours in this course"
            ) % {"organisation": organisation}


class InviteForm(forms.Form):
    """Whom an organisation wants to invite: pasted, or a file."""

    people = forms.CharField(
        label=_("Email addresses of your colleagues"),
        help_text=format_lazy(_("One on a line, with or without a name. Up to {n} at a time."), n=MOST_LINES),
        required=False,
        widget=forms.Textarea({"rows": 8, "spellcheck": "false", "autocomplete": "off"}),
    )
    file = forms.FileField(
        label=_("Or a table"),
        help_text=_("XLSX or CSV with a column “email”. Names in it are not read."),
        required=False,
        allow_empty_file=True,
        widget=forms.FileInput({"accept": ".xlsx,.csv"}),
    )
    language = forms.ChoiceField(label=_("Language of the email"), widget=forms.RadioSelect)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["language"].choices = languages.own_names(languages.for_editors())  # type: ignore[attr-defined]  # a choice field


def too_long() -> str:
    """What is said of a list with too many lines."""
    return gettext("At most %(n)s people can be invited at a time. Divide the list.") % {"n": MOST_LINES}


def nobody() -> str:
    """What is said of an empty list."""
    return gettext("Write at least one address, or choose a file.")


class TextForm(forms.Form):
    """One text: a hand-in, a contribution, an appeal."""

    text = forms.CharField(
        label=_("Your text"), max_length=20_000, widget=forms.Textarea({"rows": 12}), strip=True
    )


class PostForm(forms.Form):
    """A contribution to a discussion."""

    text = forms.CharField(
        label=_("What you want to say"), max_length=4000, widget=forms.Textarea({"rows": 5})
    )


class AppealForm(forms.Form):
    """What should be looked at again."""

    text = forms.CharField(
        label=_("What should we look at again, and why?"),
        max_length=4000,
        widget=forms.Textarea({"rows": 5}),
    )


class RubricForm(forms.Form):
    """A level for each criterion; `comment_label` names the text beside them."""

    def __init__(
        self,
        *args: Any,
        rubric: Sequence[Mapping[str, Any]],
        language: str,
        comment_label: Any,
        is_needed: bool,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.rubric = rubric
        for row in rubric:
            self.fields[f"c_{row['code']}"] = forms.TypedChoiceField(
                label=said(row["title"], language),
                choices=[
                    (level["points"], f"{level['points']} – {said(level['text'], language)}")
                    for level in row["levels"]
                ],
                coerce=int,
                widget=forms.RadioSelect,
            )
        self.fields["comment"] = forms.CharField(
            label=comment_label, max_length=4000, required=is_needed, widget=forms.Textarea({"rows": 5})
        )

    @property
    def points(self) -> dict[str, int]:
        """The chosen points by criterion."""
        return {row["code"]: self.cleaned_data[f"c_{row['code']}"] for row in self.rubric}


class CohortForm(WordsForm):
    """A cohort at the desk."""

    words: ClassVar[Mapping[str, Words]] = {
        "name": Words(_("Name of the group"), 80, hint=_("Such as: spring 2027"), is_required=True)
    }
    first: ClassVar = ("version", "name")
    language = forms.ChoiceField(label=_("Language of the tutor and the group"))
    starts = forms.DateField(
        label=pgettext_lazy("cohort", "Starts"), widget=forms.DateInput(DATE, "%Y-%m-%d")
    )
    ends = forms.DateField(label=pgettext_lazy("cohort", "Ends"), widget=forms.DateInput(DATE, "%Y-%m-%d"))
    closes = forms.DateField(label=_("Enrolment until"), widget=forms.DateInput(DATE, "%Y-%m-%d"))
    places = forms.IntegerField(label=_("Places"), min_value=1, max_value=2000)
    group_size = forms.IntegerField(
        label=_("People in a discussion group"), min_value=2, max_value=60, initial=8
    )
    tutor = forms.ChoiceField(label=_("Tutor"), required=False)

    def __init__(
        self,
        *args: Any,
        row: Cohort | None = None,
        versions: Sequence[tuple[str, str]] = (),
        tutors: Sequence[tuple[int, str]] = (),
        **kwargs: Any,
    ) -> None:
        if row is not None:
            kwargs["initial"] = {f"name_{code}": text for code, text in row.name.items()} | {
                "language": row.language,
                "starts": row.starts,
                "ends": row.ends,
                "closes": row.closes,
                "places": row.places,
                "group_size": row.group_size,
                "tutor": row.tutor_id or "",
            }
        super().__init__(*args, **kwargs)
        self.fields["language"].choices = languages.own_names(languages.for_editors())  # type: ignore[attr-defined]  # a choice field
        self.fields["tutor"].choices = [("", "—"), *tutors]  # type: ignore[attr-defined]  # a choice field
        if row is None:
            self.fields = {"version": forms.ChoiceField(label=_("Course"), choices=versions), **self.fields}


class MessageForm(forms.Form):
    """A message to the group."""

    audience = forms.ChoiceField(
        label=_("To whom"), choices=list(AUDIENCES.items()), widget=forms.RadioSelect
    )
    text = forms.CharField(label=_("Message"), max_length=4000, widget=forms.Textarea({"rows": 6}))


class ReasonForm(forms.Form):
    """Why a tutor decides so."""

    reason = forms.CharField(label=_("Reason"), max_length=1000, widget=forms.Textarea({"rows": 3}))


class TriesForm(ReasonForm):
    """More tries of a quiz."""

    activity = forms.ChoiceField(label=_("Quiz"))
    tries = forms.IntegerField(label=_("How many more tries"), min_value=1, max_value=10, initial=1)

    def __init__(self, *args: Any, quizzes: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **{"auto_id": "tries-%s", **kwargs})
        self.fields["activity"].choices = list(quizzes)  # type: ignore[attr-defined]  # a choice field


class ConfirmForm(ReasonForm):
    """A session or a webinar that took place."""

    activity = forms.ChoiceField(label=_("Session or webinar"))

    def __init__(self, *args: Any, parts: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **{"auto_id": "confirm-%s", **kwargs})
        self.fields["activity"].choices = list(parts)  # type: ignore[attr-defined]  # a choice field


class AppealAnswerForm(ReasonForm):
    """The answer to an appeal."""

    decision = forms.ChoiceField(
        label=_("Decision"),
        choices=[("grant", _("Granted: one more try")), ("refuse", _("Not granted"))],
        widget=forms.RadioSelect,
    )
