"""The gate of pages: whatever way a page is to go live, it is refused while a check does not pass, and what
was written is kept.
"""

from datetime import timedelta

import pytest
from django.core.files.base import ContentFile
from django.test import Client
from django.urls import reverse
from factories import uploads
from factories.pages import body, live, ready
from wagtail.actions.copy_page import CopyPageAction
from wagtail.actions.create_alias import CreatePageAliasAction
from wagtail.models import Page, Revision, Workflow

from sauga.kernel import clock
from sauga.kernel.audit.models import TrailLine
from sauga.kernel.identity import PermissionRefused
from sauga.kernel.notifications.models import Notification
from sauga.kernel.states import SystemActor
from sauga.portal.actions import page_gate, publication_schedule
from sauga.portal.actions.editor_groups import sync_editor_groups
from sauga.portal.actions.pages import publish_page
from sauga.portal.models.articles import PlainPage
from sauga.portal.models.base import PortalPage
from sauga.portal.models.landing_pages import AudiencePage
from sauga.portal.models.media import Video
from sauga.portal.models.network import HelpEntry
from sauga.portal.models.page_gate import GateException, GateWord
from sauga.portal.queries import desk
from sauga.portal.queries import page_gate as gates
from sauga.portal.rules import page_checks
from sauga.repository.resources.actions import audits, review
from sauga.repository.resources.models import Audit
from sauga.repository.resources.rules import publish_gate
from sauga.repository.resources.rules.gate_facts import Finding
from tests.centre import centre, sign_in

__all__ = ["centre"]
pytestmark = pytest.mark.django_db
AT = clock.now()
SCHEDULE = SystemActor("schedule")
HARD = (
    " ".join(
        [
            (
                "Saugesnio interneto konsultacijų centro darbuotojai nuosekliai įgyvendina "
                "bendradarbiavimo įsipareigojimus"
            )
        ]
        * 3
    )
    + "."
)


def failing(page) -> list[str]:
    return publish_gate.failing(
        gates.page_facts(gates.newest(PortalPage.objects.get(pk=page.pk)), clock.now())
    )


@pytest.fixture
def faulty(centre, planted):
    """A draft whose text is too hard for its readers; everything else is in order."""
    page = ready(centre, planted["lt"], title="Sunkus", body=body(HARD))
    assert failing(page) == ["reading_level"]
    return page


def seated(centre, role):
    """A person as the editors' tool knows them, with the rights that coming in gives."""
    sync_editor_groups(by=centre.actor(role), at=clock.now())
    return centre.people[role]


def stays_down(page) -> bool:
    held = PlainPage.objects.get(pk=page.pk)
    return not held.live and held.live_revision_id is None


# Every way


def test_code_and_the_house_s_own_action_are_refused(centre, faulty):
    with pytest.raises(page_gate.GateBlocked) as shut:
        publish_page(by=centre.actor("PUBLISHER"), page=faulty, at=AT)
    assert shut.value.failing == ["reading_level"]
    for way in (
        lambda: faulty.get_latest_revision().publish(),
        lambda: faulty.get_latest_revision().publish(skip_permission_checks=True),
        lambda: faulty.save_revision().publish(user=seated(centre, "PUBLISHER")),
    ):
        with pytest.raises(page_gate.GateBlocked):
            way()
    assert stays_down(faulty)


def test_the_editor_s_button_keeps_what_was_written_and_leads_to_the_gate(centre, faulty):
    client = sign_in(centre, "PUBLISHER")
    answer = client.post(
        reverse("wagtailadmin_pages:edit", args=[faulty.pk]),
        {**form(faulty, title="Vis dar sunkus"), "action-publish": "1"},
    )
    assert (answer.status_code, answer.headers["Location"]) == (302, f"/desk/portal/gate/{faulty.pk}/")
    assert stays_down(faulty)
    assert PlainPage.objects.get(pk=faulty.pk).draft_title == "Vis dar sunkus"
    shown = client.get(answer.headers["Location"]).content.decode()
    assert "Įrašyta, bet nepaskelbta" in shown
    assert "Skelbti dar negalima" in shown
    assert "Perkirpti ilgus sakinius" in shown


def test_a_page_that_is_written_and_published_in_one_go_is_kept_as_a_draft(centre, planted):
    client = sign_in(centre, "PUBLISHER")
    fresh = PlainPage(
        title="Naujas", summary="Trumpai.", slug="naujas", review_by=AT.date() + timedelta(days=90)
    )
    address = reverse("wagtailadmin_pages:add", args=["portal", "plainpage", planted["lt"].pk])
    answer = client.post(address, {**form(fresh), "action-publish": "1"})
    made = PlainPage.objects.get(slug="naujas")
    assert answer.headers["Location"] == f"/desk/portal/gate/{made.pk}/"
    assert failing(made) == ["metadata", "both_languages"]
    assert not made.live or made.live_revision_id is None


def test_the_last_approval_of_the_workflow_is_rolled_back(centre, faulty):
    chief = centre.actor("PUBLISHER")
    given = {"check": "reading_level", "reason": {"lt": "Skirta specialistams."}, "until": "2027-09-01"}
    page_gate.override_check(by=chief, page=faulty, at=clock.now(), **given)
    waiting = faulty.get_workflow().start(faulty, centre.people["EDITOR"])
    page_gate.end_exception(by=chief, page=faulty, check="reading_level", at=clock.now())
    task = waiting.current_task_state
    client = sign_in(centre, "PUBLISHER")
    address = reverse("wagtailadmin_pages:workflow_action", args=[faulty.pk, "approve", task.pk])
    answer = client.post(address, {"next": "/desk/cms/"}, headers={"X-Requested-With": "XMLHttpRequest"})
    assert answer.json() == {"step": "success", "redirect": f"/desk/portal/gate/{faulty.pk}/"}
    task.refresh_from_db()
    waiting.refresh_from_db()
    assert (task.status, waiting.status) == ("in_progress", "in_progress")
    assert stays_down(faulty)
    with pytest.raises(page_gate.GateBlocked):
        task.approve(user=seated(centre, "PUBLISHER"))
    assert Workflow.objects.filter(active=True).count() == 1


def test_many_at_once_publish_none_when_one_does_not_pass(centre, planted, faulty):
    good = ready(centre, planted["lt"], "geras")
    client = sign_in(centre, "PUBLISHER")
    address = (
        reverse("wagtail_bulk_action", args=["wagtailcore", "page", "publish"])
        + f"?id={good.pk}&id={faulty.pk}&next=/desk/cms/"
    )
    answer = client.post(address, {"include_descendants": ""})
    assert answer.headers["Location"] == f"/desk/portal/gate/{faulty.pk}/"
    assert stays_down(faulty)
    assert stays_down(good)


def test_going_back_to_an_older_version_is_judged_as_that_version(centre, planted, faulty):
    hard = faulty.get_latest_revision()
    faulty = gates.newest(faulty)
    faulty.body = body("Trumpas sakinys.")
    faulty.save_revision().publish(user=seated(centre, "PUBLISHER"))
    client = sign_in(centre, "PUBLISHER")
    data = {**form(hard.as_object()), "action-publish": "1", "revision": str(hard.pk)}
    answer = client.post(reverse("wagtailadmin_pages:edit", args=[faulty.pk]), data)
    assert answer.headers["Location"] == f"/desk/portal/gate/{faulty.pk}/"
    with pytest.raises(page_gate.GateBlocked):
        hard.publish(user=seated(centre, "PUBLISHER"))
    held = PlainPage.objects.get(pk=faulty.pk)
    assert held.live
    assert "Trumpas" in str(held.body)


def test_a_schedule_is_refused_when_it_is_made(centre, faulty):
    faulty = gates.newest(faulty)
    faulty.go_live_at = clock.now() + timedelta(hours=2)
    with pytest.raises(page_gate.GateBlocked):
        faulty.save_revision().publish(user=seated(centre, "PUBLISHER"))
    assert not Revision.objects.filter(approved_go_live_at__isnull=False).exists()


def test_what_does_not_pass_at_its_hour_stays_down_and_people_hear_of_it_once(centre, planted):
    page = ready(centre, planted["lt"])
    page.go_live_at = clock.now() - timedelta(minutes=1)
    page.save_revision(approved_go_live_at=page.go_live_at)
    twin = PlainPage.objects.get(slug="tekstas-en")
    Page.objects.get(pk=twin.pk).delete()
    assert publication_schedule.publish_due(by=SCHEDULE, at=clock.now()) == 1
    assert stays_down(page)
    told = Notification.objects.filter(template="portal.page_held_back")
    assert {row.person for row in told} == {centre.people["PUBLISHER"], centre.people["EDITOR"]}
    assert {row.link for row in told} == {f"/desk/portal/gate/{page.pk}/"}
    assert TrailLine.objects.filter(action="page:held_back").count() == 1
    assert publication_schedule.publish_due(by=SCHEDULE, at=clock.now()) == 0
    assert told.count() == 2


def test_a_copy_is_a_draft(centre, planted):
    page = live(centre, planted["lt"])
    for action in (
        CopyPageAction(page, update_attrs={"slug": "kopija"}, user=seated(centre, "PUBLISHER")),
        CreatePageAliasAction(page, update_slug="atspindys", user=seated(centre, "PUBLISHER")),
        CreatePageAliasAction(page, update_slug="atspindys"),
    ):
        with pytest.raises(page_gate.CopyIsDraft):
            action.execute(skip_permission_checks=True)
    client = sign_in(centre, "PUBLISHER")
    address = reverse("wagtailadmin_pages:copy", args=[page.pk])
    shown = client.get(address).content.decode()
    assert "publish_copies" not in shown
    assert 'name="alias"' not in shown
    given = {
        "new_title": "Kopija",
        "new_slug": "kopija",
        "new_parent_page": planted["lt"].pk,
        "publish_copies": "on",
        "alias": "on",
    }
    assert client.post(address, given).status_code == 302
    assert not PlainPage.objects.get(slug="kopija").live


def test_a_page_that_passes_goes_live_by_every_way(centre, planted):
    page = ready(centre, planted["lt"])
    client = sign_in(centre, "PUBLISHER")
    assert client.post(reverse("portal-gate-publish", args=[page.pk])).status_code == 302
    assert PlainPage.objects.get(pk=page.pk).live
    assert GateWord.objects.get(page_id=page.pk).failing == []
    other = ready(centre, planted["lt"], "kitas")
    waiting = other.get_workflow().start(other, centre.people["EDITOR"])
    waiting.current_task_state.approve(user=seated(centre, "PUBLISHER"))
    assert PlainPage.objects.get(pk=other.pk).live


def test_the_planted_pages_pass_the_gate_themselves(planted):
    for home in planted.values():
        assert failing(home) == []
        assert home.live_revision_id is not None


# What is checked


def test_a_link_leads_to_what_is_published(centre, planted):
    target = ready(centre, planted["lt"], "tikslas", title="Tikslas")
    page = ready(
        centre,
        planted["lt"],
        "rodykle",
        body=[
            {
                "type": "text",
                "value": f'<p><a linktype="page" id="{target.pk}">čia</a> '
                f'<a linktype="page" id="99999">ten</a> '
                '<a linktype="document" id="9">byla</a> <a href="/lt/nera-tokio/">niekur</a> <a '
                'href="/lt/prieinamumas/">yra</a> '
                '<a href="mailto:labas@sauga.example">rašyk</a></p>',
            },
            {"type": "pages", "value": {"title": "Kiti", "pages": [target.pk]}},
            {"type": "resources", "value": {"title": "Ištekliai", "slugs": ["nera-tokio"]}},
        ],
    )
    found = [one.why for one in gates.page_facts(gates.newest(page), AT).links]
    assert found == ["link_draft", "link_lost", "link_file", "link_resource", "link_nowhere"]
    publish_page(by=centre.actor("PUBLISHER"), page=target, at=AT)
    assert "link_draft" not in [one.why for one in gates.page_facts(gates.newest(page), AT).links]


def test_two_pages_that_lead_to_each_other_may_be_put_on_the_same_hour(centre, planted):
    hour = clock.now() + timedelta(hours=1)
    one = ready(centre, planted["lt"], "vienas")
    two = ready(centre, planted["lt"], "du", body=body(f'<a linktype="page" id="{one.pk}">vienas</a>'))
    two = gates.newest(two)
    two.go_live_at = hour
    assert publish_gate.failing(gates.page_facts(two, clock.now())) == ["links"]
    one = gates.newest(one)
    one.go_live_at = hour
    one.save_revision().publish(user=seated(centre, "PUBLISHER"))
    assert publish_gate.failing(gates.page_facts(two, clock.now())) == []
    assert publish_gate.failing(gates.page_facts(gates.newest(two), clock.now())) == [
        "links"
    ]  # now is too early


def test_a_topic_that_needs_help_has_it_on_the_page(centre, planted):
    page = ready(centre, planted["lt"], topics=["cyberbullying"])
    assert failing(page) == ["help_block"]
    page = gates.newest(page)
    page.body = [
        {"type": "help", "value": {"title": "Kas padeda", "services": [HelpEntry.objects.first().code]}}
    ]
    page.save_revision()
    assert failing(page) == []


def test_a_door_says_for_whom_the_pages_below_it_are(centre, planted):
    from sauga.portal.actions.pages import write_page

    door = AudiencePage(
        title="Vaikams",
        summary="Trumpai.",
        slug="vaikams",
        audience="children",
        review_by=AT.date() + timedelta(days=9),
    )
    door = write_page(by=centre.actor("EDITOR"), parent=planted["lt"], page=door, at=AT)
    below = PlainPage(
        title="Žaidimai", summary="Trumpai.", slug="zaidimai", review_by=AT.date() + timedelta(days=9)
    )
    below.body = body("Šitas sakinys yra gerokai per ilgas mažam vaikui skaityti vienam namuose.")
    below = write_page(by=centre.actor("EDITOR"), parent=door, page=below, at=AT)
    facts = gates.page_facts(gates.newest(below), AT)
    assert facts.content["audiences"] == ["children"]
    assert "metadata" not in publish_gate.failing(facts)
    assert "reading_level" in publish_gate.failing(facts)


@pytest.mark.unit
@pytest.mark.parametrize(
    ("chosen", "audiences", "judged"),
    [
        ("adult", [], "adult"),
        ("adult", ["children"], "child_8"),
        ("adult", ["children", "teenagers"], "child_8"),
        ("adult", ["teenagers"], "teen_12"),
        ("child_8", ["teenagers"], "child_8"),
        ("adult", ["children", "parents_carers"], "adult"),
        ("easy_2", ["children"], "easy_2"),
    ],
)
def test_the_level_follows_the_readers(chosen, audiences, judged):
    assert page_checks.level_of(chosen, audiences) == judged


def test_films_and_rights_and_words(centre, planted):
    film = Video(title="Sustok", language="lt", rights="", rights_holder="", transcript=" ")
    film.file.save("sustok.mp4", ContentFile(uploads.film()), save=False)
    film.save()
    value = [{"type": "film", "value": {"video": film.pk}}]
    page = ready(centre, planted["lt"], body=[*value, *body("Rašyk vardenei@mokykla.example.")])
    assert failing(page) == ["captions", "transcript", "licence", "personal_data"]


def test_the_markup_of_the_page_itself_is_judged(centre, planted, monkeypatch):
    page = ready(centre, planted["lt"])
    bad = (
        '<!doctype html><html lang="lt"><head><title>x</title></head><body><h1>x</h1><img '
        'src="https://els.example/a.png"><a href="/x"></a>'
    )
    monkeypatch.setattr(gates, "_faces", [lambda page: bad + "</body></html>"])
    assert failing(page) == ["alt_text", "keyboard", "no_third_party"]


# Exceptions


def test_an_exception_is_a_publisher_s_act_and_ends(centre, faulty):
    editor, publisher = sign_in(centre, "EDITOR"), sign_in(centre, "PUBLISHER")
    page = reverse("portal-gate", args=[faulty.pk])
    until = AT.date() + timedelta(days=30)
    given = {
        "check": "reading_level",
        "reason_lt": "Teksto rengėjai dar derina žodžius.",
        "until": until.isoformat(),
    }
    assert editor.post(page, given).status_code == 404
    assert "Leisti išimtį" not in editor.get(page).content.decode()
    assert publisher.post(page, {**given, "reason_lt": "Citata"}).status_code == 422
    assert publisher.post(page, {**given, "check": "html"}).status_code == 422
    assert publisher.post(page, given).status_code == 302
    shown = publisher.get(page).content.decode()
    assert "Galioja išimtis" in shown
    assert centre.people["PUBLISHER"].name in shown
    publish_page(by=centre.actor("PUBLISHER"), page=faulty, at=AT)
    assert TrailLine.objects.filter(action="page:gate_overridden").count() == 1
    statement = Client().get("/lt/prieinamumas/").content.decode()
    assert "Teksto rengėjai dar derina žodžius." in statement
    assert centre.people["PUBLISHER"].name not in statement
    assert (
        publisher.post(reverse("portal-gate-end", args=[faulty.pk]), {"check": "reading_level"}).status_code
        == 302
    )
    assert failing(faulty) == ["reading_level"]
    assert GateException.objects.standing().count() == 0
    page_gate.end_exception(by=centre.actor("PUBLISHER"), page=faulty, check="reading_level", at=AT)
    with pytest.raises(PermissionRefused):
        page_gate.end_exception(by=centre.actor("EDITOR"), page=faulty, check="reading_level", at=AT)


def test_a_page_whose_exception_has_run_out_is_due(centre, faulty):
    until = (AT.date() + timedelta(days=2)).isoformat()
    reason = {"lt": "Teksto rengėjai dar derina žodžius."}
    page_gate.override_check(
        by=centre.actor("PUBLISHER"), page=faulty, check="reading_level", reason=reason, until=until, at=AT
    )
    publish_page(by=centre.actor("PUBLISHER"), page=faulty, at=AT)
    sweeper = SystemActor("portal")
    assert page_gate.judge_live(by=sweeper, at=AT) == 0
    assert page_gate.judge_live(by=sweeper, at=AT + timedelta(days=4)) == 1
    assert [page.pk for page in gates.fallen()] == [faulty.pk]
    assert desk.due_count(centre.actor("EDITOR"), AT) == 1
    shown = sign_in(centre, "EDITOR").get(reverse("portal-due")).content.decode()
    assert "Sunkus" in shown
    assert "teksto lygis" in shown
    assert PlainPage.objects.get(pk=faulty.pk).live


def test_an_exception_of_the_page_comes_back_with_no_version(centre, faulty):
    until = (AT.date() + timedelta(days=2)).isoformat()
    page_gate.override_check(
        by=centre.actor("PUBLISHER"),
        page=faulty,
        check="reading_level",
        reason={"en": "The words are being agreed."},
        until=until,
        at=AT,
    )
    revision = faulty.save_revision()
    page_gate.end_exception(by=centre.actor("PUBLISHER"), page=faulty, check="reading_level", at=AT)
    with pytest.raises(page_gate.GateBlocked):
        revision.publish()


@pytest.mark.parametrize(("check", "why"), [("captions", "absolute"), ("no-such", "absolute")])
def test_absolute_checks_have_no_exceptions(centre, faulty, check, why):
    with pytest.raises(review.OverrideRefused) as refused:
        page_gate.override_check(
            by=centre.actor("PUBLISHER"),
            page=faulty,
            check=check,
            reason={"lt": "Dar bus."},
            until="2027-01-01",
            at=AT,
        )
    assert refused.value.why == why


# The browser's look


def seen(page, findings) -> None:
    page = gates.newest(PlainPage.objects.get(pk=page.pk))
    audits.record_audit(
        by=page_gate.LOOKER,
        subject=gates.subject_of(page),
        kind=gates.kind_of(page),
        language="lt",
        digest=gates.digest_of(page),
        tool="test",
        findings=findings,
        at=AT,
    )


def test_a_look_counts_for_the_words_it_saw_and_not_for_what_changes_by_itself(centre, planted, settings):
    settings.GATE_NEEDS_BROWSER = True
    page = ready(centre, planted["lt"])
    with pytest.raises(page_gate.GateBlocked) as shut:
        publish_page(by=centre.actor("PUBLISHER"), page=page, at=AT)
    assert (shut.value.failing, shut.value.waits) == (["axe"], True)
    seen(page, {"axe": []})
    assert failing(page) == []
    live_one = gates.newest(page)
    live_one.go_live_at = AT + timedelta(days=1)
    assert gates.digest_of(live_one) == gates.digest_of(gates.newest(page))
    live_one.summary = "Kitaip."
    live_one.save_revision()
    assert failing(page) == ["axe"]
    seen(page, {"axe": [Finding("color-contrast", ".lead")]})
    assert failing(page) == ["axe"]


def test_who_publishes_what_no_browser_has_seen_is_told_to_wait(centre, planted, settings):
    settings.GATE_NEEDS_BROWSER, settings.CHROMIUM = True, "/usr/bin/chromium"
    page = ready(centre, planted["lt"])
    client = sign_in(centre, "PUBLISHER")
    client.post(reverse("portal-gate-publish", args=[page.pk]))
    assert "Naršyklė žiūri" in client.get(reverse("portal-gate", args=[page.pk])).content.decode()
    client.post(reverse("portal-gate-look", args=[page.pk]))
    settings.CHROMIUM = ""
    assert page_gate.request_audit(by=centre.actor("EDITOR"), page=page) is False


def test_a_house_without_a_browser_says_not_run_and_nothing_is_lost(centre, planted, settings):
    from sauga.portal import tasks

    settings.GATE_NEEDS_BROWSER, settings.CHROMIUM = True, ""
    page = ready(centre, planted["lt"])
    tasks.look_at_page(page.pk)
    tasks.look_at_page(0)
    tasks.judge_live(0)
    tasks.look_at_unseen(0)
    assert not Audit.objects.filter(subject=gates.subject_of(page)).exclude(digest="").exists()
    page.go_live_at = clock.now() - timedelta(minutes=1)
    page.save_revision(approved_go_live_at=page.go_live_at)
    publication_schedule.publish_due(by=SCHEDULE, at=clock.now())
    assert stays_down(page)


def form(page, **more):
    """What the editor's form sends."""
    from wagtail.test.utils.form_data import nested_form_data, rich_text, streamfield

    text = "".join(str(block.value) for block in page.body)
    return nested_form_data(
        {
            "title": page.title,
            "summary": page.summary,
            "slug": page.slug,
            "level": page.level,
            "audiences": list(page.audiences),
            "review_by": page.review_by.isoformat(),
            "body": streamfield([("text", rich_text(text))] if text else []),
            "sources": streamfield([]),
            "pinned": streamfield([]),
            "comments": {"TOTAL_FORMS": 0, "INITIAL_FORMS": 0, "MIN_NUM_FORMS": 0, "MAX_NUM_FORMS": ""},
            **more,
        }
    )


def test_forms_without_their_fields_and_odd_arguments_are_refused_and_store_nothing(centre, planted):
    """No browser sends these; a scanner of an editor's session does."""
    page, before = ready(centre, planted["lt"]), PlainPage.objects.count()
    desk = sign_in(centre, "EDITOR")
    tool, parent = "/desk/cms/", planted["lt"].pk
    for at in (f"pages/add/portal/plainpage/{parent}/", f"pages/{page.pk}/edit/", f"pages/{page.pk}/copy/"):
        for fields in ({}, {"title": "T"}, {"body-count": "x"}, {"body-count": "1"}):
            assert desk.post(f"{tool}{at}", fields).status_code < 500, (at, fields)
    for at in (
        "choose-page/?page_type=x.y&parent_page_id=z",
        "choose-page/search/?q=%00&p=-1",
        "choose-external-link/?parent_page_id=x&link_text=%ff",
        "images/chooser/?collection_id=x&p=x",
        f"pages/{page.pk}/copy/?next=%00",
    ):
        assert desk.get(f"{tool}{at}").status_code < 500, at
    assert PlainPage.objects.count() == before
