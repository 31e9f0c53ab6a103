"""Names of the jobs of members, and how an action defers one: inside its own transaction, with ids only."""

from enum import StrEnum

from procrastinate.contrib.django import app


class Job(StrEnum):
    """Jobs, defined in `tasks`; each calls one action and may be run twice without harm."""

    SEND_LINK = "members.send_link"
    SEND_DECISION = "members.send_decision"
    SEND_PARTNER = "members.send_partner"
    SEND_NO_PARTNER = "members.send_no_partner"
    SEND_INVITATION = "members.send_invitation"
    SEND_GUARDIAN = "members.send_guardian"
    SEND_GUARDIAN_14 = "members.send_guardian_14"
    SEND_WITHDRAWAL = "members.send_withdrawal"
    SEND_COPIED_PASSKEY = "members.send_copied_passkey"
    SEND_REMINDER = "members.send_reminder"
    SEND_WARNING = "members.send_warning"


def defer(job: Job, **ids: int) -> None:
    """Queue the job on the current transaction: it exists only if the transaction commits."""
    app.configure_task(str(job), queue="mail").defer(**ids)
