"""The background jobs of every subdomain, for Procrastinate, which looks for them here."""

from sauga.repository.adaptations import tasks as adaptations
from sauga.repository.deployments import tasks as deployments
from sauga.repository.resources import tasks as resources
from sauga.repository.syndication import tasks as syndication

__all__ = ["adaptations", "deployments", "resources", "syndication"]
