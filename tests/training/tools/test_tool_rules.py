"""Rules of tools: which addresses, which scores, which requests; and the tokens below them."""

import base64
import hashlib
import hmac
import json
import time
from datetime import UTC, datetime, timedelta

import jwt
import pytest
from factories.lti_tool import key_name, public_jwk, signed_jwt

from sauga.kernel.sealed.signatures import web_tokens
from sauga.kernel.sealed.signatures.web_tokens import KeysUnreadable, TokenRefused, check_token, read_keys
from sauga.training.tools.rules import messages, registration, scores
from sauga.training.tools.rules.scores import Score, ScoreUnfit, Verdict, best, is_done, read_score, verdict
from tests.repetition import often

pytestmark = pytest.mark.unit
NOW = datetime(2026, 11, 29, 12, 0, tzinfo=UTC)
SENT = {
    "timestamp": "2026-11-29T12:00:00.123+00:00",
    "scoreGiven": 8,
    "scoreMaximum": 10,
    "activityProgress": "Completed",
    "gradingProgress": "FullyGraded",
    "userId": "abc",
}


def sent(**changed):
    return json.dumps(
        {name: value for name, value in {**SENT, **changed}.items() if value is not None}
    ).encode()


@pytest.mark.parametrize(
    ("text", "fits"),
    [
        ("https://tool.example/launch", True),
        ("https://tool.example:8443/a?b=c", True),
        ("http://tool.example/launch", False),
        ("http://localhost:9000/launch", False),
        ("https://user@tool.example/", False),
        ("https://tool.example/#part", False),
        ("https:///launch", False),
        ("https://tool.example/ b", False),
        ("https://tool.example;x", False),
        ("https://tool.example:99999999/", False),
        ("https://[::1", False),
        ("javascript:alert(1)", False),
        ("", False),
        ("https://tool.example/" + "a" * 500, False),
        ("https://tool.exąmple/", False),
    ],
)
def test_addresses_of_a_tool(text: str, fits: bool):
    assert registration.is_address(text) is fits


def test_a_tool_on_this_machine_is_for_the_demo_and_tests_only():
    assert registration.is_address("http://localhost:9000/x", allows_local=True)
    assert not registration.is_address("http://localhost:9000/x")
    assert not registration.is_address("http://localhost.evil.example/", allows_local=True)


def test_an_activity_opens_only_origins_of_its_tool():
    held = ["https://tool.example/login", "https://other.example/launch"]
    assert registration.may_open("https://tool.example/deep?x=1", held)
    for target in (
        "https://tool.example.evil.example/",
        "https://tool.example:444/",
        "",
        "http://tool.example/",
    ):
        assert not registration.may_open(target, held)


def test_lines_of_parameters_and_addresses_say_which_is_unfit():
    assert registration.parameters("a=1\n\n b.c = x=y \n".replace(" b.c = ", "b.c=")) == {
        "a": "1",
        "b.c": "x=y",
    }
    with pytest.raises(registration.LineUnfit) as unfit:
        registration.parameters("a=1\nno value")
    assert unfit.value.line == 2
    with pytest.raises(registration.LineUnfit):
        registration.addresses("https://tool.example/\nftp://tool.example/")
    assert registration.parameters(registration.parameters_text({"a": "1", "b": ""})) == {"a": "1", "b": ""}


def test_a_score_is_read_in_whole_percent_rounded_down():
    assert read_score(sent()).percent == 80
    assert read_score(sent(scoreGiven=699, scoreMaximum=1000)).percent == 69
    assert read_score(sent(scoreGiven=12)).percent == 100
    assert read_score(sent(gradingProgress="Pending")).percent is None
    assert read_score(sent(scoreGiven=None, scoreMaximum=None)).percent is None
    assert read_score(sent(timestamp="2026-11-29T14:00:00+0200")).at == NOW


@pytest.mark.parametrize(
    ("changed", "why"),
    [
        ({"timestamp": None}, "time"),
        ({"timestamp": "2026-11-29T12:00:00"}, "time"),
        ({"timestamp": "yesterday at noon"}, "time"),
        ({"timestamp": 1764417600}, "time"),
        ({"timestamp": "0001-01-01T00:00:00+00:00"}, "time"),
        ({"userId": None}, "user"),
        ({"userId": ["abc"]}, "user"),
        ({"userId": ""}, "user"),
        ({"activityProgress": "Done"}, "progress"),
        ({"gradingProgress": ["FullyGraded"]}, "progress"),
        ({"scoreMaximum": None}, "number"),
        ({"scoreMaximum": 0}, "number"),
        ({"scoreGiven": -1}, "number"),
        ({"scoreGiven": "8"}, "number"),
        ({"scoreGiven": True}, "number"),
        ({"scoreGiven": float("nan")}, "number"),
        ({"scoreGiven": float("inf")}, "number"),
        ({"scoreGiven": 10**30}, "number"),
    ],
)
def test_what_is_no_score(changed: dict[str, object], why: str):
    with pytest.raises(ScoreUnfit, match=f"^{why}$"):
        read_score(sent(**changed))


@pytest.mark.parametrize("body", [b"", b"[]", b"{", b"\xff", b"[" * 9000, b'{"a":' * 2000, b" " * 20_000])
def test_what_is_not_even_json(body: bytes):
    with pytest.raises(ScoreUnfit, match=r"^form$"):
        read_score(body)


def test_scores_count_in_the_order_of_the_tools_times_whatever_order_they_arrive_in():
    """Any order and any number of repetitions of the same scores end with the same result."""
    import random

    made = [
        Score("u", NOW + timedelta(seconds=n), "Completed", "FullyGraded", percent)
        for n, percent in enumerate((40, 80, None, 60))
    ]
    for seed in range(often(200, 10_000)):
        dice = random.Random(seed)
        arriving = [dice.choice(made) for _n in range(12)] + [made[3]]
        last, result, taken = None, None, []
        for one in arriving:
            found = verdict(last, one)
            assert found == (
                Verdict.NEW
                if last is None or one.at > last
                else Verdict.REPEATED
                if one.at == last
                else "older"
            )
            if found == Verdict.NEW:
                taken.append(one)
                last, result = one.at, best(result, one)
        assert taken == sorted(taken, key=lambda one: one.at) and len(set(taken)) == len(taken)
        assert result == max((one.percent for one in taken if one.percent is not None), default=None)


def test_when_an_activity_is_done():
    graded = read_score(sent())
    assert is_done("score", 80, graded) and not is_done("score", 81, graded)
    assert not is_done("score", 0, read_score(sent(gradingProgress="Pending")))
    assert is_done("completed", 0, read_score(sent(scoreGiven=None)))
    assert not is_done("completed", 0, read_score(sent(activityProgress="InProgress")))
    assert not is_done("self", 0, graded)


ASKED = {
    "scope": "openid",
    "response_type": "id_token",
    "response_mode": "form_post",
    "prompt": "none",
    "redirect_uri": "https://tool.example/launch",
    "nonce": "n",
    "state": "s",
}


@pytest.mark.parametrize(
    ("changed", "why"),
    [
        ({}, ""),
        ({"response_type": "code"}, "request"),
        ({"response_mode": "query"}, "request"),
        ({"prompt": "login"}, "request"),
        ({"scope": "profile"}, "request"),
        ({"redirect_uri": "https://tool.example/launch/"}, "redirect"),
        ({"redirect_uri": "https://evil.example/launch"}, "redirect"),
        ({"redirect_uri": ""}, "redirect"),
        ({"nonce": ""}, "nonce"),
        ({"nonce": "n" * 501}, "nonce"),
        ({"state": ""}, "state"),
    ],
)
def test_which_requests_are_answered(changed: dict[str, str], why: str):
    assert messages.request_problem({**ASKED, **changed}, ["https://tool.example/launch"]) == why


def test_a_tool_gets_only_rights_that_are_given():
    asked = f"{messages.SCORE} https://purl.imsglobal.org/spec/lti-ags/scope/lineitem openid"
    assert messages.granted(asked) == [messages.SCORE]
    assert messages.granted("https://purl.imsglobal.org/spec/lti-nrps/scope/contextmembership.readonly") == []


# Tokens
JWT = ("form", "algorithm", "key", "signature", "expired", "early", "issuer", "audience", "claim")
AUDIENCE = "https://sauga.example/lti/token"


def claims(**changed):
    now = int(NOW.timestamp())
    held = {"iss": "c", "sub": "c", "aud": AUDIENCE, "iat": now, "exp": now + 60, "jti": "1", **changed}
    return {name: value for name, value in held.items() if value is not None}


def signed(key: str = "tool", head: dict[str, str] | None = None, **changed) -> str:
    return signed_jwt(claims(**changed), key, head)


def refusal(token: str, keys=None) -> str:
    with pytest.raises(TokenRefused) as refused:
        check_token(token, keys or [public_jwk()], issuer="c", audiences=[AUDIENCE], at=NOW)
    return str(refused.value)


def test_a_signed_token_is_read():
    found = check_token(signed(), [public_jwk()], issuer="c", audiences=["x", AUDIENCE], at=NOW)
    assert found["jti"] == "1"
    listed = signed(aud=["other", AUDIENCE])
    assert check_token(listed, [public_jwk()], issuer="c", audiences=[AUDIENCE], at=NOW)


@pytest.mark.parametrize(
    ("changed", "why"),
    [
        ({"exp": int(NOW.timestamp()) - 31}, "expired"),
        ({"exp": None}, "claim"),
        ({"exp": "tomorrow"}, "claim"),
        ({"exp": float("nan")}, "expired"),
        ({"iat": int(NOW.timestamp()) + 31}, "early"),
        ({"nbf": int(NOW.timestamp()) + 31}, "early"),
        ({"iss": "other"}, "issuer"),
        ({"aud": "https://sauga.example/"}, "audience"),
        ({"aud": [["https://sauga.example/lti/token"]]}, "audience"),
        ({"aud": None}, "audience"),
        ({"jti": None}, "claim"),
        ({"jti": 7}, "claim"),
        ({"jti": ""}, "claim"),
    ],
)
def test_a_token_that_is_not_for_us_now(changed: dict[str, object], why: str):
    assert refusal(signed(**changed)) == why


def part(value: object) -> str:
    return base64.urlsafe_b64encode(json.dumps(value).encode()).rstrip(b"=").decode()


def test_no_algorithm_and_a_public_key_as_a_secret_are_refused():
    body = part(claims())
    assert refusal(f"{part({'alg': 'none', 'kid': key_name()})}.{body}.") == "algorithm"
    pem = web_tokens.jwt.algorithms.RSAAlgorithm.from_jwk(public_jwk()).public_bytes(*_pem_of_public_key())
    head = part({"alg": "HS256", "typ": "JWT", "kid": key_name()})
    mac = hmac.new(pem, f"{head}.{body}".encode(), hashlib.sha256).digest()
    forged = f"{head}.{body}.{base64.urlsafe_b64encode(mac).rstrip(b'=').decode()}"
    assert refusal(forged) == "algorithm"
    rs_head = part({"alg": "RS256", "typ": "JWT", "kid": key_name()})
    assert refusal(f"{rs_head}.{body}.{forged.rpartition('.')[2]}") == "signature"


def _pem_of_public_key():
    from cryptography.hazmat.primitives import serialization

    return serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo


def test_another_key_a_changed_payload_and_no_token_are_refused():
    assert refusal(signed("stranger", head={"kid": key_name()})) == "signature"
    assert refusal(signed("stranger")) == "key"
    assert refusal(signed(), keys=[{**public_jwk(), "kid": "other"}]) == "key"
    head, _body, signature = signed().split(".")
    assert refusal(f"{head}.{part(claims(sub='other'))}.{signature}") == "signature"
    for text in ("", "a.b.c", "x", "." * 100, signed() + "a" * 20_000):
        assert refusal(text) in ("form", "algorithm")
    assert web_tokens.unverified_issuer("nonsense") == "" == web_tokens.key_name("nonsense")


def test_a_key_without_a_name_serves_a_token_with_one():
    plain = {name: value for name, value in public_jwk().items() if name != "kid"}
    assert check_token(signed(), [plain], issuer="c", audiences=[AUDIENCE], at=NOW)
    assert check_token(signed(head={"typ": "JWT"}), [public_jwk()], issuer="c", audiences=[AUDIENCE], at=NOW)


def test_keys_are_read_from_sets_single_keys_and_pem():
    held = public_jwk()
    assert read_keys(json.dumps({"keys": [held, {"kty": "EC"}, {"kty": "RSA"}, "x"]})) == [held]
    assert read_keys(json.dumps(held)) == [held]
    pem = jwt.algorithms.RSAAlgorithm.from_jwk(held).public_bytes(*_pem_of_public_key()).decode()
    assert read_keys(pem)[0]["n"] == held["n"]
    secret = {**held, "d": "private", "p": "private"}
    assert read_keys(json.dumps(secret)) == [held], "what is private in a set is not kept"


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("", "form"),
        ("[]", "form"),
        ("{}", "none"),
        ('{"keys": 7}', "form"),
        ('{"keys": []}', "none"),
        ("[" * 5000, "form"),
        (json.dumps({"keys": [{"kty": "RSA", "n": "AQAB", "e": "AQAB"}]}), "none"),
        (json.dumps({"keys": [{"kty": "RSA", "n": 7, "e": []}]}), "none"),
        (json.dumps({"keys": [{"kty": "oct", "k": "c2VjcmV0"}]}), "none"),
        ("-----BEGIN PUBLIC KEY-----\nnonsense\n-----END PUBLIC KEY-----", "form"),
        ("x" * 70_000, "size"),
        (json.dumps({"keys": [{}] * 21}), "form"),
    ],
)
def test_what_holds_no_key(text: str, why: str):
    with pytest.raises(KeysUnreadable, match=f"^{why}$"):
        read_keys(text)


def test_a_key_pair_is_a_file_that_is_never_replaced(tmp_path, settings):
    from dataclasses import replace

    from sauga.kernel.sealed import KeyNotAvailable

    settings.ENV = replace(settings.ENV, data=tmp_path)
    made = web_tokens.make_token_signer("tools-a", "a")
    again = web_tokens.token_signer("tools-a", "a")
    assert again.jwk == made.jwk and oct((tmp_path / "keys" / "tools-a").stat().st_mode)[-2:] == "00"
    now = int(time.time())
    token = again.sign(claims(iat=now, exp=now + 60))
    assert check_token(token, [made.jwk], issuer="c", audiences=[AUDIENCE], at=datetime.now(UTC))
    with pytest.raises(KeyNotAvailable):
        web_tokens.make_token_signer("tools-a", "a")
    with pytest.raises(KeyNotAvailable):
        web_tokens.token_signer("tools-b", "b")
    (tmp_path / "keys" / "tools-b").write_text("nonsense")
    with pytest.raises(KeyNotAvailable):
        web_tokens.token_signer("tools-b", "b")


def test_the_score_codes_have_sentences():
    from sauga.training.tools.presenters import REFUSED

    codes = {f"score_{code}" for code in ("form", "time", "user", "progress", "number")}
    codes |= {f"jwt_{code}" for code in JWT}
    codes |= {f"keys_{code}" for code in ("form", "none", "weak", "size")}
    codes |= {"request", "redirect", "nonce", "state", "hint", "off", "member", "replay", "scope", "rights"}
    codes |= {"line", "user", "older", "repeated", "over", "unreachable"}
    assert codes <= set(REFUSED) and scores.LONGEST_BODY == 16 * 1024
