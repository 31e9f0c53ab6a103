"""What a template and a static file may not hold: inline script or style, an address of someone else."""

import re

import pytest
from architecture.tree import SAUGA, templates

pytestmark = pytest.mark.unit

# Names of languages and vocabularies, not addresses that a browser opens.
NAMESPACES = (
    "http://www.w3.org/",
    "https://www.w3.org/",
    "https://w3id.org/xapi/",
    "http://adlnet.gov/expapi/",
)
INLINE = re.compile(
    r"""<script(?![^>]*\bsrc=)[^>]*>|<style\b|\sstyle\s*=\s*["']|\son[a-z]+\s*=\s*["']|href\s*=\s*["']javascript:""",
    re.IGNORECASE,
)
OUTSIDE = re.compile(
    r"""(?:src|href|action|srcset|data
    |poster)\s*=\s*["'](?:https?:)?//[^"']+|url\(\s*["']?(?:https?:)?//[^)]+|@import\s+["'](?:https?:)?//""",
    re.IGNORECASE,
)
SUMMARY = re.compile(r"""{%\s*include "ui/components/_error_summary\.html"(?:[^%]*\bform=([\w.]+))?""")
LINK = re.compile(r"""<a\b[^>]*\bhref\s*=\s*["']https?://[^"']+["'][^>]*>""", re.IGNORECASE)


def pages():
    """Templates that a browser shows; letters and catalogues of drawings are not among them."""
    return [path for path in templates() if "mail" not in path.parts]


INSIDE_FILES = {"_file_bar.html"}
"""Put into files whose policy admits a style of their own, and no file of the site."""


def test_no_inline_script_or_style():
    assert not [
        f"{path.name}: {hit.group(0)}"
        for path in pages()
        if path.name not in INSIDE_FILES
        for hit in INLINE.finditer(path.read_text(encoding="utf-8"))
    ]


def test_nothing_is_loaded_from_another_host():
    bad = []
    for path in pages():
        text = LINK.sub(
            "", path.read_text(encoding="utf-8")
        )  # a link that a person follows is no request of ours
        bad += [
            f"{path.name}: {hit.group(0)}"
            for hit in OUTSIDE.finditer(text)
            if not any(name in hit.group(0) for name in NAMESPACES)
        ]
    for path in (p for suffix in ("css", "js", "svg") for p in SAUGA.rglob(f"static/**/*.{suffix}")):
        text = path.read_text(encoding="utf-8")
        bad += [
            f"{path.name}: {hit.group(0)}"
            for hit in OUTSIDE.finditer(text)
            if not any(name in hit.group(0) for name in NAMESPACES)
        ]
    assert not bad


def test_scripts_fetch_nothing_from_elsewhere():
    bad = [
        f"{path.name}: {hit}"
        for path in SAUGA.rglob("static/**/*.js")
        for hit in re.findall(r"""["'`]((?:https?|wss?)://[^"'`]+)""", path.read_text(encoding="utf-8"))
        if not hit.startswith(NAMESPACES)
    ]
    assert not bad


def test_links_to_other_hosts_tell_nobody_where_from():
    bad = [
        f"{path.name}: {link}"
        for path in pages()
        for link in LINK.findall(path.read_text(encoding="utf-8"))
        if "noreferrer" not in link
    ]
    assert not bad


def test_a_form_that_is_drawn_whole_brings_its_own_summary_of_errors():
    """`{{ form }}` begins with the summary: a second one above it would say everything twice."""
    bad = []
    for path in templates():
        text = path.read_text(encoding="utf-8")
        summed = {hit.group(1) or "form" for hit in SUMMARY.finditer(text)}
        bad += [f"{path.name}: {name}" for name in summed if re.search(rf"{{{{ {re.escape(name)} }}}}", text)]
    assert not bad
