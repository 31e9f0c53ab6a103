"""Task templates: what is to be done for every event of a kind. Tasks made from them stay as they are."""

import json
from collections.abc import Mapping
from datetime import datetime
from importlib.resources import files

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from sauga.events.permissions import TEAM, Permission
from sauga.events.planning.models import TaskTemplate
from sauga.events.trail import CHANNEL, ZONE, Trail
from sauga.kernel import audit, live, vocab
from sauga.kernel.i18n import languages
from sauga.kernel.identity import require
from sauga.kernel.refusals import ActionRefused
from sauga.kernel.states import Actor, lock

MOST_DAYS = 730


class TemplateRefused(ActionRefused):
    """A template without words, for no kind of event, or with a day too far off."""

    messages = {
        "title": _("Write what is to be done in the language of the site."),
        "code": _("Choose one of the codes of the list."),
        "days": _("Choose at most two years before or after the event."),
    }
    fields = {"title": f"title_{languages.DEFAULT}", "code": "kind", "days": "days"}


def save_template(
    *,
    by: Actor,
    template: TaskTemplate | None,
    kind: str,
    title: Mapping[str, str],
    days: int,
    role: str,
    at: datetime,
) -> TaskTemplate:
    """Add a template, or change one. Raises PermissionRefused, TemplateRefused."""
    require(by, Permission.PLAN)
    kept = {code: text.strip() for code, text in title.items() if text.strip()}
    if not kept.get(languages.DEFAULT):
        raise TemplateRefused("title")
    if not vocab.has_term("event_kinds", kind) or (role and role not in TEAM):
        raise TemplateRefused("code")
    if abs(days) > MOST_DAYS:
        raise TemplateRefused("days")
    with transaction.atomic():
        row = lock(template) if template is not None else TaskTemplate()
        row.kind, row.title, row.days, row.role = kind, kept, days, role
        row.save()
        _record(by, row, "changed" if template is not None else "added", at)
        return row


def remove_template(*, by: Actor, template: TaskTemplate, at: datetime) -> TaskTemplate:
    """Use a template no longer. Raises PermissionRefused."""
    return _removed(by, template, at, at)


def restore_template(*, by: Actor, template: TaskTemplate, at: datetime) -> TaskTemplate:
    """Use a removed template again. Raises PermissionRefused."""
    return _removed(by, template, None, at)


def load_templates(_at: datetime) -> str:
    """Create the first templates, as far as they are missing; those that staff changed or removed stay so.
    Repeatable."""
    given = json.loads(
        files("sauga.events.planning").joinpath("data", "task_templates.json").read_text("utf-8")
    )
    rows = [TaskTemplate(**one) for one in given]
    known = set(TaskTemplate.objects.values_list("ref", flat=True))
    new = [row for row in rows if row.ref not in known]
    TaskTemplate.objects.bulk_create(new)
    return f"{len(new)} task templates of events"


def _removed(by: Actor, template: TaskTemplate, to: datetime | None, at: datetime) -> TaskTemplate:
    require(by, Permission.PLAN)
    with transaction.atomic():
        row = lock(template)
        row.removed_at = to
        row.save(update_fields=["removed_at"])
        _record(by, row, "restored" if to is None else "removed", at)
        return row


def _record(by: Actor, row: TaskTemplate, what: str, at: datetime) -> None:
    facts = {"what": what, "kind": row.kind}
    audit.record(by, Trail.TASK_TEMPLATE_CHANGED, row, zone=ZONE, at=at, facts=facts)
    live.signal(CHANNEL)
