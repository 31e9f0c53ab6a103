"""The styles that stand in each public page itself: what its top needs (help bar, head) to be painted as soon
as it arrives, without waiting for a stylesheet (decision 0131).

They are tokens.css, whole, and what base.css and public.css mark as the first paint. The stylesheets come
after the top and hold the same rules again, so that a page that is there looks as if nothing stood in it. The
content policy names the hash of exactly this text: no other inline style is allowed.
"""

import re
from base64 import b64encode
from functools import cache
from hashlib import sha256
from pathlib import Path

from django.templatetags.static import static
from django.utils.safestring import SafeString, mark_safe

FOLDER = Path(__file__).resolve().parents[1] / "static" / "ui"
MARKED = re.compile(r"/\* first paint: from here[^*]*\*/(.*?)/\* first paint: to here \*/", re.DOTALL)
COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
SPACE = re.compile(r"\s+")
BETWEEN = re.compile(r" ?([{};,]) ?|(?<=:) ")
FILE = re.compile(r'url\("([^"]+)"\)')


@cache
def element() -> SafeString:
    """The style element."""
    return mark_safe(f"<style>{_text()}</style>")  # noqa: S308  our own stylesheets


@cache
def source() -> str:
    """What the content policy adds to its sources of styles, so that this text is one of them."""
    return f"'sha256-{b64encode(sha256(_text().encode()).digest()).decode()}'"


@cache
def _text() -> str:
    marked = [MARKED.findall(_read(name)) for name in ("base.css", "public.css")]
    rules = COMMENT.sub("", "\n".join([_read("tokens.css"), *(part for parts in marked for part in parts)]))
    rules = BETWEEN.sub(r"\1", SPACE.sub(" ", rules)).strip()
    return FILE.sub(lambda found: f'url("{static(f"ui/{found[1]}")}")', rules.replace(";}", "}"))


def _read(name: str) -> str:
    return (FOLDER / name).read_text(encoding="utf-8")
