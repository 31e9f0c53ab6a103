"""Registers the portal with Django; everything else is declared in `service.py`."""

from sauga.kernel import services


class PortalConfig(services.ServiceConfig):
    """See the package's docstring."""

    name = "sauga.portal"
    label = "portal"
    zone = "awareness"
