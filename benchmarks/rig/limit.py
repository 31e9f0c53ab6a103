"""The physical limit of intake: the receipt's key derivation and nothing else, on every core at once.

python -m rig.limit SECONDS      (one core; prints how many it made)
"""

import os
import subprocess
import sys
import time
from pathlib import Path


def derivations_per_second(seconds: float = 4.0) -> float:
    """Measure now, with one process a core."""
    command = [sys.executable, "-m", "rig.limit", str(seconds)]
    started = [
        subprocess.Popen(command, cwd=Path(__file__).resolve().parents[1], stdout=subprocess.PIPE)
        for _ in range(os.cpu_count() or 1)
    ]
    return sum(float(process.communicate()[0]) for process in started)


def _one_core(seconds: float) -> float:
    from sauga.kernel.sealed.visitors.receipts import new_receipt, receipt_keys
    from sauga.kernel.sealed.zones import Zone

    made, start = 0, time.perf_counter()
    while (spent := time.perf_counter() - start) < seconds:
        receipt_keys(new_receipt(None, "lt"), Zone.HOTLINE)
        made += 1
    return made / spent


if __name__ == "__main__":
    print(_one_core(float(sys.argv[1])))
