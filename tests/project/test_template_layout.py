"""Templates are set anew by `make fix`: what a browser shows stays the same, and so do the texts that
are translated.
"""

import itertools
import re
import sys
from html.parser import HTMLParser
from pathlib import Path

import pytest
from django.template import Context, Engine
from django.utils.translation.template import templatize

ROOT = Path(__file__).resolve().parents[2]
sys.path.append(str(ROOT / "tools"))

from format_templates import WIDTH, format_source, main  # noqa: E402  the folder of the tools is known only now
from template_tree import BLOCKS, INNER_BLOCKS, UNSEEN, UnbalancedError  # noqa: E402  as above

pytestmark = pytest.mark.unit
LONG = "so many words that they need a line of their own"
SAMPLES = (
    "<p>See <a href='/x'>the page</a>. <b>One</b><i>two</i>{% if a %}, three{% endif %}.</p>",
    f"<p>{LONG} <b>{LONG}</b>{{% if a %}} and {{% icon %}}<a href='/x'>{LONG}</a>{{% endif %}}, {LONG}</p>",
    f"<div>{LONG}{{% if a %}}<p>{LONG}</p>{{% endif %}}{LONG}</div>",
    f"<td>{{% if a %}}{LONG} {LONG}{{% elif b %}}{LONG}{{% else %}}–{{% endif %}}</td>",
    "<ul>{% for one in many %}<li>{{ one }}{% if not forloop.last %}, {% endif %}</li>{% endfor %}</ul>",
    (
        f"<p>{{% for one in many %}}<a href='/{{{{ one }}}}'>{LONG}</a>{{% if not forloop.last %}}, {{% "
        f"endif %}}{{% endfor %}}</p>"
    ),
    (
        f"<form><input type='hidden' name='x'><button>{LONG}</button><button name='y'>{LONG} "
        f"{LONG}</button></form>"
    ),
    (
        f"<p>{{% icon %}}{{% icon %}} {{% icon %}}<span>{LONG}</span>{{% if b %}} <small>{LONG}</small>{{% "
        f"endif %}}</p>"
    ),
    (
        f"<label><input type='checkbox' name='x'> {LONG}</label><label><input type='checkbox' "
        f"name='y'>{LONG} {LONG}</label>"
    ),
    f"<p>{{% if a %}}{{{{ one }}}} · {{% endif %}}{LONG}{{% if b %}}: {LONG}{{% endif %}}</p>",
    f"<dl><dt>{LONG}</dt><dd>{LONG} <b>{LONG}</b></dd></dl>",
    f"<p>{LONG}<br>{LONG}<script>x</script>{LONG}</p>",
    f"<div><span>{LONG} </span><span> {LONG}</span> {{# said aside #}}{LONG}</div>",
    f"<p>{LONG} {{% with a as c %}}{LONG}{{% endwith %}}{LONG} {LONG}</p>",
)


class Seen(HTMLParser):
    """The elements and the text that a browser shows: white space at edges dropped, elsewhere one space."""

    def __init__(self) -> None:
        super().__init__()
        self.out: list[str] = []
        self.open, self.due = False, False

    def edge(self) -> None:
        self.open = self.due = False

    def ink(self, text: str) -> None:
        self.out.append(" " * self.due + text)
        self.open, self.due = True, False

    def handle_starttag(self, tag, attrs):
        if tag in BLOCKS:
            self.edge()
        elif tag not in UNSEEN and ("type", "hidden") not in attrs and tag in INNER_BLOCKS | {"input"}:
            self.ink("")
        self.out.append(f"<{tag} {attrs}>")
        if tag in BLOCKS | INNER_BLOCKS:
            self.edge()

    def handle_endtag(self, tag):
        if tag in BLOCKS | INNER_BLOCKS:
            self.edge()
        self.out.append(f"</{tag}>")
        self.open = self.open or tag in INNER_BLOCKS

    def handle_data(self, data):
        for piece in re.findall(r"[ \n\t]+|[^ \n\t]+", data):
            if piece.isspace() and piece != "\xa0":
                self.due = self.due or self.open
            else:
                self.ink(piece)


def seen(html: str) -> list[str]:
    parser = Seen()
    parser.feed(html)
    parser.close()
    return parser.out


@pytest.mark.parametrize("source", SAMPLES)
def test_a_browser_shows_the_same_on_every_way_through_the_template(source):
    wanted = format_source(source)
    before, after = (
        Engine().from_string(text.replace("{% icon %}", "<svg></svg>")) for text in (source, wanted)
    )
    for a, b, many in itertools.product((0, 1), (0, 1), ((), ("x",), ("x", "y"))):
        values = {"a": a, "b": b, "many": many, "one": "1"}
        assert seen(after.render(Context(values))) == seen(before.render(Context(values)))
    assert max(map(len, wanted.splitlines())) <= WIDTH
    assert format_source(wanted) == wanted


def test_the_texts_of_every_template_stay_and_a_second_time_changes_nothing():
    for path in sorted((ROOT / "src").rglob("templates/**/*.html")):
        source = path.read_text(encoding="utf-8")
        wanted = format_source(source)
        assert texts(wanted) == texts(source), path
        assert format_source(wanted) == wanted, path


def texts(source: str) -> list[str]:
    """What is given to translators."""
    return [
        re.sub(r"\b[XB]+\b", "", said)
        for said in re.findall(r"gettext\(.*?\)\s", templatize(source) + " ", re.S)
    ]


def test_each_element_stands_on_a_line_of_its_own():
    source = (
        "{% block content %}<ul class='x'>{% for one in many %}<li>{{ one }}</li>{% endfor "
        "%}</ul>{% endblock %}"
    )
    assert format_source("{% extends 'x' %}" + source) == (
        "{% extends 'x' %}\n{% block content %}\n  <ul class='x'>\n    {% for one in many %}\n      "
        "<li>{{ one }}</li>\n"
        "    {% endfor %}\n  </ul>\n{% endblock %}\n"
    )


@pytest.mark.parametrize(
    "source",
    [
        "{% block split %} split{% endblock %}\n",  # fills a class
        f"{{% blocktranslate %}}{LONG}  {LONG} {LONG}{{% endblocktranslate %}}\n",
        "<pre>  two\n\n lines</pre>\n",
        "<textarea>\n {{ text }} </textarea>\n",
        "<div class='change'><p>one</p>  <p>two</p></div>\n",  # shows its white space
        (
            "<div>{% if a %}<h2>{% else %}<h3>{% endif %}{{ x }}{% if a %}</h2>{% else %}</h3>{% "
            "endif %}</div>\n"
        ),
        "<p>12\xa0%</p>\n",
        "<p>{% icon %}{% translate 'The figures as CSV' %}</p>\n",
        "{% if a %}a{% endif %}",  # without an end of line, as it is put into a word
    ],
)
def test_what_would_be_seen_is_left_alone(source):
    assert format_source(source) == source


def test_nothing_comes_beside_a_hidden_word_nor_beside_a_form_in_the_line():
    held = format_source(f"<button>{LONG} {LONG} {LONG}<span class='visually-hidden'>: it</span></button>")
    assert "own<span" in held and held.endswith("</span></button>")
    assert "own<form" in format_source(f"<p>{LONG}<form class='inline'><b>{LONG} {LONG}</b></form></p>")


def test_no_style_asks_whether_an_element_of_a_template_is_empty():
    """White space between its tags would count: `:not(:has(*))` asks for elements.

    What scripts fill is theirs.
    """
    sheets = [path.read_text(encoding="utf-8") for path in (ROOT / "src").rglob("static/**/*.css")]
    asked = {found for text in sheets for found in re.findall(r"[^\s,{}]+:empty", text)}
    assert asked <= {"[data-verdict]:empty", "[data-banner]:not(:empty", ".tokens:empty"}


def test_an_element_that_is_not_closed_is_named():
    with pytest.raises(UnbalancedError, match="div"):
        format_source("<div><p>x</p>")


def test_the_check_names_what_is_not_formatted_and_the_command_mends_it(tmp_path, monkeypatch, capsys):
    page = tmp_path / "page.html"
    page.write_text("<ul><li>x</li><li>y</li></ul>", encoding="utf-8")
    monkeypatch.setattr(sys, "argv", ["format_templates.py", "--check", str(page)])
    assert main() == 1 and f"{page} is not formatted" in capsys.readouterr().out
    monkeypatch.setattr(sys, "argv", ["format_templates.py", str(page)])
    assert main() == 0
    assert page.read_text(encoding="utf-8") == "<ul>\n  <li>x</li>\n  <li>y</li>\n</ul>\n"
    monkeypatch.setattr(sys, "argv", ["format_templates.py", "--check", str(page)])
    assert main() == 0
