"""Two real houses, each with its own database and its own web server: a referral goes there, is opened, and its state comes back."""

import json
import time
from datetime import UTC, datetime

import pytest
from rig.house import ANALYST, CUSTODIAN, furnished

pytestmark = pytest.mark.bench
LEAD = "lead@helpline.example"
URL = "https://pavyzdys.example/kitur"
WORK = ("-m", "sauga", "work", "--once", "--queues", "referrals")
SEND = """
import sys
from sauga.project import cli
cli.prepare()
from sauga.helpline.actions.links import ADDRESS
from sauga.kernel import clock, referrals
from sauga.kernel.states import SystemActor
payload = {"url": sys.argv[1], "suspected": "CSAM", "day": "2026-11-24"}
row = referrals.send(kind=ADDRESS, payload=payload, by=SystemActor("x"), at=clock.now())
print(row.ref)
"""
STATE = """
import json, sys
from sauga.project import cli
cli.prepare()
from sauga.kernel.referrals.models import Referral
row = Referral.objects.get(ref=sys.argv[1])
print(json.dumps([row.state, row.house, bool(row.parcel), bool(row.payload)]))
"""
ITEM = """
from sauga.project import cli
cli.prepare()
from sauga.hotline.models import ContentItem
from sauga.hotline.queries.addresses import open_address
from sauga.kernel import sealed
print(open_address(ContentItem.objects.get(), sealed.ServiceOpener(sealed.Zone.HOTLINE)).url)
"""


@pytest.mark.slow("two installations, each with its own tables")
def test_a_referral_goes_to_the_other_house_and_its_state_comes_back(tmp_path):
    known_to = {name: tmp_path / f"{name}.json" for name in ("hotline", "helpline")}
    hot_environ = {"SAUGA_SERVICES": "hotline", "SAUGA_HOUSE": "hotline-house", "SAUGA_HOUSES": str(known_to["hotline"])}
    help_environ = {"SAUGA_SERVICES": "helpline", "SAUGA_HOUSE": "helpline-house", "SAUGA_HOUSES": str(known_to["helpline"])}
    for path in known_to.values():
        path.write_text("[]")
    with furnished((ANALYST, CUSTODIAN), **hot_environ) as hot, furnished((LEAD,), **help_environ) as line:
        ports = {"hotline": hot.serve(workers=1), "helpline": line.serve(workers=1)}
        cards = {name: json.loads(house.python("-m", "sauga", "house")) for name, house in (("hotline", hot), ("helpline", line))}
        for name, card in cards.items():
            card["url"] = f"http://127.0.0.1:{ports[name]}/house/"
        known_to["hotline"].write_text(json.dumps([cards["helpline"]]))
        known_to["helpline"].write_text(json.dumps([cards["hotline"]]))
        ref = line.python("-c", SEND, URL).strip()
        assert json.loads(line.python("-c", STATE, ref)) == ["SENT", "hotline-house", True, True]
        line.python(*WORK)
        assert json.loads(line.python("-c", STATE, ref)) == ["SENT", "hotline-house", False, False]
        hot.python(*WORK)
        assert json.loads(hot.python("-c", STATE, ref))[1] == "helpline-house"
        assert hot.python("-c", ITEM).strip() == URL
        until = time.monotonic() + 60
        while json.loads(line.python("-c", STATE, ref))[0] == "SENT":
            assert time.monotonic() < until, datetime.now(UTC)
            hot.python(*WORK)
        assert json.loads(line.python("-c", STATE, ref))[0] in {"RECEIVED", "IN_WORK"}
