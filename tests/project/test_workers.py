"""How many workers `make test` starts."""

from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from types import ModuleType

import pytest

from tests.cleanup import available_memory

ROOT = Path(__file__).resolve().parents[2]
GIB = 1 << 30

pytestmark = pytest.mark.unit


@pytest.fixture
def workers() -> ModuleType:
    spec = spec_from_file_location("workers", ROOT / "tools" / "workers.py")
    assert spec is not None and spec.loader is not None
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.mark.parametrize(
    ("cores", "memory", "wanted"),
    [(2, 24 * GIB, 4), (2, 7 * GIB, 3), (2, 1 * GIB, 2), (8, 20 * GIB, 10), (8, 64 * GIB, 16), (1, 0, 1)],
)
def test_workers_keep_the_cores_busy_and_have_room(workers: ModuleType, cores: int, memory: int, wanted: int):
    assert workers.count(cores, memory) == wanted


def test_tests_that_wait_for_nothing_take_one_worker_for_each_core(workers: ModuleType):
    assert workers.count(4, 64 * GIB, is_quick=True) == 4


def test_the_system_says_how_much_memory_is_available():
    assert available_memory() > 0
