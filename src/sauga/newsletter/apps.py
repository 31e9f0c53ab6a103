"""Registers the newsletter with Django; everything else is declared in `service.py`."""

from sauga.kernel import services


class NewsletterConfig(services.ServiceConfig):
    """See the package's docstring."""

    name = "sauga.newsletter"
    label = "newsletter"
    zone = "awareness"
