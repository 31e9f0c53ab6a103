"""Attackers cost themselves time, not the honest: a small run of benchmarks/isolation.py, and a crowd that
meets no fault.
"""

import pytest
from rig.attack import begin_attack, finish_attack
from rig.installation import new_installation
from rig.load import run_load

pytestmark = [pytest.mark.flow, pytest.mark.bench, pytest.mark.proof]


@pytest.mark.slow("three loads, one after the other")
def test_honest_reports_go_on_under_attack_and_in_a_crowd():
    with new_installation() as installation:
        port = installation.serve(workers=2)
        run_load(port, 4, 20)
        rest = run_load(port, 2, 0, 3)
        attack = begin_attack(port, 1000, 50, 5)
        under = run_load(port, 2, 0, 3)
        met = finish_attack(attack)
        crowd = run_load(port, 64, 150)
    assert rest.failures == under.failures == crowd.failures == 0, (
        rest.complaints,
        under.complaints,
        crowd.complaints,
    )
    assert met.get("422", 0) > 20 and set(met) <= {"422", "slow sender let go"}, met
    # Twice is what is promised and what the benchmark holds to; other tests beside this one make the clock of
    # a small run too rough for it.
    assert crowd.reports == 150
