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
