"""Notices and providers at the desk: what an officer sees and does, and what stays hidden."""

import pytest
from django.test import Client

from sauga.hotline.content.models import ContentItem
from sauga.hotline.notices.actions import answers, drafts, notice_delivery
from sauga.hotline.notices.models import Notice, NoticeMail, NoticeTemplate
from sauga.hotline.notices.views import provider_page
from sauga.hotline.states import NoticeState
from sauga.hotline.tracing.models import Provider, ProviderContact
from sauga.kernel.identity.desk_access import sudo
from sauga.world.internet import World
from tests.centre import Centre, centre, sign_in  # noqa: F401  a fixture
from tests.factories.hotline import AT
from tests.hotline.notices.test_notices import (  # noqa: F401  fixtures
    SILENT,
    due,
    link_in,
    loaded,
    nothing_yet,
    run_jobs,
    sent,
    ticket_of,
)

LIST = "/desk/hotline/notices/"


def test_every_view_of_the_list_answers(centre: Centre, world: World):
    client = sign_in(centre, "NOTICE_OFFICER")
    for view in ("contact", "approve", "open", "overdue", "disputed", "ended", "nonsense"):
        assert client.get(LIST, {"view": view}).status_code == 200
    item = due(centre, approved=False)
    run_jobs()
    assert item.ref in client.get(LIST, {"view": "contact"}).content.decode()
    contact = ProviderContact.objects.get()
    client.post(f"/desk/hotline/providers/{contact.provider_id}/contacts/{contact.pk}/approve/")
    run_jobs()
    notice = Notice.objects.get()
    page = client.get(LIST, {"view": "open", "find": item.ref}).content.decode()
    assert notice.ref in page
    assert notice.ref not in client.get(LIST, {"view": "open", "basis": "DSA_ART9"}).content.decode()


@pytest.mark.parametrize("language", ["lt", "en"])
def test_notice_page_hides_addresses_and_opens_answers_for_an_analyst(
    centre: Centre, world: World, language: str, monkeypatch
):
    item = due(centre, address="http://g.silent-hosting.example/paslaptis/8")
    run_jobs()
    notice, public = Notice.objects.get(), Client()
    monkeypatch.setattr(provider_page.clock, "now", lambda: AT)
    link = link_in(sent(world)[0].text)
    public.post(
        link,
        {
            "answer": "DISPUTED",
            "words": "Tai kitas puslapis.",
            "ticket": ticket_of(public.get(link).content.decode()),
        },
    )
    monkeypatch.undo()
    officer = (
        sign_in(centre, "NOTICE_OFFICER").get(f"{LIST}{notice.ref}/", {"letter": language}).content.decode()
    )
    analyst = sign_in(centre, "ANALYST").get(f"{LIST}{notice.ref}/").content.decode()
    assert "Tai kitas puslapis." in analyst and "Tai kitas puslapis." not in officer
    assert "g.silent-hosting.example" in analyst and "g.silent-hosting.example" not in officer
    for page in (officer, analyst):
        assert item.ref in page and "paslaptis" not in page and link not in page
    assert ("Laba diena" in officer) == (language == "lt")


def test_officer_withdraws_and_renews(centre: Centre, world: World):
    due(centre)
    run_jobs()
    notice, client = Notice.objects.get(), sign_in(centre, "NOTICE_OFFICER")
    client.post(f"{LIST}{notice.ref}/renew/")
    client.post(f"{LIST}{notice.ref}/renew/")
    assert NoticeMail.objects.filter(statement="NEW_LINK").count() == 1
    client.post(f"{LIST}{notice.ref}/withdraw/", {"reason": "no such"})
    notice.refresh_from_db()
    assert notice.state == NoticeState.SENT
    client.post(f"{LIST}{notice.ref}/withdraw/", {"reason": "MISTAKE"})
    notice.refresh_from_db()
    assert notice.state == NoticeState.WITHDRAWN
    run_jobs()
    assert "we withdraw notice" in sent(world)[0].text


def test_reviewer_decides_and_an_officer_may_not(centre: Centre, world: World):
    due(centre)
    run_jobs()
    mail, notice = NoticeMail.objects.get(), Notice.objects.get()
    answers.provider_responds(by=answers.PROVIDER, mail=mail, answer="DISPUTED", words="Ne.", at=AT)
    address = f"{LIST}{notice.ref}/decide/"
    assert sign_in(centre, "NOTICE_OFFICER").post(address, {"decision": "UPHELD"}).status_code == 404
    reviewer = sign_in(centre, "SECOND_REVIEWER")
    assert reviewer.post(address, {"decision": "perhaps", "reason": "Ne.", "confirm": "1"}).status_code == 422
    notice.refresh_from_db()
    assert notice.state == NoticeState.DISPUTED
    reviewer.post(address, {"decision": "REJECTED", "reason": "Ne.", "confirm": "1"})
    notice.refresh_from_db()
    assert notice.state == NoticeState.ACKNOWLEDGED


def test_draft_waits_for_a_person_where_policy_says_so(centre: Centre, world: World):
    from sauga.kernel import vocab
    from sauga.kernel.states import SystemActor

    value = _plain(vocab.policy("policy.notice_sending"))
    vocab.set_policy(
        by=SystemActor("setup"),
        name="policy.notice_sending",
        value={**value, "automatic_approval": []},
        at=AT,
    )
    vocab.forget()
    due(centre)
    run_jobs()
    notice, client = Notice.objects.get(), sign_in(centre, "NOTICE_OFFICER")
    assert notice.state == NoticeState.DRAFTED
    page = client.get(f"{LIST}{notice.ref}/").content.decode()
    assert f"{LIST}{notice.ref}/approve/" in page
    client.post(f"{LIST}{notice.ref}/approve/")
    notice.refresh_from_db()
    assert notice.state == NoticeState.QUEUED and notice.approved_by == centre.people["NOTICE_OFFICER"]


def _plain(value):
    from collections.abc import Mapping

    if isinstance(value, Mapping):
        return {name: _plain(part) for name, part in value.items()}
    return [_plain(part) for part in value] if isinstance(value, (tuple, list)) else value


def test_provider_is_kept_by_an_officer_and_read_by_an_analyst(centre: Centre, world: World):
    due(centre)
    found = Provider.objects.get()
    address = f"/desk/hotline/providers/{found.pk}/"
    client = sign_in(centre, "NOTICE_OFFICER")
    assert found.name in client.get("/desk/hotline/providers/", {"find": "example-us"}).content.decode()
    assert client.get("/desk/hotline/providers/", {"unapproved": "on"}).status_code == 200
    assert client.get(address).status_code == 200
    assert client.post(f"{address}contacts/", {"email": "not mail", "position": 1}).status_code == 422
    client.post(f"{address}contacts/", {"email": "noc@silent-hosting.example", "position": 2})
    client.post(f"{address}contacts/", {"email": "noc@silent-hosting.example", "position": 2})
    assert found.contacts.count() == 2
    contact = found.contacts.get(email=SILENT)
    client.post(f"{address}contacts/{contact.pk}/retire/")
    contact.refresh_from_db()
    assert contact.valid_to is not None
    client.post(f"{address}networks/", {"kind": "ASN", "value": "AS64510"})
    client.post(f"{address}networks/", {"kind": "ASN", "value": "64510"})
    assert client.post(f"{address}networks/", {"kind": "?", "value": ""}).status_code == 422
    assert found.networks.filter(value="64510").count() == 1
    given = {
        "name": "Tyli priegloba",
        "audience": "HOST",
        "country": "lt",
        "language": "lt",
        "memorandum_from": "2020-02-11",
    }
    assert client.post(f"{address}change/", {**given, "name": ""}).status_code == 422
    client.post(f"{address}change/", given)
    found.refresh_from_db()
    assert (found.name, found.country, found.language) == ("Tyli priegloba", "LT", "lt")
    analyst = sign_in(centre, "ANALYST")
    assert "Tyli priegloba" in analyst.get(address).content.decode()
    assert analyst.post(f"{address}contacts/{contact.pk}/approve/").status_code == 404


def test_template_gets_a_new_version_after_the_second_factor(centre: Centre, world: World):
    client = sign_in(centre, "NOTICE_OFFICER")
    assert client.get(f"{LIST}templates/").status_code == 200
    held = NoticeTemplate.objects.get(basis="DSA_ART16", purpose="FIRST", language="lt")
    address = f"{LIST}templates/{held.pk}/"
    assert client.get(address).status_code == 200
    without = sign_in(centre, "NOTICE_OFFICER")
    session = without.session
    del session[sudo.KEY]
    session.save()
    assert "sudo" in without.get(address).headers["Location"]
    given = {"subject": "Pranešimas {number}", "body": held.body, "legal_text": held.legal_text}
    assert client.post(address, {**given, "legal_text": "x"}).status_code == 422
    assert client.post(address, {**given, "subject": "{link}"}).status_code == 422
    assert client.post(address, given).status_code == 302
    assert NoticeTemplate.objects.filter(status="staff").count() == 1
    assert sign_in(centre, "ANALYST").get(address).status_code == 404


def test_letters_tell_nothing_twice(centre: Centre, world: World):
    due(centre)
    run_jobs()
    assert ContentItem.objects.get().next_check_at == AT
    assert not notice_delivery.send_mail(mail_id=NoticeMail.objects.get().pk, at=AT)
    assert drafts.trace_is_stale(item_id=ContentItem.objects.get().pk, at=AT) is False


@pytest.mark.parametrize(
    ("state", "said"), [("SATISFIED", "The content is gone"), ("CLOSED", "This notice is closed")]
)
def test_a_settled_notice_asks_for_nothing_and_names_a_mailbox_that_is_read(
    centre: Centre, world: World, monkeypatch, state: str, said: str
):

    due(centre, address="http://g.silent-hosting.example/paslaptis/8")
    run_jobs()
    monkeypatch.setattr(provider_page.clock, "now", lambda: AT)
    letter, public = sent(world)[0].text, Client()
    link = f"{link_in(letter)}?lang=en"
    open_page = public.get(link).content.decode()
    assert "Please remove or disable" in open_page and 'value="REMOVED"' in open_page
    for text in (open_page, letter):
        assert "karstoji.linija@sauga.example" in text and "noreply" not in text
    Notice.objects.update(state=state)
    settled = public.get(link).content.decode()
    assert said in settled and "Please remove or disable" not in settled
    assert 'value="REMOVED"' not in settled and 'name="answer"' not in settled and ">Deadline<" not in settled
    shown = public.post(link, {"do": "show", "ticket": ticket_of(settled)}).content.decode()
    assert "g.silent-hosting.example/paslaptis/8" in shown and 'name="item-' not in shown
