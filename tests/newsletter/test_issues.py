"""Issues at the desk and on the web: by role, composed of pages, sent by somebody else, archive and feed."""

import xml.etree.ElementTree as ET
from datetime import timedelta
from email import message_from_bytes, policy

import pytest
from django.test import Client
from django.urls import reverse
from factories.newsletter import NOW, approved, subscribed

from sauga.kernel import audit
from sauga.kernel.identity import PermissionRefused
from sauga.kernel.states import MoveNotAllowed, SystemActor
from sauga.newsletter.actions import delivery
from sauga.newsletter.actions import issues as actions
from sauga.newsletter.models import Issue, IssueItem
from sauga.newsletter.queries import issues
from sauga.newsletter.rules import MOST_PAGES
from sauga.newsletter.states import IssueState
from sauga.portal.models.articles import NewsPage
from sauga.portal.models.base import PortalPage
from tests.centre import sign_in

pytestmark = pytest.mark.django_db
WORKER = SystemActor("newsletter")
DESK = "/desk/newsletter/"
ATOM = "{http://www.w3.org/2005/Atom}"
CHANGED = {"language": "lt", "lists": ["teachers"], "title": "Kita", "intro": ""}


@pytest.mark.parametrize("role", ["ANALYST", "SAFEGUARDING_EDITOR", "AWARENESS_STATISTICIAN"])
def test_strangers_write_nothing(published, issue, role):
    row, by = issue(), published.actor(role)
    for act in (
        lambda: actions.write_issue(by=by, at=NOW, **CHANGED),
        lambda: actions.change_issue(by=by, issue=row, at=NOW, **CHANGED),
        lambda: actions.add_page(by=by, issue=row, page_id=1, at=NOW),
        lambda: actions.mark_ready(by=by, issue=row, at=NOW),
        lambda: actions.copy_issue(by=by, issue=row, language="en", at=NOW),
        lambda: actions.send_test(by=by, issue=row, at=NOW),
        lambda: actions.discard(by=by, issue=row, at=NOW),
    ):
        with pytest.raises(PermissionRefused):
            act()


def test_who_changed_it_last_does_not_send_it_and_editors_never(published, issue):
    row = issue()
    actions.mark_ready(by=published.actor("EDITOR"), issue=row, at=NOW)
    for act in (actions.pause, actions.resume, actions.cancel):
        with pytest.raises(PermissionRefused):
            act(by=published.actor("EDITOR"), issue=row, at=NOW)
    with pytest.raises(PermissionRefused):
        actions.approve(by=published.actor("EDITOR"), issue=row, send_at=None, at=NOW)
    publisher = published.actor("PUBLISHER")
    actions.take_back(by=publisher, issue=row, at=NOW)
    actions.change_issue(by=publisher, issue=row, at=NOW, **CHANGED)
    actions.mark_ready(by=publisher, issue=row, at=NOW)
    with pytest.raises(actions.OwnIssue):
        actions.approve(by=publisher, issue=row, send_at=None, at=NOW)
    desk = sign_in(published, "PUBLISHER")
    page = desk.get(f"{DESK}{row.ref}/").text
    assert f"{row.ref}/send/" not in page and desk.post(f"{DESK}{row.ref}/send/", {}).status_code == 422
    assert Issue.objects.get().state == IssueState.READY


def test_an_issue_is_ready_only_with_published_pages_of_its_language(published, issue):
    by, row = published.actor("EDITOR"), issue()
    english = NewsPage.objects.live().filter(locale__language_code="en").first()
    with pytest.raises(actions.NotReady):
        actions.add_page(by=by, issue=row, page_id=english.pk, at=NOW)
    with pytest.raises(actions.NotReady):
        actions.change_issue(by=by, issue=row, at=NOW, **{**CHANGED, "language": "en"})
    row.items.first().page.specific.unpublish()
    with pytest.raises(actions.NotReady) as refused:
        actions.mark_ready(by=by, issue=row, at=NOW)
    assert refused.value.why == "unpublished"
    for item in row.items.all():
        actions.remove_page(by=by, issue=row, item_id=item.pk, at=NOW)
    with pytest.raises(actions.NotReady) as refused:
        actions.mark_ready(by=by, issue=row, at=NOW)
    assert refused.value.why == "pages"
    with pytest.raises(actions.NotReady):
        actions.write_issue(by=by, at=NOW, **{**CHANGED, "lists": ["children"]})
    IssueItem.objects.bulk_create(IssueItem(issue=row, page=None, place=n) for n in range(MOST_PAGES))
    lithuanian = NewsPage.objects.live().filter(locale__language_code="lt").first()
    with pytest.raises(actions.NotReady) as refused:
        actions.add_page(by=by, issue=row, page_id=lithuanian.pk, at=NOW)
    assert refused.value.why == "many"


@pytest.mark.parametrize("off", [timedelta(), timedelta(minutes=-1), timedelta(days=93)])
def test_a_time_of_sending_is_ahead_and_not_too_far(published, issue, off):
    row = issue()
    actions.mark_ready(by=published.actor("EDITOR"), issue=row, at=NOW)
    with pytest.raises(actions.TimeUnfit):
        actions.approve(by=published.actor("PUBLISHER"), issue=row, send_at=NOW + off, at=NOW)


def test_what_is_sent_is_not_written_any_more(published, issue):
    row = approved(published, issue())
    delivery.begin(by=WORKER, issue=row, at=NOW)
    by = published.actor("EDITOR")
    for act in (
        lambda: actions.change_issue(by=by, issue=row, at=NOW, **CHANGED),
        lambda: actions.remove_page(by=by, issue=row, item_id=row.items.first().pk, at=NOW),
        lambda: actions.take_back(by=by, issue=row, at=NOW),
        lambda: actions.discard(by=by, issue=row, at=NOW),
        lambda: actions.resume(by=published.actor("PUBLISHER"), issue=row, at=NOW),
    ):
        with pytest.raises(MoveNotAllowed):
            act()
    assert not delivery.begin(by=WORKER, issue=row, at=NOW)


def test_an_editor_composes_an_issue_at_the_desk(published):
    desk = sign_in(published, "EDITOR")
    assert desk.get(DESK).status_code == 200
    assert desk.post(f"{DESK}new/", {"title": "Gruodis", "language": "lt"}).status_code == 422
    given = {"title": "Gruodis", "language": "lt", "lists": ["teachers"], "intro": "Sveiki"}
    here = desk.post(f"{DESK}new/", given).url
    row = Issue.objects.get()
    offered = issues.offered(row, "")
    assert offered[0].title in desk.get(here).text
    word = offered[1].title.split()[-1]
    assert offered[1].title in desk.get(here, {"words": word}).text
    for page in offered[:2]:
        assert desk.post(f"{here}pages/", {"do": "add", "page": page.pk}).status_code == 302
    first, second = (piece.pk for piece in issues.pieces(row))
    desk.post(f"{here}pages/", {"do": "up", "item": second})
    assert [piece.pk for piece in issues.pieces(row)] == [second, first]
    desk.post(f"{here}pages/", {"do": "down", "item": first})
    desk.post(f"{here}pages/", {"do": "remove", "item": second})
    assert [piece.pk for piece in issues.pieces(row)] == [first]
    assert desk.post(f"{here}pages/", {"do": "add", "page": "x"}).status_code == 302
    assert desk.post(f"{here}edit/", {**given, "title": ""}).status_code == 422
    assert desk.post(f"{here}edit/", {**given, "title": "Gruodžio naujienos"}).url == here
    assert "Gruodžio naujienos" in desk.get(here).text
    assert [e.action for e in audit.timeline(row, zone="awareness")].count("newsletter_issue:written") == 7


def test_the_preview_is_the_mail_itself_in_a_frame_that_does_nothing(published, issue):
    row = issue()
    desk = sign_in(published, "EDITOR")
    page = desk.get(f"{DESK}{row.ref}/preview/")
    assert 'width="320"' in page.text and 'width="600"' in page.text and "Tai &amp; tai." in page.text
    framed = desk.get(f"{DESK}{row.ref}/mail/")
    rule = framed.headers["Content-Security-Policy"]
    assert "default-src 'none'" in rule and "frame-ancestors 'self'" in rule and "script" not in rule
    assert issues.pieces(row)[0].title in framed.text
    for part in ("", "edit/", "preview/", "mail/"):
        assert sign_in(published, "ANALYST").get(f"{DESK}{row.ref}/{part}").status_code == 404


def test_a_test_mail_goes_to_oneself_only(published, issue, post):
    subscribed("ona@a.example")
    row = issue()
    assert sign_in(published, "EDITOR").post(f"{DESK}{row.ref}/test/").status_code == 302
    [mail] = post.mails
    assert mail.rcpt_tos == [published.people["EDITOR"].email]
    parsed = message_from_bytes(mail.content, policy=policy.default)
    assert "Lapkritis" in parsed["Subject"] and not parsed["List-Unsubscribe"]
    post.answer = "451 later"
    with pytest.raises(actions.MailNotTaken):
        actions.send_test(by=published.actor("EDITOR"), issue=row, at=NOW)


def test_an_issue_is_sent_and_watched_at_the_desk(published, issue, post):
    subscribed("ona@a.example")
    row = issue()
    editor, publisher = sign_in(published, "EDITOR"), sign_in(published, "PUBLISHER")
    here = f"{DESK}{row.ref}/"
    assert editor.post(f"{here}ready/").status_code == 302
    assert issues.waiting_for_second(published.actor("PUBLISHER"), NOW) == 1
    assert issues.waiting_for_second(published.actor("EDITOR"), NOW) == 0
    assert editor.post(f"{here}send/").status_code == 404
    assert publisher.post(f"{here}send/", {"send_at": "2020-01-01T10:00"}).status_code == 422
    assert publisher.post(f"{here}send/", {"send_at": ""}).status_code == 302
    row.refresh_from_db()
    delivery.begin(by=WORKER, issue=row, at=row.send_at)
    page = publisher.get(here).text
    assert "<progress" in page and f"{row.ref}/pause/" in page and f"{row.ref}/cancel/" in page
    assert publisher.post(f"{here}pause/").status_code == publisher.post(f"{here}resume/").status_code == 302
    delivery.send_due(by=WORKER, at=row.send_at)
    row.refresh_from_db()
    assert row.state == IssueState.SENT and row.title in publisher.get(DESK, {"view": "done"}).text


def test_a_copy_has_the_pages_of_the_other_language(published, issue):
    row = issue()
    desk = sign_in(published, "EDITOR")
    there = desk.post(f"{DESK}{row.ref}/copy/", {"language": "en"}).url
    made = Issue.objects.exclude(pk=row.pk).get()
    assert made.ref in there and made.language == "en" and made.state == IssueState.DRAFT
    assert [p.is_fit for p in issues.pieces(made)] == [True, True]
    assert desk.post(f"{DESK}{made.ref}/discard/").url == DESK and Issue.objects.count() == 1


def test_sent_issues_are_on_the_web_as_they_were_sent_with_a_feed(published, issue):
    row = issue()
    address = f"/lt/naujienlaiskis/numeriai/{row.ref}/"
    assert Client().get(address).status_code == 404
    delivery.begin(by=WORKER, issue=approved(published, row), at=NOW)
    title = issues.pieces(Issue.objects.get())[0].title
    PortalPage.objects.filter(title=title).update(title="Kitaip")
    page = Client().get(address)
    assert page.status_code == 200 and title in page.text and not page.cookies
    assert row.title in Client().get("/lt/naujienlaiskis/").text
    assert row.title in Client().get("/lt/naujienlaiskis/numeriai/").text
    assert Client().get(f"/en/newsletter/issues/{row.ref}/").status_code == 404
    feed = Client().get("/lt/naujienlaiskis.xml")
    [entry] = ET.fromstring(feed.content).findall(f"{ATOM}entry")
    assert entry.findtext(f"{ATOM}title") == row.title and address in entry.findtext(f"{ATOM}id")
    again = Client().get("/lt/naujienlaiskis.xml", headers={"if-none-match": feed.headers["ETag"]})
    assert again.status_code == 304
    assert not ET.fromstring(Client().get("/en/newsletter.xml").content).findall(f"{ATOM}entry")
    assert 'href="/lt/naujienlaiskis.xml"' in Client().get("/lt/").text


def test_settings_and_figures_are_for_their_roles(published):
    for role, figures, settings in (("EDITOR", 200, 404), ("PUBLISHER", 200, 200), ("ANALYST", 404, 404)):
        desk = sign_in(published, role)
        assert desk.get(reverse("newsletter-figures")).status_code == figures
        assert desk.get(reverse("newsletter-policies")).status_code == settings
    for n in range(12):
        subscribed(f"r{n}@a.example")
    shown = sign_in(published, "AWARENESS_STATISTICIAN").get(reverse("newsletter-figures")).text
    assert "Naujienlaiškio skaitytojai" in shown


def test_few_readers_are_not_counted_out_loud(published):
    from sauga.kernel.figures import Period, PeriodKind, computed, measure

    for n in range(3):
        subscribed(f"r{n}@a.example", language="en" if n == 2 else "lt")
    period = Period.of(PeriodKind.QUARTER, NOW)
    cells = {
        row.dims.get("language"): row.value for row in computed(measure("newsletter.subscribers"), period)
    }
    assert cells == {"lt": 2, "en": 1, None: 3} and measure("newsletter.subscribers").threshold == 10


def test_the_demo_has_sent_issues_readers_and_one_to_check(published):
    from sauga.newsletter import demo

    staff = {
        role: type("Account", (), {"user": published.people[role].email}) for role in ("EDITOR", "PUBLISHER")
    }
    demo.seed(NOW, staff)
    assert {row.language for row in Issue.objects.filter(state=IssueState.SENT)} == {"lt", "en"}
    assert (
        Issue.objects.filter(state=IssueState.READY).count()
        == 1
        == Issue.objects.filter(state=IssueState.DRAFT).count()
    )
