"""How tools read: states, the log with what to do, what a tool's maker needs, what learners are told."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import urljoin

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from sauga.kernel.i18n import languages
from sauga.kernel.kit.lists import Mark
from sauga.kernel.refusals import Text
from sauga.training.states import ToolState
from sauga.training.tools.models import Tool, ToolEvent
from sauga.training.tools.queries import tools as queries
from sauga.training.tools.rules.log import What

STATES: dict[str, Mark] = {
    ToolState.OFF: Mark("calm", "dash", pgettext_lazy("tool", "switched off")),
    ToolState.ON: Mark("good", "", pgettext_lazy("tool", "switched on")),
}
WHAT: dict[str, Text] = {
    What.OPEN: pgettext_lazy("tool log", "A learner opens it"),
    What.ANSWER: pgettext_lazy("tool log", "Launch"),
    What.TOKEN: pgettext_lazy("tool log", "The tool asks for access"),
    What.SCORE: pgettext_lazy("tool log", "The tool sends a result"),
    What.READ: pgettext_lazy("tool log", "The tool reads about the activity"),
    What.KEYS: pgettext_lazy("tool log", "We read the tool’s keys"),
}
WORKED: dict[str, Text] = {
    What.OPEN: _("Sent to the login address. If no launch follows, the tool did not answer."),
    What.ANSWER: _("Launched."),
    What.TOKEN: _("Given for half an hour."),
    What.SCORE: _("Saved."),
    What.READ: _("Answered."),
    What.KEYS: _("Read."),
}
REFUSED: dict[str, Text] = {
    "off": _("Refused: the tool is switched off, or another organisation runs training now."),
    "request": _(
        "Refused: the tool’s request is not what LTI 1.3 asks for (response_type=id_token, "
        "response_mode=form_post, prompt=none, scope=openid). Its provider must correct it."
    ),
    "redirect": _(
        "Refused: the tool asks to be answered at an address that is not registered. Compare the redirect "
        "addresses letter by letter, with the slash at the end."
    ),
    "nonce": _("Refused: the tool’s request has no usable nonce. Its provider must correct it."),
    "state": _("Refused: the tool’s request has no usable state. Its provider must correct it."),
    "hint": _(
        "Refused: the launch is unknown, was used already, or is over five minutes old. The learner opens it "
        "again from the course."
    ),
    "member": _("Refused: somebody else was signed in than who pressed the button."),
    "no_key": _("Refused: our own key is missing on this server. An operator copies the file keys/tools-…"),
    "jwt_form": _("Refused: the signed request cannot be read as a token."),
    "jwt_algorithm": _("Refused: the request is not signed with RS256. Its provider must set RS256."),
    "jwt_key": _(
        "Refused: the request is signed with a key that is not among the tool’s keys. Read the keys again, "
        "or ask its provider for the present one."
    ),
    "jwt_signature": _("Refused: the signature does not fit the tool’s key. Ask its provider for the key."),
    "jwt_expired": _("Refused: the signed request has expired. The tool’s clock may be wrong."),
    "jwt_early": _("Refused: the signed request is from the future. The tool’s clock is wrong."),
    "jwt_issuer": _("Refused: issuer and subject of the request must be the client ID given above."),
    "jwt_audience": _("Refused: the request is meant for another address than our token address."),
    "jwt_claim": _("Refused: the request lacks exp, iat or jti, or is valid for over an hour."),
    "replay": _("Refused: the same signed request was used before. Each needs its own jti."),
    "scope": _("Refused: the tool asks only for rights that we do not give."),
    "rights": _("Refused: the access that was given does not cover this."),
    "line": _("Refused: there is no such activity of this tool."),
    "user": _("Refused: no learner of this activity has this code for the tool."),
    "older": _("Not used: a later result of this learner is there already."),
    "repeated": _("Not used: the same result was sent before."),
    "over": _("Not used: the learner has finished or left the course."),
    "score_form": _("Refused: what was sent is not a score."),
    "score_time": _("Refused: the score has no timestamp with a time zone."),
    "score_user": _("Refused: the score names no learner."),
    "score_progress": _("Refused: the score does not say the progress in the words of the standard."),
    "score_number": _("Refused: points and most points must be numbers from 0 on."),
    "unreachable": _(
        "The address of the keys does not answer, or is not one that may be reached from here. The keys from "
        "before are used."
    ),
    "keys_form": _(
        "What is at the address of the keys is not a JSON Web Key Set. The keys from before stay."
    ),
    "keys_none": _("There is no RSA key for RS256 at the address of the keys. The keys from before stay."),
    "keys_weak": _("The key is too short. The keys from before stay."),
    "keys_size": _("What is at the address of the keys is too long. The keys from before stay."),
}
QUIET = {"older", "repeated", "over"}


@dataclass(frozen=True)
class LogLine:
    """A line of the log in words."""

    at: datetime
    what: Text
    text: Text
    activity: str
    is_trouble: bool


def log_line(row: ToolEvent) -> LogLine:
    """One line; a code that is unknown by now is shown as it is."""
    text = REFUSED.get(row.refused, row.refused) if row.refused else WORKED.get(row.what, "")
    is_trouble = bool(row.refused) and row.refused not in QUIET
    return LogLine(row.at, WHAT.get(row.what, row.what), text, row.activity, is_trouble)


def for_maker(row: Tool) -> Sequence[tuple[Text, str]]:
    """What the tool's maker needs from us, in the words that makers use."""
    return (
        (_("Issuer (platform ID)"), queries.issuer()),
        (_("Client ID"), row.client_id),
        (_("Deployment ID"), row.deployment_id),
        (_("Authentication request URL"), address("training-tools-authorise")),
        (_("Access token URL"), address("training-tools-token")),
        (_("Public keyset URL (JWKS)"), address("training-tools-keys")),
    )


def address(name: str, *args: str) -> str:
    """The whole address of a page that programs ask for."""
    return urljoin(f"{settings.ENV.base_url}/", reverse(name, args=args))


def why_off(row: Tool | None) -> str:
    """What a learner reads where a tool cannot be opened."""
    if row is None:
        return gettext("This part cannot be opened any more: the tool it needs is gone. Write to your tutor.")
    held: dict[str, Any] = row.off_text if isinstance(row.off_text, dict) else {}
    for code in (languages.active().code, languages.DEFAULT, *held):
        if held.get(code):
            return str(held[code])
    return gettext("This part cannot be opened at present. Your tutor knows more.")
