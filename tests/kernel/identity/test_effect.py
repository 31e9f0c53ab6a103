"""What counts where: the pure rule behind every permission, vault and grant."""

import pytest

from sauga.kernel import permissions
from sauga.kernel.identity import effect
from sauga.kernel.permissions import Registered

pytestmark = pytest.mark.unit


@pytest.fixture(autouse=True)
def registry(monkeypatch):
    fresh = permissions.Registry(
        permissions={
            "oven.bake": Registered("oven", "oven.bake", frozenset()),
            "oven.taste": Registered("oven", "oven.taste", frozenset(), everywhere=True),
            "oven.burn": Registered("oven", "oven.burn", frozenset(), two_people=True),
            "till.sell": Registered("till", "till.sell", frozenset()),
        },
        zones={"flour": "oven"},
    )
    monkeypatch.setattr(permissions, "REGISTRY", fresh)


@pytest.mark.parametrize(
    ("permission", "services", "expected"),
    [
        ("oven.bake", {"oven"}, True),
        ("oven.bake", {"till"}, False),
        ("oven.bake", set(), False),
        ("oven.taste", set(), True),
        ("gone.anything", {"oven"}, False),
        ("gone.anything", {"gone"}, True),
    ],
)
def test_a_permission_counts_at_the_operator_of_its_service_or_everywhere(permission, services, expected):
    assert effect.counts(permission, services) is expected


def test_a_vault_opens_to_the_operator_of_its_service_and_an_undeclared_one_to_nobody():
    assert effect.zones_open({"flour", "attic"}, {"oven", "till"}) == {"flour"}
    assert effect.zones_open({"flour"}, {"till"}) == frozenset()


def test_a_role_takes_two_people_by_what_it_permits():
    assert effect.needs_two({"oven.bake", "oven.burn"})
    assert not effect.needs_two({"oven.bake", "unknown.burn"})


def test_an_organisation_grants_what_its_kinds_name_and_its_services_give_meaning_to():
    granted = {"BAKER": {"oven.bake"}, "TASTER": {"oven.taste"}, "SELLER": {"till.sell"}, "GUEST": set()}
    roles_of_kind = {"BAKERY": {"BAKER", "TASTER", "GUEST"}, "SHOP": {"SELLER"}}
    zones_of_kind = {"BAKERY": {"flour"}, "SHOP": {"flour"}}

    def offer(kinds: set[str], services: set[str]) -> effect.Offer:
        return effect.offer(
            kinds, services, roles_of_kind=roles_of_kind, zones_of_kind=zones_of_kind, granted=granted
        )

    assert offer({"BAKERY"}, {"oven"}) == effect.Offer(
        frozenset({"BAKER", "TASTER", "GUEST"}), frozenset({"flour"})
    )
    assert offer({"BAKERY"}, set()) == effect.Offer(frozenset({"TASTER", "GUEST"}), frozenset())
    assert offer({"SHOP"}, {"oven"}) == effect.Offer(frozenset(), frozenset({"flour"}))
    assert offer({"NOWHERE"}, {"oven", "till"}) == effect.NOTHING
    assert offer({"BAKERY"}, {"oven"}) | effect.NOTHING == offer({"BAKERY"}, {"oven"})
