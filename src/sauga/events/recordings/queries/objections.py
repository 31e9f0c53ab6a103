"""Why the repository must not publish a recording that was handed on: asked each time, so that whatever
changes in between counts."""

from datetime import datetime

from django.utils.translation import gettext

from sauga.events.recordings.models import RecordingHandOver
from sauga.events.recordings.queries.recordings import missing_for
from sauga.events.states import AssetState


def objection(resource: object, _at: datetime) -> str:
    """The reason in words; empty where there is none, or where the resource is no recording of an event."""
    ref = getattr(resource, "ref", "")
    row = RecordingHandOver.objects.select_related("asset__session").filter(resource_ref=ref).first()
    if row is None:
        return ""
    if row.ended_at is not None or row.asset.state != AssetState.SHOWN:
        return gettext("a consent to this recording was withdrawn, or the organisers have removed it.")
    if row.asset.session is not None and row.asset.session.do_not_record:
        return gettext("this session must not be recorded.")
    if names := missing_for(row.asset):
        return gettext("these speakers have not agreed to it: %(names)s.") % {"names": ", ".join(names)}
    return ""
