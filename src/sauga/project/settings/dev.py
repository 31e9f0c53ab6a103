"""Demo and development on plain http: cookies lose the `__Host-` mark, because browsers refuse it without
TLS."""

from sauga.project.settings.base import *  # noqa: F403  settings modules are layered by star import

SESSION_COOKIE_NAME = "sauga"
CSRF_COOKIE_NAME = "sauga-csrf"
SESSION_COOKIE_SECURE = False
CSRF_COOKIE_SECURE = False
STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}  # noqa: F405  from base
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = True
SCANNER = ENV.scanner or "none"  # noqa: F405  from base; production asks for a decision
# A newcomer's machine may have no Chromium; the gate then says “not run” and lets pass. The demo names one
# where it finds it.
GATE_NEEDS_BROWSER = ENV.gate_needs_browser and bool(ENV.chromium)  # noqa: F405  from base
STREAM_BIND = ENV.stream_bind or "127.0.0.1"  # noqa: F405  from base; a try-out is open to this machine only
