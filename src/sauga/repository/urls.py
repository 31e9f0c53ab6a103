"""Addresses of the repository, subdomain by subdomain. Their names begin with `repository-`."""

from sauga.repository.adaptations import urls as adaptations
from sauga.repository.catalogue import urls as catalogue
from sauga.repository.deployments import urls as deployments
from sauga.repository.overview import urls as overview
from sauga.repository.resources import urls as resources
from sauga.repository.search import urls as search
from sauga.repository.syndication import urls as syndication

public = [*search.public, *catalogue.public, *adaptations.public, *deployments.public, *syndication.public]
desk = [
    *search.desk,
    *resources.desk,
    *catalogue.desk,
    *adaptations.desk,
    *deployments.desk,
    *syndication.desk,
    *overview.desk,
]
machine = [*catalogue.machine, *deployments.machine, *syndication.machine]
