"""Registers panel with Django; everything else is declared in `service.py`."""

from sauga.kernel import services


class PanelConfig(services.ServiceConfig):
    """See the package's docstring."""

    name = "sauga.panel"
    label = "panel"
    zone = "panel"
