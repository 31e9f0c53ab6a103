"""Volunteers for their coordinator: trainings, checks, supervision, and what is about to expire."""

from collections.abc import Callable
from functools import cached_property
from typing import Any, override

from django.db.models import Model
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse, reverse_lazy
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST, require_safe

from sauga.helpline.line.forms.dates import LastDayForm, today_of
from sauga.helpline.permissions import Permission
from sauga.helpline.volunteers import actions
from sauga.helpline.volunteers.forms import (
    CheckForm,
    EnrolForm,
    ProfileForm,
    SupervisionForm,
    TrainingForm,
    VolunteerFilter,
)
from sauga.helpline.volunteers.queries import volunteers as queries
from sauga.helpline.volunteers.queries.volunteers import Due
from sauga.kernel import clock, vocab
from sauga.kernel.identity import PersonActor, actor, needs
from sauga.kernel.kit.actions import Outcome
from sauga.kernel.kit.lists import Column, Day, Empty, Line, Link, ListPage, Mark, Quiet, Tool
from sauga.kernel.kit.pages import submitted
from sauga.kernel.refusals import refusal_in
from sauga.kernel.ui import toasts

UNFIT = 422
EDIT = Permission.EDIT_VOLUNTEERS


def due_words(due: Due) -> str:
    """What runs out or is missing, in words."""
    if due.what == "SUPERVISION":
        minutes = due.days or 0
        said = ngettext(
            "%(n)d minute of supervision in 30 days", "%(n)d minutes of supervision in 30 days", minutes
        )
        return said % {"n": minutes}
    plain = gettext("training") if due.what == "TRAINING" else gettext("background check")
    name = vocab.label("training_kind", due.kind) if due.kind else plain
    if due.days is None:
        return gettext("%(what)s: none") % {"what": name}
    if due.days < 0:
        return gettext("%(what)s: expired") % {"what": name}
    return ngettext("%(what)s: %(n)d day left", "%(what)s: %(n)d days left", due.days) % {
        "what": name,
        "n": due.days,
    }


class Volunteers(ListPage):
    """All volunteers with what counts today."""

    template = "helpline/volunteers/desk/volunteers.html"
    title = _("Volunteers")
    row_id = "volunteer"
    form_class = VolunteerFilter
    nothing = Empty(
        title=_("No volunteers yet"),
        text=_("People with a helpline role become volunteers here: alias, trainings, background check."),
        href=reverse_lazy("helpline-volunteer-new"),
        action=_("New volunteer"),
    )
    columns = (
        Column("alias", _("Alias"), is_heading=True),
        Column("trained", _("Trained for")),
        Column("check", _("Background check")),
        Column("supervision", _("Supervision, 30 days"), "n"),
        Column("shifts", _("Shifts, 90 days"), "n"),
        Column("todo", _("To do")),
    )

    @cached_property
    def found(self) -> list[queries.VolunteerLine]:
        """Everybody whom the filter leaves."""
        return queries.volunteer_lines(self.at, **self.filters)

    @override
    def rows(self) -> list[queries.VolunteerLine]:
        return self.found

    @override
    def tools(self) -> list[Tool]:
        return [
            Tool(label=_("New volunteer"), href=reverse("helpline-volunteer-new"), key="n", icon="user-plus"),
            Tool(label=_("Debriefs"), href=reverse("helpline-debriefs"), key="b", tone="second"),
        ]

    @override
    def context(self) -> dict[str, Any]:
        return {
            "due": sum(bool(line.warnings) for line in self.found),
            "waiting": len(queries.not_yet_volunteers(self.at)),
        }

    @override
    def line(self, line: queries.VolunteerLine) -> Line:
        row = line.volunteer
        alias = (
            Link(row.alias, reverse("helpline-volunteer", args=[row.pk])),
            Quiet(row.person.name, below=True),
        )
        trained = ", ".join(vocab.label("training_kind", one.kind) for one in line.trained)
        minutes = gettext("%(n)s min") % {"n": line.minutes}
        missed = [gettext("did not come: %(n)s") % {"n": line.not_come}] if line.not_come else []
        missed += [gettext("cancelled late: %(n)s") % {"n": line.late}] if line.late else []
        shifts = (line.shifts, Quiet(", ".join(missed), below=True) if missed else None)
        return Line(
            str(row.pk),
            (alias, trained, Day(line.check.valid_to if line.check else None), minutes, shifts, _to_do(line)),
        )


def _to_do(line: queries.VolunteerLine) -> Mark | tuple[Mark, ...]:
    marks = [
        Mark("bad", "diamond", due_words(due)) if due.is_over else Mark("wait", "triangle", due_words(due))
        for due in line.warnings
    ]
    if line.owes_debrief:
        marks.append(Mark("wait", "half", gettext("waits for a debrief")))
    return tuple(marks) or Mark("good", "tick", gettext("in order"))


@needs(EDIT)
def enrol(request: HttpRequest) -> HttpResponse:
    """Enrol a member of staff as a volunteer."""
    at = clock.now()
    people = [(person.pk, person.name) for person in queries.not_yet_volunteers(at)]
    first = {"began_date": today_of(at), "languages": ["lt"]}
    form = EnrolForm(request.POST if request.method == "POST" else None, people=people, initial=first)

    def perform(given: dict[str, Any]) -> Outcome:
        row = actions.enrol(
            by=actor(request),
            person_id=given["person"],
            at=at,
            **{k: given[k] for k in given if k != "person"},
        )
        said = gettext("Added. Record trainings and the background check next.")
        return Outcome(said, to=reverse("helpline-volunteer", args=[row.pk]))

    return submitted(request, form, perform) or render(
        request,
        "helpline/volunteers/desk/volunteer_new.html",
        {"form": form, "people": people},
        status=UNFIT if form.errors else 200,
    )


FORMS: dict[str, Callable[..., Any]] = {
    "profile": ProfileForm,
    "training": TrainingForm,
    "check": CheckForm,
    "supervision": SupervisionForm,
    "leave": LastDayForm,
}


@require_safe
@needs(EDIT)
def volunteer(request: HttpRequest, pk: int) -> HttpResponse:
    """One volunteer."""
    return _page(request, pk, {})


def _page(request: HttpRequest, pk: int, bound: dict[str, Form]) -> HttpResponse:
    at = clock.now()
    page = queries.volunteer_for(pk, at)
    row, today = page.line.volunteer, today_of(at)
    forms = {
        "profile": ProfileForm(
            prefix="profile",
            initial={"alias": row.alias, "languages": row.languages, "capacity": row.capacity},
        ),
        "training": TrainingForm(prefix="training", initial={"passed_date": today}),
        "check": CheckForm(prefix="check", initial={"seen_date": today}),
        "supervision": SupervisionForm(prefix="supervision", initial={"day": today}),
        "leave": LastDayForm(today=today),
        **bound,
    }
    context = {
        "line": page.line,
        "row": page.line.volunteer,
        "trained": [vocab.label("training_kind", one.kind) for one in page.line.trained],
        "due": [(due, due_words(due)) for due in page.line.warnings],
        "trainings": [
            (one, vocab.label("training_kind", one.kind), one.is_valid(today)) for one in page.trainings
        ],
        "checks": [(one, one.seen_date <= today <= one.valid_to) for one in page.checks],
        "supervisions": [(one, vocab.label("supervision_kind", one.kind)) for one in page.supervisions],
        "languages": [vocab.label("language", code) for code in row.languages],
        "forms": forms,
        "today": today,
    }
    return render(
        request,
        "helpline/volunteers/desk/volunteer.html",
        context,
        status=UNFIT if any(form.errors for form in bound.values()) else 200,
    )


def _done(what: str, by: PersonActor, row: Any, said: dict[str, Any], at: Any) -> Model | list[Any]:
    if what == "profile":
        return actions.change(by=by, volunteer=row, at=at, **said)
    if what == "training":
        return actions.add_training(by=by, volunteer=row, at=at, **said)
    if what == "check":
        return actions.add_check(by=by, volunteer=row, at=at, **said)
    if what == "supervision":
        return actions.add_supervision(by=by, volunteers=[row], at=at, **said)
    return actions.leave(by=by, volunteer=row, at=at, **said)


@require_POST
@needs(EDIT)
def change(request: HttpRequest, pk: int, what: str) -> HttpResponse:
    """Write one thing down about a volunteer."""
    at = clock.now()
    row = queries.volunteer_for(pk, at).line.volunteer
    if what == "back":
        actions.come_again(by=actor(request), volunteer=row, at=at)
        toasts.say(request, gettext("Saved."))
        return HttpResponseRedirect(reverse("helpline-volunteer", args=[pk]))
    if what not in FORMS:
        raise Http404
    form = (
        LastDayForm(request.POST, today=today_of(at))
        if what == "leave"
        else FORMS[what](request.POST, prefix=what)
    )
    if form.is_valid():
        with refusal_in(form):
            _done(what, actor(request), row, form.cleaned_data, at)
    if form.errors:
        return _page(request, pk, {what: form})
    toasts.say(request, gettext("Saved."))
    return HttpResponseRedirect(reverse("helpline-volunteer", args=[pk]))


# Debriefs
# ------------------------------------------------------------------------------------------------------------
