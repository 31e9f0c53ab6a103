"""The head of a column says what its numbers count."""

from django.utils import translation

from sauga.kernel.figures.registry import measures
from sauga.kernel.figures.texts import unit_name


def test_every_unit_has_a_name_and_only_shares_are_called_so():
    units = {measure.unit for measure in measures()}
    assert {"SHARE", "EVENT", "PERSON"} <= units
    for language in ("lt", "en"):
        with translation.override(language):
            names = {unit: unit_name(unit) for unit in units}
        assert [unit for unit, name in names.items() if not name] == []
        assert [unit for unit, name in names.items() if name == names["SHARE"]] == ["SHARE"]
