"""Registers the hotline with Django; everything else is declared in `service.py`."""

from sauga.kernel import services


class HotlineConfig(services.ServiceConfig):
    """See the package's docstring."""

    name = "sauga.hotline"
    label = "hotline"
    zone = "hotline"
