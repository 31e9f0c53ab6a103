"""A text in another language than its page: on a page it carries that language."""

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe


class Foreign(str):
    """A text that has no translation into the language of the page. In a template it comes with its own
    language, so that it is read aloud rightly; elsewhere it is a plain text.

    >>> Foreign("Namai & mokykla", "lt").__html__()
    '<span lang="lt">Namai &amp; mokykla</span>'
    """

    __slots__ = ("language",)
    language: str

    def __new__(cls, text: str, language: str) -> "Foreign":
        made = super().__new__(cls, text)
        made.language = language
        return made

    def __html__(self) -> SafeString:
        """For templates."""
        return mark_safe(f'<span lang="{escape(self.language)}">{escape(str.__str__(self))}</span>')  # noqa: S308  both parts are escaped
