"""Everything the item page shows: masked address, trace, joined reports, checks, routes, timeline.

Opening an item is an act of its own.
"""

from dataclasses import dataclass
from datetime import datetime

from sauga.hotline.assessment.models import Assessment, PoliceHold, Route
from sauga.hotline.content.models import ContentItem, Occurrence
from sauga.hotline.content.queries import Masked, mask, open_addresses
from sauga.hotline.notices.models import NoticeItem
from sauga.hotline.reports.models import Location
from sauga.hotline.tracing.models import Trace, TraceAnswer
from sauga.kernel import audit, sealed
from sauga.kernel.clock import to_hour
from sauga.kernel.identity import PersonActor, names_of

ZONE = sealed.Zone.HOTLINE


@dataclass(frozen=True)
class Joined:
    """A report that names the item."""

    location: Location
    words: str
    given_elsewhere: str


@dataclass(frozen=True)
class Event:
    """One line of the timeline: a step or an act. `at` is a full hour: acts are kept to the hour only, and
    minutes beside some lines but not others would put them in an unknown order."""

    at: datetime
    by: str
    kind: str
    detail: str


@dataclass(frozen=True)
class ItemPage:
    """What the item page needs, gathered in a fixed number of queries."""

    item: ContentItem
    masked: Masked | None
    referrer: Masked | None
    trace: Trace | None
    answers: list[TraceAnswer]
    joined: list[Joined]
    assessments: list[Assessment]
    notes: dict[str, str]
    routes: list[Route]
    holds: list[PoliceHold]
    notices: list[NoticeItem]
    occurrences: list[Occurrence]
    near: list[ContentItem]
    timeline: list[Event]


def item_page(*, by: PersonActor, item: ContentItem) -> ItemPage:
    """Gather the item page for someone who may see the worklist (`loading.item_for` decided that)."""
    address = open_addresses([item], by.vault).get(item.ref) if by.vault is not None else None
    trace = item.traces.order_by("-at").first()
    locations = list(item.locations.select_related("report").order_by("pk"))
    assessments = list(item.assessments.select_related("by").order_by("pk"))
    return ItemPage(
        item=item,
        masked=mask(address.url) if address else None,
        referrer=mask(address.referrer) if address and address.referrer else None,
        trace=trace,
        answers=list(trace.answers.order_by("pk")) if trace else [],
        joined=_joined(by, locations),
        assessments=assessments,
        notes=_notes(by, item, assessments),
        routes=list(item.routes.filter(occurrence=item.occurrence).order_by("pk")),
        holds=list(item.holds.order_by("-at")),
        notices=list(item.notice_items.select_related("notice", "notice__provider").order_by("-pk")),
        occurrences=list(item.occurrences.order_by("number")),
        near=list(
            ContentItem.objects.filter(near_index=item.near_index).exclude(pk=item.pk).order_by("-pk")[:5]
        )
        if item.near_index
        else [],
        timeline=_timeline(item),
    )


def _joined(by: PersonActor, locations: list[Location]) -> list[Joined]:
    keys: dict[str, sealed.DataKey] = {}
    if by.vault is not None and by.can("hotline.open_report"):
        keys = sealed.open_data_keys(ZONE, [location.report.holder for location in locations], by.vault)
    return [
        Joined(location, _words(location, keys.get(location.report.holder)), "") for location in locations
    ]


def _words(location: Location, key: sealed.DataKey | None) -> str:
    report = location.report
    if key is None or not report.note:
        return ""
    return sealed.unseal(
        key, table="hotline.report", row=report.ref, field="note", envelope=bytes(report.note)
    )


def _notes(by: PersonActor, item: ContentItem, assessments: list[Assessment]) -> dict[str, str]:
    """Analysts' notes by assessment reference.

    A review is blind: it hides the notes and verdicts of others until it is done.
    """
    if by.vault is None or not any(row.note for row in assessments):
        return {}
    key = sealed.open_data_keys(ZONE, [item.holder], by.vault).get(item.holder)
    if key is None:
        return {}
    return {
        row.ref: sealed.unseal(
            key, table="hotline.assessment", row=row.ref, field="note", envelope=bytes(row.note)
        )
        for row in assessments
        if row.note
    }


# Audit entries that the timeline shows in addition to the steps.
TOLD = {
    "item:opened",
    "item:taken",
    "item:revealed",
    "item:linked",
    "item:unlinked",
    "item:traced",
    "item:country_confirmed",
    "item:held",
    "item:hold_ended",
}


def _timeline(item: ContentItem) -> list[Event]:
    """Steps and acts, all to the hour, newest first; within an hour the steps in their order, then the
    acts."""
    steps = [
        Event(to_hour(step.at), step.by, f"{step.track}:{step.after}", step.why)
        for step in item.steps.order_by("-at", "-pk")[:200]
    ]
    acts = [
        Event(entry.hour, entry.actor, entry.action, ", ".join(str(fact) for fact in entry.facts.values()))
        for entry in reversed(audit.timeline(item, zone=ZONE)[-200:])
        if entry.action in TOLD
    ]
    names = names_of({event.by for event in (*steps, *acts)})
    told = [Event(event.at, names.get(event.by, ""), event.kind, event.detail) for event in (*steps, *acts)]
    return sorted(told, key=lambda event: event.at, reverse=True)
