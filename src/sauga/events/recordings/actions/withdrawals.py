"""A recording is withdrawn or removed: what it became in the repository is stopped in the same transaction.
What is published is withdrawn at once, everywhere; what is not can no longer be published."""

from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext, override

from sauga.events.photos.models import Asset, AssetKind
from sauga.events.recordings.actions.recordings import forget_captions
from sauga.events.recordings.models import Became, RecordingHandOver
from sauga.events.recordings.queries import recordings as queries
from sauga.events.states import AssetState
from sauga.kernel import notifications
from sauga.kernel.i18n import languages
from sauga.kernel.states import Actor, SystemActor
from sauga.repository.resources.actions.publication import withdraw_resource

STOPPER = SystemActor("event_recordings")
STOPPED = "events.recording_stopped"


def follow_asset(*, by: Actor, asset: Asset, at: datetime) -> int:
    """A recording was taken off; how many resources were stopped."""
    if asset.kind != AssetKind.RECORDING:
        return 0
    stopped = _stop(asset, at)
    if asset.state == AssetState.REMOVED:
        forget_captions(by=by, asset=asset, at=at)
    return stopped


def follow_file(*, by: Actor, asset: Asset, at: datetime) -> int:
    """The film was cut: its captions no longer fit it; how many went."""
    return forget_captions(by=by, asset=asset, at=at) if asset.kind == AssetKind.RECORDING else 0


def _stop(asset: Asset, at: datetime) -> int:
    rows = list(RecordingHandOver.objects.select_for_update().filter(asset=asset, ended_at__isnull=True))
    held = queries.resources_of(rows)
    for row in rows:
        resource = held.get(row.resource_ref)
        row.ended_at, row.became = at, Became.GONE
        if resource is not None and resource.is_live():
            withdraw_resource(by=STOPPER, resource=resource, reason=_reason(), at=at)
            row.became = Became.WITHDRAWN
        elif resource is not None:
            row.became = Became.HELD
        row.save(update_fields=["ended_at", "became"])
        if resource is not None:
            notifications.notify(
                to="EDITOR",
                template=STOPPED,
                context={"ref": asset.event.ref},
                link=reverse("repository-desk-resource", args=[resource.ref]),
                at=at,
            )
    return len(rows)


def _reason() -> dict[str, str]:
    """What visitors read on the page of the resource."""
    found = {}
    for one in languages.for_editors():
        with override(one.code):
            found[one.code] = gettext(
                "Somebody in this recording no longer agrees to it, or its organisers have removed it."
            )
    return found
