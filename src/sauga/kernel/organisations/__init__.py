"""The register of organisations: which exist, what they are called and when, of which kinds they are, and
which service each operates."""

from typing import TYPE_CHECKING

from sauga.kernel.lazy_exports import lazy_getattr

if TYPE_CHECKING:
    from sauga.kernel.organisations.places import countries, country_name, municipalities, municipality_name

_WHERE = {
    "countries": "places",
    "country_name": "places",
    "municipalities": "places",
    "municipality_name": "places",
}
__all__ = ["countries", "country_name", "municipalities", "municipality_name"]
__getattr__ = lazy_getattr(__name__, _WHERE)
