"""Editors that a service declares: what the declaration decides, without any service of ours."""

import json
from datetime import UTC, datetime
from enum import StrEnum

import pytest
from django.utils.translation import override

from sauga.kernel import vocab
from sauga.kernel.kit.editors import Editor, Setting, Settings
from sauga.kernel.kit.editors.declared import CodeUnfit, SettingUnfit, check_code
from sauga.kernel.kit.editors.shape import Fault, PolicyUnfit, faults, learn
from sauga.kernel.kit.lists import Quiet, Spoken, draw, plain
from sauga.kernel.refusals import ChangedMeanwhile
from sauga.kernel.states import SystemActor

AT = datetime(2026, 11, 28, 9, 0, tzinfo=UTC)
STAFF = SystemActor("editor")


class Named(StrEnum):
    """The names that a declaration needs."""

    PERMISSION = "lending.edit"
    CHANGED = "term:changed"


LOANS = Settings(
    name="lending",
    title="Settings",
    permission=Named.PERMISSION,
    zone="",
    changed=Named.CHANGED,
    reasons="reason",
    groups={"policy.loans": "Loans"},
    settings=(
        Setting("policy.loans", ("is_open",), "Open"),
        Setting("policy.loans", ("days", "most"), "Days", least=1, most=60),
        Setting("policy.loans", ("page",), "Page", check=lambda text: text.startswith("https://")),
    ),
)


@pytest.fixture
def editor(tmp_path) -> Editor:
    policies = {"policy.loans": {"status": "confirmed", "days": 3}, "policy.alerts_loans": {"steps": []}}
    files = {
        "a_vocabularies.json": {"vocabularies": {"box": {}}, "policy_defaults": policies},
        "b_vocabularies.json": {"state_machines": {"state.box": {}}},
        "texts.json": {"vocabularies": {"other": {}}},
    }
    for name, content in files.items():
        (tmp_path / name).write_text(json.dumps(content), encoding="utf-8")
    return Editor(
        name="lending",
        data=tmp_path,
        permission=Named.PERMISSION,
        zone="",
        term_changed=Named.CHANGED,
        policy_changed=Named.CHANGED,
        faults=lambda _name, shipped, value: faults(shipped, value),
        lists_text="",
        policies_text="",
        elsewhere=("policy.alerts_",),
    )


def test_an_editor_holds_what_is_in_its_services_files(editor):
    assert editor.shipped.lists == {"box", "state.box"}
    assert list(editor.shipped.policies) == ["policy.loans"]


@pytest.mark.parametrize("code", ["a", "A-B", "A" * 17, ""])
def test_a_code_is_an_upper_case_symbol(code):
    check_code("box", "RED_2")
    with pytest.raises(CodeUnfit):
        check_code("box", code)


def test_a_number_may_be_zero_where_it_is_declared():
    shipped = {"hours": 3, "list": [{"hours": 2}]}
    assert [fault.path for fault in faults(shipped, {"hours": 0, "list": [{"hours": 0}]})] == [
        "hours",
        "list[1].hours",
    ]
    assert faults(shipped, {"hours": 0, "list": [{"hours": 0}]}, {"hours"}) == []
    assert learn([1, 2]).low == 1


def test_every_fault_says_its_place_in_the_readers_language():
    unfit = PolicyUnfit(
        [Fault("a.b", "kind", "list,text"), Fault("c", "own", message="“%(at)s” stays empty")]
    )
    with override("lt"):
        kind, own = (fault.text for fault in unfit.faults)
    assert kind.startswith("„a.b“") or "a.b" in kind
    assert " arba " in kind and own == "“c” stays empty"


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("is_open", 1),
        ("days_most", 0),
        ("days_most", 61),
        ("days_most", True),
        ("page", "http://x"),
        ("page", None),
    ],
)
def test_a_setting_outside_its_bounds_is_refused(field, value):
    held = {"is_open": True, "days": {"most": 3, "kept": 1}, "page": "", "other": 9}
    given = {"is_open": False, "days_most": 60, "page": "https://x"}
    made = LOANS.next_value("policy.loans", held, given, "TRIAL")
    assert made == {
        "is_open": False,
        "days": {"most": 60, "kept": 1},
        "page": "https://x",
        "other": 9,
        "why": "TRIAL",
    }
    assert held["days"] == {"most": 3, "kept": 1}
    with pytest.raises(SettingUnfit) as refused:
        LOANS.next_value("policy.loans", held, given | {field: value}, "TRIAL")
    assert refused.value.field == field


@pytest.mark.django_db
def test_nobody_writes_over_a_version_they_did_not_see():
    assert vocab.seen_policy("policy.loans", 0) is None
    vocab.set_policy(by=STAFF, name="policy.loans", value={"days": 3}, at=AT)
    made = vocab.set_policy(by=STAFF, name="policy.loans", value={"days": 4}, at=AT)
    assert vocab.seen_policy("policy.loans", 2) == made
    for version in (0, 1, 3):
        with pytest.raises(ChangedMeanwhile):
            vocab.seen_policy("policy.loans", version)


def test_cells_in_another_language_and_of_codes_say_so():
    assert draw(Spoken("<b>", "lt")) == '<span lang="lt">&lt;b&gt;</span>' and plain(Spoken("a", "lt")) == "a"
    assert draw(Spoken("", "lt")) == draw(None)
    assert draw(Quiet("a.b", is_code=True)) == '<span class="quiet small" translate="no">a.b</span>'
