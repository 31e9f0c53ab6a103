"""Tells Django of the portal; what the product knows of it stands in `service.py`."""

from sauga.kernel import services


class PortalConfig(services.ServiceConfig):
    """See the package's docstring."""

    name = "sauga.portal"
    label = "portal"
