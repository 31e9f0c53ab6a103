"""The options of a select: escaped, the chosen one marked, a text in another language with its language."""

import pytest
from django import forms

from sauga.kernel.i18n.foreign import Foreign

pytestmark = pytest.mark.unit


def choices():
    return [
        ("", "visi"),
        ("a<b", "A & B"),
        ("Grupė", [(7, "septyni"), ("namai", Foreign("Namai", "lt"))]),
    ]


class FilterForm(forms.Form):
    kind = forms.ChoiceField(choices=choices, required=False)


def test_options_of_a_select():
    drawn = str(FilterForm({"kind": "7"})["kind"])
    for option in (
        '<option value="">visi</option>',
        '<option value="a&lt;b">A &amp; B</option>',
        '<optgroup label="Grupė">',
        '<option value="7" selected>septyni</option>',
        '<option value="namai" lang="lt">Namai</option>',
    ):
        assert option in drawn, drawn
