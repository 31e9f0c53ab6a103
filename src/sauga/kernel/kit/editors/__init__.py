"""Editors for vocabularies, policies and settings: a service declares them, the kit shows and changes them
(docs/develop/editors.md)."""

from typing import TYPE_CHECKING

from sauga.kernel.lazy_exports import lazy_getattr

if TYPE_CHECKING:
    from sauga.kernel.kit.editors.declared import Editor, Extra, Setting, Settings
    from sauga.kernel.kit.editors.pages import editor_urls
    from sauga.kernel.kit.editors.settings_pages import settings_urls

_WHERE = {
    "Editor": "declared",
    "Extra": "declared",
    "Setting": "declared",
    "Settings": "declared",
    "editor_urls": "pages",
    "settings_urls": "settings_pages",
}
__all__ = ["Editor", "Extra", "Setting", "Settings", "editor_urls", "settings_urls"]
__getattr__ = lazy_getattr(__name__, _WHERE)
