"""Tables of planning: the team of an event, its tasks and the templates they are made from, its budget, and
the report with the numbers that stay when registrations are deleted.
"""

from datetime import date
from typing import Any, ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from sauga.events.permissions import TEAM
from sauga.events.programme.models import Event, said
from sauga.events.states import REPORT, EventState, ReportState
from sauga.kernel.data import About, Forever, Term, With
from sauga.kernel.ids import new_reference
from sauga.kernel.states import Step

PERSON = settings.AUTH_USER_MODEL


class TeamMember(models.Model):
    """A person who works on an event in one role. The role itself is given where roles are given: this says
    at which events it counts."""

    data = About(plain={"role"}, on_public_pages=False, keep=With("event"))

    event = models.ForeignKey(Event, models.CASCADE, related_name="team")
    person = models.ForeignKey(PERSON, models.CASCADE, related_name="+")
    role = models.CharField(max_length=40)
    added_at = models.DateTimeField()

    class Meta:
        ordering: ClassVar[list[str]] = ["role", "pk"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["event", "person", "role"], name="events_team_once"),
            models.CheckConstraint(condition=Q(role__in=TEAM), name="events_team_role"),
        ]
        indexes: ClassVar[list[models.Index]] = [models.Index(fields=["person"], name="events_team_person")]

    def __str__(self) -> str:
        return f"{self.event_id}:{self.person_id}:{self.role}"


class TaskTemplate(models.Model):
    """What is to be done for every event of a kind, `days` before its first day (after it where negative).
    `role` is whose task it usually is; one that was removed stays, so that loading the first ones again does
    not bring it back."""

    data = About(
        plain={"ref", "kind", "title", "role"},
        on_public_pages=False,
        keep=Forever(
            _("What is to be done for events of a kind, about nobody."), what=_("Templates of tasks")
        ),
    )

    ref = models.CharField(max_length=40, unique=True, default=new_reference)
    kind = models.CharField(max_length=40)
    title = models.JSONField(default=dict)
    days = models.SmallIntegerField()
    role = models.CharField(max_length=40, blank=True)
    removed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering: ClassVar[list[str]] = ["kind", "-days", "pk"]

    def __str__(self) -> str:
        return said(self.title)


class TaskSet(models.QuerySet["Task"]):
    """Chainable questions about tasks."""

    def open(self) -> Self:
        """Those that are not done, of events that were not cancelled."""
        return self.filter(done_at__isnull=True).exclude(event__state=EventState.CANCELLED)

    def overdue(self, today: date) -> Self:
        """Those that should have been done before this day."""
        return self.open().filter(due__lt=today)


class Task(models.Model):
    """Something to be done for an event. `due` lies `days` before its first day, and moves with it until it
    is done. `reminders` says how often its person was reminded."""

    data = About(plain={"ref", "title", "note"}, on_public_pages=False, keep=With("event"))

    ref = models.CharField(max_length=12, unique=True, default=new_reference)
    event = models.ForeignKey(Event, models.CASCADE, related_name="tasks")
    template = models.ForeignKey(TaskTemplate, models.SET_NULL, null=True, blank=True, related_name="+")
    title = models.JSONField(default=dict)
    note = models.TextField(blank=True)
    days = models.SmallIntegerField()
    due = models.DateField()
    person = models.ForeignKey(PERSON, models.SET_NULL, null=True, blank=True, related_name="+")
    done_at = models.DateTimeField(null=True, blank=True)
    done_by = models.ForeignKey(PERSON, models.SET_NULL, null=True, blank=True, related_name="+")
    reminders = models.PositiveSmallIntegerField(default=0)

    objects = TaskSet.as_manager()

    class Meta:
        ordering: ClassVar[list[str]] = ["due", "pk"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["event", "template"],
                condition=Q(template__isnull=False),
                name="events_task_template_once",
            ),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["due", "id"], name="events_task_open", condition=Q(done_at__isnull=True)),
        ]

    def __str__(self) -> str:
        return said(self.title)


class BudgetLine(models.Model):
    """One cost of an event, in cents: what was planned, what was paid, and by whom (codes of
    `event_cost_categories` and `event_payers`). `receipt` is the number of the receipt in the books."""

    data = About(
        plain={"ref", "category", "text", "payer", "receipt", "note"},
        on_public_pages=False,
        keep=With("event"),
    )

    ref = models.CharField(max_length=12, unique=True, default=new_reference)
    event = models.ForeignKey(Event, models.CASCADE, related_name="budget")
    category = models.CharField(max_length=40)
    text = models.CharField(max_length=160)
    planned = models.PositiveBigIntegerField(null=True, blank=True)
    actual = models.PositiveBigIntegerField(null=True, blank=True)
    payer = models.CharField(max_length=40)
    receipt = models.CharField(max_length=60, blank=True)
    note = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering: ClassVar[list[str]] = ["category", "pk"]

    def __str__(self) -> str:
        return self.text


class EventReport(models.Model):
    """What remains of an event in numbers. While it is closed, budget and numbers do not change."""

    data = About(plain={"state"}, on_public_pages=False, keep=With("event"))

    event = models.OneToOneField(Event, models.CASCADE, related_name="report")
    state = models.CharField(max_length=8, default=ReportState.OPEN)
    counted_at = models.DateTimeField(null=True, blank=True)

    state_tables: ClassVar[dict[str, Any]] = {"state": REPORT}
    steps: Any

    def __str__(self) -> str:
        return f"report of {self.event_id}"

    @property
    def ref(self) -> str:
        """The reference of its event."""
        return self.event.ref


class EventReportStep(Step):
    """One move of a report; `why` is the reason given for opening it again."""

    subject = models.ForeignKey(EventReport, models.CASCADE, related_name="steps")


class EventCount(models.Model):
    """A number about an event that stays: `what` is counted (`rules.counts.What`), of which `group`."""

    data = About(plain={"what", "group"}, on_public_pages=False, keep=With("event"))

    event = models.ForeignKey(Event, models.CASCADE, related_name="counts")
    what = models.CharField(max_length=16)
    group = models.CharField(max_length=40, blank=True)
    n = models.PositiveIntegerField()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["event", "what", "group"], name="events_count_once"),
        ]

    def __str__(self) -> str:
        return f"{self.event_id}:{self.what}:{self.group}"


class ImportedFile(models.Model):
    """A file that is being imported: read and reported on, not yet stored. Its rows are encrypted under
    a key of its own (who registers is in them) and gone a day later."""

    data = About(
        plain={"ref", "kind", "name"},
        sealed={"rows"},
        on_public_pages=False,
        keep=Term(
            1,
            after="read_at",
            holder=("holder",),
            what=_("Imported files of participants"),
            since=_("the moment the file was read"),
        ),
    )

    ref = models.CharField(max_length=40, unique=True)
    event = models.ForeignKey(Event, models.CASCADE, related_name="+")
    kind = models.CharField(max_length=16)
    person = models.ForeignKey(PERSON, models.CASCADE, related_name="+")
    name = models.CharField(max_length=160)
    rows = models.BinaryField()
    read_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.ref

    @property
    def holder(self) -> str:
        """Whose data key opens the rows."""
        return f"events-import:{self.ref}"
