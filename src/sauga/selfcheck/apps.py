"""Registers selfcheck with Django; everything else is declared in `service.py`."""

from sauga.kernel import services


class SelfcheckConfig(services.ServiceConfig):
    """See the package's docstring."""

    name = "sauga.selfcheck"
    label = "selfcheck"
    zone = "awareness"
