"""What was typed into the other forms of a page when one of them is sent.

A script (`ui/unsent.js`) sends it along with the form. Where the answer is a page, the forms are filled
there; where it leads on, the texts lie sealed until the next page is drawn, and are removed then, at the
latest after 15 minutes (decision 0189). The secret that opens them stands in the address to which the person
is led, and the texts are put back for the same person only. Nothing is stored in the browser.
"""

import json
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any
from urllib.parse import unquote, urlsplit, urlunsplit

from sauga.kernel.kit import kept_forms
from sauga.kernel.kit.prefilled_forms import Other

FIELD = "unsent"
"""The field in which the script sends the texts, and the parameter with the secret."""
ATTRIBUTE = "unsent_kept"
"""The attribute of a request whose form was refused: with it the page is drawn after signing in."""
LONGEST = 200_000
MOST = 20
"""So many forms are taken of one page."""
LONGEST_PAGE = 2000


@dataclass(frozen=True)
class Unsent:
    """The texts of a page: its address, whose they are (empty on the public site), and its forms."""

    page: str
    owner: str
    forms: Sequence[Other]


def read(text: str, owner: str, module: str) -> Unsent | None:
    """What the script sent; None for what it cannot have sent. `module` is that of the view."""
    if len(text) > LONGEST:
        return None
    try:
        said = json.loads(text)
        text.encode()
        page, forms = said["page"], [_form(one, module) for one in said["forms"]]
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
        return None
    is_safe = isinstance(page, str) and _is_path(page) and len(forms) <= MOST
    return Unsent(page, owner, forms) if is_safe else None


def _form(said: Any, module: str) -> Other:
    """One form. Raises the errors of Python for what has another shape."""
    path, is_open = said["path"], said["open"]
    if not isinstance(path, str) or not isinstance(is_open, bool):
        raise TypeError(path)
    fields, hidden = (_texts(said[name], module) for name in ("fields", "hidden"))
    return Other(path, fields, hidden, is_open)


def _texts(said: Any, module: str) -> dict[str, list[str]]:
    for name, texts in said.items():
        for text in (name, *texts):
            text.encode()  # half a character would end in an error when the page is written
    return kept_forms.may_be_kept(((name, list(texts)) for name, texts in said.items()), module)


def _is_path(page: str) -> bool:
    """Whether an address stays on our own host, however a browser reads it."""
    plain = page.isprintable() and "\\" not in page and "//" not in page.partition("?")[0]
    return plain and page.startswith("/") and ".." not in unquote(page) and len(page) <= LONGEST_PAGE


def keep(unsent: Unsent, at: datetime) -> str:
    """Keep the texts until the next page is drawn; the secret as it stands in an address, empty when too
    much is kept already."""
    secret = kept_forms.store(asdict(unsent), at)
    return urlsafe_b64encode(secret).decode().rstrip("=") if secret is not None else ""


def find(secret: str, at: datetime) -> Unsent | None:
    """The texts, or None when they were put back, removed or are too old."""
    held = kept_forms.load(opening(secret), at)
    if held is None:
        return None
    return Unsent(held["page"], held["owner"], [Other(**one) for one in held["forms"]])


def drop(secret: str) -> None:
    """Remove the texts."""
    kept_forms.drop(opening(secret))


def opening(secret: str) -> bytes:
    """The secret as it opens what is kept; one that was never given opens nothing."""
    try:
        return urlsafe_b64decode(secret + "=" * (-len(secret) % 4))
    except ValueError:
        return b""


def added(address: str, secret: str) -> str:
    """The address with the secret as a parameter."""
    parts = urlsplit(address)
    said = f"{FIELD}={secret}"
    return urlunsplit(parts._replace(query=f"{parts.query}&{said}" if parts.query else said))
