"""How Django's forms are drawn here: with our classes, without a line of markup in the form.

Set as FORM_RENDERER.
"""

from datetime import date
from functools import cached_property
from pathlib import Path
from typing import Any

import django.forms
from django import forms
from django.forms.renderers import BaseRenderer
from django.template.backends.base import BaseEngine
from django.template.backends.django import DjangoTemplates
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext

from sauga.kernel.i18n import long_date

OURS = Path(__file__).parent / "templates" / "ui" / "forms"
THEIRS = Path(django.forms.__file__).parent / "templates"


class Renderer(BaseRenderer):
    """Django's widget templates with ours before them; `{{ form }}` and `{% field form.name %}` draw the same
    field."""

    form_template_name = "ui/forms/form.html"
    field_template_name = "ui/forms/field.html"

    @cached_property
    def engine(self) -> BaseEngine:
        """The engine of widget templates; it knows our tags."""
        builtins = [
            "django.templatetags.i18n",
            "django.templatetags.static",
            "sauga.kernel.ui.templatetags.ui",
        ]
        return DjangoTemplates(
            {
                "APP_DIRS": True,
                "DIRS": [OURS, THEIRS],
                "NAME": "sauga-forms",
                "OPTIONS": {"builtins": builtins},
            }
        )

    def get_template(self, template_name: str):  # type: ignore[no-untyped-def]  # noqa: ANN201  the stubs name a private class
        return self.engine.get_template(template_name)


class OwnIdsForm(forms.Form):
    """A form that stands on a page beside others: the ids of its fields begin with its own name, so that no
    two fields share one."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("auto_id", f"{type(self).__name__.removesuffix('Form').lower()}_%s")
        super().__init__(*args, **kwargs)


def limit_days(field: forms.Field, first: date, last: date) -> None:
    """Say beside a day which days can be chosen, before anything is typed."""
    field.widget.attrs |= {"min": first.isoformat(), "max": last.isoformat()}
    field.help_text = gettext("From %(first)s to %(last)s.") % {
        "first": long_date(first),
        "last": long_date(last),
    }


class Label(str):
    """The label of one choice with a second, quieter line under it: `(code, Label("Forum", "posts and
    comments"))`."""

    hint: str

    def __new__(cls, text: str, hint: str = "") -> "Label":
        label = super().__new__(cls, text)
        label.hint = hint
        return label


class NoInput(forms.Widget):
    """Only a place in the page that a link can lead to."""

    input_type = "hidden"

    def render(self, name: str, value: Any, attrs: Any = None, renderer: Any = None) -> SafeString:
        """The place."""
        return format_html('<span id="{}"></span>', (attrs or {}).get("id", name))


class GroupField(forms.Field):
    """What several fields say together, such as numbers of people by age: it takes no input of its own, and a
    fault of the whole group stands at it.

    The page gives its fieldset the id of this field and shows the fault in it
    (`ui/components/_group_error.html`).
    """

    widget = NoInput

    def __init__(self, label: Any) -> None:
        super().__init__(label=label, required=False)
