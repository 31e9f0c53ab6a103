"""How often a test repeats what only adds confidence: a sample in `make test`, the whole in `make prove`.

`repeated(shards=30)` makes one test of a sample and thirty of the whole; each is told its number and
takes its random seed from it, so that a shard can be run again alone. Tests marked `prove` are those that
`make prove` runs.
"""

import os
from collections.abc import Callable, Sequence
from typing import Any
from zlib import crc32

import pytest

IS_WHOLE = os.environ.get("PROVE") == "1"


def repeated(*, shards: int) -> Callable[[Any], Any]:
    """Run the test once in `make test` and `shards` times in `make prove`, with the argument `shard`
    counting from 0.
    """
    parametrised = pytest.mark.parametrize("shard", range(shards if IS_WHOLE else 1))

    def mark(test: Any) -> Any:
        return pytest.mark.prove(parametrised(test))

    return mark


def often(sample: int, whole: int) -> int:
    """A count of steps or examples: `sample` in `make test`, `whole` in `make prove`."""
    return whole if IS_WHOLE else sample


def in_forms(names: str, *forms: tuple[Any, ...], samples: int = 1) -> Callable[[Any], Any]:
    """Look at pages in the first form (width, language, colours) in `make test`, or in as many as `samples`
    says, and in all of them in `make prove`.
    """
    parametrised = pytest.mark.parametrize(names.split(), forms if IS_WHOLE else forms[:samples])

    def mark(test: Any) -> Any:
        return pytest.mark.prove(parametrised(test))

    return mark


def in_prove_only(test: Any) -> Any:
    """Collect the test in `make prove` only: what it shows, `make test` shows in another way or in a smaller
    sample.
    """
    return pytest.mark.prove(test) if IS_WHOLE else None


def by_name[Form](name: str, forms: Sequence[Form]) -> Sequence[Form]:
    """All forms in `make prove`. In `make test` one, which only the name decides: as many names have one as
    another, and the same from run to run.
    """
    return forms if IS_WHOLE else (forms[crc32(name.encode()) % len(forms)],)
