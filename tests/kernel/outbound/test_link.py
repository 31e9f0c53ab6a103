"""The synthetic internet cannot be switched on where real people are."""

import json
from dataclasses import replace
from pathlib import Path

import pytest

from sauga import project
from sauga.kernel.outbound import WorldNotAllowed, attach_world, current_world


@pytest.fixture
def production(settings):
    settings.ENV = replace(settings.ENV, demo=False)
    del settings.WORLD_ALLOWED
    return settings


def test_world_is_refused_in_production(world, production):
    with pytest.raises(WorldNotAllowed):
        current_world()
    with pytest.raises(WorldNotAllowed):
        attach_world(world.file)


def test_world_named_in_the_environment_is_refused_in_production(production, running_world):
    production.ENV = replace(production.ENV, world=str(running_world.file))
    with pytest.raises(WorldNotAllowed):
        current_world()


def test_world_is_followed_in_the_demo(production, running_world):
    production.ENV = replace(production.ENV, demo=True, world=str(running_world.file))
    assert current_world().rdap.startswith("http://rdap.")


def test_missing_file_says_how_to_start_one(settings, tmp_path):
    settings.ENV = replace(settings.ENV, world=str(tmp_path / "none.json"))
    with pytest.raises(WorldNotAllowed, match=r"sauga\.world"):
        current_world()


@pytest.mark.parametrize("change", [{"dns": "8.8.8.8:53"}, {"smtp": {"host": "192.0.2.25", "port": 25}}])
def test_file_that_points_away_from_loopback_is_refused(settings, running_world, tmp_path, change):
    file = tmp_path / "world.json"
    file.write_text(json.dumps(json.loads(running_world.file.read_text()) | change))
    settings.ENV = replace(settings.ENV, world=str(file))
    with pytest.raises(WorldNotAllowed, match="loopback"):
        current_world()


def test_nothing_but_the_test_settings_allow_it():
    for name in ("base", "dev", "prod"):
        source = (Path(project.__file__).parent / "settings" / f"{name}.py").read_text()
        assert "WORLD_ALLOWED" not in source


def test_no_world_is_the_real_internet():
    assert current_world() is None
