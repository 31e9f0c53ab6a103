"""Spreads reviews evenly: no reviewer with a conflict, none twice, and no reviewer could give one of their
proposals to a reviewer who has two fewer.
"""

from collections import deque
from collections.abc import Iterable, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass

type Pair = tuple[int, int]
"""The keys of a proposal and of a reviewer."""


@dataclass(frozen=True, kw_only=True)
class Setting:
    """What is to be spread: reviewers by proposal as they are assigned already, all reviewers, who may not
    review what, and how many reviews each proposal wants."""

    assigned: Mapping[int, AbstractSet[int]]
    reviewers: Iterable[int]
    conflicts: AbstractSet[Pair]
    wanted: int


def spread(at: Setting) -> list[Pair]:
    """The assignments to add. Those that exist stay; a proposal for which there are too few reviewers gets
    all of them."""
    load = dict.fromkeys(at.reviewers, 0)
    for held in at.assigned.values():
        for reviewer in held:
            if reviewer in load:
                load[reviewer] += 1
    added: dict[int, set[int]] = {}
    for proposal in sorted(at.assigned, key=lambda key: (_choice(at, load, key), key)):
        free = [
            one for one in load if one not in at.assigned[proposal] and (proposal, one) not in at.conflicts
        ]
        missing = max(at.wanted - len(at.assigned[proposal]), 0)
        chosen = sorted(free, key=lambda one: (load[one], one))[:missing]
        added[proposal] = set(chosen)
        for reviewer in chosen:
            load[reviewer] += 1
    _even_out(at, added, load)
    return sorted((proposal, reviewer) for proposal, held in added.items() for reviewer in held)


def _choice(at: Setting, load: Mapping[int, int], proposal: int) -> int:
    """Proposals with few possible reviewers come first."""
    return sum((proposal, one) not in at.conflicts for one in load)


def _even_out(at: Setting, added: Mapping[int, set[int]], load: dict[int, int]) -> None:
    """Pass proposals on along chains of reviewers, from one who has more to one who has at least two fewer,
    until there is no such chain."""
    while True:
        chains = (_chain(at, added, load, begin) for begin in sorted(load, key=lambda one: (-load[one], one)))
        chain = next((one for one in chains if one), None)
        if chain is None:
            return
        for giver, taker, proposal in chain:
            added[proposal].remove(giver)
            added[proposal].add(taker)
        load[chain[0][0]] -= 1
        load[chain[-1][1]] += 1


def _chain(
    at: Setting, added: Mapping[int, set[int]], load: Mapping[int, int], begin: int
) -> list[tuple[int, int, int]]:
    """The steps (giver, taker, proposal) from `begin` to a reviewer who has at least two fewer."""
    came: dict[int, tuple[int, int, int] | None] = {begin: None}
    queue = deque([begin])
    while queue:
        giver = queue.popleft()
        if load[begin] - load[giver] >= 2:
            return _path(came, giver)
        for proposal, held in added.items():
            if giver not in held:
                continue
            for taker in load:
                taken = taker in held or taker in at.assigned[proposal]
                if taker in came or taken or (proposal, taker) in at.conflicts:
                    continue
                came[taker] = (giver, taker, proposal)
                queue.append(taker)
    return []


def _path(came: Mapping[int, tuple[int, int, int] | None], end: int) -> list[tuple[int, int, int]]:
    steps: list[tuple[int, int, int]] = []
    step = came[end]
    while step is not None:
        steps.append(step)
        step = came[step[0]]
    return steps[::-1]
