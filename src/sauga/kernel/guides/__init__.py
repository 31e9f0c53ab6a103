"""Guides: how to use the product, written in Markdown beside the service they are about and read inside it
(docs/develop/guides.md).

A package announces its guides (`register`); this one renders them, offers them at the desk and on the public
site, and knows which section belongs to which desk page.
"""

from sauga.kernel.guides.registry import Guide, NoSuchGuide, every, find, register, section_for

__all__ = ["Guide", "NoSuchGuide", "every", "find", "register", "section_for"]
