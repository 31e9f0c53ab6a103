"""A tool by an independent implementation (PyLTI1p3): it logs in, checks launches and sends scores. It runs
in the test or, for a browser, on a port of its own on loopback."""

import html
import json
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import cache
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, parse_qsl, urlsplit

import jwt
import requests
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from django.test import Client
from jwcrypto.jwk import JWK
from pylti1p3.cookie import CookieService
from pylti1p3.grade import Grade
from pylti1p3.message_launch import MessageLaunch
from pylti1p3.oidc_login import OIDCLogin
from pylti1p3.redirect import Redirect
from pylti1p3.request import Request
from pylti1p3.service_connector import ServiceConnector
from pylti1p3.session import SessionService
from pylti1p3.tool_config import ToolConfDict
from requests.adapters import BaseAdapter

from factories.courses import both, drafted
from sauga.kernel.identity import PersonActor
from sauga.training.courses.actions import drafts, publication
from sauga.training.courses.actions.drafts import ActivityGiven
from sauga.training.courses.models import CourseVersion
from sauga.training.tools.actions import tools as actions
from sauga.training.tools.actions.tools import ToolGiven
from sauga.training.tools.models import Tool
from tests.centre import AT, Centre

HOST = "https://tool.example"


@cache
def private_key(name: str = "tool") -> str:
    """A key pair for each name, made once a process."""
    made = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    return made.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    ).decode()


@cache
def key_name(name: str = "tool") -> str:
    """What the tool calls its key: the thumbprint, as PyLTI1p3 does."""
    return str(public_jwk(name)["kid"])


@cache
def _loaded(name: str) -> JWK:
    """The pair once read: reading an RSA key checks its primes, which takes longer than signing with it."""
    return JWK.from_pem(private_key(name).encode())


def public_jwk(name: str = "tool") -> dict[str, Any]:
    """Its public half as the tool would publish it."""
    return {**json.loads(_loaded(name).export_public()), "alg": "RS256", "use": "sig"}


def signed_jwt(claims: dict[str, Any], name: str = "tool", head: dict[str, str] | None = None) -> str:
    """Claims signed with the private half, by default under the name that the tool gives its key."""
    key = _loaded(name).get_op_key("sign")
    return jwt.encode(claims, key, algorithm="RS256", headers=head or {"kid": key_name(name)})


def given(host: str = HOST, **more: Any) -> ToolGiven:
    """A tool as the form of registration has it."""
    facts: dict[str, Any] = {
        "name": "Pixel lab",
        "maker": "Example Makers",
        "login_url": f"{host}/login",
        "target_url": f"{host}/launch",
        "redirect_urls": [f"{host}/launch"],
        "keys_text": json.dumps({"keys": [public_jwk()]}),
    }
    return ToolGiven(**{**facts, **more})


def registered(by: PersonActor, at: datetime, host: str = HOST, **more: Any) -> Tool:
    """A registered tool that is switched on."""
    row = actions.register_tool(by=by, given=given(host, **more), at=at)
    return actions.switch_on(by=by, tool=row, at=at)


def course_with(centre: Centre, tool: Tool, rule: Any = None, **content: Any) -> CourseVersion:
    """A published course with an activity `lab` that opens the tool."""
    version = drafted(centre)
    by = centre.actor("COURSE_EDITOR")
    held = {"tool": tool.ref, "prompt": both("Try it"), "finish": "score", "pass": 70, **content}
    one = ActivityGiven(code="lab", kind="lti", title=both("Lab"), minutes=10, content=held)
    drafts.save_activity(by=by, module=version.modules.get(), activity=None, given=one, at=AT)
    tree = rule or {"all": [{"score": "lab", "at_least": 70}]}
    version = drafts.set_completion(by=by, version=version, tree=tree, at=AT)
    publication.submit(by=by, version=version, at=AT)
    return publication.publish(by=centre.actor("PUBLISHER"), version=version, at=AT)


class Asked(Request):
    """A request as PyLTI1p3 wants it."""

    session: Any = None

    def __init__(self, params: dict[str, str], session: dict[str, Any]) -> None:
        self.params, self.session = params, session

    def is_secure(self) -> bool:
        return True

    def get_param(self, key: str) -> str:
        return self.params.get(key, "")


@dataclass
class Cookies(CookieService):
    held: dict[str, str] = field(default_factory=dict)

    def get_cookie(self, name: str) -> str | None:
        return self.held.get(name)

    def set_cookie(self, name: str, value: str | int, exp: int | None = 3600) -> None:
        self.held[name] = str(value)


class Onward(Redirect[str]):
    def __init__(self, location: str) -> None:
        self.location = location

    def do_redirect(self) -> str:
        return self.location


class Login(OIDCLogin):
    def get_redirect(self, url: str) -> Onward:
        return Onward(url)


class Launch(MessageLaunch):
    def _get_request_param(self, key: str) -> str:
        return self._request.get_param(key)


class Connector(ServiceConnector):
    """Asks for an access token each time."""

    def _get_cached_access_token(self, scope_key: str) -> None:
        return None

    def _cache_access_token(self, scope_key: str, access_token: str, expires_in: float) -> None:
        pass


class ToClient(BaseAdapter):
    """Carries what the tool's `requests` sends to Django's test client."""

    def send(self, request: Any, **_more: Any) -> requests.Response:
        parts = urlsplit(request.url)
        headers = {
            f"HTTP_{name.upper().replace('-', '_')}": value
            for name, value in request.headers.items()
            if not name.startswith("Content-") and name != "Accept-Encoding"
        }
        kind = request.headers.get("Content-Type", "application/octet-stream")
        body = request.body.encode() if isinstance(request.body, str) else request.body or b""
        got = Client().generic(request.method, parts.path, body, kind, QUERY_STRING=parts.query, **headers)
        made = requests.Response()
        made.status_code, made._content, made.url = got.status_code, got.content, request.url
        made.headers.update(dict(got.headers))
        return made

    def close(self) -> None:
        pass


@dataclass
class ExampleTool:
    """One tool: what it was told at registration, its session with one browser, its key."""

    row: Tool
    issuer: str
    key: str = "tool"
    session: dict[str, Any] = field(default_factory=dict)
    cookies: Cookies = field(default_factory=Cookies)
    through_client: bool = True

    @property
    def host(self) -> str:
        parts = urlsplit(self.row.login_url)
        return f"{parts.scheme}://{parts.netloc}"

    @property
    def config(self) -> ToolConfDict:
        made = ToolConfDict(
            {
                self.issuer: {
                    "client_id": self.row.client_id,
                    "auth_login_url": f"{self.issuer}/lti/authorise",
                    "auth_token_url": f"{self.issuer}/lti/token",
                    "auth_audience": None,
                    "key_set_url": f"{self.issuer}/lti/keys.json",
                    "key_set": None,
                    "deployment_ids": [self.row.deployment_id],
                }
            }
        )
        made.set_private_key(self.issuer, private_key(self.key))
        made.set_public_key(self.issuer, _loaded(self.key).export_to_pem().decode())
        return made

    @property
    def http(self) -> requests.Session:
        made = requests.Session()
        made.trust_env = False
        if self.through_client:
            made.mount("http://", ToClient())
        return made

    def login(self, params: dict[str, str]) -> str:
        """The answer to a login initiation: where the browser is sent."""
        asked = Asked(params, self.session)
        service = SessionService(asked)
        made = Login(asked, self.config, session_service=service, cookie_service=self.cookies)
        return made.redirect(f"{self.host}/launch")

    def launch(self, form: dict[str, str]) -> Launch:
        """Check a launch as the library does. Raises LtiException."""
        asked = Asked(form, self.session)
        made = Launch(
            asked,
            self.config,
            session_service=SessionService(asked),
            cookie_service=self.cookies,
            requests_session=self.http,
            service_connector_cls=Connector,
        )
        return made.validate()

    def grade(
        self,
        launch: Launch,
        given: float,
        most: float = 100,
        *,
        at: datetime | None = None,
        progress: str = "Completed",
        grading: str = "FullyGraded",
        user: str = "",
    ) -> None:
        """Send a score about the learner of a launch. Raises LtiServiceException."""
        score = Grade()
        score.set_score_given(given).set_score_maximum(most)
        score.set_timestamp((at or datetime.now(UTC)).isoformat())
        score.set_activity_progress(progress).set_grading_progress(grading)
        score.set_user_id(user or launch.get_launch_data()["sub"])
        launch.get_ags().put_grade(score)

    def assertion(self, audience: str, **changed: Any) -> str:
        """A signed request for an access token, some claims changed, those that are None left out."""
        now = int(datetime.now(UTC).timestamp())
        client = self.row.client_id
        claims = {
            "iss": client,
            "sub": client,
            "aud": audience,
            "iat": now,
            "exp": now + 60,
            "jti": f"jti-{now}-{len(self.session)}",
        }
        held = {name: value for name, value in {**claims, **changed}.items() if value is not None}
        return signed_jwt(held, self.key)


def query_of(address: str) -> dict[str, str]:
    """The parameters of an address."""
    return dict(parse_qsl(urlsplit(address).query))


@contextmanager
def served(tool_of: Callable[[str], ExampleTool], *, score: float = 90) -> Iterator[str]:
    """The tool on a port of its own, under the name `localhost`, which to a browser is another site than
    127.0.0.1. Its page names the learner's code and has a button that sends a score."""
    state: dict[str, Any] = {}

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self._serve(dict(parse_qsl(urlsplit(self.path).query)))

        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length") or 0)).decode()
            self._serve({name: values[0] for name, values in parse_qs(body).items()})

        def _serve(self, params: dict[str, str]) -> None:
            tool: ExampleTool = state["tool"]
            path = urlsplit(self.path).path
            if path == "/login":
                to = tool.login(params)
                self.send_response(302)
                self.send_header("Location", to)
                self.end_headers()
                return
            text = ""
            if path == "/launch":
                state["launch"] = tool.launch(params)
                data = state["launch"].get_launch_data()
                names = html.escape(json.dumps({k: data.get(k) for k in ("sub", "name", "email")}))
                form = '<form method="post" action="/done"><button>Finish</button></form>'
                text = f'<p id="who">{names}</p>{form}'
            elif path == "/done":
                tool.grade(state["launch"], score)
                text = '<p id="done">Sent</p>'
            page = f"<!doctype html><html lang=en><title>Tool</title><main><h1>Tool</h1>{text}</main></html>"
            self.send_response(200 if text else 404)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            self.end_headers()
            self.wfile.write(page.encode())

        def log_message(self, *_args: Any) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    host = f"http://localhost:{server.server_address[1]}"
    state["tool"] = tool_of(host)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
    thread.start()
    try:
        yield host
    finally:
        server.shutdown()
        server.server_close()
        thread.join(10)
