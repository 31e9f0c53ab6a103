"""Production: everything comes from the environment; plain http is refused."""

from sauga.project.settings.base import *  # noqa: F403  settings modules are layered by star import

SECURE_HSTS_SECONDS = 365 * 24 * 3600
SECURE_HSTS_INCLUDE_SUBDOMAINS = True
SECURE_SSL_REDIRECT = True
# Health, and what another installation on the same machine says: signed and sealed by itself, without any
# cookie. A post cannot be redirected.
SECURE_REDIRECT_EXEMPT = [r"^-/", r"^installation/$"]
