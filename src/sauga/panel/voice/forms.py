"""Forms of the panel's voice: members', addressees', the desk's. They only offer; actions refuse."""

from datetime import date, datetime
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from sauga.kernel.clock import VILNIUS
from sauga.panel.members.models import Member
from sauga.panel.members.queries.members import active_members
from sauga.panel.voice.actions.answers import Given, Task
from sauga.panel.voice.actions.contributions import Picture
from sauga.panel.voice.actions.cycles import MeetingGiven
from sauga.panel.voice.actions.drafts import Words
from sauga.panel.voice.models import Addressee, Answer, Cycle, Meeting, ProposalVersion
from sauga.panel.voice.queries import addressees
from sauga.panel.voice.rules import answers
from sauga.panel.voice.rules.labels import PARTS, VERDICT_HINTS
from sauga.panel.voice.rules.moderation import Checklist, DeclineReason, Reason
from sauga.panel.voice.rules.words import (
    LONGEST_AGENDA,
    LONGEST_COMMENT,
    LONGEST_MINUTES,
    LONGEST_NOTE,
    LONGEST_PART,
    LONGEST_TITLE,
)

NO_NAMES = _("Do not write names, the school, a phone number or accounts.")


def area(rows: int, most: int) -> forms.Textarea:
    """A field for several lines, with its limit."""
    return forms.Textarea({"rows": str(rows), "maxlength": str(most)})


def day_field(**more: Any) -> forms.DateField:
    """A day."""
    return forms.DateField(widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"), **more)


class ProposalForm(forms.Form):
    """The parts of a proposal."""

    title = forms.CharField(label=pgettext_lazy("proposal", "Title"), max_length=LONGEST_TITLE)
    problem = forms.CharField(
        label=PARTS["problem"],
        help_text=NO_NAMES,
        required=False,
        max_length=LONGEST_PART,
        widget=area(4, LONGEST_PART),
    )
    wish = forms.CharField(
        label=PARTS["wish"], required=False, max_length=LONGEST_PART, widget=area(4, LONGEST_PART)
    )
    why = forms.CharField(
        label=PARTS["why"], required=False, max_length=LONGEST_PART, widget=area(3, LONGEST_PART)
    )

    @classmethod
    def showing(cls, text: ProposalVersion) -> "ProposalForm":
        """The form with a text in it."""
        return cls(initial={name: getattr(text, name) for name in ("title", *PARTS)})

    def words(self) -> Words:
        """What was typed."""
        said = self.cleaned_data
        return Words(said["title"], said["problem"], said["wish"], said["why"])


class AmendmentForm(forms.Form):
    """Another text for one part."""

    text = forms.CharField(
        label=_("New text"), help_text=NO_NAMES, max_length=LONGEST_PART, widget=area(4, LONGEST_PART)
    )
    why = forms.CharField(
        label=pgettext_lazy("amendment", "Why?"), max_length=LONGEST_NOTE, widget=area(2, LONGEST_NOTE)
    )


class TextForm(forms.Form):
    """A comment, a topic or a question."""

    text = forms.CharField(
        label=pgettext_lazy("comment", "Your thought"),
        help_text=NO_NAMES,
        max_length=LONGEST_COMMENT,
        widget=area(3, LONGEST_COMMENT),
    )

    def picture(self) -> Picture | None:
        """No picture goes with it."""
        return None


class LearnedForm(TextForm):
    """What a member learned, with a picture of their own."""

    file = forms.FileField(
        label=_("Your own picture"),
        help_text=_("A drawing or a photo without people. Place and device are taken out of it."),
        required=False,
    )
    alt = forms.CharField(
        label=_("What can be seen in it?"),
        required=False,
        max_length=LONGEST_NOTE,
        widget=area(2, LONGEST_NOTE),
    )

    def picture(self) -> Picture | None:
        """The picture, if there is one."""
        file = self.cleaned_data["file"]
        return Picture(str(file.name), file.read(), self.cleaned_data["alt"]) if file else None


class CoauthorForm(forms.Form):
    """A member to write along."""

    member = forms.ModelChoiceField(
        label=pgettext_lazy("co-author", "Who?"), queryset=Member.objects.none(), to_field_name="ref"
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["member"]
        field.queryset = active_members()


class DeclineForm(forms.Form):
    """Why an amendment is not accepted."""

    reason = forms.ChoiceField(
        label=pgettext_lazy("amendment", "Why not?"), choices=DeclineReason.choices, widget=forms.RadioSelect
    )


class AnswerForm(forms.Form):
    """An addressee's answer."""

    verdict = forms.ChoiceField(
        label=_("Your answer"), choices=answers.Verdict.choices, widget=forms.RadioSelect, required=False
    )
    reason = forms.CharField(
        label=pgettext_lazy("answer", "Why?"),
        help_text=_(
            "An answer without a reason cannot be sent. People aged 12 to 17 will read it: short "
            "sentences, no numbers of articles."
        ),
        required=False,
        max_length=answers.LONGEST_REASON,
        widget=area(6, answers.LONGEST_REASON),
    )
    decides = forms.CharField(
        label=_("Who decides about it?"),
        help_text=_("Only if somebody else decides."),
        required=False,
        max_length=160,
    )
    who = forms.CharField(
        label=_("Who answers"),
        help_text=_("Name and position. They will be public."),
        required=False,
        max_length=answers.LONGEST_WHO,
    )
    revision = forms.IntegerField(widget=forms.HiddenInput, min_value=0)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for n in range(1, answers.MOST_TASKS + 1):
            self.fields[f"what_{n}"] = forms.CharField(
                label=pgettext_lazy("answer", "Work"), required=False, max_length=answers.LONGEST_TASK
            )
            self.fields[f"by_{n}"] = day_field(label=pgettext_lazy("answer", "By"), required=False)

    @classmethod
    def showing(cls, answer: Answer) -> "AnswerForm":
        """The draft."""
        initial: dict[str, Any] = {
            name: getattr(answer, name) for name in ("verdict", "reason", "decides", "who", "revision")
        }
        for n, task in enumerate(answer.tasks, 1):
            initial |= {f"what_{n}": task["what"], f"by_{n}": task["by"]}
        return cls(initial=initial)

    def given(self) -> Given:
        """What was typed."""
        said = self.cleaned_data
        tasks = [
            Task(said[f"what_{n}"], said[f"by_{n}"])
            for n in range(1, answers.MOST_TASKS + 1)
            if said[f"what_{n}"]
        ]
        return Given(said["verdict"], said["reason"], said["who"], said["decides"], tasks, said["revision"])

    def task_rows(self) -> list[tuple[Any, Any]]:
        """The fields of works, in pairs."""
        return [(self[f"what_{n}"], self[f"by_{n}"]) for n in range(1, answers.MOST_TASKS + 1)]

    def verdicts(self) -> list[tuple[str, Any, Any]]:
        """The four answers with what each means."""
        return [(code, label, VERDICT_HINTS[code]) for code, label in answers.Verdict.choices]


class AskForm(forms.Form):
    """What an addressee asks the panel."""

    text = forms.CharField(
        label=_("Your question to the panel"), max_length=LONGEST_PART, widget=area(3, LONGEST_PART)
    )


# The desk


class PublishForm(forms.Form):
    """The checklist before publication."""

    confirmed = forms.MultipleChoiceField(
        label=_("I have read it, and confirm"), choices=Checklist.choices, widget=forms.CheckboxSelectMultiple
    )


class ReturnForm(forms.Form):
    """Why a text is returned."""

    reason = forms.ChoiceField(
        label=pgettext_lazy("moderation", "Why"), choices=Reason.choices, widget=forms.RadioSelect
    )


class DiscussionForm(forms.Form):
    """Until when, and who leads it besides."""

    until = day_field(label=_("Last day of the discussion"))
    second = forms.TypedChoiceField(label=_("Second adult"), coerce=int, choices=())


class QualifyForm(forms.Form):
    """A written reason where the support is missing."""

    explanation = forms.CharField(
        label=_("Reason, if the support is missing"),
        required=False,
        max_length=LONGEST_PART,
        widget=area(3, LONGEST_PART),
    )


class SendForm(forms.Form):
    """Whom, and by when."""

    addressee = forms.ModelChoiceField(
        label=_("Who must answer"), queryset=Addressee.objects.none(), to_field_name="ref"
    )
    due_on = day_field(label=_("Answer by"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["addressee"]
        field.queryset = addressees.rows(addressees.ACTIVE)


class PlainForm(forms.Form):
    """A text that young people read."""

    text = forms.CharField(
        label=pgettext_lazy("report", "In plain words"),
        help_text=_("Short sentences that a 12-year-old understands."),
        max_length=LONGEST_PART,
        widget=area(4, LONGEST_PART),
    )


class ResultForm(PlainForm):
    """Whether it was done, and how one can see it, or why not."""

    is_done = forms.TypedChoiceField(
        label=_("Was it done?"),
        coerce=lambda value: value == "yes",
        choices=(("yes", _("Yes")), ("no", _("No"))),
        widget=forms.RadioSelect,
    )
    field_order = ("is_done", "text")


class NoteForm(forms.Form):
    """The desk's own note."""

    note = forms.CharField(
        label=_("Note that only the team reads"),
        required=False,
        max_length=LONGEST_PART,
        widget=area(3, LONGEST_PART),
    )


class ReplyForm(forms.Form):
    """What the panel replies to an addressee's question."""

    reply = forms.CharField(
        label=pgettext_lazy("question", "Reply"), max_length=LONGEST_PART, widget=area(3, LONGEST_PART)
    )


class PromiseForm(forms.Form):
    """Until when an expert answers."""

    due = day_field(label=_("Answer by"))


class ExpertForm(forms.Form):
    """An expert's answer."""

    reply = forms.CharField(
        label=pgettext_lazy("expert", "Answer"),
        help_text=_("Short sentences that a 12-year-old understands."),
        max_length=answers.LONGEST_REASON,
        widget=area(5, answers.LONGEST_REASON),
    )
    who = forms.CharField(
        label=_("Who answers"), help_text=_("Name and profession."), max_length=answers.LONGEST_WHO
    )


class TopicForm(forms.Form):
    """A topic of a person who asks the panel."""

    asker = forms.CharField(label=_("Who asks the panel"), max_length=160)
    text = forms.CharField(
        label=_("What they ask"), max_length=LONGEST_COMMENT, widget=area(3, LONGEST_COMMENT)
    )


class AddresseeForm(forms.Form):
    """A body that can be asked."""

    name = forms.CharField(label=pgettext_lazy("addressee", "Name"), max_length=160)
    address = forms.CharField(
        label=_("Email address"), help_text=_("It is stored encrypted."), max_length=254
    )
    language = forms.ChoiceField(
        label=pgettext_lazy("addressee", "Language"), choices=(("lt", "lietuvių"), ("en", "English"))
    )


class AddresseeChangeForm(AddresseeForm):
    """The same, changed; an empty address leaves the present one."""

    is_active = forms.BooleanField(label=_("Can be asked"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["address"].required = False
        self.fields["address"].help_text = _("Leave it empty to keep the present one.")


class CycleForm(forms.Form):
    """A cycle."""

    title = forms.CharField(label=pgettext_lazy("cycle", "Title"), required=False, max_length=LONGEST_TITLE)
    theme = forms.CharField(
        label=pgettext_lazy("cycle", "What it is about"),
        help_text=_("One or two sentences that a 12-year-old understands."),
        required=False,
        max_length=LONGEST_NOTE,
        widget=area(2, LONGEST_NOTE),
    )
    starts_on = day_field(label=pgettext_lazy("cycle", "First day"))
    ends_on = day_field(label=_("First day after it"))
    support = forms.IntegerField(
        label=_("Members who must support a proposal for the vote"), initial=6, min_value=2, max_value=30
    )

    @classmethod
    def showing(cls, cycle: Cycle, today: date, data: Any = None) -> "CycleForm":
        """The form with a cycle in it; what cannot change once it has begun can be read only."""
        names = ("title", "theme", "starts_on", "ends_on", "support")
        form = cls(data, initial={name: getattr(cycle, name) for name in names})
        if cycle.starts_on <= today:
            for name in ("starts_on", "support"):
                form.fields[name].disabled = True
                form.fields[name].help_text = _("Stays as it is: the cycle has begun.")
        return form


class MeetingForm(forms.Form):
    """A meeting with two adults; hours by the clock of Vilnius."""

    day = day_field(label=pgettext_lazy("meeting", "Day"))
    begins = forms.TimeField(
        label=pgettext_lazy("meeting", "Begins"), widget=forms.TimeInput({"type": "time"}, format="%H:%M")
    )
    ends = forms.TimeField(
        label=pgettext_lazy("meeting", "Ends"), widget=forms.TimeInput({"type": "time"}, format="%H:%M")
    )
    place = forms.CharField(label=pgettext_lazy("meeting", "Place"), max_length=160)
    agenda = forms.CharField(label=_("Agenda"), max_length=LONGEST_AGENDA, widget=area(5, LONGEST_AGENDA))
    first = forms.TypedChoiceField(label=_("First adult"), coerce=int, choices=())
    second = forms.TypedChoiceField(label=_("Second adult"), coerce=int, choices=())

    @classmethod
    def showing(cls, meeting: Meeting) -> "MeetingForm":
        """The form with a meeting in it."""
        begins, ends = (one.astimezone(VILNIUS) for one in (meeting.starts, meeting.ends))
        adults = [one.person_id for one in meeting.adults.order_by("pk")] + [None, None]
        return cls(
            initial={
                "day": begins.date(),
                "begins": begins.time(),
                "ends": ends.time(),
                "place": meeting.place,
                "agenda": meeting.agenda,
                "first": adults[0],
                "second": adults[1],
            }
        )


def meeting_given(said: dict[str, Any]) -> MeetingGiven:
    """What was typed about a meeting, as instants."""
    return MeetingGiven(
        starts=datetime.combine(said["day"], said["begins"], tzinfo=VILNIUS),
        ends=datetime.combine(said["day"], said["ends"], tzinfo=VILNIUS),
        place=said["place"],
        agenda=said["agenda"],
        adults=(said["first"], said["second"]),
    )


class HeldForm(forms.Form):
    """Which adults were there."""

    present = forms.TypedMultipleChoiceField(
        label=_("Adults who were there"), coerce=int, choices=(), widget=forms.CheckboxSelectMultiple
    )


class MinutesForm(forms.Form):
    """The minutes in plain words."""

    minutes = forms.CharField(
        label=pgettext_lazy("meeting", "Minutes"),
        help_text=_("Short sentences that a 12-year-old understands. No names, no pseudonyms."),
        max_length=LONGEST_MINUTES,
        widget=area(10, LONGEST_MINUTES),
    )


class FilterForm(forms.Form):
    """Narrows the list of proposals."""

    q = forms.CharField(label=pgettext_lazy("proposal", "Title"), required=False, max_length=100)
