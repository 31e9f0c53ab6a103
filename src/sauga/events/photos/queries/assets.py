"""Pictures and recordings of an event: for visitors, for the people they show, for the desk."""

from datetime import datetime
from typing import Any

from django.http import Http404

from sauga.events.permissions import Permission
from sauga.events.photos.models import Asset, AssetKind, PhotoConsent, WithdrawalTask
from sauga.events.programme.models import Event, Session, said
from sauga.events.states import PUBLIC, AssetState
from sauga.kernel import media
from sauga.kernel.identity import PersonActor, allowed, home
from sauga.kernel.members.models import Member


def ready(row: Asset) -> media.MediaFile | None:
    """The file, if it may be sent to the person."""
    file = media.file_named(row.file.name)
    return file if file is not None and file.is_ready else None


def shown_assets(event: Event) -> list[Asset]:
    """The pictures on the public page of an event. Recordings are shown once the repository has published
    them, from there."""
    rows = Asset.objects.filter(event=event, kind=AssetKind.PHOTO, state=AssetState.SHOWN)
    rows = rows.select_related("session")
    return [row for row in rows if ready(row) is not None]


def public_asset(slug: str, ref: str) -> media.MediaFile:
    """The file of a picture that everybody may see. Raises Http404."""
    rows = Asset.objects.filter(ref=ref, event__slug=slug, event__state__in=PUBLIC, state=AssetState.SHOWN)
    row = rows.filter(kind=AssetKind.PHOTO).first()
    file = ready(row) if row is not None else None
    if file is None:
        raise Http404
    return file


def desk_event(by: PersonActor, ref: str) -> Event:
    """An event whose pictures this person publishes. Raises Http404."""
    found = Event.objects.visible_to(by, Permission.PUBLISH_PICTURES).filter(ref=ref).first()
    if found is None:
        raise Http404
    return found


def session_named(event: Event, ref: str) -> Session | None:
    """The session that a form names."""
    found: Session | None = event.sessions.filter(ref=ref).first() if ref else None
    return found


def desk_assets(event: Event) -> list[Asset]:
    """All pictures of an event with whom they show and what is to be done, in four statements."""
    rows = Asset.objects.filter(event=event).select_related("session")
    return list(
        rows.prefetch_related("shown__consent", "tasks__asset", "tasks__consent", "tasks__speaker").order_by(
            "-pk"
        )
    )


def desk_asset(by: PersonActor, event: Event, ref: str) -> Asset:
    """One of them. Raises Http404."""
    found = Asset.objects.filter(event=event, ref=ref).first()
    if found is None or not allowed(by, Permission.PUBLISH_PICTURES, event):
        raise Http404
    return found


def task_of(asset: Asset, number: int) -> WithdrawalTask:
    """What is to be done about a picture. Raises Http404."""
    found: WithdrawalTask | None = asset.tasks.filter(pk=number).first()
    if found is None:
        raise Http404
    return found


def open_tasks(by: PersonActor) -> list[WithdrawalTask]:
    """Withdrawals that are not carried out, the most urgent first; at events whose pictures this person
    publishes."""
    events = Event.objects.visible_to(by, Permission.PUBLISH_PICTURES)
    rows = WithdrawalTask.objects.filter(done_at__isnull=True, asset__event__in=events)
    rows = rows.order_by("due_date", "pk")
    return list(rows.select_related("asset__event", "consent", "speaker")[:500])


def tasks_waiting(by: PersonActor, _at: datetime) -> int:
    """How many withdrawals are not carried out, at events whose pictures this person publishes."""
    events = Event.objects.visible_to(by, Permission.PUBLISH_PICTURES)
    return home.count_of(WithdrawalTask.objects.filter(done_at__isnull=True, asset__event__in=events))


def export(member: Member, _at: datetime) -> list[dict[str, Any]]:
    """The part of “my data” about pictures that show a member, while the registration is kept."""
    rows = PhotoConsent.objects.filter(registration__member=member).select_related("event").order_by("pk")
    return [
        {
            "event": str(said(row.event.title)),
            "agreed_to": row.photo,
            "children_agreed": row.children,
            "pictures": [said(one.alt) for one in assets_of(row)],
        }
        for row in rows
    ]


def assets_of(consent: PhotoConsent) -> list[Asset]:
    """The pictures that show the person, with what became of them."""
    rows = Asset.objects.filter(shown__consent=consent) | Asset.objects.filter(tasks__consent=consent)
    return list(rows.select_related("event", "session").distinct().order_by("pk"))
