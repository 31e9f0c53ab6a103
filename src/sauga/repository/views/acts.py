"""What can be done with a resource at the desk: which act is offered in which state to whom, what it asks, what it says afterwards."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django import forms as django_forms
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from sauga.kernel import vocab
from sauga.kernel.identity import PersonActor
from sauga.kernel.states import MoveNotAllowed
from sauga.repository.actions import files, moving, publishing, resources, reviewing
from sauga.repository.forms import desk as forms
from sauga.repository.models import Resource
from sauga.repository.queries import desk as queries
from sauga.repository.rules import sniffing
from sauga.repository.rules.metadata import MetadataRefused
from sauga.repository.rules.permissions import Permission as P
from sauga.repository.states import ResourceState as S

type Text = str | Promise
DECIDING = ("pass", "safe", "changes")
"""The acts of a reviewer; they stand on the review page, beside what is decided about."""


@dataclass(frozen=True)
class Act:
    """One act: who may, in which states, its words, its form, what it calls."""

    permission: P
    states: frozenset[S]
    label: Text
    said: Text
    do: Callable[[PersonActor, Resource, dict[str, Any], datetime], Any]
    form: type[django_forms.Form] = django_forms.Form
    text: Text = ""
    tone: str = ""
    key: str = ""
    others_only: bool = False


def _reason(given: dict[str, Any]) -> dict[str, str]:
    return {code: given.get(f"reason_{code}", "") for code in ("lt", "en")}


def _retire(by: PersonActor, row: Resource, given: dict[str, Any], at: datetime) -> Resource:
    instead = queries.may_be_part(row, given["instead"]) if given.get("instead") else None
    return publishing.retire_resource(by=by, resource=row, reason=_reason(given), replaced_by=instead, at=at)


def _override(by: PersonActor, row: Resource, given: dict[str, Any], at: datetime) -> Resource:
    until = given["until"].isoformat()
    return reviewing.override_gate(by=by, resource=row, check=given["check"], reason=_reason(given), until=until, at=at)


def _states(*states: S) -> frozenset[S]:
    return frozenset(states)


ACTS: dict[str, Act] = {
    "submit": Act(
        P.EDIT_RESOURCE,
        _states(S.DRAFT, S.CHANGES_REQUESTED),
        _("Hand in for review"),
        _("Handed in. Another person looks at it now."),
        lambda by, row, given, at: reviewing.submit_resource(by=by, resource=row, at=at),
        key="s",
    ),
    "pass": Act(
        P.REVIEW_RESOURCE,
        _states(S.IN_REVIEW),
        _("Good as it is"),
        _("Passed on. The next step is shown at the top."),
        lambda by, row, given, at: reviewing.pass_review(by=by, resource=row, at=at),
        key="p",
        others_only=True,
    ),
    "safe": Act(
        P.CHECK_CHILD_SAFETY,
        _states(S.CHILD_SAFETY_CHECK),
        _("Nothing here could harm a child"),
        _("Checked. The gate has looked at it too."),
        lambda by, row, given, at: reviewing.pass_child_safety(by=by, resource=row, at=at),
        key="p",
        others_only=True,
    ),
    "changes": Act(
        P.REVIEW_RESOURCE,
        _states(S.IN_REVIEW, S.CHILD_SAFETY_CHECK),
        _("Ask for changes"),
        _("Given back with your words."),
        lambda by, row, given, at: reviewing.request_changes(by=by, resource=row, text=given["text"], at=at),
        form=forms.TextForm,
        tone="second",
        key="c",
        others_only=True,
    ),
    "publish": Act(
        P.PUBLISH_RESOURCE,
        _states(S.APPROVED, S.SCHEDULED),
        _("Publish now"),
        _("Published."),
        lambda by, row, given, at: publishing.publish_resource(by=by, resource=row, at=at, note=given.get("note", "")),
        form=forms.PublishForm,
        key="p",
    ),
    "schedule": Act(
        P.PUBLISH_RESOURCE,
        _states(S.APPROVED),
        _("Publish later"),
        _("Scheduled."),
        lambda by, row, given, at: publishing.schedule_resource(by=by, resource=row, publish_at=given["publish_at"], at=at),
        form=forms.ScheduleForm,
        tone="second",
    ),
    "confirm": Act(
        P.REVIEW_RESOURCE,
        _states(S.REVIEW_DUE),
        _("Still right: set the next review"),
        _("Confirmed, with a new review date."),
        lambda by, row, given, at: publishing.confirm_review(by=by, resource=row, review_by=given["review_by"], at=at),
        form=forms.ConfirmForm,
    ),
    "revise": Act(
        P.EDIT_RESOURCE,
        _states(S.PUBLISHED, S.REVIEW_DUE),
        _("Write a new version"),
        _("This is the draft of the next version. What is published stays as it is until you publish."),
        lambda by, row, given, at: resources.open_revision(by=by, resource=row, at=at),
        tone="second",
        key="v",
    ),
    "rework": Act(
        P.EDIT_RESOURCE,
        _states(S.WITHDRAWN),
        _("Write a new version"),
        _("It is a draft again."),
        lambda by, row, given, at: publishing.rework_resource(by=by, resource=row, at=at),
        tone="second",
    ),
    "override": Act(
        P.OVERRIDE_GATE,
        _states(S.DRAFT, S.CHANGES_REQUESTED),
        _("Let it pass a check"),
        _("Kept with your name, the reason and the end. Hand it in again."),
        _override,
        form=forms.OverrideForm,
        text=_("Your name and reason stay with the resource; where it concerns accessibility, the statement shows them."),
        tone="second",
    ),
    "retire": Act(
        P.RETIRE_RESOURCE,
        _states(S.PUBLISHED, S.REVIEW_DUE, S.WITHDRAWN),
        _("Retire"),
        _("Retired. Its page says why and what to use instead."),
        _retire,
        form=forms.RetireForm,
        tone="second",
    ),
    "withdraw": Act(
        P.WITHDRAW_RESOURCE,
        _states(S.PUBLISHED, S.REVIEW_DUE),
        _("Withdraw at once"),
        _("Withdrawn everywhere. Its page says why."),
        lambda by, row, given, at: publishing.withdraw_resource(by=by, resource=row, reason=_reason(given), at=at),
        form=forms.ReasonForm,
        text=_("It goes at once: from the site, from every adapted copy and every place of use. Visitors read the reason."),
        tone="danger",
    ),
    "discard": Act(
        P.EDIT_RESOURCE,
        _states(S.DRAFT, S.CHANGES_REQUESTED),
        _("Throw the draft away"),
        _("Thrown away."),
        lambda by, row, given, at: resources.discard_resource(by=by, resource=row, at=at),
        text=_("The draft and its files go for good."),
        tone="danger",
    ),
}


def offered(by: PersonActor, row: Resource) -> dict[str, Act]:
    """The acts that this person may do with the resource as it stands."""
    found = {name: act for name, act in ACTS.items() if row.state in act.states and _may(by, row, act)}
    if row.version_number:
        found.pop("discard", None)
    return found


def _may(by: PersonActor, row: Resource, act: Act) -> bool:
    own = act.others_only and row.author_id is not None and row.author_id == by.person_id
    wanted = P.CHECK_CHILD_SAFETY if act is ACTS["changes"] and row.state == S.CHILD_SAFETY_CHECK else act.permission
    return not own and by.can(wanted)


def field_name(code: str) -> str:
    """A field that is missing, in words."""
    held = forms.ResourceForm.base_fields.get(code)
    return str(held.label) if held else code


def checks(codes: list[str]) -> str:
    """Checks of the gate, in words."""
    return ", ".join(vocab.label("gate_checks", code) for code in codes)


def event(event: queries.Event) -> dict[str, Any]:
    """A line of the history in words."""
    if event.kind == "step":
        text = vocab.label("state.resource", event.code)
    elif event.kind == "version":
        text = gettext("Version %(label)s published") % {"label": event.code}
    elif event.code == "gate":
        text = gettext("The gate: %(checks)s") % {"checks": checks(event.text.split(","))}
    else:
        text = gettext("Changes asked for")
    said = event.text if event.kind != "remark" or event.code != "gate" else ""
    return {"at": event.at, "by": event.by, "text": text, "said": said}


def refusal(error: Exception) -> str:
    """Why something could not be done, in words."""
    if isinstance(error, reviewing.Incomplete):
        return gettext("Fill these in first: %(fields)s.") % {"fields": ", ".join(field_name(code) for code in error.missing)}
    if isinstance(error, moving.GateShut):
        return gettext("These checks do not pass: %(checks)s.") % {"checks": checks(error.failing)}
    if isinstance(error, reviewing.NotRead):
        return gettext("Open these files first: %(files)s.") % {"files": ", ".join(error.files)}
    if isinstance(error, sniffing.FileRefused):
        return FILE_WORDS.get(error.why, FILE_WORDS["unknown"])()
    if isinstance(error, MetadataRefused):
        return gettext("%(field)s: %(why)s") % {"field": field_name(error.field), "why": metadata_words(error)}
    return next(words() for kind, words in REFUSALS.items() if isinstance(error, kind))


def metadata_words(error: MetadataRefused) -> str:
    """What is wrong with a field."""
    if error.why.startswith("blocks:"):
        _prefix, place, why = error.why.split(":")
        return gettext("block %(n)s is not understood (%(why)s)") % {"n": place, "why": why}
    return METADATA_WORDS.get(error.why, METADATA_WORDS["markup"])()


METADATA_WORDS: dict[str, Callable[[], str]] = {
    "unknown_code": lambda: gettext("this is not on the list"),
    "markup": lambda: gettext("plain text only, no markup"),
    "too_long": lambda: gettext("too long"),
    "ages": lambda: gettext("the first age lies above the last"),
    "slug": lambda: gettext("small letters without marks, digits and hyphens"),
    "taken": lambda: gettext("another resource has it"),
    "cycle": lambda: gettext("a toolkit cannot be part of itself"),
    "empty": lambda: gettext("it is empty"),
}
FILE_WORDS: dict[str, Callable[[], str]] = {
    "empty": lambda: gettext("The file is empty."),
    "unknown": lambda: gettext("Files of this kind are not taken."),
    "long": lambda: gettext("A text or a page may have up to 16 MB."),
    "belies": lambda: gettext("The file is not what its name says. Save it again in its own format."),
    "archive": lambda: gettext("The archive is damaged."),
    "upward": lambda: gettext("The archive holds names that lead out of its folder."),
    "bomb": lambda: gettext("The archive unpacks to far too much."),
    "script": lambda: gettext("The file holds a script. Remove it first."),
    "outside": lambda: gettext("The file loads something from another site. Put it into the file instead."),
    "captions": lambda: gettext("The captions overlap or hold no cue."),
}
REFUSALS: dict[type[Exception], Callable[[], str]] = {
    MoveNotAllowed: lambda: gettext("This cannot be done in its present state; somebody may have acted a moment ago."),
    moving.OwnWork: lambda: gettext("Nobody reviews their own work. Another person must look at it."),
    moving.ReasonMissing: lambda: gettext("Write a few words first."),
    reviewing.Incomplete: lambda: "",
    reviewing.NothingChanged: lambda: gettext("Nothing was changed since changes were asked for."),
    reviewing.OverrideRefused: lambda: gettext("This check cannot be let pass, or the reason is missing."),
    moving.GateShut: lambda: "",
    reviewing.NotRead: lambda: "",
    publishing.NotInFuture: lambda: gettext("Choose a moment that lies ahead."),
    resources.NotEditable: lambda: gettext("It cannot be changed while it is checked or published. Write a new version instead."),
    resources.ChangedMeanwhile: lambda: gettext(
        "A colleague saved this while you were writing. Open it in a second tab, look at their version, then save yours again."
    ),
    resources.InUse: lambda: gettext("It was published or is part of something, so it cannot be thrown away. Retire it instead."),
    files.SameFile: lambda: gettext("This very file is there already."),
    sniffing.FileRefused: lambda: "",
    MetadataRefused: lambda: "",
}
