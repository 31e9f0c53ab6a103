"""A month of chat evenings at twice the usual load, through the product's own order of the queue: who waits
how long, under which policy.

    python benchmarks/queueing.py

The order is asked of an embedded database (`queries/queue_order.py`); the assumptions stand in
`tests/helpline/busy_month.py`. Wait: to the first word of a person, or until 23:00 for who got nobody.
"""

import sys
from pathlib import Path

from rig.installation import new_installation

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "tests"))  # the month lies with its test
from helpline.busy_month import FIRST_COME, SHARES, Contact, month, part, waits

POLICIES = {
    "order alone": {"lead": False, "second": False},
    "lead takes danger when all are busy": {"lead": True, "second": False},
    "lead, else a second conversation": {"lead": True, "second": True},
}


def main() -> None:
    """Print every policy at twice the load, and the last at other loads."""
    with (
        new_installation(people=()) as installation,
        installation.connect() as connection,
        connection.cursor() as cursor,
    ):
        for name, options in POLICIES.items():
            _show(f"2.0 x load, {name}", month(cursor, **options))
        for load in (1.0, 1.5, 3.0):
            _show(f"{load} x load, lead, else a second conversation", month(cursor, load=load))
        _show(
            "2.0 x load, first come first served", month(cursor, lead=False, second=False, order=FIRST_COME)
        )


def _show(title: str, evenings: list[list[Contact]]) -> None:
    print(f"\n{title}")
    print(
        f"  {'band':10} {'came':>6} {'p50':>7} {'p95':>7} {'longest':>8} {'> 2 min':>8} {'nobody':>7}  "
        f" minutes"
    )
    rows = [(band, "CHILD") for band in SHARES if band != "IMMEDIATE"] + [
        ("IMMEDIATE", ""),
        ("NONE", "ADULT"),
    ]
    for band, audience in rows:
        values = waits(evenings, band, audience)
        nobody = sum(
            c.began is None
            for e in evenings
            for c in e
            if c.band == band and (not audience or c.audience == audience)
        )
        late = sum(value > 120 for value in values) / max(1, len(values))
        label = f"{band}{' adult' if audience == 'ADULT' else ''}"
        print(
            f"  {label:10} {len(values):6} {part(values, 0.5) / 60:7.1f} "
            f"{part(values, 0.95) / 60:7.1f} {values[-1] / 60:8.1f} "
            f"{late:8.1%} {nobody:7}"
        )


if __name__ == "__main__":
    main()
