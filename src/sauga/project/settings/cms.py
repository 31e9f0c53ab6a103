"""Settings of the editors' tool (Wagtail); they count only in an installation that runs the portal (decision
0042)."""

from typing import Any

APPS = [
    "wagtail.contrib.simple_translation",
    "wagtail.contrib.redirects",
    "wagtail.sites",
    "wagtail.users",
    "wagtail.snippets",
    "wagtail.documents",
    "wagtail.images",
    "wagtail.search",
    "wagtail.admin",
    "wagtail",
    "modelcluster",
    "taggit",
    "django_filters",
]
"""`wagtail.embeds` is left out on purpose: nothing of ours is loaded from somebody else's host."""


def options(base_url: str, mail_domain: str, languages: list[Any]) -> dict[str, Any]:
    """Wagtail's settings: nothing goes out of the installation, no page may be private, no sign-in of its
    own."""
    return {
        "MEDIA_URL": "/media/",
        "WAGTAIL_SITE_NAME": "Sauga",
        "WAGTAILADMIN_BASE_URL": base_url.rstrip("/"),
        "WAGTAILADMIN_LOGIN_URL": "/desk/signin/",
        "WAGTAILADMIN_NOTIFICATION_FROM_EMAIL": f"labas@{mail_domain}",
        # The tool's own mails go nowhere: what it has to say goes through kernel.notifications
        # (portal/receivers.py).
        "MAILERS": {"default": {"BACKEND": "django.core.mail.backends.dummy.EmailBackend"}},
        "WAGTAIL_I18N_ENABLED": True,
        "WAGTAIL_CONTENT_LANGUAGES": languages,
        "WAGTAILADMIN_PERMITTED_LANGUAGES": languages,
        "WAGTAIL_ENABLE_UPDATE_CHECK": False,
        "WAGTAIL_ENABLE_WHATS_NEW_BANNER": False,
        "WAGTAIL_GRAVATAR_PROVIDER_URL": None,
        "WAGTAIL_PASSWORD_MANAGEMENT_ENABLED": False,
        "WAGTAIL_PASSWORD_RESET_ENABLED": False,
        "WAGTAIL_EMAIL_MANAGEMENT_ENABLED": False,
        "WAGTAILADMIN_COMMENTS_ENABLED": True,
        "WAGTAIL_ALLOW_UNICODE_SLUGS": False,
        "WAGTAIL_PRIVATE_PAGE_OPTIONS": [],
        "WAGTAILDOCS_PRIVATE_COLLECTION_OPTIONS": [],
        "WAGTAILIMAGES_IMAGE_MODEL": "portal.Picture",
        "WAGTAILDOCS_DOCUMENT_MODEL": "portal.Attachment",
        "WAGTAILIMAGES_EXTENSIONS": ["jpg", "jpeg", "png", "webp", "gif"],
        "WAGTAILDOCS_EXTENSIONS": [
            "pdf",
            "docx",
            "odt",
            "pptx",
            "odp",
            "xlsx",
            "ods",
            "csv",
            "txt",
            "epub",
            "zip",
        ],
        # Uploads are inspected, stored and sent by kernel.media, whose limits these are.
        "WAGTAILIMAGES_IMAGE_FORM_BASE": "sauga.portal.forms.uploads.PictureForm",
        "WAGTAILDOCS_DOCUMENT_FORM_BASE": "sauga.portal.forms.uploads.AttachmentForm",
        "WAGTAILIMAGES_MAX_UPLOAD_SIZE": 20 * 1024 * 1024,
        "WAGTAILDOCS_MAX_UPLOAD_SIZE": 60 * 1024 * 1024,
        "WAGTAILIMAGES_AVIF_QUALITY": 60,
        "WAGTAILSEARCH_BACKENDS": {
            "default": {"BACKEND": "wagtail.search.backends.database", "SEARCH_CONFIG": "simple"}
        },
        # A page is saved several times in one request; its indexes are written once.
        "TASKS": {"default": {"BACKEND": "sauga.project.index_tasks.OncePerTransaction"}},
        "WAGTAIL_USER_TIME_ZONES": ["Europe/Vilnius"],
        "TAGGIT_CASE_INSENSITIVE": True,
    }
