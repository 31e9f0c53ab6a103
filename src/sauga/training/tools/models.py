"""Tables of tools: registrations, the keys with which launches are signed, access tokens, the log. About no
person: whom a tool knows by which code is kept with the enrolment (`learning.models`).
"""

from typing import Any, ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from sauga.kernel.data import About, Forever, Term
from sauga.kernel.ids import new_reference
from sauga.kernel.states import Step
from sauga.training.states import TOOL, ToolState


def new_ref() -> str:
    """A reference that nobody can guess: 80 bits."""
    return new_reference(16)


class PlatformKey(models.Model):
    """A key with which launches are signed: its public half as a JSON Web Key, and since when it is in use.
    The private half is a file. A former key stays in our key set for some days."""

    data = About(
        plain={"name", "public"},
        on_public_pages=False,
        keep=Forever(_("Public keys of the installation, about nobody."), what=_("Keys for external tools")),
    )

    name = models.CharField(max_length=40, unique=True)
    public = models.JSONField()
    since = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                models.expressions.Value(1), condition=Q(ended_at__isnull=True), name="training_tool_one_key"
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Tool(models.Model):
    """A tool of another provider, registered by one organisation: client and deployment are ours to give, the
    addresses and keys are the tool's. `off_text` says to learners, by language, why it cannot be opened.

    `keys` were read from `keys_url` at `keys_at`, or pasted; `keys_tried_at` is when they were last asked
    for. `may_ask_name`: an editor may ask learners whether their name is passed, too.
    """

    data = About(
        plain={
            "ref",
            "state",
            "name",
            "maker",
            "privacy_url",
            "contact",
            "client_id",
            "deployment_id",
            "login_url",
            "target_url",
            "redirect_urls",
            "keys_url",
            "keys",
            "off_text",
        },
        on_public_pages=False,
        keep=Forever(
            _("Which tools courses used, with whom and since when; about nobody."), what=_("External tools")
        ),
    )

    ref = models.CharField(max_length=12, unique=True, default=new_reference)
    organisation = models.ForeignKey("organisations.Organisation", models.PROTECT, related_name="+")
    state = models.CharField(max_length=8, default=ToolState.OFF)
    name = models.CharField(max_length=80)
    maker = models.CharField(max_length=120)
    privacy_url = models.CharField(max_length=500, blank=True)
    contact = models.CharField(max_length=254, blank=True)
    client_id = models.CharField(max_length=24, unique=True, default=new_ref)
    deployment_id = models.CharField(max_length=24, unique=True, default=new_ref)
    login_url = models.CharField(max_length=500)
    target_url = models.CharField(max_length=500)
    redirect_urls = models.JSONField(default=list)
    keys_url = models.CharField(max_length=500, blank=True)
    keys = models.JSONField(default=list, blank=True)
    keys_at = models.DateTimeField(null=True, blank=True)
    keys_tried_at = models.DateTimeField(null=True, blank=True)
    may_ask_name = models.BooleanField(default=False)
    off_text = models.JSONField(default=dict, blank=True)
    created_at = models.DateTimeField()

    state_tables: ClassVar[dict[str, Any]] = {"state": TOOL}
    steps: Any
    events: Any

    def __str__(self) -> str:
        return self.name

    @property
    def addresses(self) -> list[str]:
        """Everything at which a browser may arrive at the tool."""
        return [self.login_url, self.target_url, *self.redirect_urls]


class ToolStep(Step):
    """One move of a tool; `states.move` writes it."""

    subject = models.ForeignKey(Tool, models.CASCADE, related_name="steps")


class ToolEvent(models.Model):
    """A line of a tool's log: what was tried, in which activity, and how it ended (`rules.log`); about
    no one."""

    data = About(
        plain={"what", "refused", "activity"},
        on_public_pages=False,
        keep=Term(
            30,
            after="at",
            code="training.tool_log",
            what=_("Logs of external tools"),
            since=_("the day of the entry"),
        ),
    )

    tool = models.ForeignKey(Tool, models.CASCADE, related_name="events")
    at = models.DateTimeField()
    what = models.CharField(max_length=8)
    refused = models.CharField(max_length=16, blank=True)
    activity = models.CharField(max_length=60, blank=True)

    class Meta:
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["tool", "-id"], name="training_tool_event_last"),
        ]

    def __str__(self) -> str:
        return f"{self.what} {self.refused}".strip()


class ToolToken(models.Model):
    """An access token that a tool got for its signed request: only its digest is kept. `jti` is the name of
    the request, which buys one token only."""

    data = About(
        plain={"jti", "scopes"},
        blind={"digest"},
        on_public_pages=False,
        keep=Term(
            1,
            after="expires_at",
            code="training.tool_token",
            what=_("Access tokens of external tools"),
            since=_("the moment they expired"),
        ),
    )

    tool = models.ForeignKey(Tool, models.CASCADE, related_name="tokens")
    jti = models.CharField(max_length=64)
    digest = models.BinaryField(max_length=32, unique=True)
    scopes = models.JSONField(default=list)
    expires_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["tool", "jti"], name="training_tool_token_once"),
        ]
