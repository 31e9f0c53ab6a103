"""The register of organisations: which exist, by which codes and names they are known, which roles they hold
and when, who followed whom, and which service each operates (docs/develop/organisations.md)."""

from typing import TYPE_CHECKING

from sauga.kernel.lazy_exports import lazy_getattr

if TYPE_CHECKING:
    from sauga.kernel.organisations.actions.names import add_name
    from sauga.kernel.organisations.actions.organisations import create_organisation, set_kinds
    from sauga.kernel.organisations.actions.roles import give_role
    from sauga.kernel.organisations.forms import OrganisationField
    from sauga.kernel.organisations.in_use import register_use
    from sauga.kernel.organisations.places import countries, country_name, municipalities, municipality_name
    from sauga.kernel.organisations.queries.register import organisation_for
    from sauga.kernel.organisations.queries.roles import coordinators, roles_on
    from sauga.kernel.organisations.queries.search import search

_WHERE = {
    "OrganisationField": "forms",
    "add_name": "actions.names",
    "coordinators": "queries.roles",
    "countries": "places",
    "country_name": "places",
    "create_organisation": "actions.organisations",
    "give_role": "actions.roles",
    "municipalities": "places",
    "municipality_name": "places",
    "organisation_for": "queries.register",
    "register_use": "in_use",
    "roles_on": "queries.roles",
    "search": "queries.search",
    "set_kinds": "actions.organisations",
}
__all__ = [
    "OrganisationField",
    "add_name",
    "coordinators",
    "countries",
    "country_name",
    "create_organisation",
    "give_role",
    "municipalities",
    "municipality_name",
    "organisation_for",
    "register_use",
    "roles_on",
    "search",
    "set_kinds",
]
__getattr__ = lazy_getattr(__name__, _WHERE)
