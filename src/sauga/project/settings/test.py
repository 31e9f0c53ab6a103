"""The test suite: the demo's settings, the synthetic internet installed, cheap password hashing."""

import atexit
import os
import shutil
import tempfile

# One data folder for the run; parallel workers inherit the variable and share the embedded server in it.
if not os.environ.get("SAUGA_DATA"):
    os.environ["SAUGA_DATA"] = tempfile.mkdtemp(prefix="sauga-test-")
    # Registered before the server is started, so that it happens after the server has been stopped.
    atexit.register(shutil.rmtree, os.environ["SAUGA_DATA"], ignore_errors=True)

from sauga.project.settings.dev import *  # noqa: F403  settings modules are layered by star import

if "sauga.world" not in INSTALLED_APPS:  # noqa: F405  from base
    INSTALLED_APPS.append("sauga.world")  # noqa: F405  from base
CHEAP_KEY_DERIVATION = (
    True  # kernel.sealed.primitives.costs; tests/kernel/sealed/test_costs.py holds the production parameters
)
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
ALLOWED_HOSTS = ["testserver", "localhost", "127.0.0.1"]
PRESSURE_WAIT = 0  # the tests of the protection do not queue
PRESSURE_POSTS = (
    0  # thousands of tests send forms from one process within minutes; those of the protection turn it on
)
# A new connection costs PostgreSQL as much as ten requests, so threads of a process hand theirs on. Four
# workers together stay below what the server gives; one not used for a while is closed.
DATABASES["default"]["OPTIONS"]["pool"] = {  # noqa: F405  from base
    "min_size": 0,
    "max_size": 20,
    "max_idle": 20,
    "num_workers": 1,
}
WORLD_ALLOWED = True  # kernel.outbound follows the synthetic internet in the demo and here only
