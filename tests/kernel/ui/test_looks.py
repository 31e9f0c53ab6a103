"""Previews in another setting than the reader's own: light, dark, paper."""

import pytest
from django.http import HttpResponse
from django.templatetags.static import static

from sauga.kernel.ui.page_previews import frames
from sauga.kernel.ui.page_previews.looks import Look, looking, settled

CSS = (
    ":root { color-scheme: light dark; } @media screen and (prefers-color-scheme: dark) { a { } } "
    "@media print { b { } } @media screen { c { } }"
)


@pytest.mark.unit
def test_each_look_answers_the_questions_of_a_style_sheet():
    dark, light, paper = (settled(CSS, look) for look in (Look.DARK, Look.LIGHT, Look.PAPER))
    assert "color-scheme: dark" in dark and "@media screen and (min-width: 0) { a" in dark
    assert "color-scheme: light;" in light and "@media screen and (max-width: 0) { a" in light
    assert "@media print { b" in light
    assert "@media all { b" in paper and "@media (max-width: 0) { c" in paper
    assert "@media (max-width: 0) and (max-width: 0) { a" in paper


@pytest.mark.unit
def test_the_sheets_of_the_page_come_with_it_and_find_their_fonts():
    sheet = static("ui/tokens.css")
    page = (
        f'<meta name="color-scheme" content="light dark"><link rel="stylesheet" href="{sheet}">'
        '<link rel="stylesheet" href="https://elsewhere.example/a.css"><script>x</script>'
    )
    shown = looking(page.encode(), Look.DARK).decode()
    assert f'href="{sheet}"' not in shown and "<style>" in shown and "prefers-color-scheme" not in shown
    assert '<meta name="color-scheme" content="dark">' in shown
    assert 'href="https://elsewhere.example/a.css"' in shown, "what is not ours is left to the policy"
    assert f'url("{sheet.rpartition("/")[0]}/fonts/' in shown
    answer = frames.framed(HttpResponse(page), look=Look.DARK)
    policy = answer.headers["Content-Security-Policy"]
    assert "style-src 'unsafe-inline'" in policy and "script" not in answer.text
    assert "style-src 'self'" in frames.framed(HttpResponse(page)).headers["Content-Security-Policy"]
