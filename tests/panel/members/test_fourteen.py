"""Before a member is 14 the guardian is told once, by mail or, without an address, by a letter."""

from datetime import UTC, datetime, timedelta
from email import message_from_bytes, policy
from typing import Any as Mailbox

import pytest
from factories import panel
from kernel.notifications.conftest import post  # noqa: F401  a fixture

from sauga.kernel import clock
from sauga.kernel.members import links
from sauga.kernel.members.actions import mail
from sauga.kernel.members.models import Guardian
from sauga.kernel.notifications.models import Notification
from sauga.kernel.permissions import PermissionRefused
from sauga.kernel.states import SystemActor
from sauga.panel.members.actions import daily, safeguarding
from sauga.panel.members.models import Member
from sauga.panel.members.queries import members
from sauga.panel.members.rules.ages import first_day_at
from tests.centre import Centre, centre, sign_in  # noqa: F401  a fixture

NOW = clock.now()
PANEL, MAILER = SystemActor("panel"), SystemActor("members")
DESK = "/desk/panel/members/"


@pytest.fixture
def row(centre: Centre) -> Member:
    return panel.member(centre, "Kopa", 13)


def before_14(row: Member, days: int) -> datetime:
    """So many days before the member surely is 14, at noon."""
    day = first_day_at(row.birth_month, 14) - timedelta(days=days)
    return datetime(day.year, day.month, day.day, 10, tzinfo=UTC)


def told(at: datetime) -> int:
    return daily.tell_guardians(by=PANEL, at=at)


def test_from_30_days_before_and_once(row: Member):
    assert told(before_14(row, 31)) == 0
    assert told(before_14(row, 30)) == 1
    assert panel.fresh(row).told_14_at == before_14(row, 30)
    assert [told(before_14(row, days)) for days in (30, 29, 1, 0, -40)] == [0, 0, 0, 0, 0]
    with pytest.raises(PermissionRefused):
        daily.tell_guardians(by=SystemActor("stranger"), at=NOW)


def test_the_nightly_job_tells_before_it_moves_anybody(row: Member):
    daily.advance_all(by=PANEL, at=before_14(row, 12))
    assert panel.fresh(row).told_14_at is not None and panel.fresh(row).state == "ACTIVE"


def test_the_mail_says_when_and_nothing_of_what_the_child_said(row: Member, post: Mailbox):
    words = "Man kažkas negerai."
    safeguarding.say_wrong(by=panel.account(row), words=words, about_adult=False, where="button", at=NOW)
    at = before_14(row, 20)
    told(at)
    guardian = Guardian.objects.get()
    mail.send_guardian_at_14(by=MAILER, guardian_id=guardian.pk, at=at)
    [letter] = post.mails
    message = message_from_bytes(letter.content, policy=policy.default)
    text = message.get_body().get_content()
    assert message["To"] == "globeja@pastas.example"
    assert links.guardian_address(guardian) in text.replace("\n", "")
    assert "sprendžia pats vaikas" in text
    for hidden in (words, "Kopa", "Vardenė", row.ref):
        assert hidden not in text and hidden not in str(message["Subject"])


def test_without_an_address_facilitators_are_asked_to_give_a_letter(centre: Centre, row: Member):
    Guardian.objects.all().delete()
    at = before_14(row, 10)
    assert told(at) == 1 and told(at) == 0
    link = set(Notification.objects.filter(template="panel.guardian_letter").values_list("link", flat=True))
    assert link == {f"{DESK}{row.ref}/letter/"}


def test_who_is_due_is_a_list_and_the_letter_is_printed(centre: Centre, row: Member):
    other = panel.member(centre, "Bebras", 15)
    at = before_14(row, 15)
    assert list(members.members(members.AGAIN, at)) == [row]
    assert not members.members(members.AGAIN, before_14(row, 31)).exists()
    months = NOW.year * 12 + NOW.month - 1 - 14 * 12
    panel.born_in(row, datetime(months // 12, months % 12 + 1, 1, tzinfo=UTC).date())
    desk = sign_in(centre, "PANEL_FACILITATOR")
    is_due = members.members(members.AGAIN, NOW).filter(pk=row.pk).exists()
    shown = desk.get(f"{DESK}{row.ref}/letter/")
    assert (shown.status_code == 200) == is_due
    assert desk.get(f"{DESK}{other.ref}/letter/").status_code == 404
    assert ("Kopa" in desk.get(f"{DESK}?view=again").text) == is_due


def test_whoever_was_asked_lately_needs_no_mail(centre: Centre):
    """Nominated within the 30 days: both were asked a few days ago."""
    row = panel.member(centre, "Smiltė", 13)
    at = before_14(row, 10)
    late = panel.member(centre, "Upė", 13, at)
    assert late.birth_month > row.birth_month or told(at) >= 1
    assert panel.fresh(late).told_14_at is None
