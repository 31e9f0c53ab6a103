"""Who may be the second person for a service's data."""

from collections.abc import Collection
from datetime import datetime
from typing import Any

from sauga.kernel.identity.models import Grant, Membership, Person
from sauga.kernel.retention.permissions import Permission, is_bound


def holders(permissions: Collection[Permission], service: str, at: datetime) -> list[Person]:
    """Everybody who holds one of these permissions at `at` and decides about the service's data, by name."""
    may = Grant.objects.filter(permission__in=[str(one) for one in permissions], allowed=True).values("role")
    rows: Any = Membership.objects.current(at).with_services(at).filter(role__in=may)
    found = {row.person_id for row in rows if not is_bound(service) or service in row.services}
    return list(Person.objects.filter(pk__in=found, is_active=True).order_by("name", "pk"))
