"""Versions of the personal test: who may change and publish them, and that only drafts change."""

import json
from datetime import timedelta

import pytest
from django.test import Client

from sauga.kernel.audit.models import TrailLine
from sauga.kernel.identity import PermissionRefused
from sauga.kernel.states import MoveNotAllowed
from sauga.selfcheck.personal.actions import drafts, publication
from sauga.selfcheck.personal.models import BankVersion
from sauga.selfcheck.personal.rules.bank import Audience
from sauga.selfcheck.states import BankState
from tests.centre import AT, Centre, centre, sign_in

__all__ = ["centre"]
pytestmark = pytest.mark.django_db
CHILD = Audience.CHILD


@pytest.fixture(autouse=True)
def shipped(centre: Centre) -> BankVersion:
    """The version that `sauga init` publishes."""
    drafts.load_bank(AT)
    return BankVersion.objects.get(state=BankState.PUBLISHED)


@pytest.fixture
def draft(centre: Centre) -> BankVersion:
    return drafts.begin_version(by=centre.actor("EDITOR"), note="Kas nauja", at=AT)


def test_init_publishes_the_version_that_ships_once(centre: Centre):
    before = BankVersion.objects.count()
    assert drafts.load_bank(AT) == "personal test: there"
    assert BankVersion.objects.count() == before == 1


def test_a_version_goes_from_draft_to_everybody_by_two_people_and_back(centre: Centre, shipped, draft):
    editor, publisher = centre.actor("EDITOR"), centre.actor("PUBLISHER")
    words = {"question": {"lt": "Ar moki?", "en": "Do you know?"}}
    code = draft.content["audiences"]["child"]["items"][0]["code"]
    drafts.save_item(by=editor, version=draft, audience=CHILD, code=code, given=words, at=AT)
    publication.submit(by=editor, version=draft, at=AT)
    publication.publish(by=publisher, version=draft, at=AT)
    assert b"Do you know?" in Client().get("/en/check/children/").content
    shipped.refresh_from_db()
    assert shipped.state == BankState.REPLACED
    publication.put_back(by=publisher, version=shipped, at=AT)
    assert b"Do you know?" not in Client().get("/en/check/children/").content
    assert BankVersion.objects.filter(state=BankState.PUBLISHED).count() == 1
    assert TrailLine.objects.filter(action__startswith="selfcheck_bank:").count() >= 6


def test_nobody_publishes_what_they_handed_in(centre: Centre, draft):
    publisher = centre.actor("PUBLISHER")
    publication.submit(by=publisher, version=draft, at=AT)
    with pytest.raises(publication.OwnReview):
        publication.publish(by=publisher, version=draft, at=AT)
    with pytest.raises(MoveNotAllowed):
        publication.put_back(by=publisher, version=draft, at=AT)
    publication.give_back(by=publisher, version=draft, at=AT)
    assert BankVersion.objects.get(pk=draft.pk).state == BankState.DRAFT


def test_an_unready_draft_is_not_handed_in(centre: Centre, draft):
    editor = centre.actor("EDITOR")
    items = draft.content["audiences"]["child"]["items"]
    for one in items[: len(items) - 7]:
        drafts.set_aside(by=editor, version=draft, audience=CHILD, code=one["code"], is_off=True, at=AT)
    with pytest.raises(publication.NotReady):
        publication.submit(by=editor, version=draft, at=AT)


def test_only_a_draft_changes_and_there_is_one_at_a_time(centre: Centre, shipped, draft):
    editor = centre.actor("EDITOR")
    code = draft.content["audiences"]["child"]["items"][0]["code"]
    with pytest.raises(drafts.DraftExists):
        drafts.begin_version(by=editor, note="", at=AT)
    with pytest.raises(drafts.VersionFrozen):
        drafts.move_item(by=editor, version=shipped, audience=CHILD, code=code, up=False, at=AT)
    publication.discard(by=editor, version=draft, at=AT)
    with pytest.raises(drafts.VersionFrozen):
        drafts.set_aside(by=editor, version=draft, audience=CHILD, code=code, is_off=True, at=AT)
    second = drafts.begin_version(by=editor, note="", at=AT)
    with pytest.raises(drafts.DraftExists):
        publication.take_up(by=editor, version=draft, at=AT)
    publication.discard(by=editor, version=second, at=AT)
    assert publication.take_up(by=editor, version=draft, at=AT).state == BankState.DRAFT


def test_every_act_asks_who_acts(centre: Centre, shipped, draft):
    code = draft.content["audiences"]["child"]["items"][0]["code"]
    acts = [
        lambda by: drafts.begin_version(by=by, note="", at=AT),
        lambda by: drafts.save_item(by=by, version=draft, audience=CHILD, code=code, given={}, at=AT),
        lambda by: drafts.add_item(by=by, version=draft, audience=CHILD, code="new", given={}, at=AT),
        lambda by: drafts.set_aside(by=by, version=draft, audience=CHILD, code=code, is_off=True, at=AT),
        lambda by: drafts.move_item(by=by, version=draft, audience=CHILD, code=code, up=True, at=AT),
        lambda by: drafts.save_details(by=by, version=draft, given={}, at=AT),
        lambda by: publication.submit(by=by, version=draft, at=AT),
        lambda by: publication.give_back(by=by, version=draft, at=AT),
        lambda by: publication.publish(by=by, version=draft, at=AT),
        lambda by: publication.put_back(by=by, version=shipped, at=AT),
        lambda by: publication.discard(by=by, version=draft, at=AT),
        lambda by: publication.take_up(by=by, version=draft, at=AT),
    ]
    for role in ("ANALYST", "COUNSELLOR", "PARTNER_MANAGER", "AWARENESS_STATISTICIAN"):
        for act in acts:
            with pytest.raises(PermissionRefused):
                act(centre.actor(role))
    for act in acts[7:10]:  # an editor publishes nothing
        with pytest.raises(PermissionRefused):
            act(centre.actor("EDITOR"))


def test_an_editor_works_at_the_desk_from_the_list_to_the_preview(centre: Centre):
    client = sign_in(centre, "EDITOR")
    assert client.get("/desk/selfcheck/test/").status_code == 200
    begun = client.post("/desk/selfcheck/test/new/", {"note": "Trumpesni klausimai"})
    row = BankVersion.objects.get(state=BankState.DRAFT)
    assert begun.url == f"/desk/selfcheck/test/{row.ref}/"
    here = f"/desk/selfcheck/test/{row.ref}/"
    assert "Pateikti peržiūrai" in client.get(here).content.decode()
    held = row.content["audiences"]["teen"]["items"][0]
    form = client.get(f"{here}item/teen/{held['code']}/").content.decode()
    assert "+ Taip, ir patvirtinimą telefone | Yes" in form
    given = {
        "question_lt": "Ar turi slaptažodį?",
        "question_en": "Do you have a password?",
        "options": "+ Taip | Yes\n- Ne | No",
        "well_lt": "Turi.",
        "well_en": "You do.",
        "title_lt": "Sugalvok",
        "title_en": "Invent one",
        "text_lt": "Trys žodžiai.",
        "text_en": "Three words.",
        "urgency": "1",
        "area": "accounts",
        "topics": "account_takeover",
        "sources": ["nist63b"],
        "hint_lt": "Kalbėkite.",
        "hint_en": "Talk.",
    }
    assert client.post(f"{here}item/teen/{held['code']}/", given | {"options": "Taip"}).status_code == 422
    assert client.post(f"{here}item/teen/{held['code']}/", given | {"topics": "nonsense"}).status_code == 422
    assert client.post(f"{here}item/teen/{held['code']}/", given).status_code == 302
    assert client.post(f"{here}item/teen/", given | {"code": held["code"]}).status_code == 422
    assert client.post(f"{here}item/teen/", given | {"code": "new-one"}).status_code == 302
    assert client.post(f"{here}item/teen/new-one/up/").status_code == 302
    assert client.post(f"{here}item/teen/new-one/aside/").status_code == 302
    assert client.post(f"{here}item/teen/new-one/away/").status_code == 404
    assert client.get(f"{here}item/nobody/").status_code == 404
    details = client.get(f"{here}details/").content.decode()
    assert "tell child:" in details
    preview = client.get(f"{here}preview/teen/").content.decode()
    assert "Ar turi slaptažodį?" in preview
    row.refresh_from_db()
    assert [one["code"] for one in row.content["audiences"]["teen"]["items"] if one.get("off")] == ["new-one"]
    stranger = sign_in(centre, "ANALYST")
    assert (
        stranger.get(here).status_code == stranger.post(f"{here}item/teen/new-one/back/").status_code == 404
    )


def test_details_are_saved_whole(centre: Centre, draft):
    client = sign_in(centre, "PUBLISHER")
    from sauga.selfcheck.personal.forms import details_of

    given = details_of(draft.content, draft.note) | {"intro_child_lt": "Rinkis ramiai."}
    assert client.post(f"/desk/selfcheck/test/{draft.ref}/details/", given).status_code == 302
    before = json.loads(json.dumps(draft.content))
    draft.refresh_from_db()
    before["audiences"]["child"]["intro"]["lt"] = "Rinkis ramiai."
    assert draft.content == before
    assert (
        client.post(f"/desk/selfcheck/test/{draft.ref}/details/", given | {"agreement": "x"}).status_code
        == 422
    )


def test_a_version_waits_for_its_publisher(centre: Centre, draft):
    from sauga.selfcheck.personal.queries.versions import waiting

    publication.submit(by=centre.actor("EDITOR"), version=draft, at=AT)
    assert waiting(centre.actor("PUBLISHER"), AT + timedelta(days=1)) == 1
