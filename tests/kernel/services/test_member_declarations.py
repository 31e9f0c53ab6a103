"""What a service declares for members: pages, things that wait, consents, data, permissions of the kernel."""

from enum import StrEnum

import pytest

from sauga.kernel import permissions
from sauga.kernel.members import consents, home
from sauga.kernel.members.my_data import holdings
from sauga.kernel.members.rules import Permission as MemberPermission
from sauga.kernel.permissions import REGISTRY
from sauga.kernel.services import Access, Service

pytestmark = pytest.mark.unit


class Unknown(StrEnum):
    X = "bakery.x"


@pytest.fixture
def registries(monkeypatch):
    for module, name in (
        (home, "_providers"),
        (home, "_pages"),
        (home, "_suggestions"),
        (consents, "_purposes"),
        (holdings, "_holdings"),
    ):
        monkeypatch.setattr(module, name, {})
    monkeypatch.setattr(REGISTRY, "permissions", dict(REGISTRY.permissions))


def test_a_declaration_puts_everything_in_its_place(registries):
    waiting = home.Waiting(title="Bread", text="Ready.", href="/x/", action="Fetch")
    Service(
        code="bakery",
        title="Bakery",
        member_home=lambda _by, _at: [waiting],
        member_navigation=(home.MemberPage(url="portal-home", label="Bread"),),
        member_suggestions=(home.Suggestion(url="portal-home", title="Order", text="…", icon="mail"),),
        member_consents=(consents.Purpose(code="bakery.photos", title="Photographs", texts={1: "…"}),),
        member_data=(holdings.Holding(code="bakery", title="Bread", export=lambda _member, _at: {}),),
    ).register()
    assert list(home._providers) == ["bakery"]
    assert list(home._pages) == list(home._suggestions) == ["portal-home"]
    assert consents.find("bakery.photos").version == 1
    assert [one.code for one in holdings.every()] == ["bakery"]


def test_a_consent_of_another_service_is_refused():
    with pytest.raises(ValueError, match=r"must begin with bakery\."):
        Service(
            code="bakery",
            title="Bakery",
            member_consents=(consents.Purpose(code="dairy.photos", title="x", texts={1: "…"}),),
        )


def test_a_role_of_a_service_may_hold_a_permission_of_the_kernel(registries):
    class BakeryPermission(StrEnum):
        BAKE = "bakery.bake"

    access = Access(
        permissions=BakeryPermission,
        roles={"BAKER": {BakeryPermission.BAKE}},
        everywhere=BakeryPermission,
        also={"BAKER": {MemberPermission.DECIDE_REQUEST}},
    )
    Service(code="bakery", title="Bakery", access=access).register()
    assert "BAKER" in REGISTRY.permissions[str(MemberPermission.DECIDE_REQUEST)].roles
    with pytest.raises(ValueError, match="registered by nobody"):
        permissions.add_to_role("BAKER", {Unknown.X})
