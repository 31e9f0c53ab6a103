"""Which schools each published mean rests on, so that neither a small group nor a difference between two
publications tells of fewer than ten schools. Pure.

A cell is a municipality, or the country (the empty code). It keeps what was published before unless at least
ten of its schools are new or changed. The country follows only where what its change holds beyond the
municipalities' own changes is nothing or at least ten.
"""

from collections.abc import Collection, Mapping

LEAST = 10
COUNTRY = ""


def next_publication(
    before: Mapping[str, Collection[int]], now: Mapping[str, Collection[int]]
) -> dict[str, frozenset[int]]:
    """The rounds that each cell rests on from now on. Cells of fewer than ten are not among them."""
    held = {code: frozenset(rounds) for code, rounds in before.items()}
    found: dict[str, frozenset[int]] = {}
    explained: set[int] = set()
    for code in sorted({*held, *now} - {COUNTRY}):
        old, new = held.get(code, frozenset()), frozenset(now.get(code, ()))
        changed = old ^ new
        if len(changed) >= LEAST and len(new) >= LEAST:
            found[code] = new
            explained |= changed
        elif old:
            found[code] = old
    everybody = frozenset(one for code, rounds in now.items() if code != COUNTRY for one in rounds)
    country, old = everybody, held.get(COUNTRY, frozenset())
    if _tells(country, old, explained, found):
        country = old
    if len(country) >= LEAST and _rest(country, found) is not None:
        found[COUNTRY] = country
    elif old:
        found[COUNTRY] = old
    if COUNTRY in found and _rest(found[COUNTRY], found) is None:
        del found[COUNTRY]
    return found


def _tells(
    country: frozenset[int], old: frozenset[int], explained: set[int], found: Mapping[str, frozenset[int]]
) -> bool:
    """Whether the country's change, or what it holds beyond its municipalities, would tell of a few."""
    left = (country ^ old) - explained
    return (bool(old) and 0 < len(left) < LEAST) or _rest(country, found) is None


def _rest(country: frozenset[int], cells: Mapping[str, frozenset[int]]) -> int | None:
    """How many schools the country holds beyond its published municipalities; None where they are so few that
    subtracting tells of them."""
    shown = frozenset(one for code, rounds in cells.items() if code != COUNTRY for one in rounds)
    rest = len(country ^ shown)
    return rest if rest == 0 or rest >= LEAST else None
