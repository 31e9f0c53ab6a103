"""From the helpline to the hotline without the child: the address is kept nowhere here, the
child nowhere there.
"""

from datetime import timedelta

import pytest
from django.apps import apps
from django.db import connection
from django.http import Http404

from sauga.helpline.safeguarding.actions import hotline_handover, self_images
from sauga.helpline.safeguarding.actions.concerns import ProposalIncomplete
from sauga.helpline.safeguarding.models import HotlineLink, SelfImage
from sauga.helpline.safeguarding.queries import referrals as queries
from sauga.helpline.states import LinkState, SelfImageState
from sauga.hotline.addresses.rules.addresses import split_locations
from sauga.hotline.content.models import ContentItem
from sauga.hotline.content.queries import open_address
from sauga.hotline.reports.actions import helpline_handover, own_pictures
from sauga.hotline.reports.models import Handover, OwnPass, Report
from sauga.kernel import integration, sealed
from sauga.kernel.identity import PermissionRefused
from sauga.kernel.integration.models import Referral as Message
from sauga.kernel.refusals import TextMissing
from sauga.kernel.states import MoveNotAllowed, SystemActor
from tests.centre import Centre, centre  # noqa: F401  a fixture
from tests.factories.safety import AT, talking

CANARY = "https://kanarele-planted.example/labas/1"
PUBLIC = SystemActor("public")


def passed(centre: Centre, url: str = CANARY, *, once: str = "a1", **more) -> HotlineLink:
    mine = centre.actor("COUNSELLOR")
    given = {"suspected": "CHILD_EXPLOITATION"} | more
    return hotline_handover.pass_address(
        by=mine, url=url, once=once, conversation=talking(mine)[0], at=AT, **given
    )


def carried(centre: Centre) -> None:
    """What the jobs do: hand over what waits, then say how it stands."""
    integration.deliver_waiting(AT)
    told()


def told() -> None:
    for message in Message.objects.all():
        from sauga.kernel.integration.receiver import tell_sender

        tell_sender(ref=message.ref, state=message.state, outcome=message.outcome, at=AT)


def everything(label: str) -> str:
    """All rows of one service's tables, every byte readable as text or hex."""
    found = []
    with connection.cursor() as cursor:
        for model in apps.get_app_config(label).get_models():
            cursor.execute(f"SELECT t::text FROM {connection.ops.quote_name(model._meta.db_table)} t")
            found += [row[0] for row in cursor.fetchall()]
    return "\n".join(found)


def test_address_becomes_a_report_and_stands_nowhere_at_the_helpline(centre: Centre):
    link = passed(centre)
    assert link.state == LinkState.SUBMITTED
    carried(centre)
    link.refresh_from_db()
    assert link.state == LinkState.RECEIPTED
    report = Report.objects.get()
    assert (report.channel, report.category, str(report.seen_date)) == ("HELPLINE", "CSAM", "2026-11-24")
    assert open_address(ContentItem.objects.get(), sealed.ServiceOpener(sealed.Zone.HOTLINE)).url == CANARY
    for label in ("helpline", "referrals", "audit", "notices", "hotline"):
        for form in ("kanarele-planted", b"kanarele-planted".hex()):
            assert form not in everything(label)


def test_nothing_of_the_child_stands_at_the_hotline(centre: Centre):
    link = passed(centre)
    conversation = link.conversation
    carried(centre)
    theirs = everything("hotline") + everything("referrals")
    for mark in (
        conversation.ref,
        link.ref,
        bytes(conversation.receipt).hex(),
        conversation.holder,
        centre.people["COUNSELLOR"].pseudonym,
    ):
        assert mark not in theirs
    assert Message.objects.get().sent_at.minute == 0


def test_double_click_sends_once(centre: Centre):
    assert passed(centre).pk == passed(centre).pk
    assert HotlineLink.objects.count() == 1
    passed(centre, once="b2")
    assert HotlineLink.objects.count() == 2


def test_what_is_refused(centre: Centre):
    with pytest.raises(TextMissing):
        passed(centre, " ")
    with pytest.raises(ProposalIncomplete):
        passed(centre, suspected="BAD")
    with pytest.raises(PermissionRefused):
        hotline_handover.pass_address(
            by=centre.actor("VOLUNTEER_COORDINATOR"), url=CANARY, suspected="HATE", once="x", at=AT
        )
    assert not Message.objects.exists()


def test_what_is_no_address_is_kept_as_a_name(centre: Centre):
    passed(centre, "\n".join(f"https://a{n}.example/" for n in range(51)), suspected="HATE")
    carried(centre)
    assert Report.objects.get().category == "HATE" and Report.objects.get().locations.count() == 1


def test_unknown_suspicion_is_looked_at_all_the_same(centre: Centre):
    assert helpline_handover._category("SOMETHING_NEW") == "UNKNOWN"


def test_state_comes_back_as_a_code_and_the_child_is_told(centre: Centre):
    link = passed(centre)
    with pytest.raises(MoveNotAllowed):
        hotline_handover.told_child(by=centre.actor("COUNSELLOR"), link=link, at=AT)
    carried(centre)
    assert helpline_handover.report_back(at=AT) == 0
    Report.objects.update(state="CLOSED", outcome="ACTIONED")
    assert helpline_handover.report_back(at=AT) == 1
    assert helpline_handover.report_back(at=AT) == 0
    told()
    link.refresh_from_db()
    assert (link.state, link.outcome) == (LinkState.ASSESSED, "ACTED")
    ContentItem.objects.update(presence="REMOVED")
    assert helpline_handover.report_back(at=AT) == 1
    told()
    told()  # the job may repeat
    link.refresh_from_db()
    assert link.outcome == "REMOVED" and Handover.objects.get().settled_at
    assert helpline_handover.report_back(at=AT) == 0
    with pytest.raises(PermissionRefused):
        hotline_handover.told_child(by=centre.actor("COUNSELLOR_2"), link=link, at=AT)
    assert (
        hotline_handover.told_child(by=centre.actor("COUNSELLOR"), link=link, at=AT).state == LinkState.TOLD
    )
    told()
    link.refresh_from_db()
    assert link.state == LinkState.TOLD


def test_not_illegal_settles_at_once_and_an_authorless_link_tells_nobody(centre: Centre):
    link = passed(centre)
    integration.deliver_waiting(AT)  # the first news was lost: the next one brings the link up to date
    HotlineLink.objects.update(author=None)
    Report.objects.update(state="CLOSED", outcome="NOT_ILLEGAL")
    helpline_handover.report_back(at=AT)
    told()
    link.refresh_from_db()
    assert (link.state, link.outcome) == (LinkState.ASSESSED, "NOT_ILLEGAL")


def test_news_about_a_row_that_is_gone_changes_nothing(centre: Centre):
    passed(centre)
    HotlineLink.objects.all().delete()
    self_images.issue_pass(by=centre.actor("COUNSELLOR"), at=AT)
    SelfImage.objects.all().delete()
    carried(centre)
    assert not HotlineLink.objects.exists() and not SelfImage.objects.exists()


def test_own_links_only(centre: Centre):
    link = passed(centre)
    assert queries.link_for(centre.actor("COUNSELLOR"), link.ref) == link
    assert queries.links(centre.actor("SHIFT_LEAD")).count() == 1
    with pytest.raises(Http404):
        queries.link_for(centre.actor("COUNSELLOR_2"), link.ref)


# Own pictures
# ------------------------------------------------------------------------------------------------------------
def pass_for(centre: Centre, **more) -> tuple[self_images.Issued, bytes]:
    issued = self_images.issue_pass(
        by=centre.actor("COUNSELLOR"), conversation=talking(centre.actor("COUNSELLOR"))[0], at=AT, **more
    )
    return issued, sealed.receipt_keys(sealed.parse_receipt(issued.code), sealed.Zone.HOTLINE).lookup


def brought(known_by: bytes, receipt: sealed.ReceiptKeys | None = None, at=AT) -> Report:
    receipt = receipt or sealed.receipt_keys(sealed.new_receipt(None, "lt"), sealed.Zone.HOTLINE)
    places = split_locations(CANARY)
    return own_pictures.use_pass(
        by=PUBLIC, known_by=known_by, locations=places, receipt=receipt, language="lt", at=at
    )


def test_pass_lets_in_once_and_makes_an_urgent_report(centre: Centre):
    issued, known_by = pass_for(centre)
    assert issued.code not in repr(issued) and issued.row.expires_at == AT + timedelta(days=7)
    with pytest.raises(own_pictures.PassNotGood):
        brought(known_by)  # the hotline has not heard of it yet
    carried(centre)
    receipt = sealed.receipt_keys(sealed.new_receipt(None, "lt"), sealed.Zone.HOTLINE)
    report = brought(known_by, receipt)
    assert (report.priority, report.category, report.channel, report.child_in_danger) == (
        "P1",
        "CSAM",
        "OWN_PICTURE",
        "NOT_STATED",
    )
    assert brought(known_by, receipt) == report  # a double click
    with pytest.raises(own_pictures.PassNotGood):
        brought(known_by)
    told()
    assert SelfImage.objects.get().state == SelfImageState.USED
    assert Report.objects.count() == 1


def test_pass_is_stored_in_neither_house(centre: Centre):
    issued, known_by = pass_for(centre)
    carried(centre)
    brought(known_by)
    plain = issued.code.replace("-", "")
    for label in ("helpline", "hotline", "audit", "notices"):
        rows = everything(label)
        for mark in (issued.code, plain, known_by.hex()):
            assert mark not in rows
    assert issued.row.conversation.ref not in everything("hotline") + everything("referrals")


def test_wrong_and_late_passes_look_alike(centre: Centre):
    _, known_by = pass_for(centre)
    carried(centre)
    with pytest.raises(own_pictures.PassNotGood):
        brought(b"\x00" * 32)
    late = AT + timedelta(days=8)
    with pytest.raises(own_pictures.PassNotGood):
        brought(known_by, at=late)
    assert helpline_handover.report_back(at=late) == 1
    assert helpline_handover.report_back(at=late) == 0
    told()
    assert SelfImage.objects.get().state == SelfImageState.EXPIRED and OwnPass.objects.get().told
    assert queries.passes(centre.actor("COUNSELLOR")) == {"EXPIRED": 1}
    assert queries.passes(centre.actor("VOLUNTEER_COORDINATOR")) == {}


def test_only_counsellors_issue_and_only_the_hotline_answers(centre: Centre):
    with pytest.raises(PermissionRefused):
        self_images.issue_pass(by=centre.actor("VOLUNTEER_COORDINATOR"), at=AT)
    progress = integration.kinds.Progress("none", "helpline.url", "RECEIVED", "")
    for follow in (hotline_handover.follow_link, self_images.follow_pass):
        with pytest.raises(PermissionRefused):
            follow(by=SystemActor("child"), progress=progress, at=AT)
        assert follow(progress=progress, at=AT) is None
