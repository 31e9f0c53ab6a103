"""The audit log is read by people: each act and fact that a package declares has words in both languages."""

from enum import StrEnum

import pytest
from django.db.models import TextChoices
from django.utils import translation
from django.utils.functional import Promise

from sauga.helpline import states as helpline
from sauga.helpline.audit_values import VALUES as HELPLINE
from sauga.hotline.audit_values import VALUES as HOTLINE
from sauga.hotline.handovers.rules import RECIPIENTS
from sauga.hotline.monitoring.rules.removal import RemovalKind
from sauga.hotline.states import ReportState
from sauga.kernel import audit
from sauga.kernel.audit.words import FACT_NAMES
from sauga.kernel.figures.labels import first_label
from tests.kernel.audit.conftest import Act

DECLARED = {name: facts for name, facts in audit.actions().items() if name not in set(Act)}


def test_every_declared_act_and_fact_has_words():
    assert len(DECLARED) > 300
    assert not [name for name in DECLARED if not isinstance(audit.action_words(name), Promise)]
    assert not {key for facts in DECLARED.values() for key in facts} - set(FACT_NAMES)


def test_the_words_are_lithuanian_on_a_lithuanian_page():
    def words() -> dict[str, str]:
        return {name: str(audit.action_words(name)) for name in DECLARED}

    with translation.override("en"):
        english = words()
    with translation.override("lt"):
        lithuanian = words()
    assert english["item:assessed"] == "Item assessed"
    assert lithuanian["item:assessed"] == "Turinio vienetas įvertintas"
    assert not [name for name in DECLARED if english[name] == lithuanian[name]]


def test_the_machine_and_people_without_an_account_are_said_in_words():
    with translation.override("en"):
        read = {name: str(audit.actor_words(name)) for name in ("system:tracer", "system:public", "k7q4")}
    assert list(read.values()) == ["Automatically", "Somebody outside", "k7q4"]


def test_an_act_without_words_is_refused_and_one_that_is_declared_no_more_reads_as_its_code():
    class Silent(TextChoices):
        DONE = "silent:done"

    with pytest.raises(ValueError, match="no words"):
        audit.register(Silent, {})
    assert audit.action_words("long:gone") == "long:gone" and audit.fact_words("long_gone") == "long gone"


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("values", "fact", "codes"),
    [
        (HOTLINE, "kind", [*RemovalKind, "FIRST", "SECOND", "ARBITRATION", "REOPENED"]),
        (HOTLINE, "outcome", [*ReportState]),
        (HOTLINE, "recipient", [*RECIPIENTS]),
        (HELPLINE, "to", [*helpline.CaseState, *helpline.ReferralState, *helpline.IncomingState]),
        (HELPLINE, "state", [*helpline.ConcernState]),
    ],
)
def test_states_and_kinds_are_called_by_their_words(values, fact: str, codes: list[StrEnum]):
    assert not [code for code in codes if first_label(values[fact], str(code)) == str(code)]
