"""The texts are complete, and the checker finds each way in which they can fail to be."""

import gettext
import os
import re

import pytest

from sauga.project import messages

pytestmark = pytest.mark.unit

HEAD = """msgid ""
msgstr ""
"Content-Type: text/plain; charset=utf-8\\n"
"Plural-Forms: nplurals=4; plural="
"(n%10==1 && n%100!=11 && (n%100<11 || n%100>19)) ? 0 : "
"((n%10>=2 && n%10<=9) && (n%100<11 || n%100>19) ? 1 : (n%1!=0 ? 2: 3));\\n"

"""

TEMPLATE = """{% load i18n %}
  {% translate 'two' %}
<p title="it's">{% blocktranslate count n=n trimmed %}
  {{ n }} item
{% plural %}
  {{ n }} items
{% endblocktranslate %}</p>
"""
DAYS = """msgid "%(n)d day"
msgid_plural "%(n)d days"
msgstr[0] "%(n)d diena"
msgstr[1] "%(n)d dienos"
msgstr[2] "%(n)d dienos"
msgstr[3] "%(n)d dienų"
"""


@pytest.fixture
def tree(tmp_path):
    """A small source tree: `tree(code=…, template=…, po=…)` returns its root."""

    def make(code="", template="", **catalogues):
        (tmp_path / "app" / "templates" / "app").mkdir(parents=True, exist_ok=True)
        (tmp_path / "app" / "code.py").write_text(code, encoding="utf-8")
        (tmp_path / "app" / "templates" / "app" / "page.html").write_text(template, encoding="utf-8")
        (tmp_path / "locale" / "lt").mkdir(parents=True, exist_ok=True)
        for name, text in catalogues.items():
            (tmp_path / "locale" / "lt" / f"{name}.po").write_text(HEAD + text, encoding="utf-8")
        return tmp_path

    return make


def entry(text, translation, mark=""):
    return f'{mark}msgid "{text}"\nmsgstr "{translation}"\n\n'


def test_every_text_of_ours_is_in_lithuanian():
    assert messages.problems() == []


STUMBLES = {
    "en": re.compile(r"\be-mail|\ba mail\b|\bmails\b", re.IGNORECASE),
    "lt": re.compile(r"\b(jūs|jūsų|jus|jums)\b"),
}
"""One spelling of a word that has two: in English “email”, in Lithuanian „Jūs“."""
OURS = {"pranešti jums"}
"""What a child says to the centre: there, they are several."""


def test_words_with_two_spellings_have_one():
    pairs = [
        (str(english), str(text))
        for path in messages.catalogues()
        for message in messages._read(path)
        if message.id and path.stem != "wagtail"
        for english, text in zip(messages._each(message.id), messages._each(message.string), strict=False)
    ]
    assert len(pairs) > 4000
    assert [english for english, _text in pairs if STUMBLES["en"].search(english)] == []
    assert [
        text for _english, text in pairs if STUMBLES["lt"].search(text) and text.lower() not in OURS
    ] == []


def test_texts_are_found_in_code_and_templates(tree):
    root = tree(
        code='a = _("lighthouse")\nb = pgettext("verb", "open")\nc = ngettext("%(n)d day", "%(n)d '
        'days", 2)\n',
        template=TEMPLATE,
    )
    assert {(use.context, use.text, use.plural) for use in messages.uses(root)} == {
        ("", "lighthouse", ""),
        ("verb", "open", ""),
        ("", "%(n)d day", "%(n)d days"),
        ("", "two", ""),
        ("", "%(n)s item", "%(n)s items"),
    }


@pytest.mark.parametrize(
    ("po", "word"),
    [
        ("", "no Lithuanian"),
        (entry("lighthouse", ""), "empty"),
        (entry("lighthouse", "vienas", "#, fuzzy\n"), "fuzzy"),
        (entry("lighthouse", "vienas") + entry("gone", "nebėra"), "unused"),
        (entry("lighthouse", "vienas %(x)s"), "placeholders"),
    ],
)
def test_each_fault_is_named(tree, po, word):
    assert any(word in problem for problem in messages.problems(tree(code='_("lighthouse")', app=po)))


def test_two_catalogues_may_agree_but_not_contradict(tree):
    assert (
        messages.problems(
            tree(code='_("lighthouse")', a=entry("lighthouse", "vienas"), b=entry("lighthouse", "vienas"))
        )
        == []
    )
    assert any(
        "differently" in problem
        for problem in messages.problems(
            tree(a=entry("lighthouse", "vienas"), b=entry("lighthouse", "viena"))
        )
    )


def test_compiled_texts_are_read_by_gettext(tree):
    root = tree(a=entry("lighthouse", "vienas"), b=DAYS)
    messages.compile_if_stale(root)
    with messages.compiled(root).open("rb") as file:
        texts = gettext.GNUTranslations(file)
    assert texts.gettext("lighthouse") == "vienas"
    assert [texts.ngettext("%(n)d day", "%(n)d days", n) % {"n": n} for n in (1, 2, 10, 21)] == [
        "1 diena",
        "2 dienos",
        "10 dienų",
        "21 diena",
    ]


def test_compiling_happens_only_when_a_catalogue_is_newer(tree):
    root = tree(a=entry("lighthouse", "vienas"))
    messages.compile_if_stale(root)
    assert not messages.is_stale(root)
    later = messages.compiled(root).stat().st_mtime_ns + 10**9
    os.utime(root / "locale" / "lt" / "a.po", ns=(later, later))
    assert messages.is_stale(root)


def test_skeleton_of_missing_texts_can_be_pasted(tree):
    root = tree(code='_("say \\"yes\\"")\npgettext("verb", "open")\nngettext("a day", "%(n)d days", 2)')
    assert 'msgid "say \\"yes\\""' in messages.skeleton(root)
    (root / "locale" / "lt" / "a.po").write_text(HEAD + messages.skeleton(root), encoding="utf-8")
    assert all("empty" in problem for problem in messages.problems(root))
