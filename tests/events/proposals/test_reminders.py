"""Accepted proposals that nobody confirms: the speaker is reminded once, the organisers are told once that
the time has passed, and nothing is decided by itself."""

from datetime import datetime, timedelta
from email import message_from_bytes, policy

import pytest
from factories.proposals import PRESENT, a_call, closed, proposed
from factories.registrations import WORKER
from kernel.notifications.conftest import post  # noqa: F401  a fixture

from sauga.events.programme.actions.publication import cancel_event
from sauga.events.proposals.actions import decisions, own, reminders
from sauga.events.proposals.actions import mail as proposals_mail
from sauga.events.proposals.actions.submissions import PROPOSER
from sauga.events.proposals.models import Proposal
from sauga.events.proposals.rules.reminders import remind_from
from sauga.events.states import ProposalState
from sauga.kernel.identity import PermissionRefused
from sauga.kernel.notifications.models import Notification
from tests.centre import Centre, centre  # noqa: F401  a fixture

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


def accepted(centre: Centre, *names: str) -> list[Proposal]:
    """Proposals that were announced as accepted now; answers are due in fourteen days."""
    call, by = a_call(centre), centre.actor("ORGANISER")
    rows = [proposed(call, name) for name in names]
    closed(centre, call)
    for row in Proposal.objects.order_by("pk"):
        decisions.prepare(by=by, proposal=row, outcome=ProposalState.ACCEPTED, at=PRESENT)
    decisions.announce(by=by, call=call, number=len(rows), at=PRESENT)
    return list(Proposal.objects.order_by("pk"))


def remind(at: datetime) -> int:
    return reminders.remind(by=WORKER, at=at)


def tell(at: datetime) -> int:
    return reminders.tell_lapsed(by=WORKER, at=at)


@pytest.mark.unit
@pytest.mark.parametrize(("days", "before"), [(14, 3), (6, 3), (4, 2), (1, 0.5)])
def test_a_reminder_comes_three_days_before_or_halfway(days: float, before: float):
    assert remind_from(PRESENT, PRESENT + days * DAY) == PRESENT + (days - before) * DAY


def test_a_speaker_is_reminded_once_and_reads_until_when(centre: Centre, post):
    (row,) = accepted(centre, "Ona Pušaitė")
    assert remind(PRESENT + 10 * DAY) == 0
    due = PRESENT + 11 * DAY
    assert remind(due) == 1 and remind(due + DAY) == 0
    assert proposals_mail.send_reminder(by=WORKER, proposal_id=row.pk, at=due)
    mail = message_from_bytes(post.mails[-1].content, policy=policy.default)
    assert mail["To"] == "ona.pusaite@mokykla.example" and "patvirtinti" in mail["Subject"].lower()
    assert "Primename tik kartą" in " ".join(mail.get_content().split())
    row.refresh_from_db()
    assert row.reminded_at == due and row.state == ProposalState.ACCEPTED


def test_who_has_answered_is_not_reminded(centre: Centre, post):
    first, second, third = accepted(centre, "Ona Pušaitė", "Jonas Beržynis", "Rasa Kopa")
    own.decline(by=PROPOSER, proposal=first, at=PRESENT)
    due = PRESENT + 12 * DAY
    assert remind(due) == 2
    own.decline(by=PROPOSER, proposal=second, at=due)
    assert not proposals_mail.send_reminder(by=WORKER, proposal_id=second.pk, at=due)  # meanwhile
    assert not proposals_mail.send_reminder(
        by=WORKER, proposal_id=third.pk, at=PRESENT + 14 * DAY
    )  # too late
    assert not post.mails


def test_organisers_are_told_once_for_all_that_lapsed(centre: Centre):
    rows = accepted(centre, "Ona Pušaitė", "Jonas Beržynis")
    before = Notification.objects.count()
    assert tell(PRESENT + 13 * DAY) == 0
    assert tell(PRESENT + 14 * DAY) == 2 and tell(PRESENT + 15 * DAY) == 0
    told = Notification.objects.filter(template=reminders.LAPSED)
    assert Notification.objects.count() == before + 1 and told.get().link.endswith("?view=accepted")
    assert told.get().person == centre.people["ORGANISER"] and told.get().params["n"] == 2
    assert remind(PRESENT + 14 * DAY) == 0  # no reminder once it is too late
    for row in rows:
        row.refresh_from_db()
        assert row.state == ProposalState.ACCEPTED  # nothing was decided


def test_nobody_is_reminded_of_an_event_that_is_off(centre: Centre):
    (row,) = accepted(centre, "Ona Pušaitė")
    cancel_event(by=centre.actor("ORGANISER"), event=row.event, reason="venue", note={}, at=PRESENT)
    assert remind(PRESENT + 12 * DAY) == 0 and tell(PRESENT + 15 * DAY) == 0


@pytest.mark.parametrize("role", ["ORGANISER", "PROGRAMME_COMMITTEE", "EDITOR"])
def test_people_do_not_play_the_clock(centre: Centre, role: str):
    (row,) = accepted(centre, "Ona Pušaitė")
    by = centre.actor(role)
    for act in (
        lambda: reminders.remind(by=by, at=PRESENT),
        lambda: reminders.tell_lapsed(by=by, at=PRESENT),
        lambda: proposals_mail.send_reminder(by=by, proposal_id=row.pk, at=PRESENT),
    ):
        with pytest.raises(PermissionRefused):
            act()
