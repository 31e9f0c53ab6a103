"""Figures: percentiles, the load of the machine, and the lines a benchmark prints."""

import os
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

TICKS = os.sysconf("SC_CLK_TCK")


def percentile(values: Sequence[float], share: float) -> float:
    """The smallest value that at least `share` (0–1) of all values do not exceed; 0 when there are none."""
    ordered = sorted(values)
    return ordered[max(0, -(-len(ordered) * share // 1).__int__() - 1)] if ordered else 0.0


def machine() -> str:
    """How busy the machine is, for the reader of a figure."""
    return f"{os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}"


@dataclass
class Aims:
    """Aims of one benchmark and how many were missed."""

    missed: list[str] = field(default_factory=list)

    def expect(
        self,
        what: str,
        value: float,
        *,
        least: float | None = None,
        most: float | None = None,
        unit: str = "",
    ) -> None:
        """Print one figure beside its aim."""
        good = (least is None or value >= least) and (most is None or value <= most)
        aim = f"at least {least:g}" if least is not None else f"at most {most:g}"
        print(
            f"  {'ok    ' if good else 'MISSED'} {what}: {value:.4g}{unit} (wanted {aim}{unit})", flush=True
        )
        if not good:
            self.missed.append(what)

    def verdict(self) -> int:
        """The exit code: 1 when an aim was missed."""
        return bool(self.missed)


def cpu_seconds(root: int) -> float:
    """Processor time a process and all its descendants have used, children that ended included."""
    total = 0.0
    for pid in [root, *descendants(root)]:
        try:
            told = Path(f"/proc/{pid}/stat").read_text(encoding="ascii").rpartition(")")[2].split()
        except OSError:
            continue
        total += sum(int(value) for value in told[11:15]) / TICKS
    return total


def most_memory(pid: int) -> float:
    """The most memory that a process has had so far, in megabytes; 0 once it has ended."""
    try:
        told = Path(f"/proc/{pid}/status").read_text(encoding="ascii", errors="replace")
    except OSError:
        return 0.0
    return next((int(line.split()[1]) / 1024 for line in told.splitlines() if line.startswith("VmHWM")), 0.0)


def descendants(root: int) -> list[int]:
    """Processes below one, at this moment."""
    parents: dict[int, list[int]] = {}
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                parent = int((entry / "stat").read_text(encoding="ascii").rpartition(")")[2].split()[1])
            except OSError:
                continue
            parents.setdefault(parent, []).append(int(entry.name))
    found, waiting = [], [root]
    while waiting:
        below = parents.get(waiting.pop(), [])
        found += below
        waiting += below
    return found
