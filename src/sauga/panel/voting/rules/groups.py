"""Groups of opinion: who answers alike, found by principal components and k-means, or "no groups".

Everything is sorted and seeded, so the same answers always give the same groups. A grouping counts only if
each group has five people and it is clearer than in all 49 copies of the answers in which each statement's
answers were dealt to other people: of answers given by chance at most one set in fifty then shows groups.
"""
# ruff: noqa: S311  reproducible numbers, no secrets

import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from random import Random

from sauga.panel.voting.rules.codes import FEWEST_IN_GROUP

type Row = tuple[int, ...]
type Point = tuple[float, ...]

SIZES = (2, 3, 4)
COPIES = 49
STARTS = 8
STEPS = 60
CLEAR = 0.35
"""The least mean silhouette (Rousseeuw 1987): below, groups overlap whatever chance does."""
TOLD = 3
"""Statements by which a group is described."""
LEANS = 0.5
VALUES = {"+": 1, "-": -1, "0": 0}


@dataclass(frozen=True)
class Group:
    """People who answer alike: how many, and the statements that tell them from the others."""

    size: int
    agree: tuple[str, ...]
    disagree: tuple[str, ...]


@dataclass(frozen=True)
class Groups:
    """All groups, the largest first, and what every group agrees with."""

    groups: tuple[Group, ...]
    common: tuple[str, ...]


def stances(codes: Sequence[str], vote: Sequence[str]) -> Row:
    """A vote as one number for each statement: 1 agrees, -1 disagrees, 0 passes or was left out."""
    given = {one[:-1]: VALUES[one[-1]] for one in vote}
    return tuple(given.get(code, 0) for code in codes)


def common(codes: Sequence[str], votes: Sequence[Sequence[str]]) -> list[str]:
    """Statements with which at least three quarters of all agree."""
    rows = [stances(codes, vote) for vote in votes]
    return [code for at, code in enumerate(codes) if 4 * sum(row[at] == 1 for row in rows) >= 3 * len(rows)]


def find(codes: Sequence[str], rows: Sequence[Row], seed: int = 0) -> Groups | None:
    """The groups, or None. The seed changes nothing in what is found where groups are clear."""
    answered = sorted(row for row in rows if any(row))
    labels = assign(answered, seed)
    if labels is None:
        return None
    parts = [
        [row for row, label in zip(answered, labels, strict=True) if label == one] for one in set(labels)
    ]
    described = [_describe(codes, part, [row for row in answered if row not in part]) for part in parts]
    described.sort(key=lambda one: (-one.size, one.agree, one.disagree))
    shared = [
        code
        for at, code in enumerate(codes)
        if all(sum(row[at] for row in part) >= LEANS * len(part) for part in parts)
    ]
    return Groups(tuple(described), tuple(shared))


def assign(rows: Sequence[Row], seed: int = 0) -> list[int] | None:
    """The group of each row, or None where there are no groups. The order of rows does not matter to it."""
    if len(rows) < 2 * FEWEST_IN_GROUP:
        return None
    best, labels = _clearest(rows, Random(seed))
    if labels is None or best < CLEAR:
        return None
    dice = Random(seed + 1)
    for _copy in range(COPIES):
        columns = [dice.sample(column, len(column)) for column in map(list, zip(*rows, strict=True))]
        if _clearest(list(zip(*columns, strict=True)), dice)[0] >= best:
            return None
    return labels


def _describe(codes: Sequence[str], part: Sequence[Row], rest: Sequence[Row]) -> Group:
    inside = [sum(row[at] for row in part) / len(part) for at in range(len(codes))]
    outside = [sum(row[at] for row in rest) / max(len(rest), 1) for at in range(len(codes))]
    telling = sorted(range(len(codes)), key=lambda at: (-abs(inside[at] - outside[at]), at))
    return Group(
        len(part),
        tuple([codes[at] for at in telling if inside[at] >= LEANS and inside[at] > outside[at]][:TOLD]),
        tuple([codes[at] for at in telling if inside[at] <= -LEANS and inside[at] < outside[at]][:TOLD]),
    )


def _clearest(rows: Sequence[Row], dice: Random) -> tuple[float, list[int] | None]:
    """The grouping with the greatest silhouette among two to four groups of at least five."""
    points = _project(rows)
    best: tuple[float, list[int] | None] = (-1.0, None)
    for k in SIZES:
        if k * FEWEST_IN_GROUP > len(rows):
            break
        labels = _k_means(points, k, dice)
        if min(Counter(labels).values()) < FEWEST_IN_GROUP or len(set(labels)) < k:
            continue
        clear = _silhouette(points, labels)
        if clear > best[0] + 1e-9:
            best = (clear, labels)
    return best


def _project(rows: Sequence[Row]) -> list[Point]:
    """The first two principal components, by power iteration on the products of the centred rows."""
    n, wide = len(rows), len(rows[0])
    means = [sum(row[at] for row in rows) / n for at in range(wide)]
    centred = [[value - mean for value, mean in zip(row, means, strict=True)] for row in rows]
    gram = [[math.sumprod(one, other) for other in centred] for one in centred]
    axes: list[list[float]] = []
    for number in range(2):
        dice = Random(number)
        axis = [dice.uniform(-1, 1) for _ in range(n)]
        length = 0.0
        for _step in range(STEPS):
            axis = [math.sumprod(line, axis) for line in gram]
            length = math.sqrt(math.sumprod(axis, axis))
            if length < 1e-9:
                break
            axis = [value / length for value in axis]
        if length < 1e-9:
            axes.append([0.0] * n)
            continue
        axes.append([value * math.sqrt(length) for value in axis])
        gram = [
            [value - length * axis[i] * axis[j] for j, value in enumerate(line)]
            for i, line in enumerate(gram)
        ]
    return list(zip(*axes, strict=True))


def _k_means(points: Sequence[Point], k: int, dice: Random) -> list[int]:
    """Lloyd's algorithm from several starts far apart; the tightest result counts."""
    best: tuple[float, list[int]] = (math.inf, [0] * len(points))
    for _start in range(STARTS):
        centres = [points[dice.randrange(len(points))]]
        while len(centres) < k:
            far = [min(_square(point, centre) for centre in centres) for point in points]
            if not sum(far):
                break
            centres.append(dice.choices(points, far)[0])
        labels: list[int] = []
        for _step in range(STEPS):
            moved = [min(range(len(centres)), key=lambda c: _square(p, centres[c])) for p in points]
            if moved == labels:
                break
            labels = moved
            for c in range(len(centres)):
                part = [point for point, label in zip(points, labels, strict=True) if label == c]
                if part:
                    centres[c] = tuple(sum(axis) / len(part) for axis in zip(*part, strict=True))
        spread = sum(_square(point, centres[label]) for point, label in zip(points, labels, strict=True))
        if spread < best[0] - 1e-9:
            best = (spread, labels)
    return best[1]


def _silhouette(points: Sequence[Point], labels: Sequence[int]) -> float:
    """The mean silhouette: how much nearer people are to their own group than to the next."""
    members: dict[int, list[int]] = {}
    for at, label in enumerate(labels):
        members.setdefault(label, []).append(at)
    total = 0.0
    for at, label in enumerate(labels):
        means = {
            one: sum(math.dist(points[at], points[other]) for other in others)
            / max(len(others) - (one == label), 1)
            for one, others in members.items()
        }
        own = means.pop(label)
        other = min(means.values())
        total += (other - own) / max(own, other, 1e-12)
    return total / len(points)


def _square(one: Point, other: Point) -> float:
    return (one[0] - other[0]) ** 2 + (one[1] - other[1]) ** 2
