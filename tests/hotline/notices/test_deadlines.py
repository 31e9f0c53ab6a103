"""How long a provider has and what follows; a letter that lacks a field of its basis is refused and
never half filled.
"""

from dataclasses import fields

import pytest

from sauga.hotline.notices.rules import deadlines, template_fields
from sauga.hotline.policies.views import EDITOR

pytestmark = pytest.mark.unit
LADDERS = EDITOR.shipped.policies["policy.escalation"]["ladders"]


def filling(**more: str) -> template_fields.Filling:
    return template_fields.Filling(**({one.name: one.name for one in fields(template_fields.Filling)} | more))


class TestLadder:
    def test_csam_abroad_is_repeated_every_day(self):
        reminders = [
            rung.after_hours for rung in deadlines.ladder(LADDERS, "P2", "DE") if rung.do == "REMIND"
        ]
        assert reminders[:3] == [24, 48, 72] and {after % 24 for after in reminders} == {0}

    def test_home_and_abroad_climb_their_own_ladders(self):
        home, abroad = (deadlines.ladder(LADDERS, "P2", country) for country in ("LT", "LV"))
        assert "MANDATORY_INSTRUCTION" in {rung.do for rung in home} and "MANDATORY_INSTRUCTION" not in {
            rung.do for rung in abroad
        }
        assert home == sorted(home) and abroad == sorted(abroad)

    def test_an_urgency_without_a_ladder_climbs_none(self):
        assert deadlines.ladder(LADDERS, "P5", "LT") == []

    def test_the_ladder_has_an_end(self):
        rungs = deadlines.ladder(LADDERS, "P1", "LT")
        assert deadlines.rung_due(rungs, len(rungs), since=None) is None


class TestLetters:
    def test_an_unknown_place_is_refused_wherever_it_stands(self):
        for where in ({"subject": "{kazkas}"}, {"body": "{kazkas}"}, {"legal_text": "{kazkas}"}):
            text = {"subject": "", "body": "", "legal_text": ""} | where
            with pytest.raises(template_fields.TemplateRefused):
                template_fields.fill(**text, filling=filling())

    def test_an_address_never_stands_in_the_subject(self):
        template_fields.check("Nr. {number}", "", "", ())
        inside = next(iter(template_fields.PLACES - set(template_fields.IN_SUBJECT)))
        with pytest.raises(template_fields.TemplateRefused):
            template_fields.check("{" + inside + "}", "", "", ())

    def test_a_field_of_the_basis_is_asked_for_and_has_to_have_a_value(self):
        field, place = next(
            (field, place)
            for field, place in template_fields.MET_BY.items()
            if field not in template_fields.MET_BY_SENDING
        )
        with pytest.raises(template_fields.FieldMissing):
            template_fields.check("", "", "", (field,))
        with pytest.raises(template_fields.FieldMissing):
            template_fields.fill(
                subject="",
                body="{" + place + "}",
                legal_text="",
                filling=filling(**{place: " "}),
                required=(field,),
            )
        assert template_fields.fill(
            subject="", body="{" + place + "}", legal_text="", filling=filling(), required=(field,)
        ).text.startswith(place)
