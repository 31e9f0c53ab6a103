"""Writing XML: elements by ElementTree, which escapes, and texts without characters that XML 1.0 cannot hold.

Names carry their prefix as written, and each record declares its own, as OAI-PMH requires for the root of a
metadata part.
"""

import re
from collections.abc import Mapping
from xml.etree.ElementTree import Element, SubElement, tostring

from sauga.repository.resources.models import LANGUAGES

UNSPEAKABLE = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
XSI = "http://www.w3.org/2001/XMLSchema-instance"


def clean(text: str) -> str:
    """The text without characters that no XML document may hold, escaped or not."""
    return UNSPEAKABLE.sub("", text)


def root(name: str, attributes: Mapping[str, str]) -> Element:
    """A root element."""
    return Element(name, {key: clean(value) for key, value in attributes.items()})


def add(parent: Element, name: str, text: str = "", attributes: Mapping[str, str] | None = None) -> Element:
    """A child element."""
    made = SubElement(parent, name, {key: clean(value) for key, value in (attributes or {}).items()})
    if text:
        made.text = clean(text)
    return made


def spoken(parent: Element, name: str, words: Mapping[str, str], attribute: str = "xml:lang") -> None:
    """One element per language with a text, ours first: many readers take the first one."""
    for language in dict.fromkeys((*LANGUAGES, *words)):
        if words.get(language):
            add(parent, name, str(words[language]), {attribute: language})


def document(whole: Element) -> bytes:
    """The document as UTF-8."""
    return bytes(tostring(whole, encoding="UTF-8", xml_declaration=True))
