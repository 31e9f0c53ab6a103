"""How pictures read: on the page of an event, at the desk, for the people they show."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django import forms
from django.urls import reverse
from django.utils.translation import gettext, pgettext_lazy

from sauga.events.photos.forms import TaskForm, outcome_words
from sauga.events.photos.models import Asset, AssetKind, PhotoConsent, WithdrawalTask
from sauga.events.photos.queries import assets as queries
from sauga.events.photos.queries.badges import is_near
from sauga.events.programme.models import Event, said
from sauga.events.states import AssetState
from sauga.kernel.clock import VILNIUS
from sauga.kernel.kit.lists import Mark

STATES: dict[str, Mark] = {
    AssetState.SHOWN: Mark("good", "dot", pgettext_lazy("picture", "shown")),
    AssetState.UNDER_WITHDRAWAL: Mark("bad", "diamond", pgettext_lazy("picture", "taken off: withdrawal")),
    AssetState.REMOVED: Mark("calm", "dash", pgettext_lazy("picture", "removed")),
}


@dataclass(frozen=True)
class TaskLine:
    """One withdrawal: whose, by when, what was done."""

    pk: int
    who: str
    due: date
    is_late: bool
    done_at: datetime | None
    outcome: str
    form: forms.Form | None


@dataclass(frozen=True)
class AssetLine:
    """One picture at the desk."""

    row: Asset
    ref: str
    alt: str
    kind: str
    mark: Mark
    badges: str
    session: str
    tasks: list[TaskLine]


def public_section(event: object, _at: datetime) -> tuple[str, dict[str, Any]] | None:
    """Pictures on the page of an event; nothing where there are none."""
    if not isinstance(event, Event):
        return None
    held = queries.shown_assets(event)
    if not held:
        return None
    shown = [
        {
            "href": reverse("events-picture", args=[event.slug, row.ref]),
            "alt": said(row.alt),
            "session": str(row.session) if row.session else "",
        }
        for row in held
    ]
    return "events/photos/public/_section.html", {"pictures": shown}


def desk_section(event: object, at: datetime) -> tuple[str, dict[str, Any]] | None:
    """The ways to pictures and, near its days, to the photographer's list, on the page of an event at the
    desk."""
    if not isinstance(event, Event):
        return None
    return "events/photos/desk/_section.html", {"event": event, "has_list": is_near(event, at)}


def desk_lines(event: Event, bound: Mapping[str, forms.Form], at: datetime) -> list[AssetLine]:
    """All pictures of an event; `bound` are forms of tasks that come back, by key."""
    kinds = {AssetKind.PHOTO: gettext("photo"), AssetKind.RECORDING: gettext("recording")}
    return [
        AssetLine(
            row=row,
            ref=row.ref,
            alt=said(row.alt),
            kind=kinds[AssetKind(row.kind)],
            mark=STATES[row.state],
            badges=", ".join(one.badge for one in row.shown.all()),
            session=str(row.session) if row.session else "",
            tasks=[task_line(one, at, bound.get(f"task-{one.pk}")) for one in row.tasks.all()],
        )
        for row in queries.desk_assets(event)
    ]


def task_line(row: WithdrawalTask, at: datetime, form: forms.Form | None = None) -> TaskLine:
    """One withdrawal in words: a person by the number of the badge, a speaker by name."""
    who = row.speaker.name if row.speaker else ""
    if row.consent is not None:
        who = gettext("badge %(number)s") % {"number": row.consent.number}
    is_open, is_recording = row.done_at is None, row.asset.kind == AssetKind.RECORDING
    return TaskLine(
        pk=row.pk,
        who=who or gettext("entry deleted"),
        due=row.due_date,
        is_late=is_open and row.due_date < at.astimezone(VILNIUS).date(),
        done_at=row.done_at,
        outcome=outcome_words(row.outcome, is_recording=is_recording),
        form=(form or TaskForm(auto_id=f"task-{row.pk}-%s", is_recording=is_recording)) if is_open else None,
    )


def own_lines(consent: PhotoConsent) -> list[tuple[str, str, Mark, str]]:
    """The pictures that show the person: what can be seen, the address while it is public, the state, and
    what was done."""
    found = []
    for row in queries.assets_of(consent):
        is_public = row.state == AssetState.SHOWN and row.event.is_public
        href = reverse("events-picture", args=[row.event.slug, row.ref]) if is_public else ""
        done = [outcome_words(one.outcome) for one in row.tasks.all() if one.consent_id == consent.pk]
        found.append((said(row.alt), href, STATES[row.state], next((one for one in done if one), "")))
    return found
