"""Key files are made once, whole, and for their owner only; the blind index depends on them."""

import stat
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest

from sauga.kernel.sealed import KeyNotAvailable, Zone, blind, files


def test_files_are_made_once_and_only_their_owner_reads_them():
    first = files.subkey(files.INDEX, "use")
    files.forget()
    assert files.subkey(files.INDEX, "use") == first != files.subkey(files.INDEX, "other use")
    path = files.folder() / "index"
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert [p.name for p in files.folder().iterdir()] == ["index"]


def test_many_at_once_get_the_same_key():
    def ask(_: int) -> bytes:
        files._derive.cache_clear()
        return files.subkey(files.TICKETS, "use")

    with ThreadPoolExecutor(16) as pool:
        assert len(set(pool.map(ask, range(64)))) == 1
    assert [p.name for p in files.folder().iterdir()] == ["tickets"]


def test_truncated_file_is_never_used():
    files.folder().mkdir(parents=True)
    (files.folder() / "index").write_text("abcd")
    with pytest.raises(KeyNotAvailable, match="keys/index"):
        files.subkey(files.INDEX, "use")


def test_machine_key_is_missing_until_the_zone_is_founded():
    with pytest.raises(KeyNotAvailable):
        files.service_private("hotline")
    assert files.keep_service_private("hotline") == files.service_private("hotline")


def test_blind_is_equal_for_equals_only(settings, tmp_path):
    value = blind(Zone.HOTLINE, "url", "https://a.example/")
    assert value == blind(Zone.HOTLINE, "url", "https://a.example/") and len(value) == 32
    others = [
        blind(Zone.HELPLINE, "url", "https://a.example/"),
        blind(Zone.HOTLINE, "domain", "https://a.example/"),
        blind(Zone.HOTLINE, "url", "https://b.example/"),
        blind(Zone.HOTLINE, "urlh", "ttps://a.example/"),
        blind(Zone.HOTLINE, "url", "\ud800"),
    ]
    settings.ENV = replace(settings.ENV, data=tmp_path / "other")
    others.append(blind(Zone.HOTLINE, "url", "https://a.example/"))
    assert len({value, *others}) == 7
