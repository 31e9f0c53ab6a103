"""Series of events."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from sauga.events.permissions import Permission
from sauga.events.programme.actions.refusals import CodeRefused
from sauga.events.programme.models import Series
from sauga.events.programme.rules.addresses import address
from sauga.events.trail import CHANNEL, ZONE, Trail
from sauga.kernel import audit, live, vocab
from sauga.kernel.i18n import languages
from sauga.kernel.identity import require
from sauga.kernel.refusals import ActionRefused
from sauga.kernel.states import Actor, lock


class SeriesUnfit(ActionRefused):
    """A series without a title, or one that still has events."""

    messages = {
        "title": _("Write the title in the language of the site."),
        "used": _("Events belong to this series. Take them out of it first."),
    }
    fields = {"title": f"title_{languages.DEFAULT}"}


def save_series(
    *,
    by: Actor,
    series: Series | None,
    title: Mapping[str, str],
    summary: Mapping[str, str],
    topics: Sequence[str],
    at: datetime,
) -> Series:
    """Add a series, or change one; its address stays. Raises PermissionRefused, SeriesUnfit, CodeRefused."""
    require(by, Permission.EDIT)
    kept = {code: text.strip() for code, text in title.items() if text.strip()}
    if not kept.get(languages.DEFAULT):
        raise SeriesUnfit("title")
    if not all(vocab.has_term("topics", code) for code in topics):
        raise CodeRefused
    with transaction.atomic():
        held = lock(series) if series else Series()
        held.title, held.topics, held.changed_at = kept, list(topics), at
        held.summary = {code: text.strip() for code, text in summary.items() if text.strip()}
        if not held.slug:
            held.slug = address(kept[languages.DEFAULT], None, _is_taken, held.ref)
        held.save()
        _changed(by, held, "edited" if series else "added", at)
        return held


def remove_series(*, by: Actor, series: Series, at: datetime) -> None:
    """Delete a series that has no event. Raises PermissionRefused, SeriesUnfit."""
    require(by, Permission.EDIT)
    with transaction.atomic():
        held = lock(series)
        if held.events.exists():
            raise SeriesUnfit("used")
        _changed(by, held, "removed", at)
        held.delete()


def _is_taken(slug: str) -> bool:
    return Series.objects.filter(slug=slug).exists()


def _changed(by: Actor, series: Series, what: str, at: datetime) -> None:
    audit.record(by, Trail.SERIES_CHANGED, series, zone=ZONE, at=at, facts={"what": what})
    live.signal(CHANNEL)
