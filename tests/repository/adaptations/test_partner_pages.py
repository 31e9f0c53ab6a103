"""The partner's pages on the member site and the centre's at the desk, without a browser: every page opens,
every form says why it refuses.
"""

import pytest
from django.test import Client
from factories.adaptations import (
    BODY,
    PNG,
    begun,
    deployed,
    editor_browser,
    elsewhere,
    live,
    offered,
    released,
    school,
)

from sauga.repository.adaptations.models import Adaptation, Partner
from sauga.repository.deployments import actions as deployment_actions
from sauga.repository.deployments.models import Deployment
from tests.centre import AT, Centre, centre, sign_in  # noqa: F401  a fixture
from tests.shown_once import says_so

pytestmark = pytest.mark.django_db
OWN, COPIES = "/lt/mano/versijos/", "/lt/mano/naudojimas/"


def shown(client: Client, address: str) -> str:
    """A page that opens."""
    answer = client.get(address)
    page = answer.content.decode()
    assert answer.status_code == 200 and "Language(code" not in page, address
    return page


def test_pages_open_in_every_state(centre: Centre):
    client = editor_browser()
    assert "dar nėra partnerė" in shown(client, OWN)
    school(centre)
    assert "Versijų dar nėra" in shown(client, OWN)
    base = live(centre)
    draft, made = begun(centre, base), released(centre, base)
    running, _token = deployed(centre, made, channel="scorm12")
    assert "Pamoka apie pokalbius" in shown(client, f"{OWN}pasirinkti/?q=pokalb")
    assert "Nieko nerasta" in shown(client, f"{OWN}pasirinkti/?q=nieko-tokio")
    for address in (
        OWN,
        f"{OWN}nauja/{base.ref}/",
        f"{OWN}{draft.ref}/",
        f"{OWN}{draft.ref}/perziura/en/",
        f"{OWN}{draft.ref}/tekstas/{base.ref}/lt/",
        f"{OWN}{made.ref}/",
        f"{OWN}{made.ref}/naudoti/",
        f"{COPIES}{running.ref}/",
    ):
        shown(client, address)
    made = offered(
        centre, made, body={**BODY, "lt": [*BODY["lt"], {"kind": "paragraph", "text": "Nauja pastraipa."}]}
    )
    assert "<ins>" in shown(client, f"{OWN}{made.ref}/naujinimas/")
    manager = sign_in(centre, "PARTNER_MANAGER")
    assert running.organisation.name in shown(manager, "/desk/repository/partners/")
    shown(manager, f"/desk/repository/partners/versions/{made.ref}/")


def test_what_is_refused_is_explained_and_kept_in_the_field(centre: Centre):
    client, made = editor_browser(), begun(centre, live(centre), kind="slot_fill")
    answer = client.post(
        f"{OWN}{made.ref}/vietos/", {"s-help-lt": "Mokyklos psichologė", "s-place-lt": "Salė"}
    )
    assert answer.status_code == 422
    assert "Vaikų linija 116\xa0111 lieka" in answer.content.decode()
    assert "Mokyklos psichologė" in answer.content.decode()
    assert client.post(f"{OWN}{made.ref}/logotipas/", {"do": "set"}).status_code == 422
    assert (
        client.post(
            f"{OWN}{made.ref}/dalis/", {"title": "Mūsų", "text": "Žodžiai", "licence": "CC-BY-4.0"}
        ).status_code
        == 422
    )
    assert client.post(f"{OWN}{made.ref}/zingsnis/", {"do": "nothing"}).status_code == 404
    refused = begun(
        centre, live(centre, title={"lt": "ND", "en": "ND"}, licence="CC-BY-ND-4.0"), kind="translation"
    )
    page = shown(client, f"{OWN}{refused.ref}/")
    assert "bet ne jį keisti" in page and "Užpildykite atviras vietas" in page


def test_words_are_written_shown_and_taken_back(centre: Centre):
    base = live(centre)
    client, made = editor_browser(), begun(centre, base)
    address = f"{OWN}{made.ref}/tekstas/{base.ref}/lt/"
    given = {
        "title": "Mūsų",
        "b0-kind": "question",
        "b0-from": "3",
        "b0-text": "Kas padeda?",
        "b0-lines": "* Draugas\nTriukšmas",
        "b1-kind": "list",
    }
    given |= {
        "b1-kind": "list",
        "b1-lines": "Vienas\nDu",
        "b2-kind": "paragraph",
        "b2-text": "Lieka",
        "b2-out": "on",
    }
    given |= {"b3-kind": "paragraph", "b3-text": ""}
    assert "Kas padeda?" in client.post(address, {**given, "do": "show"}).content.decode()
    made.refresh_from_db()
    assert made.body == {}
    assert client.post(address, {**given, "do": "save"}).status_code == 302
    made.refresh_from_db()
    assert made.body[base.ref]["lt"] == [
        {
            "kind": "question",
            "text": "Kas padeda?",
            "answers": ["Draugas", "Triukšmas"],
            "right": [0],
            "from": 3,
        },
        {"kind": "list", "items": ["Vienas", "Du"], "ordered": False},
    ]
    assert (
        client.post(
            address, {"title": "x", "b0-kind": "paragraph", "b0-text": "<b>x</b>", "do": "save"}
        ).status_code
        == 422
    )
    assert client.post(address, {"do": "restore"}).status_code == 302
    made.refresh_from_db()
    assert made.body == {}


def test_another_organisation_sees_nothing(centre: Centre):
    made = released(centre)
    running, _token = deployed(centre, made, channel="offline_zip")
    Partner.objects.update(registered_as=elsewhere())
    client = editor_browser()
    for address in (
        f"{OWN}{made.ref}/",
        f"{OWN}{made.ref}/naudoti/",
        f"{COPIES}{running.ref}/failas/lt/",
    ):
        assert client.get(address).status_code == 404
    assert client.post(f"{OWN}{made.ref}/zingsnis/", {"do": "retire", "why": "x"}).status_code == 404


def test_a_file_is_taken_with_its_checksum_and_counted(centre: Centre):
    made = begun(centre, live(centre), kind="slot_fill")
    client = editor_browser()
    from django.core.files.uploadedfile import SimpleUploadedFile

    logo = SimpleUploadedFile("a.png", PNG, "image/png")
    assert (
        client.post(f"{OWN}{made.ref}/logotipas/", {"do": "set", "logo": logo, "alt": "Ženklas"}).status_code
        == 302
    )
    for step in ("review", "release"):
        assert client.post(f"{OWN}{made.ref}/zingsnis/", {"do": step}).status_code == 302
    answer = client.post(
        f"{OWN}{made.ref}/naudoti/", {"channel": "offline_zip", "update_policy": "automatic"}
    )
    assert answer.status_code == 200
    row = Deployment.objects.get(adaptation=Adaptation.objects.get(ref=made.ref))
    assert "data-token" in answer.content.decode() and says_so(answer.content.decode())
    taken = client.get(f"{COPIES}{row.ref}/failas/lt/")
    assert taken.content.startswith(b"PK")
    assert taken.headers["Repr-Digest"].startswith("sha-256=")
    assert row.days.get(kind="taken").n == 1


def test_a_partnership_ends_once_nothing_of_it_is_in_use_and_can_be_resumed(centre: Centre):
    running, _token = deployed(centre)
    partner, manager = running.organisation, sign_in(centre, "PARTNER_MANAGER")
    address = f"/desk/repository/partners/{partner.ref}/end-or-resume/"
    assert "Šio partnerio kopijos dar naudojamos" in manager.post(address, follow=True).content.decode()
    assert Partner.objects.get().left_at is None
    deployment_actions.end_deployment(
        by=centre.actor("PARTNER_MANAGER"), deployment=running, reason="Pabaiga", at=AT
    )
    assert sign_in(centre, "EDITOR").post(address).status_code == 404
    assert editor_browser().post(address).status_code == 302  # to the sign-in of the desk
    assert "buvęs partneris" in manager.post(address, follow=True).content.decode()
    assert "nebėra partnerė" in shown(editor_browser(), OWN)
    assert "buvęs partneris" not in manager.post(address, follow=True).content.decode()
    assert Partner.objects.get().terms_accepted_at is None
