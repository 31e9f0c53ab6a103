"""What models say about themselves: the start stops for one that says nothing, and for names that do not
exist."""

from dataclasses import replace

import pytest
from django.apps import apps
from django.core.exceptions import ImproperlyConfigured

from sauga.kernel import data
from sauga.kernel.data import About, By, Clear, Forever, Term, With
from sauga.kernel.integration.models import Referral, ReferralStep
from sauga.kernel.retention import registry
from sauga.kernel.sealed.models import WrappedKey
from sauga.kernel.states import Step

pytestmark = pytest.mark.unit


def planted(monkeypatch, **changes):
    """The faults of the table of wrapped keys with a changed declaration."""
    monkeypatch.setattr(WrappedKey, "data", replace(WrappedKey.data, **changes))
    return data.faults(WrappedKey)


def test_every_model_says_what_it_stores():
    data.require_complete()
    ours = [model for model in apps.get_models() if model.__module__.startswith("sauga.")]
    assert len(ours) > 200 and all(data.about(model) for model in ours)


def test_the_start_stops_for_a_model_without_a_declaration_and_says_what_to_write(monkeypatch):
    monkeypatch.delattr(WrappedKey, "data")
    with pytest.raises(ImproperlyConfigured) as stopped:
        apps.get_app_config("retention").ready()
    (said,) = str(stopped.value).splitlines()
    assert said.startswith("sealed.WrappedKey does not say what it stores. Write beside its fields in ")
    assert (
        'sauga.kernel.sealed.models: data = About(plain={"envelope", "holder", "recipient", "zone"}' in said
    )


def test_wrong_names_of_fields_are_refused(monkeypatch):
    assert planted(monkeypatch, hidden={"nought"}) == ["sealed.WrappedKey.nought: no such field"]
    found = planted(
        monkeypatch, plain={"zone", "nothing"}, sealed={"holder"}, blind={"envelope"}, hidden=set()
    )
    assert found == [
        "sealed.WrappedKey.recipient: undeclared; name it in plain, sealed or blind",
        "sealed.WrappedKey.nothing: no such field",
        "sealed.WrappedKey.holder: sealed or blind, but not binary",
    ]


@pytest.mark.parametrize(
    ("keep", "why"),
    [
        ((), " does not say how long it is kept: keep=Term(…), Forever(…) or With(…)"),
        (Forever(" "), " does not say why it is kept for ever"),
        (With("zone_key"), ".zone_key: kept with what does not exist"),
        (With("sealed.Nothing"), ".sealed.Nothing: kept with what does not exist"),
        (Term(1, after="made_at"), ".made_at: no such field"),
        (Term(1, after="zone__name"), ".zone__name: no such field"),
        (Term(1, after="version", how=Clear({"wrap": b""})), ".wrap: no such field"),
        (Term(1, after="version", holder=("owner",)), ".owner: no such attribute"),
        (Term(1, after="version", how=By("sauga.gone")), ".sauga.gone: no such function"),
    ],
)
def test_rules_that_name_what_does_not_exist_are_refused(monkeypatch, keep, why):
    declared = About(plain={"zone", "holder", "recipient", "envelope"}, keep=keep)
    monkeypatch.setattr(WrappedKey, "data", declared)
    assert data.faults(WrappedKey) == [f"sealed.WrappedKey{why}"]


def test_a_field_is_named_once():
    with pytest.raises(ValueError, match="twice"):
        About(plain={"a"}, blind={"a"}, keep=With("owner"))


def test_a_step_needs_no_declaration_but_fields_of_its_own_do(monkeypatch):
    assert data.about(ReferralStep) is Step.data
    monkeypatch.setattr(Step, "data", replace(Step.data, plain=Step.data.plain - {"why"}))
    assert data.faults(ReferralStep) == [
        f"{ReferralStep._meta.label}.why: undeclared; name it in plain, sealed or blind"
    ]


def test_a_declaration_of_a_concrete_parent_is_not_inherited():
    parent = type("Parent", (), {"data": Referral.data, "_meta": Referral._meta})
    assert data.about(type("Child", (parent,), {})) is None


def test_what_goes_with_an_owner_without_a_rule_is_refused(monkeypatch):
    for name in ("_rules", "_terms", "_forever", "_with"):
        monkeypatch.setattr(registry, name, {})
    registry.add(ReferralStep, Step.data.keep)
    assert registry.lost() == ["referrals.referralstep is kept with referrals.referral, which has no rule"]
    registry.add(Referral, Forever("proof"))
    assert registry.lost() == []


def test_tables_and_columns_that_no_public_page_shows():
    off = data.tables_off_public_pages()
    assert {"events_speakercontact", "events_checklist_tickets", "wagtailcore_revision"} <= off
    assert "panel_proposal_adults" in off and "panel_proposal" not in off
    assert data.hidden_columns("repository_deployment") == {"last_seen"}
    assert not data.hidden_columns("repository_resource")
