"""The JSON-LD contexts that credentials use, as files of the package: nothing is ever fetched, and an address
that is not among them is refused.

Versions are pinned in the addresses, because the address is part of what is signed.
"""

import json
from functools import cache
from importlib.resources import files as packaged
from typing import Any

VC2 = "https://www.w3.org/ns/credentials/v2"
OB3 = "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json"
FILES = {VC2: "credentials-v2.json", OB3: "open-badges-3.0.3.json"}


class ContextUnknown(Exception):
    """A document names a context that is not one of the two."""


def load(url: str, _options: Any = None) -> dict[str, Any]:
    """What a JSON-LD processor asks for. Raises ContextUnknown."""
    if url not in FILES:
        raise ContextUnknown
    return {
        "contextUrl": None,
        "documentUrl": url,
        "document": _document(url),
        "contentType": "application/ld+json",
        "tag": "static",  # pyld keeps what it made of it
    }


@cache
def _document(url: str) -> Any:
    return json.loads(
        packaged("sauga.kernel.credentials").joinpath("data", "contexts", FILES[url]).read_bytes()
    )
