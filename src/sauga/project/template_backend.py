"""Django's templates; on pages that are not the desk's no line ends within a helpline's number.

The number stands in templates, translations, starter pages and in what editors write, so it is joined where
all of that has become a page.
"""

from typing import Any

from django.http import HttpRequest
from django.template import TemplateDoesNotExist
from django.template.backends.django import DjangoTemplates, Template, reraise
from django.utils.safestring import SafeString

from sauga.kernel.i18n import joined_numbers
from sauga.project.requests.sites import Site


class PageTemplate(Template):
    """A template of a page, a part of one, or a mail: the text of a mail stays as it is."""

    def render(self, context: Any = None, request: HttpRequest | None = None) -> SafeString:
        text = super().render(context, request)
        is_html = str(self.template.name).endswith(".html")
        is_desk = getattr(request, "sauga_site", None) is Site.DESK
        return SafeString(joined_numbers(text) if is_html and not is_desk else text)


class PageTemplates(DjangoTemplates):
    """The backend with such templates."""

    def from_string(self, template_code: str) -> Template:
        return PageTemplate(self.engine.from_string(template_code), self)

    def get_template(self, template_name: str) -> Template:
        try:
            return PageTemplate(self.engine.get_template(template_name), self)
        except TemplateDoesNotExist as error:
            reraise(error, self)
            raise
