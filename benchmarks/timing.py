"""Whether the time of an answer tells wrong receipts apart: unknown, expired, half right, unreadable.

    python benchmarks/timing.py [--times 2000]

One visitor, one web process, kinds in random order; Mann–Whitney between the unknown receipt and each other
kind. The peer of the same run is a second set of unknown receipts. Wanted: p > 0.01 everywhere.
"""

import argparse
import random
import time

from rig.figures import Aims, machine, percentile
from rig.installation import Installation, new_installation
from rig.visitor import RETURN, Visitor
from scipy.stats import mannwhitneyu

EXPIRED = 20


def main() -> int:
    """Measure and compare."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--times", type=int, default=2000, help="answers of each kind")
    options = parser.parse_args()
    aims = Aims()
    with new_installation() as installation, Visitor(installation.serve(1)) as visitor:
        kinds = _kinds(installation, visitor)
        taken = _measure(visitor, kinds, options.times)
    print(f"{options.times} of each ({machine()})")
    for name, seconds in taken.items():
        print(
            f"  {name:18} p50 {percentile(seconds, 0.5) * 1000:.3f} ms, p95 "
            f"{percentile(seconds, 0.95) * 1000:.3f} ms"
        )
    for name, seconds in taken.items():
        if name != "unknown":
            aims.expect(
                f"p of “{name}” beside “unknown”",
                float(mannwhitneyu(taken["unknown"], seconds).pvalue),
                least=0.01,
            )
    return aims.verdict()


def _kinds(installation: Installation, visitor: Visitor) -> dict[str, list[str]]:
    """Receipts of each kind, as typed. The reports behind the expired ones are there, their keys are not."""
    from sauga.kernel.sealed.visitors.receipts import Receipt, new_receipt

    real = [visitor.report(f"https://a.example/{number}", "HATE") for number in range(2 * EXPIRED)]
    expired, living = real[:EXPIRED], real[EXPIRED:]
    with installation.connect() as connection:
        connection.execute(
            "DELETE FROM sealed_wrappedkey WHERE holder IN (SELECT 'report:' || ref FROM "
            "hotline_report ORDER BY id LIMIT %s)",
            (EXPIRED,),
        )
    from sauga.kernel.sealed.visitors.receipts import SECRET_BYTES
    from sauga.kernel.sealed.visitors.typed_receipts import parse_receipt

    half = [
        Receipt(parse_receipt(code).secret[:8] + random.randbytes(SECRET_BYTES - 8), "lt").code
        for code in living
    ]
    return {
        "unknown": [new_receipt(None, "lt").code for _ in range(EXPIRED)],
        "unknown again": [new_receipt(None, "lt").code for _ in range(EXPIRED)],
        "expired": expired,
        "half right": half,
        "unreadable": [
            "".join(random.choices("ABCDEFGHJKMNPQRSTVWXYZ", k=5)) + "-UUUUU-00000-11111"
            for _ in range(EXPIRED)
        ],
    }


def _measure(visitor: Visitor, kinds: dict[str, list[str]], times: int) -> dict[str, list[float]]:
    turns = [name for name in kinds for _ in range(times)]
    random.shuffle(turns)
    taken: dict[str, list[float]] = {name: [] for name in kinds}
    for name in random.choices(list(kinds), k=50) + turns:
        code = random.choice(kinds[name])
        start = time.perf_counter()
        answer = visitor.post(RETURN, receipt=code)
        taken[name].append(time.perf_counter() - start)
        assert answer.status == 422, (name, answer.status)
    return taken


if __name__ == "__main__":
    raise SystemExit(main())
