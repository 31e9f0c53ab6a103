"""Two real installations, each with its own database and its own web server: a referral goes there, is
opened, and its state comes back; each keeps the signed heads of the other's audit log, and a cut of one log
is found against what the other has kept.
"""

import json
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import pytest
from rig.installation import ANALYST, CUSTODIAN, ROOT, Installation, new_installation

from tests.kernel.audit.test_witness import CUT
from tests.repetition import IS_WHOLE

pytestmark = pytest.mark.bench
LEAD = "lead@helpline.example"
URL = "https://pavyzdys.example/kitur"
WORK = ("-m", "sauga", "work", "--once", "--queues", "referrals")
SEND = """
import sys
from sauga.project import cli
cli.prepare()
from sauga.helpline.safeguarding.actions.hotline_handover import ADDRESS
from sauga.kernel import clock, integration
from sauga.kernel.states import SystemActor
payload = {"url": sys.argv[1], "suspected": "CSAM", "day": "2026-11-24"}
row = integration.send(kind=ADDRESS, payload=payload, by=SystemActor("x"), at=clock.now())
print(row.ref)
"""
STATE = """
import json, sys
from sauga.project import cli
cli.prepare()
from sauga.kernel.integration.models import Referral
row = Referral.objects.get(ref=sys.argv[1])
print(json.dumps([row.state, row.installation, bool(row.parcel), bool(row.payload)]))
"""
ITEM = """
from sauga.project import cli
cli.prepare()
from sauga.hotline.models import ContentItem
from sauga.hotline.content.queries import open_address
from sauga.kernel import sealed
print(open_address(ContentItem.objects.get(), sealed.ServiceOpener(sealed.Zone.HOTLINE)).url)
"""
SIGN = """
from sauga.project import cli
cli.prepare()
from sauga.kernel import audit, clock
audit.sign_heads(clock.now(), force=True)
print(audit.deliver_heads(clock.now())["installation"])
"""
"""What the worker's jobs do every minute, without the wait: sign what has grown, deliver it."""


@dataclass
class Pair:
    """Two installations that know each other."""

    hot: Installation
    line: Installation


@pytest.fixture(scope="module")
def pair(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Pair]:
    """The hotline's and the helpline's installation, each with the card of the other and each the witness of
    the other's audit log.
    """
    folder = tmp_path_factory.mktemp("cards")
    known_to = {name: folder / f"{name}.json" for name in ("hotline", "helpline")}
    hot_environ = {
        "SAUGA_SERVICES": "hotline",
        "SAUGA_INSTALLATION": "hotline-installation",
        "SAUGA_PEERS": str(known_to["hotline"]),
    }
    help_environ = {
        "SAUGA_SERVICES": "helpline",
        "SAUGA_INSTALLATION": "helpline-installation",
        "SAUGA_PEERS": str(known_to["helpline"]),
    }
    hot_environ["SAUGA_WITNESS_INSTALLATION"], help_environ["SAUGA_WITNESS_INSTALLATION"] = (
        "helpline-installation",
        "hotline-installation",
    )
    for path in known_to.values():
        path.write_text("[]")
    with (
        new_installation((ANALYST, CUSTODIAN), **hot_environ) as hot,
        new_installation((LEAD,), **help_environ) as line,
    ):
        ports = {"hotline": hot.serve(workers=1), "helpline": line.serve(workers=1)}
        cards = {
            name: json.loads(installation.python("-m", "sauga", "installation"))
            for name, installation in (("hotline", hot), ("helpline", line))
        }
        for name, card in cards.items():
            card["url"] = f"http://127.0.0.1:{ports[name]}/installation/"
        known_to["hotline"].write_text(json.dumps([cards["helpline"]]))
        known_to["helpline"].write_text(json.dumps([cards["hotline"]]))
        yield Pair(hot, line)


@pytest.mark.slow("two installations, each with its own tables")
def test_a_referral_goes_to_the_other_installation_and_its_state_comes_back(pair):
    hot, line = pair.hot, pair.line
    ref = line.python("-c", SEND, URL).strip()
    assert json.loads(line.python("-c", STATE, ref)) == ["SENT", "hotline-installation", True, True]
    line.python(*WORK)
    assert json.loads(line.python("-c", STATE, ref)) == ["SENT", "hotline-installation", False, False]
    hot.python(*WORK)
    assert json.loads(hot.python("-c", STATE, ref))[1] == "helpline-installation"
    assert hot.python("-c", ITEM).strip() == URL
    until = time.monotonic() + 60
    while json.loads(line.python("-c", STATE, ref))[0] == "SENT":
        assert time.monotonic() < until, datetime.now(UTC)
        hot.python(*WORK)
    assert json.loads(line.python("-c", STATE, ref))[0] in {"RECEIVED", "IN_WORK"}


@pytest.mark.prove
def test_a_cut_of_one_audit_log_is_found_against_what_the_other_installation_has_kept(pair, tmp_path):
    """`make prove` looks in the other direction, too, and that nothing inside the database shows the cut."""
    assert int(pair.hot.python("-c", SIGN)) > 0 and int(pair.line.python("-c", SIGN)) > 0
    kept_there = tmp_path / "kept-by-helpline"
    kept_there.write_text(
        pair.line.python("-m", "sauga", "installation", "--heads-of", "hotline-installation")
    )
    _cut_all_zones(pair.hot)
    found = _check(pair.hot, kept_there)
    assert found.returncode == 1 and "TRUNCATED" in found.stdout, found.stdout
    if IS_WHOLE:
        assert _check(pair.hot).returncode == 0
        kept_here = tmp_path / "kept-by-hotline"
        kept_here.write_text(
            pair.hot.python("-m", "sauga", "installation", "--heads-of", "helpline-installation")
        )
        whole = _check(pair.line, kept_here)
        assert whole.returncode == 0 and "compared with" in whole.stdout, whole.stdout


def _cut_all_zones(installation: Installation) -> None:
    """What the owner of the database can do: put all zones back to the moment of the third line, with links,
    heads and signatures.
    """
    with installation.connect() as database, database.transaction(), database.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica")
        [(last,)] = cursor.execute(
            "SELECT line_id FROM audit_traillink ORDER BY line_id OFFSET 2 LIMIT 1"
        ).fetchall()
        for statement in CUT:
            cursor.execute(statement, {"last": last} if "%" in statement else None)


def _check(installation: Installation, *witnesses: Path) -> "subprocess.CompletedProcess[str]":
    """`sauga check audit`, as it is typed."""
    named = [word for file in witnesses for word in ("--witness", str(file))]
    command = [sys.executable, "-m", "sauga", "check", "audit", *named]
    return subprocess.run(
        command, env=installation.environ, cwd=ROOT, capture_output=True, text=True, check=False
    )
