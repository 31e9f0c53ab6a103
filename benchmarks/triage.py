"""How well the rules of triage find danger, on invented openings, and how fast.

    PYTHONPATH=src:tests python benchmarks/triage.py

Parts: `tuned` (half of all families, the rules were made on it), `held out` (the other half; three quarters
of it were looked at once, after the first measurement), `unseen` (an eighth of all, only its figures were
ever printed), `single` (written one by one), `seed` (the project's 60). At the first measurement, before
anything of it was looked at, the held-out half stood at a recall of 0.886.
"""

import time
from collections import Counter
from typing import Any

from helpline.openings import held_out, openings, unseen

from sauga.helpline.line.rules.triage import Band, judge

BANDS = list(Band)


def main() -> None:
    """Print everything."""
    own = openings("own")
    parts = {
        "seed": openings("seed"),
        "tuned": [row for row in own if not held_out(row)],
        "held out": [row for row in own if held_out(row)],
        "unseen": [row for row in own if unseen(row)],
        "single": [row for row in own if row["family"] == row["id"]],
        **{
            f"all {language}": [row for row in own if row["lang"] == language]
            for language in ("lt", "en", "ru", "mul")
        },
    }
    judge("once, so that the phrases are loaded")
    began = time.perf_counter()
    for row in own:
        judge(row["text"], row["lang"])
    spent = time.perf_counter() - began
    print(f"{'part':10} {'rows':>5}  " + "  ".join(f"{band:>19}" for band in BANDS))
    print(f"{'':10} {'':>5}  " + "  ".join(f"{'recall  precision':>19}" for _ in BANDS))
    for name, rows in parts.items():
        print(
            f"{name:10} {len(rows):5}  "
            + "  ".join(f"{_share(*pair):>8}  {_share(*other):>9}" for pair, other in _figures(rows))
        )
    print(f"\n{len(own) / spent:,.0f} messages a second on one core, {1000 * spent / len(own):.2f} ms each")


def _figures(rows: list[dict[str, Any]]) -> list[tuple[tuple[int, int], tuple[int, int]]]:
    """For each band: found of wanted, right of given."""
    seen = Counter((row["risk"].upper(), str(judge(row["text"], row["lang"]).band)) for row in rows)
    return [
        (
            (seen[band, band], sum(seen[band, other] for other in map(str, BANDS))),
            (seen[band, band], sum(seen[other, band] for other in map(str, BANDS))),
        )
        for band in map(str, BANDS)
    ]


def _share(part: int, whole: int) -> str:
    return f"{part / whole:.3f}" if whole else "-"


if __name__ == "__main__":
    main()
