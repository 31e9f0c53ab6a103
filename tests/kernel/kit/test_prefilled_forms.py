"""A drawn page with one of its forms filled: every kind of field, the right one of many forms, and not a
character changed elsewhere."""

from lxml import html

from sauga.kernel.kit.prefilled_forms import Other, fill, insert, put_back

PAGE = """<!doctype html>
<body><main class="page" id="content"><svg viewBox="0 0 4 4"></svg><p>Žodžiai &amp; daugiau</p>
<form method="post" action="/desk/a/act/"><input type="hidden" name="row" value="1">
<input name="why" value=""></form>
<details><summary>More</summary>
<form method="post" action="/desk/a/act/"><input type="hidden" name="row" value="2">
<input name="why" value="">
<input type="hidden" name="csrfmiddlewaretoken" value="fresh"><textarea name="text" rows="3">old</textarea>
<select name="one"><option value="">-</option><option selected>first</option>
<option value="b">B</option></select>
<input type="radio" name="kind" value="x" checked><input type="radio" name="kind" value="y">
<input type="checkbox" name="many" value="p" checked><input type="checkbox" name="many" value="q">
<input type="password" name="word"><input name="line" value="1"><input name="line" value="2">
<button name="step" value="save">Save</button></form></details>
<input name="outside" form="far"><form id="far" method="post" action="."></form>
<form method="get" action="/desk/a/act/"><input name="why"></form></main></body>
"""
TYPED = {
    "row": ["2"],
    "why": ['a "quote" <i>'],
    "text": ["\nfirst & second\r\n</textarea><script>"],
    "one": ["b"],
    "kind": ["y"],
    "many": ["q"],
    "line": ["one", "two"],
    "step": ["save"],
    "gone": ["a text without a place"],
}
NEVER = frozenset({"csrfmiddlewaretoken"})


def test_every_kind_of_field_of_the_one_form_that_is_meant():
    filled = fill(PAGE, at="/desk/a/", path="/desk/a/act/", typed=TYPED, never=NEVER)
    first, second, _far, search = html.fromstring(filled.page).forms
    held = second.form_values()
    text = dict(held).pop("text")
    assert {name: value for name, value in held if name not in {"text", "line"}} == {
        "row": "2",
        "why": 'a "quote" <i>',
        "csrfmiddlewaretoken": "fresh",
        "one": "b",
        "kind": "y",
        "many": "q",
    }
    assert text is not None and text.endswith("first & second\n</textarea><script>")
    assert "<script>" not in filled.page
    assert [value for name, value in held if name == "line"] == ["one", "two"]
    assert dict(first.form_values())["why"] == "" and not search.fields["why"]
    assert filled.left_over == ["a text without a place"]
    assert second.get("id") == filled.anchor and second.getparent().get("open") is not None


def test_what_is_not_the_form_stays_as_it_is():
    filled = fill(PAGE, at="/desk/a/", path="/desk/a/act/", typed=TYPED, never=NEVER)
    start = PAGE.index("<details>")
    end = PAGE[PAGE.index('<input name="outside"') :]
    assert filled.page.startswith(PAGE[:start]) and filled.page.endswith(end)
    assert insert(PAGE, "<p>note</p>").replace("<p>note</p>", "") == PAGE
    assert '<main class="page" id="content"><p>note</p>' in insert(PAGE, "<p>note</p>")


def test_a_field_outside_its_form_and_a_page_without_the_form():
    filled = fill(PAGE, at="/desk/a/", path="/desk/a/", typed={"outside": ["there"]}, never=NEVER)
    assert dict(html.fromstring(filled.page).forms[2].form_values()) == {} and 'value="there"' in filled.page
    without = fill(PAGE, at="/desk/a/", path="/desk/b/", typed={"text": ["words"]}, never=NEVER)
    assert (without.page, without.anchor, without.left_over) == (PAGE, "", ["words"])
    assert insert("<p>no page</p>", "<p>note</p>") == "<p>no page</p>"


def test_what_was_not_sent_goes_into_the_form_about_the_same_and_changes_nothing_else_in_it():
    page = PAGE.replace(
        'value="2">\n<input name="why"',
        'value="2"><input type="hidden" name="seen" value="9"><input name="why"',
    )
    typed = {"why": ["typed"], "many": ["q"]}
    hidden = {"row": ["2"], "seen": ["8"]}
    where = {"at": ["/desk/a/"], "never": NEVER}
    shown = put_back(page, other=Other("/desk/a/act/", typed, hidden, False), **where)
    assert shown is not None
    first, second, *_others = html.fromstring(shown).forms
    held = dict(second.form_values())
    assert (held["why"], held["many"], held["seen"], held["kind"]) == ("typed", "q", "8", "x")
    assert held["csrfmiddlewaretoken"] == "fresh" and "old" in held["text"]
    assert dict(first.form_values())["why"] == "" and second.getparent().get("open") is None
    assert put_back(page, other=Other("/desk/a/act/", typed, {**hidden, "row": ["3"]}, True), **where) is None
    assert put_back(page, other=Other("/desk/a/act/", {"gone": ["x"]}, hidden, True), **where) is None
