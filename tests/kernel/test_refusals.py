"""A refused action carries its own sentence: in the reader's language, with what is known when it is read, at
the field it concerns.
"""

import pytest
from django import forms
from django.utils.translation import gettext_lazy, ngettext_lazy, override

from sauga.kernel.refusals import (
    ActionRefused,
    ChangedMeanwhile,
    NothingChanged,
    ReasonMissing,
    TextMissing,
    also_refused,
    refusal_in,
    refuse_any,
)
from sauga.kernel.sealed import KeyNotAvailable, SealedError, VaultLocked
from sauga.kernel.states import MoveNotAllowed

pytestmark = pytest.mark.unit


class TooMany(ActionRefused):
    message = ngettext_lazy(
        "%(n)s case of this period is still open.", "%(n)s cases of this period are still open.", "n"
    )


class Unfit(ActionRefused):
    message = gettext_lazy("Choose a reason.")
    messages = {"text": gettext_lazy("Write a few words first.")}
    fields = {"text": "note"}


class NoteForm(forms.Form):
    note = forms.CharField(required=False)
    day = forms.CharField(required=False)


def bound() -> NoteForm:
    form = NoteForm({"note": "typed", "day": "2"})
    assert form.is_valid()
    return form


@pytest.mark.parametrize(
    "refused",
    [
        ChangedMeanwhile(),
        NothingChanged(),
        ReasonMissing(),
        TextMissing(),
        MoveNotAllowed("A", "B"),
        VaultLocked(),
    ],
)
def test_shared_refusals_have_words_in_both_languages(refused):
    with override("en"):
        english = refused.text
    with override("lt"):
        lithuanian = refused.text
    assert english and lithuanian and english != lithuanian


def test_the_language_is_that_of_the_reader_and_not_of_the_raise():
    with override("lt"):
        refused = TextMissing()
    with override("en"):
        assert refused.text == "Write a few words first."


def test_a_code_chooses_the_message_and_the_field():
    with override("en"):
        assert Unfit("text").text == "Write a few words first."
        assert Unfit("text").field == "note"
        assert Unfit("other").text == "Choose a reason."
        assert Unfit().field == ""


def test_facts_are_put_into_the_message_when_it_is_read():
    with override("en"):
        assert TooMany(n=1).text == "1 case of this period is still open."
        assert TooMany(n=3).text == "3 cases of this period are still open."
        assert TooMany(n=lambda: 2).text == "2 cases of this period are still open."


def test_the_exception_itself_holds_at_most_the_code():
    assert str(TooMany(n=3)) == "" and str(Unfit("text")) == "text"
    assert "secret" not in repr(Unfit(words="secret"))


def test_it_is_shown_at_its_field_and_what_was_typed_stays():
    form = bound()
    Unfit("text").add_to(form)
    assert list(form.errors) == ["note"] and form.data["note"] == "typed"


def test_it_is_shown_at_another_field_or_above_all_where_the_form_lacks_its_own():
    form = bound()
    ReasonMissing().add_to(form, "day")
    assert list(form.errors) == ["day"]
    form = bound()
    ReasonMissing().add_to(form, "elsewhere")
    assert form.non_field_errors()


def test_what_is_refused_in_a_block_is_shown_in_the_form():
    form = bound()
    with refusal_in(form):
        raise Unfit("text")
    assert list(form.errors) == ["note"]
    form = bound()
    with refusal_in(form, "day"):
        pass
    assert not form.errors
    with pytest.raises(ZeroDivisionError), refusal_in(form):
        raise ZeroDivisionError


def test_a_locked_vault_is_a_key_that_is_not_available():
    assert (
        issubclass(VaultLocked, KeyNotAvailable)
        and issubclass(VaultLocked, SealedError)
        and issubclass(VaultLocked, ActionRefused)
    )
    with override("en"):
        assert VaultLocked().text != KeyNotAvailable("person 7 has no key pair yet").text
        assert "person 7" not in KeyNotAvailable("person 7 has no key pair yet").text


def test_everything_that_is_wrong_is_said_at_once_each_at_its_field():
    refuse_any([])
    form = bound()
    with refusal_in(form):
        refuse_any([Unfit("text"), ReasonMissing()])
    assert list(form.errors) == ["note", "__all__"]
    with override("en"), pytest.raises(Unfit) as refused:
        refuse_any([Unfit("text"), ReasonMissing()])
    with override("en"):
        assert refused.value.whole_text == "Write a few words first. Choose a reason."


def test_what_the_action_would_refuse_is_said_beside_what_the_form_found():
    form = NoteForm({"note": "", "day": "2"})
    form.fields["note"].required = True
    assert not form.is_valid()
    also_refused(form, [Unfit("text"), ReasonMissing()])
    assert len(form.errors["note"]) == 1 and form.non_field_errors()
