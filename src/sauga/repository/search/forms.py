"""The form for words that children use for a topic."""

from django import forms
from django.utils.translation import gettext_lazy as _

from sauga.kernel import vocab


class WordsForm(forms.Form):
    """Words and the topic they mean."""

    phrase = forms.CharField(
        label=_("Words as a child types them"),
        max_length=80,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    topic = forms.ChoiceField(label=_("Topic"), choices=lambda: list(vocab.choices("topics")))
