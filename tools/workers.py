"""How many workers share the tests."""

A_CORE = 2
"""Workers for each core: nearly half of a worker's time is waiting, for servers that start, for pages, for
other processes (docs/decisions/0120)."""
MEMORY = 2 << 30
"""Bytes for each: the worker, its browser, its share of the database server and of what its tests start."""


def count(cores: int, memory: int, *, is_quick: bool = False) -> int:
    """As many workers as keep the cores busy and have room in memory; one for each core at least.

    The tests of `make quick` wait for nothing, and take one for each core.
    """
    return cores if is_quick else max(cores, min(cores * A_CORE, memory // MEMORY))
