"""Who may do what: nothing unless a row says so, system actors by their table, rules about
the object last.
"""

from enum import StrEnum
from types import SimpleNamespace

import pytest
from django.http import Http404
from factories.people import hire

from sauga.kernel import clock, permissions
from sauga.kernel.identity.actors import NobodySignedIn, actor, actor_or_none, person_actor
from sauga.kernel.identity.models import Grant, Role
from sauga.kernel.identity.queries import NotFound
from sauga.kernel.identity.roles import install_defaults, labels_of
from sauga.kernel.permissions import PermissionRefused, allowed, register, register_system, require
from sauga.kernel.states import SystemActor


class Permission(StrEnum):
    """A made-up service."""

    LOOK = "bakery.look"
    BAKE = "bakery.bake"


@pytest.fixture(autouse=True)
def registry(monkeypatch):
    fresh = permissions.Registry()
    for name in ("permissions", "labels", "rules", "system"):
        setattr(fresh, name, dict(getattr(permissions.REGISTRY, name)))
    for module in ("permissions", "identity.roles", "identity.queries"):
        monkeypatch.setattr(f"sauga.kernel.{module}.REGISTRY", fresh)
    register(
        "bakery", Permission, {"BAKER": {Permission.LOOK, Permission.BAKE}, "GUEST": {Permission.LOOK}},
        rules={Permission.BAKE: lambda by, bread: bread.owner == by.person_id},
        labels={"BAKER": {"en": "Baker", "lt": "Kepimas"}},
    )  # fmt: skip
    return fresh


@pytest.mark.django_db
def test_defaults_become_rows_once_and_what_staff_took_away_stays_away():
    assert install_defaults() == 3
    assert Role.objects.get(code="BAKER").label == "Kepimas"
    assert Role.objects.get(code="GUEST").labels == {"en": "Guest"}
    Grant.objects.filter(role__code="GUEST").update(allowed=False)
    assert install_defaults() == 0
    guest = person_actor(hire("Ona Svečia", "GUEST").person, clock.now())
    assert not guest.can(Permission.LOOK)


@pytest.mark.django_db
def test_a_person_needs_the_grant_and_the_rule():
    install_defaults()
    baker = person_actor(hire("Ona Kepėja", "BAKER").person, clock.now())
    own, other = SimpleNamespace(owner=baker.person_id), SimpleNamespace(owner=-1)
    require(baker, Permission.BAKE)
    require(baker, Permission.BAKE, own)
    with pytest.raises(PermissionRefused) as refused:
        require(baker, Permission.BAKE, other)
    assert refused.value.permission == "bakery.bake"
    nobody = person_actor(hire("Ona Niekas").person, clock.now())
    assert not allowed(nobody, Permission.LOOK)
    assert nobody.person.name == "Ona Niekas" and baker != nobody and "secret" not in repr(baker)


@pytest.mark.unit
def test_a_system_actor_passes_only_what_its_table_says():
    oven = SystemActor("oven")
    assert not allowed(oven, Permission.BAKE)
    register_system("oven", {Permission.BAKE})
    require(oven, Permission.BAKE, SimpleNamespace(owner=1))
    assert not allowed(oven, Permission.LOOK)


@pytest.mark.unit
def test_an_actor_without_permissions_passes_nothing():
    assert not allowed(SimpleNamespace(pseudonym="provider:1"), Permission.LOOK)


@pytest.mark.unit
def test_misnamed_permissions_are_refused_at_start():
    class Misnamed(StrEnum):
        LOOK = "look"

    with pytest.raises(ValueError, match=r"must begin with bakery\."):
        register("bakery", Misnamed, {})
    with pytest.raises(ValueError, match="not a permission of"):
        register("bakery", Permission, {"BAKER": {permissions_of_identity().INVITE}})


def permissions_of_identity():
    from sauga.kernel.identity.rules import Permission as Own

    return Own


@pytest.mark.unit
def test_labels_fall_back_to_the_readable_code():
    assert labels_of("SECOND_REVIEWER")["lt"] == "Antrasis vertinimas"
    assert labels_of("NIGHT_WATCH") == {"en": "Night watch"}


def test_nobody_is_an_actor_at_the_public_door(rf):
    request = rf.get("/lt/")
    assert actor_or_none(request) is None
    with pytest.raises(NobodySignedIn):
        actor(request)
    assert issubclass(NotFound, Http404)


def test_the_interface_is_found_by_name_and_nothing_else():
    from sauga.kernel import identity

    assert all(getattr(identity, name) for name in identity.__all__)
    with pytest.raises(AttributeError):
        identity.nonsense  # noqa: B018  the look-up is the test
