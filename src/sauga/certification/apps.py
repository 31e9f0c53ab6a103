"""Registers certification with Django; everything else is declared in `service.py`."""

from sauga.kernel import services


class CertificationConfig(services.ServiceConfig):
    """See the package's docstring."""

    name = "sauga.certification"
    label = "certification"
    zone = "awareness"
