"""Tells Django of the hotline; what the product knows of it stands in `service.py`."""

from sauga.kernel import services


class HotlineConfig(services.ServiceConfig):
    """See the package's docstring."""

    name = "sauga.hotline"
    label = "hotline"
