"""What staff can do with a resource: which action in which state for whom, what it asks, what it confirms."""

from datetime import datetime
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from sauga.kernel import vocab
from sauga.kernel.identity import PersonActor
from sauga.kernel.kit.actions import Action, ActionSet, Forms, Offer
from sauga.repository.permissions import Permission
from sauga.repository.resources.actions import publication, resources, review
from sauga.repository.resources.forms import actions as forms
from sauga.repository.resources.models import Resource
from sauga.repository.resources.queries import worklist as queries
from sauga.repository.states import ResourceState

type Text = str | Promise
DECIDING = ("pass", "safe", "changes")
"""A reviewer's actions; they are on the review page."""


def _reason(given: dict[str, Any]) -> dict[str, str]:
    return {code: given.get(f"reason_{code}", "") for code in ("lt", "en")}


def _retire(by: PersonActor, row: Resource, given: dict[str, Any], at: datetime) -> Resource:
    instead = queries.may_be_part(row, given["instead"]) if given.get("instead") else None
    return publication.retire_resource(by=by, resource=row, reason=_reason(given), replaced_by=instead, at=at)


def _override(by: PersonActor, row: Resource, given: dict[str, Any], at: datetime) -> Resource:
    until = given["until"].isoformat()
    return review.override_gate(
        by=by, resource=row, check=given["check"], reason=_reason(given), until=until, at=at
    )


def _states(*states: ResourceState) -> frozenset[ResourceState]:
    return frozenset(states)


ACTIONS = ActionSet(
    find=queries.resource_for,
    author=lambda row: row.author_id,
    actions={
        "submit": Action(
            permissions=(Permission.EDIT_RESOURCE,),
            states=_states(ResourceState.DRAFT, ResourceState.CHANGES_REQUESTED),
            label=_("Submit for review"),
            message=_("Submitted. Another person will review it."),
            effect=lambda by, row, given, at: review.submit_resource(by=by, resource=row, at=at),
            key="s",
        ),
        "pass": Action(
            permissions=(Permission.REVIEW_RESOURCE,),
            states=_states(ResourceState.IN_REVIEW),
            label=_("Approve"),
            message=_("Approved. The next step is shown at the top."),
            effect=lambda by, row, given, at: review.pass_review(by=by, resource=row, at=at),
            key="p",
            others_only=True,
        ),
        "safe": Action(
            permissions=(Permission.CHECK_CHILD_SAFETY,),
            states=_states(ResourceState.CHILD_SAFETY_CHECK),
            label=_("Pass child-safety check"),
            message=_("Checked. The publish gate has run too."),
            effect=lambda by, row, given, at: review.pass_child_safety(by=by, resource=row, at=at),
            key="p",
            others_only=True,
        ),
        "changes": Action(
            permissions=lambda row: (
                Permission.CHECK_CHILD_SAFETY
                if row.state == ResourceState.CHILD_SAFETY_CHECK
                else Permission.REVIEW_RESOURCE,
            ),
            states=_states(ResourceState.IN_REVIEW, ResourceState.CHILD_SAFETY_CHECK),
            label=_("Request changes"),
            message=_("Returned with your comment."),
            effect=lambda by, row, given, at: review.request_changes(
                by=by, resource=row, text=given["text"], at=at
            ),
            form=forms.TextForm,
            tone="second",
            key="c",
            others_only=True,
        ),
        "publish": Action(
            permissions=(Permission.PUBLISH_RESOURCE,),
            states=_states(ResourceState.APPROVED, ResourceState.SCHEDULED),
            label=_("Publish now"),
            message=_("Published."),
            effect=lambda by, row, given, at: publication.publish_resource(
                by=by, resource=row, at=at, note=given.get("note", "")
            ),
            form=forms.PublishForm,
            key="p",
        ),
        "schedule": Action(
            permissions=(Permission.PUBLISH_RESOURCE,),
            states=_states(ResourceState.APPROVED),
            label=_("Publish later"),
            message=_("Scheduled."),
            effect=lambda by, row, given, at: publication.schedule_resource(
                by=by, resource=row, publish_at=given["publish_at"], at=at
            ),
            form=forms.ScheduleForm,
            tone="second",
        ),
        "confirm": Action(
            permissions=(Permission.REVIEW_RESOURCE,),
            states=_states(ResourceState.REVIEW_DUE),
            label=_("Still correct: set the next review date"),
            message=_("Confirmed, with a new review date."),
            effect=lambda by, row, given, at: publication.confirm_review(
                by=by, resource=row, review_by=given["review_by"], at=at
            ),
            form=forms.ConfirmForm,
        ),
        "revise": Action(
            permissions=(Permission.EDIT_RESOURCE,),
            states=_states(ResourceState.PUBLISHED, ResourceState.REVIEW_DUE),
            label=_("Start a new version"),
            message=_(
                "This is a draft of the next version. The published version stays online until you "
                "publish this one."
            ),
            effect=lambda by, row, given, at: resources.open_revision(by=by, resource=row, at=at),
            tone="second",
            key="v",
        ),
        "rework": Action(
            permissions=(Permission.EDIT_RESOURCE,),
            states=_states(ResourceState.WITHDRAWN),
            label=_("Start a new version"),
            message=_("It is a draft again."),
            effect=lambda by, row, given, at: publication.rework_resource(by=by, resource=row, at=at),
            tone="second",
        ),
        "override": Action(
            permissions=(Permission.OVERRIDE_GATE,),
            states=_states(ResourceState.DRAFT, ResourceState.CHANGES_REQUESTED),
            label=_("Grant exception"),
            message=_("Recorded with your name, the reason and the end date. Submit it again."),
            effect=_override,
            form=forms.GrantExceptionForm,
            text=_(
                "Your name and reason are kept with the resource; exceptions about accessibility "
                "appear in the accessibility statement."
            ),
            tone="second",
        ),
        "retire": Action(
            permissions=(Permission.RETIRE_RESOURCE,),
            states=_states(ResourceState.PUBLISHED, ResourceState.REVIEW_DUE, ResourceState.WITHDRAWN),
            label=_("Retire"),
            message=_("Retired. Its page says why and what to use instead."),
            effect=_retire,
            form=forms.RetireForm,
            tone="second",
        ),
        "withdraw": Action(
            permissions=(Permission.WITHDRAW_RESOURCE,),
            states=_states(ResourceState.PUBLISHED, ResourceState.REVIEW_DUE),
            label=_("Withdraw at once"),
            message=_("Withdrawn everywhere. Its page says why."),
            effect=lambda by, row, given, at: publication.withdraw_resource(
                by=by, resource=row, reason=_reason(given), at=at
            ),
            form=forms.ReasonForm,
            text=_(
                "It is removed at once: from the site, every adaptation and every deployment. Visitors "
                "see the reason."
            ),
            tone="danger",
        ),
        "discard": Action(
            permissions=(Permission.EDIT_RESOURCE,),
            states=_states(ResourceState.DRAFT, ResourceState.CHANGES_REQUESTED),
            label=_("Delete draft"),
            message=_("Deleted."),
            effect=lambda by, row, given, at: resources.discard_resource(by=by, resource=row, at=at),
            text=_("The draft and its files are deleted permanently."),
            tone="danger",
            suits=lambda row: not row.version_number,
        ),
    },
)


def offers(by: PersonActor, row: Resource, forms: Forms, *, deciding: bool) -> list[Offer]:
    """What this person may do with the resource now: decide about it, or everything else."""
    return [offer for offer in ACTIONS.offers(by, row, forms) if (offer.name in DECIDING) is deciding]


def checks(codes: list[str]) -> str:
    """Labels of checks."""
    return ", ".join(vocab.label("gate_checks", code) for code in codes)


def event(event: queries.Event) -> dict[str, Any]:
    """A line of the history in words."""
    if event.kind == "step":
        text = vocab.label("state.resource", event.code)
    elif event.kind == "version":
        text = gettext("Version %(label)s published") % {"label": event.code}
    elif event.code == "gate":
        text = gettext("Publish gate: %(checks)s") % {"checks": checks(event.text.split(","))}
    elif event.code == "objection":
        text = gettext("Not published")
    else:
        text = gettext("Changes requested")
    said = event.text if event.kind != "remark" or event.code != "gate" else ""
    return {"at": event.at, "by": event.by, "text": text, "said": said}
