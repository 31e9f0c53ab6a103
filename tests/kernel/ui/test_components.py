"""Tags, forms, toasts, language: what a template author relies on."""

import pytest
from django import forms
from django.contrib.messages.storage.base import Message
from django.contrib.messages.storage.cookie import CookieStorage
from django.template import Context, Template
from django.template.loader import get_template
from django.test import RequestFactory
from django.utils import translation

from sauga.kernel.ui import icons, marks, toasts
from sauga.kernel.ui.forms import Label
from sauga.kernel.ui.public_frame import language


def draw(source, **context):
    return Template(source).render(Context(context))


class Sample(forms.Form):
    mail = forms.EmailField(help_text="<b>how</b>")
    words = forms.CharField(widget=forms.Textarea, required=False)
    kind = forms.ChoiceField(
        widget=forms.RadioSelect, choices=[("", ""), ("G", [("A", Label("first", "more")), ("B", "second")])]
    )
    agreed = forms.BooleanField(required=False)
    hidden = forms.CharField(widget=forms.HiddenInput, required=False)
    place = forms.ChoiceField(choices=[("a", "A")], required=False)


def test_icon_is_hidden_from_assistive_technology_and_an_unknown_one_is_named():
    assert draw('{% icon "flag" "good" %}').startswith(
        '<svg class="icon good" viewBox="0 0 24 24" aria-hidden="true"><path'
    )
    with pytest.raises(icons.UnknownIcon, match="unicorn"):
        icons.icon("unicorn")


def test_marks_badges_and_clocks_escape_words():
    assert "&lt;b&gt;" in draw('{% mark "wait" word %}', word="<b>")
    assert (
        draw('{% badge "x" %}{% badge "y" "good" %}')
        == '<span class="badge">x</span><span class="badge good">y</span>'
    )
    assert draw('{% state_badge "wait" "gauta" %}') == '<span class="badge wait" data-state>gauta</span>'
    assert 'width="40"' in draw('{% clock "1 h" 0.5 "late" %}')
    with pytest.raises(KeyError):
        marks.mark("purple", "x")


def test_field_ties_hint_and_error_to_the_input():
    form = Sample({"mail": "x"})
    html = draw("{% field form.mail %}", form=form)
    assert 'class="input"' in html and 'aria-invalid="true"' in html
    assert 'aria-describedby="id_mail_helptext id_mail_error"' in html
    assert 'id="id_mail_helptext">&lt;b&gt;how' in html and 'id="id_mail_error"' in html


def test_choices_are_a_group_and_a_tick_stands_before_its_words():
    html = draw(
        "{% field form.kind %}{% field form.agreed %}{% field form.words rows=3 optional=True size='sub' %}",
        form=Sample(),
    )
    assert (
        html.count("<legend>") == 1
        and "<small>more</small>" in html
        and '<p class="choice-group">G</p>' in html
    )
    assert '<label class="choice" for="id_agreed">' in html
    assert 'rows="3"' in html and 'class="field sub"' in html
    assert 'class="input"' not in draw(
        "{% field form.kind %}{% field form.agreed %}{{ form.hidden }}", form=Sample()
    )


def test_whole_form_draws_a_summary_and_every_field():
    html = str(Sample({"mail": "x"}))
    assert 'href="#id_mail"' in html and 'role="alert"' in html
    assert html.count('class="field') == 5 and 'type="hidden"' in html


def test_address_of_a_page_that_is_not_there_is_empty():
    assert (
        draw('{% address "no-such-page" as url %}[{{ url }}]{% address "ui-style" as url %}[{{ url }}]')
        == "[][/desk/style/]"
    )


def test_query_changes_one_value_and_keeps_the_rest():
    request = RequestFactory().get("/?state=new&state=old&after=7")
    assert (
        draw("{% query sort='age' after=None q='' %}", request=request)
        == "sort=age&amp;state=new&amp;state=old"
    )


def test_small_filters():
    assert (
        draw(
            "{{ name|initials }}{{ m|item:'a' }}{{ m|item:'b' }}{{ n|unlocalized }}",
            name="Rūta Žemaitienė Ilgoji",
            m={"a": 1},
            n=1240,
        )
        == "RŽ11240"
    )


def test_toast_carries_its_undo():
    assert toasts.undo_address(Message(20, "x", extra_tags="undo:/desk/undo/")) == "/desk/undo/"
    assert toasts.undo_address(Message(20, "x")) == ""


@pytest.mark.parametrize(
    ("accept", "code"),
    [
        ("", "lt"),
        ("en-GB,en;q=0.8", "en"),
        ("de,lt;q=0.3,en;q=0.2", "lt"),
        ("en;q=0", "lt"),
        ("en;q=x", "lt"),
        ("fr", "lt"),
        ("lt-LT,en", "lt"),
        ("," * 600, "lt"),
    ],
)
def test_language_preferred_by_a_browser(accept, code):
    assert language.preferred(accept) == code


@pytest.mark.parametrize(
    ("here", "there"),
    [("/lt/pagalba/?a=1", "/en/help/?a=1"), ("/lt/NĖRA", "/en/"), ("/robots.txt", "/robots.txt")],
)
def test_language_switch_keeps_the_page(here, there):
    with translation.override("lt"):
        switches = {switch.code: switch for switch in language.switches(RequestFactory().get(here))}
    assert switches["en"].href == there
    assert switches["lt"].current and not switches["en"].current


def test_pages_without_a_request_have_no_switch_and_no_rail():
    assert (
        draw(
            "{% language_switch as l %}{{ l|length }}{% desk_actor as me %}{% rail me as links %}{{ me "
            "}}{{ links|length }}"
        )
        == "0None0"
    )


def test_toast_is_said_once_with_a_form_for_its_undo():
    request = RequestFactory().get("/desk/")
    request._messages = CookieStorage(request)
    toasts.say(request, "Paimta.", undo="/desk/undo/")
    toasts.say(request, "Išsaugota.")
    html = get_template("ui/desk/_toasts.html").render({}, request)
    assert html.count('class="toast ') == 2 and html.count('action="/desk/undo/"') == 1


def test_nobody_sits_at_the_desk_before_signing_in():
    assert draw("{% desk_actor as me %}{{ me }}", request=RequestFactory().get("/desk/")) == "None"
