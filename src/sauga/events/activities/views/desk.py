"""Activities at the desk: the list, one activity with what can be done, and approving several at once."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, override

from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext, ngettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from sauga.events.activities import presenters
from sauga.events.activities.actions import moderation, reports
from sauga.events.activities.documents import REMINDED_TWICE, organisation_of, when
from sauga.events.activities.forms import DeclineForm, DeskFilterForm, HeadsForm, LinkForm
from sauga.events.activities.models import Activity, HeadsKind
from sauga.events.activities.queries import activities as queries
from sauga.events.activities.rules.codes import CHANNEL, AgeGroup
from sauga.events.activities.rules.editions import current
from sauga.events.permissions import Permission
from sauga.events.states import COUNTED, ActivityState, TextState
from sauga.events.trail import ZONE
from sauga.kernel import clock
from sauga.kernel.clock import local_day
from sauga.kernel.i18n import integer, short_date
from sauga.kernel.identity import actor, needs, safe_path
from sauga.kernel.kit import Action, ActionSet, DetailPage
from sauga.kernel.kit.lists import (
    BulkAction,
    Cell,
    Column,
    Day,
    Empty,
    Line,
    Link,
    ListPage,
    Quiet,
    Tool,
    View,
)
from sauga.kernel.organisations.places import short_municipality_name
from sauga.kernel.refusals import Text
from sauga.kernel.ui import toasts

APPROVE = "approve"


class Activities(ListPage):
    """Activities of Safer Internet Day, those whose words are to be read first."""

    title = _("Activities of Safer Internet Day")
    live, export, form_class = CHANNEL, "sid-activities", DeskFilterForm
    everything, bulk_url = queries.ALL, "events-activities-many"
    views = (
        View(queries.APPROVE, pgettext_lazy("activities", "To be read")),
        View(queries.ALL, pgettext_lazy("activities", "All that count")),
        View(queries.AMBASSADOR, pgettext_lazy("activities", "Ambassador wanted")),
        View(queries.UNREPORTED, pgettext_lazy("activities", "Not reported")),
        View(queries.HIGHLIGHTS, pgettext_lazy("activities", "Highlights")),
        View(queries.UNKNOWN, pgettext_lazy("activities", "Organisation to be found")),
        View(queries.UNCONFIRMED, pgettext_lazy("activities", "Not confirmed")),
        View(queries.GONE, pgettext_lazy("activities", "Withdrawn or not held")),
    )
    columns = (
        Column("title", pgettext_lazy("activity", "Activity"), "long", sort=("title",), is_heading=True),
        Column("day", pgettext_lazy("activity", "Day"), sort=("day", "begins")),
        Column("place", _("Municipality"), sort=("municipality",)),
        Column("state", _("State"), sort=("state",), is_state=True),
        Column("text", pgettext_lazy("activity", "Text"), sort=("text_state",)),
        Column("expected", pgettext_lazy("activity", "Expected"), "num"),
        Column("reported", pgettext_lazy("activity", "Took part"), "num"),
    )
    nothing = Empty(
        title=_("No activity here"),
        text=_("Activities appear here as schools, libraries and others register them."),
    )

    @override
    def rows(self) -> QuerySet[Activity]:
        said = self.filters
        rows = queries.desk_rows(self.view_code, self.at)
        exact = {"year": said["year"], "kind": said["kind"], "municipality": said["municipality"]}
        return queries.found(
            rows.filter(**{name: value for name, value in exact.items() if value}), said["words"]
        )

    @override
    def line(self, row: Activity) -> Line:
        title = Link(row.title, reverse("events-activity", args=[row.ref]), row.language)
        return Line(
            row.ref,
            (
                (title, Quiet(organisation_of(row), below=True), Quiet(_what(row), below=True)),
                Day(row.day),
                short_municipality_name(row.municipality),
                presenters.STATES[row.state],
                presenters.text_mark(row),
                presenters.total(row, HeadsKind.EXPECTED),
                presenters.total(row, HeadsKind.REPORTED) if row.state == ActivityState.HELD else None,
            ),
        )

    @override
    def counts(self) -> Mapping[str, int]:
        year = self.filters.get("year")
        return queries.desk_counts(int(year) if year else None, self.at)

    @override
    def actions(self) -> Sequence[BulkAction]:
        is_offered = self.by.can(Permission.MODERATE_ACTIVITIES) and self.view_code in (
            queries.APPROVE,
            queries.ALL,
        )
        label = pgettext_lazy("activities", "Show on the site")
        return [BulkAction(do=APPROVE, label=label, key="a")] if is_offered else []

    @override
    def tools(self) -> Sequence[Tool]:
        year = current(local_day(self.at)).year
        return [
            Tool(
                label=_("The year and the profile"),
                href=reverse("events-activities-year", args=[year]),
                key="y",
            )
        ]


def _what(row: Activity) -> str:
    """What kind of activity it is and, where an ambassador is wanted, about what and when."""
    kind = str(row.get_kind_display())
    if not row.wants_ambassador:
        return kind
    return f"{kind} · {_('Ambassador wanted')}: {_ambassador(row)}"


def _ambassador(row: Activity) -> str:
    day = row.ambassador_day or row.day
    return f"{row.ambassador_topic}, {short_date(day)}"


def _heads(row: Activity, kind: HeadsKind) -> str:
    """„1–4 kl.: 25; suaugusieji: 3“."""
    held = {one.group: one.n for one in row.heads.all() if one.kind == kind}
    return "; ".join(f"{label}: {integer(held[code])}" for code, label in AgeGroup.choices if code in held)


OPEN = frozenset(COUNTED)
ACTIONS = ActionSet(
    find=queries.activity_for,
    actions={
        "approve": Action(
            permissions=(Permission.MODERATE_ACTIVITIES,),
            states=OPEN,
            label=pgettext_lazy("activity", "Show on the site"),
            message=_("Its words are shown on the map page."),
            effect=lambda by, row, given, at: moderation.approve_text(by=by, activity=row, at=at),
            suits=lambda row: row.is_public and row.text_state != TextState.APPROVED,
            key="a",
            is_next=True,
        ),
        "decline": Action(
            permissions=(Permission.MODERATE_ACTIVITIES,),
            states=OPEN,
            label=_("Ask for a change"),
            message=_("The organiser gets an email. The activity still counts."),
            text=_("Its words are not shown until they are changed and read again."),
            effect=lambda by, row, given, at: moderation.decline_text(by=by, activity=row, at=at, **given),
            form=DeclineForm,
            suits=lambda row: row.is_public and row.text_state != TextState.DECLINED,
            tone="second",
            key="d",
        ),
        "link": Action(
            permissions=(Permission.MODERATE_ACTIVITIES,),
            states=OPEN,
            label=_("This organisation is meant"),
            message=_("Linked with the register."),
            effect=lambda by, row, given, at: moderation.link_organisation(
                by=by, activity=row, at=at, **given
            ),
            form=LinkForm,
            title=_("Find the organisation"),
            text=_("If the register does not have it, add it there first."),
            suits=lambda row: row.organisation_id is None,
        ),
        "report": Action(
            permissions=(Permission.MODERATE_ACTIVITIES,),
            states=frozenset({ActivityState.REGISTERED, ActivityState.HELD, ActivityState.NOT_HELD}),
            label=_("Save the numbers"),
            message=_("Saved."),
            effect=lambda by, row, given, at: reports.report(by=by, activity=row, heads=_given(given), at=at),
            form=HeadsForm,
            title=_("Enter how many took part"),
            text=_("For an organiser who telephones or writes, and for corrections."),
            suits=lambda row: row.has_come(local_day(clock.now())),
            tone="second",
        ),
        "not-held": Action(
            permissions=(Permission.MODERATE_ACTIVITIES,),
            states=OPEN,
            label=_("It did not take place"),
            message=_("It counts no more."),
            effect=lambda by, row, given, at: reports.say_not_held(by=by, activity=row, at=at),
            suits=lambda row: row.has_come(local_day(clock.now())),
            tone="second",
        ),
        "highlight": Action(
            permissions=(Permission.MODERATE_ACTIVITIES,),
            states=OPEN,
            label=_("Choose as a highlight"),
            message=_("It is in the year's profile now."),
            effect=lambda by, row, given, at: moderation.set_highlight(
                by=by, activity=row, is_highlight=True, at=at
            ),
            suits=lambda row: row.is_public and not row.is_highlight,
            tone="second",
            key="h",
        ),
        "no-highlight": Action(
            permissions=(Permission.MODERATE_ACTIVITIES,),
            states=OPEN,
            label=_("No longer a highlight"),
            message=_("Removed from the year's profile."),
            effect=lambda by, row, given, at: moderation.set_highlight(
                by=by, activity=row, is_highlight=False, at=at
            ),
            suits=lambda row: row.is_highlight,
            tone="second",
        ),
        "send-link": Action(
            permissions=(Permission.MODERATE_ACTIVITIES,),
            states=frozenset(
                {
                    ActivityState.UNCONFIRMED,
                    ActivityState.REGISTERED,
                    ActivityState.HELD,
                    ActivityState.NOT_HELD,
                }
            ),
            label=_("Send the link again"),
            message=_("An email with the personal link is on its way."),
            effect=lambda by, row, given, at: moderation.send_link(by=by, activity=row, at=at),
            tone="second",
        ),
        "remove": Action(
            permissions=(Permission.MODERATE_ACTIVITIES,),
            states=OPEN,
            label=_("Remove"),
            message=_("Removed. It counts no more."),
            text=_("For what is no activity. The organiser gets no email. It can be put back."),
            effect=lambda by, row, given, at: moderation.remove(by=by, activity=row, at=at),
            tone="danger",
        ),
        "restore": Action(
            permissions=(Permission.MODERATE_ACTIVITIES,),
            states=frozenset({ActivityState.REMOVED}),
            label=pgettext_lazy("activity", "Put back"),
            message=_("It counts again."),
            effect=lambda by, row, given, at: moderation.restore(by=by, activity=row, at=at),
            is_next=True,
        ),
    },
)


def _given(cleaned: Mapping[str, Any]) -> dict[str, int]:
    return {name.removeprefix("heads_"): n for name, n in cleaned.items() if n}


class ActivityPage(DetailPage):
    """One activity: what was registered, where it stands, what can be done."""

    template = "events/activities/desk/activity.html"
    list_title, list_url = Activities.title, "events-activities"
    url, action_url = "events-activity", "events-activity-do"
    live, states = CHANNEL, presenters.STATES
    zone, audit_permission = ZONE, Permission.MODERATE_ACTIVITIES
    actions = ACTIONS

    @override
    def facts(self) -> Iterator[tuple[Text, Cell]]:
        row: Activity = self.row
        yield pgettext_lazy("activity", "Organisation"), organisation_of(row)
        if row.organisation_id is None:
            yield _("Register"), _("not in the register yet")
        yield _("Municipality"), short_municipality_name(row.municipality)
        yield pgettext_lazy("activity", "What"), row.get_kind_display()
        yield pgettext_lazy("activity", "When"), when(row)
        yield pgettext_lazy("activity", "Text"), presenters.text_mark(row)
        if row.text_reason:
            yield _("What to change"), row.text_reason
        yield _("Expected, by age (estimate)"), _heads(row, HeadsKind.EXPECTED)
        if row.state == ActivityState.HELD:
            yield _("Took part, by age (as reported)"), _heads(row, HeadsKind.REPORTED)
        if row.wants_ambassador:
            yield _("Ambassador wanted"), _ambassador(row)
        yield _("Reminders"), self._reminders(row)
        if row.is_highlight:
            yield _("Highlight of the year"), _("yes")

    def _reminders(self, row: Activity) -> Text:
        sent = ngettext("%(n)s sent", "%(n)s sent", row.reminders) % {"n": row.reminders}
        if row.state != ActivityState.REGISTERED or row.reminders >= REMINDED_TWICE:
            return sent
        return sent + "; " + gettext("the next one goes out by itself")


@require_POST
@needs(Permission.MODERATE_ACTIVITIES)
def many(request: HttpRequest) -> HttpResponse:
    """Show the words of the ticked activities; back to the list."""
    by, at = actor(request), clock.now()
    if request.POST.get("do") != APPROVE:
        raise Http404
    back = safe_path(request.POST.get("back", "")) or reverse("events-activities")
    rows = queries.activities_by(by, request.POST.getlist("refs"))
    done = moderation.approve_texts(by=by, activities=rows, at=at)
    toasts.say(request, _said(len(done), len(rows) - len(done)))
    return HttpResponseRedirect(back)


def _said(done: int, left: int) -> str:
    if not done and not left:
        return gettext("Tick at least one row first.")
    said = ngettext("%(n)s is shown.", "%(n)s are shown.", done) % {"n": done}
    rest = ngettext("%(n)s was left out.", "%(n)s were left out.", left) % {"n": left}
    return " ".join([said, rest] if left else [said])
