"""The messages of LTI 1.3 and OpenID Connect between this platform and a tool, as plain values.

Sources: 1EdTech LTI 1.3 Core (section 5), Security Framework 1.0 (section 5.1), Assignment and Grade Services
2.0 (section 3). Pure functions.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

LTI = "https://purl.imsglobal.org/spec/lti/claim/"
AGS = "https://purl.imsglobal.org/spec/lti-ags/claim/endpoint"
SCOPE = "https://purl.imsglobal.org/spec/lti-ags/scope/"
SCORE, LINE = f"{SCOPE}score", f"{SCOPE}lineitem.readonly"
SCOPES = (SCORE, LINE)
"""What a tool may do: send scores, and read what the activity is called. It reads no results."""
LEARNER = "http://purl.imsglobal.org/vocab/lis/v2/membership#Learner"
SECTION = "http://purl.imsglobal.org/vocab/lis/v2/course#CourseSection"
TOKEN_SECONDS = 300
"""How long a launch is valid; tools check it at once."""
LONGEST_STATE, LONGEST_NONCE = 2000, 500


@dataclass(frozen=True)
class Launch:
    """What one launch tells a tool. `name` is passed only where editor and learner agreed."""

    issuer: str
    client: str
    deployment: str
    subject: str
    target: str
    link: str
    title: str
    context: str
    context_title: str
    language: str
    back: str
    line: str = ""
    name: str = ""
    custom: Mapping[str, str] = field(default_factory=dict)


def launch_claims(launch: Launch, *, nonce: str, now: int) -> dict[str, Any]:
    """The claims of the token with which an activity is opened.

    No email, no picture, no role but learner, no identifier that another course or tool also gets.
    """
    claims: dict[str, Any] = {
        "iss": launch.issuer,
        "aud": launch.client,
        "azp": launch.client,
        "sub": launch.subject,
        "iat": now,
        "exp": now + TOKEN_SECONDS,
        "nonce": nonce,
        "locale": launch.language,
        f"{LTI}message_type": "LtiResourceLinkRequest",
        f"{LTI}version": "1.3.0",
        f"{LTI}deployment_id": launch.deployment,
        f"{LTI}target_link_uri": launch.target,
        f"{LTI}resource_link": {"id": launch.link, "title": launch.title},
        f"{LTI}roles": [LEARNER],
        f"{LTI}context": {"id": launch.context, "title": launch.context_title, "type": [SECTION]},
        f"{LTI}tool_platform": {
            "guid": launch.issuer,
            "name": "Sauga",
            "product_family_code": "sauga",
        },
        f"{LTI}launch_presentation": {
            "document_target": "window",
            "return_url": launch.back,
            "locale": launch.language,
        },
    }
    if launch.custom:
        claims[f"{LTI}custom"] = dict(launch.custom)
    if launch.line:
        claims[AGS] = {"scope": list(SCOPES), "lineitem": launch.line}
    if launch.name:
        claims["name"] = launch.name
    return claims


def request_problem(asked: Mapping[str, str], redirects: Sequence[str]) -> str:
    """Why an authentication request cannot be answered, as a code of the log; empty where it can."""
    wanted = {"response_type": "id_token", "response_mode": "form_post", "prompt": "none"}
    if any(asked.get(name, "") != value for name, value in wanted.items()):
        return "request"
    if "openid" not in asked.get("scope", "").split():
        return "request"
    if asked.get("redirect_uri", "") not in redirects:
        return "redirect"
    if not 0 < len(asked.get("nonce", "")) <= LONGEST_NONCE:
        return "nonce"
    if not 0 < len(asked.get("state", "")) <= LONGEST_STATE:
        return "state"
    return ""


def granted(asked: str) -> list[str]:
    """Those of the scopes that a tool asks for that it gets."""
    wanted = asked.split()
    return [scope for scope in SCOPES if scope in wanted]
