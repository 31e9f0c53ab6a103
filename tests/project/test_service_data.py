"""Demo data is seeded once and completely."""

import json
import sys
import types
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime

import pytest
from django.apps import apps

from sauga.kernel.kit.demo import DataPresent
from sauga.project.demo import service_data
from sauga.project.demo.people import Account

pytestmark = pytest.mark.unit

AT = datetime(2026, 11, 2, 9, tzinfo=UTC)
CAST = [
    Account("a@hotline.example", "A", "HOTLINE", "ANALYST", ("ANALYST",)),
    Account("b@hotline.example", "B", "HOTLINE", "ANALYST", ("ANALYST",)),
]


@pytest.fixture
def demo_module(monkeypatch):
    """A service with demo data; the list of its calls."""
    calls = []
    module = types.ModuleType("sauga.portal.demo")
    module.seed = lambda *, at, staff: calls.append((at, staff["ANALYST"].user))
    module.__spec__ = types.SimpleNamespace(name=module.__name__)
    monkeypatch.setitem(sys.modules, "sauga.portal.demo", module)
    monkeypatch.setattr(service_data, "installed", lambda: [apps.get_app_config("portal")])
    return calls, module


def test_a_service_is_seeded_once_with_the_first_person_of_each_role(demo_module, tmp_path):
    calls, _ = demo_module
    assert service_data.seed_services(tmp_path / "played.json", CAST, AT) == ["portal"]
    assert service_data.seed_services(tmp_path / "played.json", CAST, AT) == []
    assert calls == [(AT, "a@hotline.example")]


def raising(error):
    def seed(*, at, staff):
        raise error

    return seed


def test_a_seeding_that_was_broken_off_is_done_again(demo_module, tmp_path):
    calls, module = demo_module
    module.seed, whole = raising(KeyboardInterrupt), module.seed
    with pytest.raises(KeyboardInterrupt):
        service_data.seed_services(tmp_path / "played.json", CAST, AT)
    module.seed = whole
    assert service_data.seed_services(tmp_path / "played.json", CAST, AT) == ["portal"] and len(calls) == 1


def test_a_seeding_whose_end_was_not_noted_counts_as_done_and_other_data_does_not(demo_module, tmp_path):
    file, (_, module) = tmp_path / "played.json", demo_module
    module.seed = raising(DataPresent)
    with pytest.raises(DataPresent):
        service_data.seed_services(file, CAST, AT)
    file.write_text('{"portal": false}')
    assert service_data.seed_services(file, CAST, AT) == ["portal"] and json.loads(file.read_text()) == {
        "portal": True
    }


def test_stories_are_told_side_by_side_and_each_remembered_when_it_is_whole(demo_module, tmp_path):
    calls, module = demo_module
    file = tmp_path / "played.json"

    class Pool(ThreadPoolExecutor):
        def submit(self, tell, *given):
            assert json.loads(file.read_text())["portal"] is False
            return super().submit(tell, *given)

    with Pool(2) as pool:
        assert service_data.seed_services(file, CAST, AT, pool) == ["portal"]
    assert calls == [(AT, "a@hotline.example")] and json.loads(file.read_text()) == {"portal": True}
    module.seed = raising(ZeroDivisionError)
    file.unlink()
    with Pool(2) as pool, pytest.raises(ZeroDivisionError):
        service_data.seed_services(file, CAST, AT, pool)
    assert json.loads(file.read_text()) == {"portal": False}


def test_nobody_is_called_to_tell_where_stories_were_told_before(tmp_path):
    file = tmp_path / "played.json"
    file.write_text("{}")
    with service_data.seeding_processes(file) as pool:
        assert pool is None
