"""Services: how one is declared (`service.py`), and which ones an installation has."""

from typing import TYPE_CHECKING

from sauga.kernel.lazy_exports import lazy_getattr
from sauga.kernel.services.config import ServiceConfig, installed, usual_operators

if TYPE_CHECKING:
    from sauga.kernel.services.audit_log import AuditLog
    from sauga.kernel.services.declaration import Access, Service

_WHERE = {"Access": "declaration", "AuditLog": "audit_log", "Service": "declaration"}
__all__ = ["Access", "AuditLog", "Service", "ServiceConfig", "installed", "usual_operators"]
__getattr__ = lazy_getattr(__name__, _WHERE)
