"""Registers the helpline with Django; everything else is declared in `service.py`."""

from sauga.kernel import services


class HelplineConfig(services.ServiceConfig):
    """See the package's docstring."""

    name = "sauga.helpline"
    label = "helpline"
    zone = "helpline"
