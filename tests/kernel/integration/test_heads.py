"""Another installation as witness of the audit log: it remembers what is genuine, and gives it back
as a witness file.
"""

import json
from dataclasses import replace
from datetime import timedelta
from types import SimpleNamespace

import pytest
from django.db import connection

from sauga.kernel import audit, clock
from sauga.kernel.audit import delivery
from sauga.kernel.audit.models import WitnessedHead
from sauga.kernel.audit.seals import trusted
from sauga.kernel.audit.trail import Trail
from sauga.kernel.integration import peers, signed_messages, transport
from sauga.kernel.states import SystemActor
from sauga.project.commands import installation as command
from tests.kernel.integration.test_transport import HERE, THERE, far, message, post  # noqa: F401  a fixture

pytestmark = pytest.mark.django_db


def signed(at=None, zone="north"):
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS audit_chain_line IMMEDIATE")  # as at commit
    audit.record(
        SystemActor("audit"), Trail.KEY_ROTATED, None, zone=zone, at=at or clock.now(), facts={"key": "x"}
    )
    return [audit.OutsideHead.of(row) for row in audit.sign_heads(at or clock.now(), force=True)]


def test_genuine_heads_are_remembered_once_and_printed_as_a_witness_file(centre, far, capsys, monkeypatch):
    heads = signed()
    body = {"heads": [head.fields() for head in heads]}
    for _ in range(2):
        assert post(message(far, body, kind="audit.heads")).status_code == 200
    assert audit.witnessed_heads(THERE) == heads
    monkeypatch.setattr(command, "prepare", lambda: None)
    assert command.run(SimpleNamespace(heads_of=THERE, check=False)) == 0
    found, forged = audit.read_heads(capsys.readouterr().out.splitlines(), trusted())
    assert found == heads and not forged


@pytest.mark.parametrize(
    "change",
    [
        lambda fields: {"heads": [fields | {"sequence": 7}]},
        lambda fields: {"heads": [fields | {"signed_at": "now"}]},
        lambda fields: {"heads": [fields] * (transport.MOST_HEADS + 1)},
        lambda fields: {"heads": "abc"},
        lambda fields: {"heads": 5},
        lambda fields: {"heads": [[]]},
        lambda fields: {},
    ],
)
def test_what_is_no_head_is_refused_whole(centre, far, change):
    (head,) = signed()
    assert post(message(far, change(head.fields()), kind="audit.heads")).status_code == 422
    assert not WitnessedHead.objects.exists()


def test_a_full_message_is_small_enough(centre, far):
    (head,) = signed()
    longest = head.fields() | {"zone": "z" * 24, "sequence": 2**63 - 1}
    assert (
        len(message(far, {"heads": [longest] * transport.MOST_HEADS}, kind="audit.heads"))
        < signed_messages.LARGEST
    )


def test_heads_are_carried_to_the_installation_of_the_settings(centre, settings, tmp_path, monkeypatch):
    """Both sides in one database: what one would send is what the other takes in."""
    card = {
        "name": THERE,
        "url": "http://127.0.0.1:1/installation/",
        "services": [],
        "keys": [peers.signer().public.hex()],
        "zones": {},
    }
    path = tmp_path / "peers.json"
    path.write_text(json.dumps([card, card | {"name": HERE}]))
    settings.ENV = replace(settings.ENV, installation=HERE, peers=str(path), witness_installation=THERE)
    monkeypatch.setattr(
        delivery,
        "_destinations",
        {name: one for name, one in delivery._destinations.items() if name == "installation"},
    )
    heads, at = signed(), clock.now()
    assert audit.deliver_heads(at) == {} and audit.overdue(at + timedelta(hours=2)) == [
        "installation"
    ]  # it does not answer
    taken = []

    async def directly(url, sent):
        taken.append(sent)
        return 200, b""

    monkeypatch.setattr(transport.connection, "post", directly)
    assert audit.deliver_heads(at) == {"installation": 1} and audit.overdue(at + timedelta(hours=2)) == []
    settings.ENV = replace(settings.ENV, installation=THERE)
    transport.take_in(taken[0], at)
    assert audit.witnessed_heads(HERE) == heads
