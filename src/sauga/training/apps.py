"""Registers training with Django; everything else is declared in `service.py`."""

from sauga.kernel import services


class TrainingConfig(services.ServiceConfig):
    """See the package's docstring."""

    name = "sauga.training"
    label = "training"
    zone = "awareness"
