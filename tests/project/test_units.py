"""The systemd units that operators copy."""

from configparser import ConfigParser

import pytest
from architecture.tree import ROOT

FILES = ROOT / "docs" / "operate" / "files"
SERVICES = ("sauga-database", "sauga-web", "sauga-work")

pytestmark = pytest.mark.unit


def unit(name: str) -> ConfigParser:
    read = ConfigParser(interpolation=None, strict=False)
    read.optionxform = str
    read.read(FILES / f"{name}.service", encoding="utf-8")
    return read


@pytest.mark.parametrize("name", SERVICES)
def test_what_ended_is_started_again_however_it_ended_and_however_often(name):
    read = unit(name)
    assert read["Service"]["Restart"] == "always"
    assert float(read["Service"]["RestartSec"]) >= 1
    assert read["Unit"]["StartLimitIntervalSec"] == "0"


@pytest.mark.parametrize("name", [*SERVICES, "sauga-backup"])
def test_a_unit_holds_no_capability_and_calls_nothing_that_it_does_not_need(name):
    held = unit(name)["Service"]
    assert held["CapabilityBoundingSet"] == "" and held["UMask"] == "0077"
    assert held["NoNewPrivileges"] == "yes" and "@system-service" in (FILES / f"{name}.service").read_text()
    assert set(held["RestrictAddressFamilies"].split()) <= {"AF_UNIX", "AF_INET", "AF_INET6", "AF_NETLINK"}


def test_the_address_of_the_pages_outlives_them_and_a_copy_of_their_unit_shares_it():
    web = unit("sauga-web")
    address = (FILES / "sauga-web.socket").read_text(encoding="utf-8")
    assert web["Service"]["Sockets"] == web["Unit"]["Requires"] == "sauga-web.socket"
    assert "sauga-web.socket" in web["Unit"]["After"].split()
    listening = [line for line in address.splitlines() if line.startswith("ListenStream=")]
    assert "ReusePort=yes" in address and len(listening) == 12 and len(set(listening)) == 1
    assert listening[0].removeprefix("ListenStream=") in (FILES / "Caddyfile").read_text(encoding="utf-8")
