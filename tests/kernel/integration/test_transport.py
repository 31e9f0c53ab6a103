"""What another installation sends is taken in once, if it is genuine and fits; anything else leaves
nothing behind.
"""

import json
from dataclasses import replace
from datetime import timedelta

import pytest
from django.test import Client

from sauga.kernel import clock, integration
from sauga.kernel.integration import ReferralState, peers, signed_messages, transport
from sauga.kernel.integration.models import HouseNonce, Referral
from sauga.kernel.integration.receiver import deliver_waiting
from sauga.kernel.outbound.peers import PeerAddressRefused, check
from sauga.kernel.sealed import Recipient, Zone, parcels, seal
from sauga.kernel.sealed.models import WrappedKey
from sauga.kernel.sealed.signatures.ed25519 import Signer
from sauga.kernel.states import MoveNotAllowed

HERE, THERE = "hotline-installation", "helpline-installation"
SECRET = {"url": "https://pavyzdys.example/ą"}


@pytest.fixture
def far(centre, settings, tmp_path):
    """The helpline lives in another installation, whose signature this one knows; the
    kind is received here.
    """
    signer = Signer.from_file(tmp_path / "far")
    card = {
        "name": THERE,
        "url": "http://127.0.0.1:1/installation/",
        "services": ["helpline"],
        "keys": [signer.public.hex()],
        "zones": {},
    }
    path = tmp_path / "peers.json"
    path.write_text(json.dumps([card]))
    settings.ENV = replace(settings.ENV, installation=HERE, peers=str(path), services=("hotline",))
    centre.got = []
    integration.register_receiver(centre.kind, lambda received, at: centre.got.append(received))
    return signer


def body(centre, ref="ABCDEFGH2345", **changes):
    key, wraps = parcels.pack(
        Zone.HOTLINE, f"referral:{ref}", [Recipient.TEAM], parcels.publics(Zone.HOTLINE)
    )
    payload = seal(key, table="referrals_referral", row=ref, field="payload", text=json.dumps(SECRET))
    given = {
        "ref": ref,
        "kind": "helpline.url",
        "plain": {"suspected": "CSAM"},
        "payload": payload.hex(),
        "wraps": wraps,
    }
    return {**given, "sent_at": centre.at.isoformat(), **changes}


def message(far, content, *, kind="referral", at=None, receiver=HERE, signer=None):
    return signed_messages.sign(
        content, kind=kind, sender=THERE, receiver=receiver, signer=signer or far, at=at or clock.now()
    )


def post(sent):
    return Client().post("/installation/", sent, content_type="application/json")


def test_it_is_taken_in_delivered_opened_and_answered(centre, far):
    assert post(message(far, body(centre))).status_code == 200
    row = Referral.objects.get()
    assert (row.state, row.installation, row.sent_at.minute) == ("SENT", THERE, 0)
    assert deliver_waiting(centre.at) == 1 and centre.got[0].plain == {"suspected": "CSAM"}
    opened = integration.open_payload(
        ref=row.ref, receiver="hotline", opener=centre.member, by=centre.analyst, at=centre.at
    )
    assert opened == SECRET
    from procrastinate.contrib.django.models import ProcrastinateJob

    jobs = ProcrastinateJob.objects.filter(task_name="referrals.carry_state")
    assert [job.args["state"] for job in jobs] == ["RECEIVED"]


def test_again_changes_nothing_and_a_copy_is_refused(centre, far):
    first = message(far, body(centre))
    assert post(first).status_code == 200
    again = post(first)
    assert (again.status_code, again.json()["why"]) == (403, "REPLAYED")
    assert (
        post(message(far, body(centre))).status_code == 200
    )  # the answer was lost: signed anew, the same referral
    assert Referral.objects.count() == WrappedKey.objects.filter(holder__startswith="referral").count() == 1


def test_whatever_is_not_genuine_is_refused_and_leaves_nothing(centre, far, tmp_path):
    stranger = Signer.from_file(tmp_path / "stranger")
    now = clock.now()
    cases = {
        "SIGNATURE": message(far, body(centre), signer=stranger),
        "MISDIRECTED": message(far, body(centre), receiver="another-installation"),
        "TOO_OLD": message(far, body(centre), at=now - timedelta(minutes=6)),
        "UNREADABLE": b"{",
        "TOO_LARGE": b"x" * (signed_messages.LARGEST + 1),
    }
    for why, sent in cases.items():
        answer = post(sent)
        assert (answer.status_code, answer.json()["why"]) == (403, why)
    assert post(message(far, body(centre), at=now + timedelta(minutes=6))).json()["why"] == "TOO_OLD"
    unknown = signed_messages.sign(
        body(centre), kind="referral", sender="nobody", receiver=HERE, signer=far, at=now
    )
    assert post(unknown).json()["why"] == "UNKNOWN_SENDER"
    assert not Referral.objects.exists() and not HouseNonce.objects.exists()


@pytest.mark.parametrize(
    "changes",
    [
        {"kind": "helpline.unknown"},
        {"ref": "not a reference!"},
        {"plain": {"url": "x"}},
        {"plain": {"suspected": "words of somebody"}},
        {"plain": []},
        {"payload": "zz"},
        {"wraps": [{"recipient": "TEAM", "version": 9, "envelope": "00"}]},
        {"wraps": [{"recipient": "ESCROW", "version": 1, "envelope": "00"}]},
        {"wraps": 5},
        {"sent_at": "yesterday"},
    ],
)
def test_genuine_but_unfit_is_refused_whole(centre, far, changes):
    assert post(message(far, body(centre, **changes))).status_code == 422
    assert (
        not Referral.objects.exists()
        and not WrappedKey.objects.filter(holder__startswith="referral").exists()
    )


def test_a_installation_speaks_for_its_own_services_only(centre, far, settings, tmp_path):
    path = tmp_path / "peers.json"
    card = json.loads(path.read_text())[0] | {"services": ["statistics"]}
    path.write_text(json.dumps([card]) + " ")
    assert post(message(far, body(centre))).status_code == 422


def test_a_installation_without_a_name_or_neighbours_has_no_such_address(centre, settings):
    assert post(b"{}").status_code == 404


@pytest.fixture
def near(centre, settings, tmp_path):
    """The other side: the helpline lives here, the hotline in another installation that does not answer."""
    signer = Signer.from_file(tmp_path / "far")
    zones = {"hotline": parcels.publics(Zone.HOTLINE)}
    card = {
        "name": THERE,
        "url": "http://127.0.0.1:1/installation/",
        "services": ["hotline"],
        "keys": [signer.public.hex()],
        "zones": zones,
    }
    path = tmp_path / "peers.json"
    path.write_text(json.dumps([card]))
    settings.ENV = replace(settings.ENV, installation=HERE, peers=str(path), services=("helpline",))
    centre.told = []
    integration.register_sender(centre.kind, lambda progress, at: centre.told.append(progress.state))
    return signer


def sent(centre, **more):
    payload = {"url": SECRET["url"], "suspected": "CSAM"}
    return integration.send(kind=centre.kind, payload=payload, by=centre.counsellor, at=centre.at, **more)


def test_it_waits_while_the_other_installation_is_silent_and_may_be_taken_back(centre, near):
    row = sent(centre, key="once")
    assert sent(centre, key="once").pk == row.pk
    assert not WrappedKey.objects.filter(holder=row.holder).exists()  # this installation cannot open it
    assert transport.carry_waiting(centre.at) == 0
    row.refresh_from_db()
    assert (row.state, bool(row.parcel), row.installation) == ("SENT", True, THERE)
    integration.withdraw(ref=row.ref, sender="helpline", by=centre.counsellor, at=centre.at)
    assert transport.carry(referral_id=row.pk, at=centre.at) is False


def test_states_come_back_once_in_any_order(centre, near):
    row = sent(centre)
    Referral.objects.update(parcel=b"", payload=b"")
    with pytest.raises(MoveNotAllowed):
        integration.withdraw(ref=row.ref, sender="helpline", by=centre.counsellor, at=centre.at)

    def say(state, outcome=""):
        return post(
            message(near, {"ref": row.ref, "state": state, "outcome": outcome}, kind="referral.state")
        ).status_code

    assert say("SETTLED", "REMOVED") == 200  # overtook the others
    assert say("RECEIVED") == 200 and say("SETTLED", "REMOVED") == 200
    row.refresh_from_db()
    assert (row.state, row.outcome) == (ReferralState.SETTLED, "REMOVED") and row.settled_at is not None
    assert say("WITHDRAWN") == say("NONSENSE") == say("SETTLED", "words of somebody") == 422
    assert [step.after for step in row.steps.order_by("pk")] == ["RECEIVED", "SETTLED"]
    from procrastinate.contrib.django.models import ProcrastinateJob

    assert ProcrastinateJob.objects.filter(task_name="referrals.tell_sender").count() == 1


def test_another_installation_cannot_speak_of_a_referral_that_went_elsewhere(centre, near):
    row = sent(centre)
    Referral.objects.update(installation="third-installation")
    content = {"ref": row.ref, "state": "RECEIVED", "outcome": ""}
    assert post(message(near, content, kind="referral.state")).status_code == 422


@pytest.mark.parametrize(
    "url",
    [
        "http://installation.example/installation/",
        "https://u:p@installation.example/",
        "file:///etc",
        "https:///x",
        "https://a.example/?q",
    ],
)
def test_addresses_of_installations_are_https(url):
    with pytest.raises(PeerAddressRefused):
        check(url)


@pytest.mark.parametrize("text", ["{", "[{}]", '[{"name": "x"}]', "5"])
def test_a_file_of_cards_that_is_none_says_so(centre, settings, tmp_path, text):
    path = tmp_path / "peers.json"
    path.write_text(text)
    settings.ENV = replace(settings.ENV, installation=HERE, peers=str(path))
    with pytest.raises(peers.CardUnfit, match=r"peers\.json"):
        peers.peers()


def test_the_card_holds_what_the_other_installation_needs_and_no_secret(centre, far, settings):
    card = peers.card()
    assert (
        card["name"] == HERE
        and card["services"] == ["hotline"]
        and set(card["zones"]["hotline"]) == {"TEAM", "SERVICE"}
    )
    assert card["keys"] == [peers.signer().public.hex()] and peers.signer().seed.hex() not in json.dumps(card)
