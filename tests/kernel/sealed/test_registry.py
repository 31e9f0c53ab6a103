"""No field that could hold a person's words goes undeclared."""

import pytest
from django.apps import apps

from sauga.kernel.sealed import registry
from sauga.kernel.sealed.models import WrappedKey


@pytest.fixture
def blank(monkeypatch):
    """An empty registry for the length of a test."""
    monkeypatch.setattr(registry, "_declared", {})


def test_every_field_of_the_house_is_declared():
    assert registry.faults() == []


def test_undeclared_unknown_and_not_binary_fields_are_found(blank):
    registry.declare("sealed.WrappedKey", plain={"zone", "nothing"}, sealed={"holder"}, blind={"envelope"})
    registry.declare("sealed.Nothing", plain={"x"})
    found = registry.faults("sauga.kernel.sealed")
    assert "sealed.WrappedKey.recipient: undeclared" in found
    assert "sealed.WrappedKey.nothing: no such field" in found
    assert "sealed.WrappedKey.holder: sealed or blind, but not binary" in found
    assert "sealed.nothing: no such model" in found
    assert "sealed.PersonKey.public: undeclared" in found
    assert not any(
        ".version" in fault or (".envelope: " in fault and "WrappedKey" in fault) for fault in found
    )


def test_a_step_needs_no_declaration_but_fields_of_its_own_do(blank, monkeypatch):
    from sauga.kernel.integration.models import ReferralStep

    assert not any("ReferralStep" in fault for fault in registry.faults("sauga.kernel.integration"))
    monkeypatch.setattr(
        registry,
        "_STEP",
        registry.Declaration(frozenset({"track", "before", "after", "by"}), frozenset(), frozenset()),
    )
    assert f"{ReferralStep._meta.label}.why: undeclared" in registry.faults("sauga.kernel.integration")


def test_declaring_twice_is_refused_unless_the_same(blank):
    registry.declare("x.Y", plain={"a"}, sealed={"b"})
    registry.declare("x.y", plain={"a"}, sealed={"b"})
    with pytest.raises(ValueError, match="differently"):
        registry.declare("x.Y", plain={"a"})
    with pytest.raises(ValueError, match="twice"):
        registry.declare("x.Z", plain={"a"}, blind={"a"})


def test_declaration_can_be_read():
    assert registry.declaration_of(WrappedKey._meta.label).plain == {
        "zone",
        "holder",
        "recipient",
        "envelope",
    }
    assert registry.declaration_of("no.Model") is None


def test_every_app_s_fields_module_is_imported():
    apps.get_app_config("sealed").ready()
    assert registry.declaration_of("sealed.ZoneKey")


def test_the_interface_is_what_it_says():
    import sauga.kernel.sealed as sealed

    for name in sealed.__all__:
        assert getattr(sealed, name) is not None
    with pytest.raises(AttributeError):
        sealed.nothing  # noqa: B018  the access is the test
