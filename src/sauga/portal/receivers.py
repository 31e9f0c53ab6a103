"""What the tool's workflow says to people: through our own notices, never through a mail of its own."""

from typing import Any

from wagtail.signals import task_submitted, workflow_approved, workflow_rejected, workflow_submitted

from sauga.kernel import clock, notifications


def register() -> None:
    """Take the places in which the tool would put its own mails: under their names, before it does.

    A place is given once.

    Called from `apps.py`, which the list of apps puts before the tool's.
    """
    from wagtail.models import TaskState, WorkflowState

    task_submitted.connect(
        submitted, sender=TaskState, dispatch_uid="group_approval_task_submitted_email_notification"
    )
    workflow_submitted.connect(
        silent, sender=WorkflowState, dispatch_uid="workflow_state_submitted_email_notification"
    )
    workflow_approved.connect(
        approved, sender=WorkflowState, dispatch_uid="workflow_state_approved_email_notification"
    )
    workflow_rejected.connect(
        rejected, sender=WorkflowState, dispatch_uid="workflow_state_rejected_email_notification"
    )


def silent(sender: Any, instance: Any, **kwargs: Any) -> None:
    """No reviewer is notified twice of one submission."""


def submitted(sender: Any, instance: Any, **kwargs: Any) -> None:
    """Publishers hear of a page that waits for them."""
    _tell("PUBLISHER", "portal.page_submitted", instance.workflow_state.object_id)


def approved(sender: Any, instance: Any, **kwargs: Any) -> None:
    """Notify the person who submitted a page that it is published."""
    if instance.requested_by is not None:
        _tell(instance.requested_by, "portal.page_approved", instance.object_id)


def rejected(sender: Any, instance: Any, **kwargs: Any) -> None:
    """Notify the person who submitted a page that something should be changed."""
    if instance.requested_by is not None:
        _tell(instance.requested_by, "portal.page_rejected", instance.object_id)


def _tell(to: Any, template: str, key: str) -> None:
    notifications.notify(
        to=to,
        template=template,
        context={"number": int(key)},
        link=f"/desk/cms/pages/{int(key)}/edit/",
        at=clock.now(),
    )
