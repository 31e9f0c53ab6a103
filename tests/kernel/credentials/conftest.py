"""The service that issues in these tests."""

from collections.abc import Iterator

import pytest

from sauga.kernel import permissions
from sauga.kernel.credentials.declarations import kinds
from tests.kernel.credentials.lessons import KIND, P


@pytest.fixture(autouse=True)
def _kind() -> Iterator[None]:
    permissions.register_system("keeper", {P.KEEP, P.ISSUE})
    permissions.register_system("issuer", {P.ISSUE})
    kinds.register(KIND)
    yield
    kinds._kinds.pop(KIND.code, None)
    for name in ("keeper", "issuer"):
        permissions.REGISTRY.system.pop(name)
