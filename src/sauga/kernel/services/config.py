"""The AppConfig of a service, and which services an installation has. Imported before any model may be."""

from datetime import datetime
from importlib import import_module
from typing import TYPE_CHECKING

from django.apps import AppConfig, apps

if TYPE_CHECKING:
    from sauga.kernel.services.declaration import Service


class ServiceConfig(AppConfig):
    """The AppConfig of a service.

    It declares nothing but its name and the audit zone of its data; the rest stands in the service's
    `service.py`.
    """

    zone: str

    @property
    def declaration(self) -> "Service":
        """What the service's `service.py` declares. To be asked for once all models are loaded."""
        declared: Service = import_module(f"{self.name}.service").SERVICE
        return declared

    def ready(self) -> None:
        """Make the service known to the rest of the product."""
        self.declaration.register()

    def load_data(self, at: datetime) -> list[str]:
        """Load what the service needs from the first day on; returns a line for each thing loaded.

        Repeatable.
        """
        return [load(at) for load in self.declaration.data]

    def load_starter(self, at: datetime) -> list[str]:
        """Load the content that a new installation may begin with; returns a line for each thing loaded.

        Repeatable; what staff have changed since stays as it is.
        """
        return [load(at) for load in self.declaration.starter]


def usual_operators() -> dict[str, str]:
    """Of each installed service that an organisation operates: the kind of organisation that usually does."""
    kinds = {config.label: config.declaration.operated_by for config in installed()}
    return {service: kind for service, kind in kinds.items() if kind}


def installed() -> list[ServiceConfig]:
    """The services of this installation, in the order in which they are installed."""
    return [config for config in apps.get_app_configs() if isinstance(config, ServiceConfig)]
