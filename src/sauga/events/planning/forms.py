"""The forms of planning."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, override

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from sauga.events.permissions import LABELS, TEAM
from sauga.events.planning.actions.budget import BudgetRefused
from sauga.events.planning.actions.reports import GROUPS, MOST_HEADS
from sauga.events.planning.actions.templates import MOST_DAYS
from sauga.events.planning.models import BudgetLine, Task, TaskTemplate
from sauga.events.planning.queries.team import candidates, who_can_do_tasks
from sauga.events.planning.rules.amounts import cents_of, typed_of
from sauga.events.programme.forms import NONE, Words, WordsForm, shown_words
from sauga.events.programme.models import Event, said
from sauga.kernel import vocab
from sauga.kernel.identity.models import Person
from sauga.kernel.refusals import also_refused

DATE = forms.DateInput({"type": "date"})


def role_name(role: str) -> str:
    """A role of the team in the language of the page."""
    return said(LABELS[role]) if role in LABELS else role


class TeamForm(forms.Form):
    """A person for the team, in a role that the person holds."""

    member = forms.ChoiceField(label=_("Person and role"))

    def __init__(self, *args: Any, event: Event, at: datetime, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        held = set(event.team.values_list("role", "person"))
        self.people: dict[str, tuple[Person, str]] = {}
        groups = []
        for role in TEAM:
            free = [person for person in candidates(role, at) if (role, person.pk) not in held]
            self.people |= {f"{role}:{person.pk}": (person, role) for person in free}
            if free:
                groups.append((role_name(role), [(f"{role}:{one.pk}", one.name) for one in free]))
        self.fields["member"].choices = [*NONE, *groups]  # type: ignore[attr-defined]  # a choice field

    @property
    def chosen(self) -> tuple[Person, str]:
        """The person and the role."""
        return self.people[self.cleaned_data["member"]]


class TaskFilterForm(forms.Form):
    """The filter of the list of tasks."""

    words = forms.CharField(label=_("Words of the task"), required=False, max_length=120)


class TaskForm(WordsForm):
    """A task of an event."""

    words = {"title": Words(_("What is to be done"), 160, is_required=True)}
    due = forms.DateField(label=_("Due on"), widget=DATE)
    person = forms.ChoiceField(label=_("Who does it"), required=False)
    note = forms.CharField(
        label=_("Note"), max_length=1000, required=False, widget=forms.Textarea({"rows": 3})
    )

    def __init__(self, *args: Any, event: Event, at: datetime, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.people = {str(person.pk): person for person in who_can_do_tasks(event, at)}
        offered = [(key, person.name) for key, person in self.people.items()]
        self.fields["person"].choices = [*NONE, *offered]  # type: ignore[attr-defined]  # a choice field

    @property
    def chosen(self) -> Person | None:
        """Whose task it is to be."""
        return self.people.get(self.cleaned_data["person"])


def shown_task(row: Task) -> dict[str, Any]:
    """A task as its form shows it."""
    shown = {"due": row.due.isoformat(), "person": str(row.person_id or ""), "note": row.note}
    return {**shown_words(TaskForm, row), **shown}


BEFORE, AFTER = "before", "after"


class TemplateForm(WordsForm):
    """A task for every event of a kind."""

    words = {"title": Words(_("What is to be done"), 160, is_required=True)}
    kind = forms.ChoiceField(
        label=pgettext_lazy("event", "Kind"), choices=lambda: vocab.choices("event_kinds")
    )
    days = forms.IntegerField(label=_("Number of days"), min_value=0, max_value=MOST_DAYS)
    side = forms.ChoiceField(
        label=_("Before or after"),
        choices=[(BEFORE, _("before the first day")), (AFTER, _("after the first day"))],
        widget=forms.RadioSelect,
        initial=BEFORE,
    )
    role = forms.ChoiceField(
        label=_("Whose task it usually is"),
        help_text=_("Where one person is on the team in this role, the task is theirs at once."),
        choices=lambda: [*NONE, *((role, role_name(role)) for role in TEAM)],
        required=False,
    )
    field_order = ("kind",)

    @property
    def days_before(self) -> int:
        """The days before the first day; negative for days after it."""
        given: int = self.cleaned_data["days"]
        return -given if self.cleaned_data["side"] == AFTER else given


def shown_template(row: TaskTemplate) -> dict[str, Any]:
    """A template as its form shows it."""
    shown = {"kind": row.kind, "days": abs(row.days), "side": AFTER if row.days < 0 else BEFORE}
    return {**shown_words(TemplateForm, row), **shown, "role": row.role}


class AmountField(forms.CharField):
    """An amount in euros; its value is cents, or None where nothing was entered."""

    default_error_messages = {"unfit": _("Enter an amount in euros, like 1234.50.")}

    def __init__(self, **given: Any) -> None:
        widget = forms.TextInput({"inputmode": "decimal"})
        super().__init__(max_length=20, required=False, widget=widget, **given)

    @override
    def clean(self, value: Any) -> Any:
        text = super().clean(value)
        cents = cents_of(text) if text else None
        if text and cents is None:
            raise forms.ValidationError(self.error_messages["unfit"], code="unfit")
        return cents


class BudgetForm(forms.Form):
    """One cost of an event."""

    category = forms.ChoiceField(label=_("Category"), choices=lambda: vocab.choices("event_cost_categories"))
    text = forms.CharField(label=_("What for"), max_length=160)
    planned = AmountField(label=_("Planned, €"), help_text=_("This or what was paid is needed."))
    actual = AmountField(label=_("Paid, €"), help_text=_("Leave it empty until it is known."))
    payer = forms.ChoiceField(label=_("Who pays"), choices=lambda: vocab.choices("event_payers"))
    receipt = forms.CharField(
        label=_("Receipt"),
        max_length=60,
        required=False,
        help_text=_("Its number in the books. Files are not kept here."),
    )
    note = forms.CharField(label=_("Note"), max_length=300, required=False)

    @override
    def clean(self) -> dict[str, Any]:
        """What was planned or paid: said beside whatever else is wrong."""
        said = super().clean() or self.cleaned_data
        if said.get("planned") is None and said.get("actual") is None and "actual" not in self.errors:
            also_refused(self, [BudgetRefused("amount")])
        return said


def shown_line(row: BudgetLine) -> dict[str, Any]:
    """A line of the budget as its form shows it."""
    plain = {name: getattr(row, name) for name in ("category", "text", "payer", "receipt", "note")}
    return {**plain, "planned": typed_of(row.planned), "actual": typed_of(row.actual)}


class HeadsForm(forms.Form):
    """How many people of each group came, as organisers counted by hand."""

    def __init__(self, *args: Any, held: Mapping[str, int], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for code, label in vocab.choices(GROUPS):
            self.fields[code] = forms.IntegerField(
                label=label, min_value=0, max_value=MOST_HEADS, required=False, initial=held.get(code)
            )

    @property
    def heads(self) -> dict[str, int]:
        """The numbers that were entered."""
        return {code: n for code, n in self.cleaned_data.items() if n}


class ReopenForm(forms.Form):
    """Why a report is opened again."""

    reason = forms.ChoiceField(
        label=_("Reason"), choices=lambda: [*NONE, *vocab.choices("event_reopen_reasons")]
    )
