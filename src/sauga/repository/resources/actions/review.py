"""Review: an editor submits, another person approves, a safeguarding editor checks sensitive topics, the gate
decides.

The gate is checked before, during and after: what publishing would refuse cannot be submitted and cannot be
approved.
"""

from contextlib import suppress
from datetime import date, datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext_lazy as _
from procrastinate.contrib.django import app
from procrastinate.exceptions import AlreadyEnqueued

from sauga.kernel import audit
from sauga.kernel.clock import VILNIUS
from sauga.kernel.identity import PersonActor, require
from sauga.kernel.refusals import ActionRefused
from sauga.kernel.states import Actor, SystemActor
from sauga.repository.permissions import Permission
from sauga.repository.resources.actions.transitions import (
    ZONE,
    GateBlocked,
    locked,
    refuse_objected,
    refuse_own,
    remark,
    signal_change,
    transition,
)
from sauga.repository.resources.models import FileOpening, Rendition, Resource
from sauga.repository.resources.queries.publish_gate import gate_facts, refusals
from sauga.repository.resources.queries.review import unopened
from sauga.repository.resources.queries.snapshots import content_of
from sauga.repository.resources.rules import metadata, publish_gate
from sauga.repository.resources.rules.metadata import field_label
from sauga.repository.states import ResourceState
from sauga.repository.trail import Trail

GATE = SystemActor("repository")
FEWEST_WORDS = 2
"""A single word is no reason."""
LONGEST_OVERRIDE = 1098
"""Days. An exception that lasts longer has become the rule."""


class Incomplete(ActionRefused):
    """Something must be filled in first; `missing` names the fields."""

    message = _("Fill these in first: %(fields)s.")

    def __init__(self, missing: list[str]) -> None:
        super().__init__(", ".join(missing), fields=lambda: ", ".join(field_label(code) for code in missing))
        self.missing = missing


class NothingChanged(ActionRefused):
    """Changes were requested, and nothing has changed since."""

    message = _("Nothing has changed since changes were requested.")


class OverrideRefused(ActionRefused):
    """The check cannot be overridden, or the reason or the end date is missing. `why`: absolute, reason,
    until.
    """

    messages = {
        "absolute": _("No exceptions are possible for this check."),
        "reason": _("Write at least one sentence: why it does not pass now, and what will be done."),
        "until": _("Choose a date in the future, at most three years away."),
    }
    fields = {"until": "until", "reason": "reason_lt"}

    def __init__(self, check: str, why: str) -> None:
        super().__init__(why)
        self.check = check


class FilesUnopened(ActionRefused):
    """The reviewer has not opened every file; `files` are the names of the unopened ones."""

    message = _("Open these files first: %(files)s.")

    def __init__(self, files: list[str]) -> None:
        super().__init__(files=", ".join(files))
        self.files = files


def open_file(*, by: PersonActor, rendition: Rendition, at: datetime) -> Rendition:
    """Record that a member of staff opens a file of a resource, whatever its state: who and when, once."""
    require(by, Permission.SEE_RESOURCES)
    with transaction.atomic():
        _opening, is_first = FileOpening.objects.get_or_create(
            rendition=rendition, person_id=by.person_id, defaults={"at": at}
        )
        if is_first:
            facts = {"kind": rendition.kind, "language": rendition.language}
            audit.record(by, Trail.FILE_OPENED, rendition.resource, zone=ZONE, at=at, facts=facts)
    return rendition


def submit_resource(*, by: Actor, resource: Resource, at: datetime) -> Resource:
    """Submit for review; a browser audit starts now where there is one. What was handed on by another person
    (`proposed`) becomes the work of the person who submits it. Raises Incomplete, NothingChanged,
    GateBlocked, PublicationObjected, MoveNotAllowed.
    """
    require(by, Permission.EDIT_RESOURCE)
    with transaction.atomic():
        resource = locked(resource)
        if lacking := metadata.missing(content_of(resource)):
            raise Incomplete(lacking)
        if resource.state == ResourceState.CHANGES_REQUESTED and resource.modified_at <= resource.state_since:
            raise NothingChanged
        _refuse_shut(resource, at)
        if resource.author_id is None and isinstance(by, PersonActor):
            resource.author_id = by.person_id
            resource.save(update_fields=["author"])
        transition(resource, ResourceState.IN_REVIEW, by=by, at=at)
        if publish_gate.waiting(gate_facts(resource, at.astimezone(VILNIUS).date())):
            ask_browser(resource)
        return resource


def request_changes(*, by: Actor, resource: Resource, text: str, at: datetime) -> Resource:
    """Return it with a comment. Raises ReasonMissing, OwnWork, MoveNotAllowed."""
    require(
        by,
        Permission.CHECK_CHILD_SAFETY
        if resource.state == ResourceState.CHILD_SAFETY_CHECK
        else Permission.REVIEW_RESOURCE,
    )
    with transaction.atomic():
        resource = locked(resource)
        refuse_own(resource, by)
        remark(resource, by=by, kind="changes", text=text, at=at)
        transition(resource, ResourceState.CHANGES_REQUESTED, by=by, at=at)
        return resource


def pass_review(*, by: Actor, resource: Resource, at: datetime) -> Resource:
    """Approve: on to the child-safety check where the resource is sensitive, else to the gate.

    Raises OwnWork, FilesUnopened, GateBlocked, MoveNotAllowed.
    """
    require(by, Permission.REVIEW_RESOURCE)
    with transaction.atomic():
        resource = locked(resource)
        refuse_own(resource, by)
        _refuse_unread(resource, by)
        _refuse_shut(resource, at)
        if resource.sensitivity != "normal":
            transition(resource, ResourceState.CHILD_SAFETY_CHECK, by=by, at=at)
            return resource
        transition(resource, ResourceState.GATE_CHECK, by=by, at=at)
        return settle_gate(by=GATE, resource=resource, at=at)


def pass_child_safety(*, by: Actor, resource: Resource, at: datetime) -> Resource:
    """Pass the child-safety check; a second person with the safeguarding role does.

    Raises OwnWork, FilesUnopened, GateBlocked, MoveNotAllowed.
    """
    require(by, Permission.CHECK_CHILD_SAFETY)
    with transaction.atomic():
        resource = locked(resource)
        refuse_own(resource, by)
        _refuse_unread(resource, by)
        _refuse_shut(resource, at)
        transition(resource, ResourceState.GATE_CHECK, by=by, at=at, why="child_safe")
        return settle_gate(by=GATE, resource=resource, at=at)


def _refuse_unread(resource: Resource, by: Actor) -> None:
    if left := unopened(resource, getattr(by, "person_id", None)):
        raise FilesUnopened([row.name for row in left])


def _refuse_shut(resource: Resource, at: datetime) -> None:
    refuse_objected(resource, at)
    if failing := refusals(resource, at.astimezone(VILNIUS).date()):
        raise GateBlocked(failing)


def settle_gate(*, by: Actor, resource: Resource, at: datetime, wait: bool = True) -> Resource:
    """Run the checks: approved when all pass or have an exception, else returned to the editor with the list.

    Where this installation has a browser that has not audited the page yet, the resource waits; the audit job
    settles the gate.
    """
    require(by, Permission.CHECK_GATE)
    with transaction.atomic():
        resource = locked(resource)
        facts = gate_facts(resource, at.astimezone(VILNIUS).date())
        if wait and publish_gate.waiting(facts) and ask_browser(resource):
            return resource
        failing = publish_gate.failing(facts)
        if failing:
            remark(resource, by=by, kind="gate", text=",".join(failing), at=at)
        transition(
            resource, ResourceState.CHANGES_REQUESTED if failing else ResourceState.APPROVED, by=by, at=at
        )
        return resource


def override_gate(
    *, by: Actor, resource: Resource, check: str, reason: dict[str, str], until: str, at: datetime
) -> Resource:
    """Grant an exception from a check: by name, with a reason, for at most three years. Raises
    OverrideRefused.
    """
    require(by, Permission.OVERRIDE_GATE)
    said = {language: " ".join(text.split())[:400] for language, text in reason.items() if text.strip()}
    check_override(check, said, until, at)
    with transaction.atomic():
        resource = locked(resource)
        one: dict[str, Any] = {
            "check": check,
            "reason": said,
            "until": until,
            "by": by.pseudonym,
            "at": at.date().isoformat(),
        }
        _set_overrides(
            resource, [held for held in resource.gate_overrides if held["check"] != check] + [one], at
        )
        audit.record(
            by, Trail.GATE_OVERRIDDEN, resource, zone=ZONE, at=at, facts={"check": check, "until": until}
        )
        signal_change(resource)
        return resource


def end_override(*, by: Actor, resource: Resource, check: str, at: datetime) -> Resource:
    """End an exception; the check counts again. Does nothing where there is none."""
    require(by, Permission.OVERRIDE_GATE)
    with transaction.atomic():
        resource = locked(resource)
        left = [held for held in resource.gate_overrides if held["check"] != check]
        if len(left) == len(resource.gate_overrides):
            return resource
        _set_overrides(resource, left, at)
        audit.record(by, Trail.GATE_OVERRIDE_ENDED, resource, zone=ZONE, at=at, facts={"check": check})
        signal_change(resource)
        return resource


def check_override(check: str, reason: dict[str, str], until: str, at: datetime) -> None:
    """Raises OverrideRefused where an exception is not possible: absolute check, no reason, no end date
    within three years.
    """
    if not publish_gate.may_override(check):
        raise OverrideRefused(check, "absolute")
    if not any(len(text.split()) >= FEWEST_WORDS for text in reason.values()):
        raise OverrideRefused(check, "reason")
    today = at.astimezone(VILNIUS).date()
    try:
        day = date.fromisoformat(until)
    except ValueError as unreadable:
        raise OverrideRefused(check, "until") from unreadable
    if not today < day <= today + timedelta(days=LONGEST_OVERRIDE):
        raise OverrideRefused(check, "until")


def _set_overrides(resource: Resource, overrides: list[dict[str, Any]], at: datetime) -> None:
    resource.gate_overrides = overrides
    resource.modified_at = at
    resource.save(update_fields=["gate_overrides", "modified_at"])


def ask_browser(resource: Resource) -> bool:
    """Start a browser audit of the page after commit. False where this installation has no browser or does
    not require one.
    """
    if not (settings.CHROMIUM and settings.GATE_NEEDS_BROWSER):
        return False
    with suppress(AlreadyEnqueued), transaction.atomic():
        app.configure_task(
            "repository.audit_resource", queue="repository", queueing_lock=f"repository.audit.{resource.pk}"
        ).defer(resource_id=resource.pk)
    return True
