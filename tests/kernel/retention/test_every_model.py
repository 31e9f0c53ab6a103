"""Every model of the installation says how long it is kept."""

import pytest

from sauga.kernel import retention

pytestmark = pytest.mark.unit


def test_every_rule_counts_from_a_field_that_exists():
    from django.apps import apps

    read = [
        apps.get_model(rule.model)._base_manager.filter(rule.where, **{f"{rule.after}__isnull": False})
        for rule in retention.rules()
        if rule.model.partition(".")[0] in apps.app_configs
    ]
    assert len(read) > 100
