"""Effects: what an upper subdomain does when a lower one announces a change."""

import pytest

from sauga.repository.effects import Effect, adaptation_released, adaptation_retired, resource_withdrawn

pytestmark = pytest.mark.unit


def test_an_effect_passes_what_happened_on_and_returns_how_many_rows_changed():
    effect, seen = Effect("something"), []
    effect.connect(lambda **facts: seen.append(facts) or len(seen))
    assert effect(by="somebody", at="now") == 1
    assert seen == [{"by": "somebody", "at": "now"}]


def test_an_effect_that_nothing_is_connected_to_is_no_silent_success():
    with pytest.raises(RuntimeError, match="something"):
        Effect("something")()


def test_the_service_connects_every_effect():
    assert all(effect._react for effect in (resource_withdrawn, adaptation_retired, adaptation_released))
