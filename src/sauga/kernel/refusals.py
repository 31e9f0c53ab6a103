"""Refused actions: the base exception, and the refusals that several services share.

An action that cannot be carried out raises a subclass of `ActionRefused`. The subclass carries the sentence
that the person reads, so a view catches `ActionRefused` once and needs no table of sentences. Nothing was
written when it is raised.
"""

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any, ClassVar, cast

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

type Text = str | Promise


class ActionRefused(Exception):
    """The action was refused and nothing was written; `text` says why, and what to do next, in the reader's
    language.

    `message` is the sentence, with `%(name)s` for what `facts` holds (a function is called when the sentence
    is read); `messages` has one for each code `why`, if there are several. `field` is the form field that it
    concerns; `fields` the one for each code. The exception's own text (`str`) is at most the code, so that a
    log never holds a fact. `others` are what else is wrong (`refuse_any`).
    """

    message: ClassVar[Text] = ""
    messages: ClassVar[Mapping[str, Text]] = {}
    field: str = ""
    fields: ClassVar[Mapping[str, str]] = {}
    others: tuple["ActionRefused", ...] = ()

    def __init__(self, why: str = "", **facts: object) -> None:
        super().__init__(*filter(None, [why]))
        self.why, self.facts = why, facts
        self.field = self.fields.get(why, self.field)

    @property
    def text(self) -> str:
        """Why it was refused, in the language of the page that is being made."""
        message = self.messages.get(self.why, self.message)
        facts = {name: fact() if callable(fact) else fact for name, fact in self.facts.items()}
        return str(cast(Any, message) % facts) if facts else str(message)

    @property
    def text_at_field(self) -> str:
        """The same beside the field that it concerns."""
        return self.text

    @property
    def whole_text(self) -> str:
        """This reason and all others, sentence after sentence, for a page without a form."""
        return " ".join(one.text for one in (self, *self.others))

    def add_to(self, form: forms.BaseForm, *others: str) -> None:
        """Show the reason in the form: at `field` (or the first of the `others` that the form has), otherwise
        above all fields; and whatever else is wrong in the same way."""
        name = next((one for one in (self.field, *others) if one in form.fields), None)
        form.add_error(name, self.text_at_field if name else self.text)
        for one in self.others:
            one.add_to(form, *others)


class ChangedMeanwhile(ActionRefused):
    """The object was saved after this person opened it."""

    message = _(
        "A colleague saved this while you were editing. Open the page in a second tab, look at their "
        "version, then save yours again."
    )


class NothingChanged(ActionRefused):
    """What was sent is what is stored already."""

    message = _("This is what is there already. Change something, or go back.")


class TextMissing(ActionRefused):
    """The action needs a text, and it is empty."""

    message = _("Write a few words first.")


class ReasonMissing(ActionRefused):
    """The action needs a reason from its list."""

    message = _("Choose a reason.")


class FormUnfit(ActionRefused):
    """What was sent cannot be used, and the form has no page of its own on which its errors could stand; the
    sentence says what is missing."""

    message = "%(said)s"

    def __init__(self, said: Text) -> None:
        super().__init__(said=said)


def refuse_any(found: Iterable[ActionRefused]) -> None:
    """Raise the first of what was found, with all others in it, so that a form says everything at once; pass
    in silence where nothing was."""
    every = list(found)
    if every:
        first, *others = every
        first.others = tuple(others)
        raise first


def also_refused(form: forms.BaseForm, found: Iterable[ActionRefused]) -> None:
    """Show beside what the form itself found wrong what the action would refuse: at fields that are well so
    far."""
    unfit = set(form.errors)
    for one in found:
        if one.field not in unfit:
            one.add_to(form)


@contextmanager
def refusal_in(form: forms.BaseForm, *others: str) -> Iterator[None]:
    """Whatever is refused inside is shown in the form, as by `ActionRefused.add_to`, and the view goes on
    after the block."""
    try:
        yield
    except ActionRefused as refused:
        refused.add_to(form, *others)
