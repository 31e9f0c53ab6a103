"""The life of a referral is drawn in the documentation as it is in the code."""

from pathlib import Path

import pytest

from sauga.kernel.integration import REFERRAL, ReferralState

pytestmark = pytest.mark.unit
PAGE = Path(__file__).resolve().parents[3] / "docs" / "develop" / "ports.md"


def test_the_diagram_is_the_table():
    assert REFERRAL.mermaid() in PAGE.read_text(encoding="utf-8")


def test_a_referral_ends_in_one_of_three_ways():
    assert REFERRAL.ends() == {ReferralState.SETTLED, ReferralState.DECLINED, ReferralState.WITHDRAWN}
