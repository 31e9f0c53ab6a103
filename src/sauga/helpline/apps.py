"""Tells Django of the helpline; what the product knows of it stands in `service.py`."""

from sauga.kernel import services


class HelplineConfig(services.ServiceConfig):
    """See the package's docstring."""

    name = "sauga.helpline"
    label = "helpline"
