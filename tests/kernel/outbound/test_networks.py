"""Offline tables, in the formats in which they are to be had."""

import ipaddress
from dataclasses import replace
from datetime import date

import pytest

from sauga.kernel.outbound import networks
from sauga.kernel.outbound.networks import MmdbTable, NetworkFacts, read_ranges


def find(table, address):
    return table.find(ipaddress.ip_address(address))


def write(path, text):
    path.write_text(text, encoding="utf-8")
    return path


def test_country_table_of_ip_location_db(tmp_path):
    table = read_ranges(
        write(
            tmp_path / "c.csv",
            "1.0.1.0,1.0.3.255,CN\n1.0.0.0,1.0.0.255,AU\n2001:200::,"
            "2001:200:ffff:ffff:ffff:ffff:ffff:ffff,JP\n",
        )
    )
    assert (
        find(table, "1.0.0.7").country == "AU"
        and find(table, "1.0.3.255").country == "CN"
        and find(table, "2001:200::9").country == "JP"
    )
    assert find(table, "1.0.4.0") is None and find(table, "0.0.0.1") is None and find(table, "::1") is None


def test_network_table_of_ip_location_db(tmp_path):
    table = read_ranges(write(tmp_path / "asn.csv", '1.0.0.0,1.0.0.255,13335,"Example, Inc."\n'))
    assert find(table, "1.0.0.1") == NetworkFacts("", 13335, "Example, Inc.", "asn", table.date)


def test_tor_tables(tmp_path):
    four = read_ranges(
        write(tmp_path / "geoip", "# Last updated\n16777216,16777471,AU\n16777472,16778239,??\n")
    )
    assert find(four, "1.0.0.1").country == "AU" and find(four, "1.0.1.1").country == ""
    six = read_ranges(write(tmp_path / "geoip6", "2001:200::,2001:200:ffff:ffff:ffff:ffff:ffff:ffff,JP\n"))
    assert find(six, "2001:200::1").country == "JP"


def test_own_table_names_its_source_and_date(tmp_path):
    table = read_ranges(
        write(
            tmp_path / "x.csv",
            "# source: RRT\n# date: "
            "2026-10-28\nstart,end,country,asn,name\n5.0.0.0,5.0.0.9,lt,AS64500,Tinklas\n",
        )
    )
    assert find(table, "5.0.0.1") == NetworkFacts("LT", 64500, "Tinklas", "RRT", date(2026, 10, 28))


def test_lines_that_cannot_be_read_are_passed_over(tmp_path):
    table = read_ranges(
        write(
            tmp_path / "x.csv",
            "\nnonsense\n1.0.0.9,1.0.0.1,LT\n1.0.0.0,::1,LT\n1.0.0.0\n1.0.0.0,1.0.0.9,LT\n",
        )
    )
    assert find(table, "1.0.0.1").country == "LT" and len(table.facts) == 1


def test_works_without_any_table(settings, tmp_path):
    settings.ENV = replace(settings.ENV, data=tmp_path, geo="")
    assert networks.look_up("1.1.1.1") is None and networks.look_up_all("1.1.1.1") == []


def test_tables_complete_each_other_and_the_sources_are_named(settings, tmp_path):
    (tmp_path / "network").mkdir()
    write(tmp_path / "network" / "a.csv", "1.0.0.0,1.0.0.255,AU\n")
    named = write(tmp_path / "named.csv", '1.0.0.0,1.0.0.255,13335,"Example"\n')
    settings.ENV = replace(settings.ENV, data=tmp_path, geo=str(named))
    found = networks.look_up("1.0.0.1")
    assert (found.asn, found.country, found.source) == (13335, "AU", "named; a")
    settings.ENV = replace(settings.ENV, geo="")
    write(tmp_path / "network" / "b.csv", '1.0.0.0,1.0.0.255,64500,"Later"\n')
    assert (networks.look_up("1.0.0.1").asn, networks.look_up("1.0.0.1").source) == (64500, "a; b")
    assert networks.look_up("nonsense") is None


def test_changed_table_is_read_again(settings, tmp_path):
    import os

    file = write(tmp_path / "x.csv", "1.0.0.0,1.0.0.255,AU\n")
    settings.ENV = replace(settings.ENV, data=tmp_path, geo=str(file))
    assert networks.look_up("1.0.0.1").country == "AU"
    write(file, "1.0.0.0,1.0.0.255,NZ\n")
    os.utime(file, ns=(1, 1))
    assert networks.look_up("1.0.0.1").country == "NZ"


def test_two_tables_of_the_world_disagree(world):
    both = networks.look_up_all("198.51.100.20")
    assert (
        [f.country for f in both] == ["NL", "LT"]
        and both[0].source != both[1].source
        and both[0].date == date(2026, 10, 28)
    )
    assert networks.look_up("192.0.2.20").country == "LT"


def packed(value):
    """The few types of the MMDB format (specification 2.0) that a table needs."""
    if isinstance(value, str):
        size = bytes((0x40 | len(value),)) if len(value) < 29 else bytes((0x40 | 29, len(value) - 29))
        return size + value.encode()
    if isinstance(value, dict):
        return bytes((0xE0 | len(value),)) + b"".join(packed(part) for pair in value.items() for part in pair)
    if isinstance(value, list):
        return bytes((len(value), 4))
    return b"\xc4" + value.to_bytes(4, "big")


def mmdb(path, record, version=4):
    """A table of one entry: every address whose first bit is 0."""
    tree = (1 + 16).to_bytes(3, "big") + (1).to_bytes(3, "big")
    about = {
        "node_count": 1,
        "record_size": 24,
        "ip_version": version,
        "database_type": "Example-Country",
        "binary_format_major_version": 2,
        "binary_format_minor_version": 0,
        "build_epoch": 1_790_000_000,
        "description": {},
        "languages": [],
    }
    path.write_bytes(tree + bytes(16) + packed(record) + b"\xab\xcd\xefMaxMind.com" + packed(about))
    return path


@pytest.mark.parametrize(
    ("record", "country", "asn", "name"),
    [
        ({"country_code": "lt"}, "LT", None, ""),
        ({"country": {"iso_code": "LT"}}, "LT", None, ""),
        ({"country": "LT"}, "LT", None, ""),
        (
            {"autonomous_system_number": 64500, "autonomous_system_organization": "Example"},
            "",
            64500,
            "Example",
        ),
    ],
)
def test_mmdb_records_in_every_shape(settings, tmp_path, record, country, asn, name):
    table = MmdbTable(mmdb(tmp_path / "x.mmdb", record))
    found = find(table, "1.1.1.1")
    assert (found.country, found.asn, found.name, found.source) == (
        country,
        asn,
        name,
        "Example-Country",
    ) and found.date.year == 2026
    assert find(table, "200.1.1.1") is None and find(table, "2606::1") is None
    settings.ENV = replace(settings.ENV, geo=str(tmp_path / "x.mmdb"), data=tmp_path)
    assert networks.look_up("1.1.1.1") == found


def test_mmdb_of_both_families(tmp_path):
    assert find(MmdbTable(mmdb(tmp_path / "x.mmdb", {"country": "LT"}, version=6)), "2606::1").country == "LT"
