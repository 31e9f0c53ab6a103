"""What one look means: every kind of answer a host gives, and that no answer at all can trip the judge."""

import re
import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sauga.hotline.monitoring.rules.page_text import fold, read_page
from sauga.hotline.monitoring.rules.probe_classification import (
    GONE,
    Evidence,
    ProbeResult,
    Reason,
    baseline_of,
    classify,
    is_home,
)
from sauga.hotline.monitoring.rules.signatures import Says, build, signatures
from sauga.hotline.monitoring.rules.similarity import bits_apart, per_cent_alike, similarity_hash

pytestmark = pytest.mark.unit

WORDS = [
    f"{a}{b}"
    for a in ("bal", "gel", "kar", "lip", "mor", "nav", "pil", "ros", "sau", "tik")
    for b in ("a", "e", "ina", "oma", "uta", "yse")
]
PROSE = " ".join(WORDS[(i * 7 + i * i) % len(WORDS)] for i in range(420))
OTHER = " ".join(reversed([WORDS[(i * 11 + i * i * 3) % len(WORDS)] for i in range(420)]))
URL = "https://blog.example/post/17"


def page(body: str, title: str = "Įrašas apie jūrą", extra: str = "") -> str:
    head = f"<title>{title}</title><script>var captcha = 'page not found'</script>"
    return f"<!doctype html><html><head>{head}</head><body>{extra}{body}</body></html>"


def seen(text: str = page(f"<p>{PROSE}</p>"), **more):
    return Evidence(
        **{
            "asked": URL,
            "final": URL,
            "status": 200,
            "body": "text",
            "text": text,
            "place": "blog",
            "network": "AS1",
            "country": "LT",
        }
        | more
    )


BASE = baseline_of(seen())


def verdict(evidence, baseline=BASE):
    judged = classify(evidence, baseline)
    return judged.verdict, judged.reason


@pytest.mark.parametrize("status", [404, 410, 451])
def test_a_plain_gone_status_is_gone(status):
    assert verdict(seen("<h1>Nope</h1>", status=status)) == (ProbeResult.GONE_HARD, Reason.STATUS)
    assert verdict(seen("", status=status, body="empty"), None) == (ProbeResult.GONE_HARD, Reason.STATUS)


def test_the_same_page_under_a_gone_status_is_for_a_person():
    assert verdict(seen(status=404)) == (ProbeResult.CHANGED, Reason.SAME_DESPITE_STATUS)


def test_a_block_for_one_country_is_no_removal_whatever_its_status():
    text = page("<p>This content is not available in your country.</p>", "Sorry")
    for status in (200, 403, 404, 451):
        assert verdict(seen(text, status=status)) == (ProbeResult.RESTRICTED, Reason.GEO)


def test_no_such_name_is_believed_the_second_time():
    assert verdict(Evidence(asked=URL, error="dns_nxdomain")) == (
        ProbeResult.UNREACHABLE,
        Reason.NO_SUCH_NAME_ONCE,
    )
    assert verdict(Evidence(asked=URL, error="dns_nxdomain", missing_before=True)) == (
        ProbeResult.GONE_HARD,
        Reason.NO_SUCH_NAME,
    )


@pytest.mark.parametrize(
    ("error", "expected"),
    [
        ("timeout", (ProbeResult.UNREACHABLE, Reason.TIMEOUT)),
        ("tls", (ProbeResult.UNREACHABLE, Reason.TLS)),
        ("refused", (ProbeResult.UNREACHABLE, Reason.CONNECTION)),
        ("reset", (ProbeResult.UNREACHABLE, Reason.CONNECTION)),
        ("dns_failure", (ProbeResult.UNREACHABLE, Reason.NAME_SERVER)),
        ("too_many_redirects", (ProbeResult.UNREACHABLE, Reason.REDIRECT_LOOP)),
        ("guard", (ProbeResult.REFUSED_BY_GUARD, Reason.GUARD)),
        ("bad_url", (ProbeResult.REFUSED_BY_GUARD, Reason.BAD_ADDRESS)),
    ],
)
def test_no_answer_is_never_a_removal(error, expected):
    assert verdict(Evidence(asked=URL, error=error)) == expected


@pytest.mark.parametrize("error", ["guard", "too_many_redirects"])
def test_a_journey_that_broke_after_an_answer_is_judged_by_the_break(error):
    assert classify(Evidence(asked=URL, status=302, error=error), None).verdict not in GONE


def test_a_body_that_broke_is_no_evidence_of_anything():
    assert verdict(seen("", body="none", error="timeout")) == (ProbeResult.UNREACHABLE, Reason.TIMEOUT)


@pytest.mark.parametrize("status", [500, 502, 503, 504, 520, 408])
def test_a_server_error_is_never_a_removal_even_if_it_says_so(status):
    assert verdict(seen(page("<h1>Page not found</h1>"), status=status)) == (
        ProbeResult.UNREACHABLE,
        Reason.SERVER_ERROR,
    )


@pytest.mark.parametrize("status", [400, 405, 418, 421, 301, 304, 100])
def test_an_odd_answer_is_no_removal(status):
    assert verdict(seen("", status=status, body="empty")) == (ProbeResult.UNREACHABLE, Reason.ODD_ANSWER)


def test_rate_limits_and_robot_checks_prove_nothing():
    assert verdict(seen("", status=429)) == (ProbeResult.CHALLENGED, Reason.RATE_LIMIT)
    assert verdict(seen("", status=403, mitigated=True)) == (ProbeResult.CHALLENGED, Reason.CHALLENGE)
    for status in (200, 403, 404, 503):
        assert (
            verdict(
                seen(
                    page("<p>Checking your browser before accessing.</p>", "Just a moment..."), status=status
                )
            )[0]
            is ProbeResult.CHALLENGED
        )
    assert (
        verdict(seen(page("<p>Patvirtinkite, kad nesate robotas</p>", "Patikra")))[0]
        is ProbeResult.CHALLENGED
    )


def test_a_captcha_inside_the_usual_page_changes_nothing():
    assert verdict(seen(page(f"<p>{PROSE}</p><h2>Captcha</h2>")))[0] is ProbeResult.ONLINE


@pytest.mark.parametrize(
    ("status", "reason"),
    [
        (401, Reason.LOGIN),
        (402, Reason.PAYMENT),
        (403, Reason.FORBIDDEN),
        (407, Reason.LOGIN),
        (511, Reason.LOGIN),
    ],
)
def test_a_shut_door_is_restricted(status, reason):
    assert verdict(seen("", status=status)) == (ProbeResult.RESTRICTED, reason)


def test_a_suspended_site_is_gone_under_200_and_403():
    for status in (200, 403):
        assert verdict(
            seen(page("<h1>Account Suspended</h1><p>Contact support.</p>", "x"), status=status)
        ) == (
            ProbeResult.GONE_SOFT,
            Reason.SAYS_SUSPENDED,
        )


@pytest.mark.parametrize(
    "words",
    [
        "Turinys pašalintas",
        "Puslapis nerastas",
        "TURINYS BUVO PASALINTAS",
        "This image was removed",
        "Page not found",
        "Страница не найдена",
        "Strona nie istnieje",
        "Lapa nav atrasta",
        "Lehte ei leitud",
        "Seite nicht gefunden",
        "Page introuvable",
        "Página no encontrada",
        "Pagina niet gevonden",
        "Сторінку не знайдено",
        "Sivua ei löytynyt",
    ],
)
def test_a_page_that_says_removed_is_gone_in_every_language(words):
    for text in (
        page("<p>x</p>", words),
        page(f"<div>{words}.</div>", "Svetainė"),
        words,
        '{"error": "' + words + '"}',
    ):
        assert verdict(seen(text))[0] is ProbeResult.GONE_SOFT, text
        assert verdict(seen(text), None)[0] is ProbeResult.GONE_SOFT, text


def test_an_account_that_is_gone_says_so():
    assert verdict(seen(page("<h1>User not found</h1>"))) == (ProbeResult.GONE_SOFT, Reason.SAYS_ACCOUNT_GONE)


def test_removal_words_in_prose_or_comments_of_the_same_page_change_nothing():
    comments = "<ul><li>page not found, lol</li><li>was deleted</li></ul>"
    assert verdict(seen(page(f"<p>{PROSE}</p>{comments}")))[0] is ProbeResult.ONLINE
    assert verdict(seen(page(f"<p>{PROSE}</p>{comments}")), None)[0] is ProbeResult.ONLINE
    assert verdict(seen(page(f"<p>{PROSE} the page was removed {PROSE}</p>")), None)[0] is ProbeResult.ONLINE


def test_removal_words_aside_count_on_a_page_far_from_the_baseline():
    frame = "".join(f"<li>{OTHER[i : i + 80]}</li>" for i in range(0, 2400, 80))
    text = page(f"<ul>{frame}</ul><div>Vaizdo įrašas pašalintas</div>", "Svetainė")
    assert verdict(seen(text)) == (ProbeResult.GONE_SOFT, Reason.SAYS_REMOVED)
    assert verdict(seen(text), None) == (ProbeResult.ONLINE, Reason.ANSWERS)


def test_words_in_scripts_comments_and_attributes_are_not_said():
    text = page(f"<!-- page not found --><style>.removed{{}}</style><p title='was deleted'>{PROSE[:300]}</p>")
    assert verdict(seen(text), None) == (ProbeResult.ONLINE, Reason.ANSWERS)


@pytest.mark.parametrize(
    ("final", "expected"),
    [
        ("https://blog.example/", (ProbeResult.GONE_REDIRECT, Reason.TO_HOME)),
        ("https://www.blog.example/lt/", (ProbeResult.GONE_REDIRECT, Reason.TO_HOME)),
        ("https://blog.example/index.php", (ProbeResult.GONE_REDIRECT, Reason.TO_HOME)),
        ("https://blog.example/search?q=17", (ProbeResult.GONE_REDIRECT, Reason.TO_SEARCH)),
        ("https://blog.example/paieska/", (ProbeResult.GONE_REDIRECT, Reason.TO_SEARCH)),
        ("https://blog.example/404", (ProbeResult.GONE_REDIRECT, Reason.TO_ERROR_PAGE)),
        ("https://cdn.blog.example/removed.png", (ProbeResult.GONE_REDIRECT, Reason.PLACEHOLDER)),
        (
            "https://blog.example/cgi-sys/suspendedpage.cgi",
            (ProbeResult.GONE_REDIRECT, Reason.SAYS_SUSPENDED),
        ),
        ("https://ww1.parked.example/lander", (ProbeResult.GONE_REDIRECT, Reason.PARKED)),
        ("https://blog.example/login?next=/post/17", (ProbeResult.RESTRICTED, Reason.LOGIN)),
        ("https://blog.example/cdn-cgi/challenge", (ProbeResult.CHALLENGED, Reason.CHALLENGE)),
        ("https://consent.example/m?continue=x", (ProbeResult.CHALLENGED, Reason.GATE)),
    ],
)
def test_where_a_redirect_leads_decides(final, expected):
    assert verdict(seen(page(f"<p>{OTHER}</p>", "Kita"), final=final, redirects=1)) == expected


def test_a_redirect_to_the_same_text_is_online_or_moved():
    assert verdict(seen(final="https://blog.example/", redirects=1))[0] is ProbeResult.ONLINE
    assert verdict(seen(final="https://other.example/a", redirects=1, place="other")) == (
        ProbeResult.MOVED,
        Reason.ELSEWHERE,
    )


def test_a_redirect_between_spellings_of_one_address_is_no_removal():
    home = "https://blog.example/"
    assert (
        verdict(
            seen(page(f"<p>{PROSE}</p>"), asked=home, final="https://www.blog.example/", redirects=1), None
        )[0]
        is ProbeResult.ONLINE
    )
    query = seen(
        page(f"<p>{OTHER}</p>"),
        asked="http://blog.example/?id=5",
        final="https://blog.example/?id=5",
        redirects=1,
    )
    assert verdict(query, None)[0] is ProbeResult.ONLINE


def test_a_short_link_to_another_sites_front_page_is_for_a_person():
    short = seen(asked="https://s.example/x", final="https://target.example/", redirects=1)
    assert verdict(short, None) == (ProbeResult.CHANGED, Reason.TO_HOME)
    assert verdict(short, baseline_of(short))[0] is ProbeResult.ONLINE
    assert (
        verdict(
            seen(
                page(f"<p>{PROSE}</p>"), asked="https://s.example/x", final="https://s.example/", redirects=1
            ),
            None,
        )[0]
        is ProbeResult.GONE_REDIRECT
    )


def test_a_redirect_with_a_country_block_is_restricted():
    text = page("<p>Šis turinys nepasiekiamas jūsų šalyje</p>", "x")
    assert verdict(seen(text, final="https://blog.example/", redirects=1)) == (
        ProbeResult.RESTRICTED,
        Reason.GEO,
    )


def test_a_domain_for_sale_is_gone_and_a_login_wall_is_not():
    assert verdict(seen(page("<h1>This domain is for sale</h1>", "x"))) == (
        ProbeResult.GONE_REDIRECT,
        Reason.PARKED,
    )
    wall = page("<form>Prisijungti<input type=password></form>", "Prisijungimas")
    assert verdict(seen(wall)) == (ProbeResult.RESTRICTED, Reason.LOGIN)
    assert verdict(seen(page("<p>You must be logged in to see this</p>", "Site"))) == (
        ProbeResult.RESTRICTED,
        Reason.LOGIN,
    )
    assert verdict(seen(page("<form><p>Log in</p><input type='password'></form>", "Site"))) == (
        ProbeResult.RESTRICTED,
        Reason.LOGIN,
    )


def test_a_sentence_that_begins_like_a_menu_is_a_login_wall_all_the_same():
    assert verdict(seen(page("<nav><li>Log in</li></nav><p>Log in to view</p>", "Site"))) == (
        ProbeResult.RESTRICTED,
        Reason.LOGIN,
    )


def test_a_login_link_in_the_menu_of_a_short_page_is_nothing():
    assert verdict(seen(page("<nav><li>Log in</li></nav><img src=x>", "Naktis")), None) == (
        ProbeResult.ONLINE,
        Reason.ANSWERS,
    )


def test_maintenance_and_age_gates_prove_nothing():
    assert verdict(seen(page("<h1>Under maintenance</h1>", "x"))) == (
        ProbeResult.UNREACHABLE,
        Reason.SAYS_FAULT,
    )
    assert verdict(seen(page("<p>Ar Jums jau yra 18?</p>", "x"))) == (ProbeResult.CHALLENGED, Reason.GATE)


def test_a_page_that_moved_a_little_is_the_same_page():
    judged = classify(seen(page(f"<p>{PROSE}</p><p>Komentarų: 17, šiandien apsilankė 4 žmonės</p>")), BASE)
    assert (judged.verdict, judged.reason) == (ProbeResult.ONLINE, Reason.SAME_TEXT)
    assert judged.similarity is not None and judged.similarity > 85
    half = " ".join(PROSE.split()[:400] + OTHER.split()[:20])
    assert verdict(seen(page(f"<p>{half}</p>"))) == (ProbeResult.ONLINE, Reason.SAME_TITLE)
    assert verdict(seen(page("<p>a b</p>", "x"), partial=True))[0] is ProbeResult.ONLINE


def test_another_text_is_for_a_person_and_never_a_removal():
    for title in ("Kitas pavadinimas", "Įrašas apie jūrą"):
        assert verdict(seen(page(f"<p>{OTHER}</p>", title))) == (ProbeResult.CHANGED, Reason.OTHER_TEXT)
    assert verdict(seen("<html></html>", body="text")) == (ProbeResult.CHANGED, Reason.EMPTY)
    assert verdict(seen("", body="empty")) == (ProbeResult.CHANGED, Reason.EMPTY)


def test_a_changed_file_is_no_removal():
    file = {"text": "", "body": "media"}
    base = baseline_of(seen(file_mark=1, **file))
    assert verdict(seen(file_mark=1, **file), base) == (ProbeResult.ONLINE, Reason.ANSWERS)
    assert verdict(seen(file_mark=2, **file), base) == (ProbeResult.CHANGED, Reason.OTHER_FILE)
    assert verdict(seen(file_mark=None, **file), base) == (ProbeResult.ONLINE, Reason.ANSWERS)
    assert verdict(seen(page("<p>Jūra</p>", "x")), base) == (ProbeResult.CHANGED, Reason.OTHER_KIND)
    assert verdict(seen(page("<p>Image removed</p>", "x")), base) == (
        ProbeResult.GONE_SOFT,
        Reason.SAYS_REMOVED,
    )


def test_another_network_or_country_is_a_move():
    assert verdict(seen(network="AS2")) == (ProbeResult.MOVED, Reason.OTHER_NETWORK)
    assert verdict(seen(country="NL")) == (ProbeResult.MOVED, Reason.OTHER_NETWORK)
    assert verdict(seen(country="", network=""))[0] is ProbeResult.ONLINE


@pytest.mark.parametrize(
    ("url", "home"),
    [
        ("https://a.example", True),
        ("https://a.example/lt/", True),
        ("https://a.example/en-gb/home", True),
        ("https://a.example/lt/a", False),
        ("https://a.example/ab-cd", True),
        ("http://[bad", True),
    ],
)
def test_front_pages(url, home):
    assert is_home(url) is home


def test_every_kind_of_saying_has_lithuanian_and_english():
    import json

    from sauga.hotline.monitoring.rules.signatures import FILE

    data = json.loads(FILE.read_text(encoding="utf-8"))
    for says in Says:
        assert data["phrases"][says]["lt"] and data["phrases"][says]["en"]
    assert signatures().host_says("a.b.sedoparking.com") == "parked"
    assert signatures().host_says("notsedoparking.com") == ""


def test_phrases_must_be_of_every_known_kind_and_have_words():
    whole = {"phrases": {says: {"en": ["gone away"]} for says in Says}, "paths": {}, "hosts": {}}
    assert len(build(whole).phrases["gone"]) == len(Says)
    with pytest.raises(KeyError):
        build(whole | {"phrases": {Says.GEO: {"en": ["gone"]}}})
    with pytest.raises(ValueError, match="nonsense"):
        build(whole | {"phrases": whole["phrases"] | {"nonsense": {"en": ["gone"]}}})
    with pytest.raises(ValueError, match="no word"):
        build(whole | {"phrases": whole["phrases"] | {Says.GEO: {"en": ["…"]}}})


def test_hashes_of_unrelated_texts_lie_far_apart():
    one, other = similarity_hash(PROSE), similarity_hash(OTHER)
    assert one is not None and other is not None
    assert bits_apart(one, other) > 20
    assert bits_apart(one, one) == 0
    assert -(2**63) <= one < 2**63
    assert similarity_hash("…") is None
    assert similarity_hash("vienas") == similarity_hash("  VIENAS! ")
    assert per_cent_alike(one, None) is None
    assert per_cent_alike(one, one) == 100


def test_what_was_remembered_of_a_page_fits_the_page_in_every_version():
    """Hashes are stored for years: another way to count must give the same numbers."""
    assert (
        similarity_hash("Bandomasis įrašas. Placeholder item. Šis puslapis sukurtas programai išbandyti.")
        == 5430948962995005963
    )
    assert similarity_hash("Įrašas, kurį mato visi") == 149755167951065200


@given(st.text(max_size=400))
@settings(max_examples=150)
def test_folding_leaves_words_of_letters_and_digits(text):
    folded = fold(text)
    bare = "".join(c for c in unicodedata.normalize("NFKD", text.casefold()) if not unicodedata.combining(c))
    assert folded.split() == re.findall(r"[^\W_]+", bare)
    assert folded == f" {' '.join(folded.split())} "


@given(st.text(max_size=400), st.sampled_from(["", "text", "media", "none", "empty"]))
@settings(max_examples=150)
def test_similarity_ignores_case_and_punctuation(text, _):
    assert similarity_hash(text.upper()) == similarity_hash(text.upper().lower().upper())


EVIDENCE = st.builds(
    Evidence,
    asked=st.sampled_from([URL, "https://a.example/", "x", "http://[bad"]),
    final=st.sampled_from([URL, "https://a.example/", "https://a.example/login", "", "http://[bad"]),
    status=st.one_of(st.none(), st.integers(100, 599)),
    error=st.sampled_from(["", "timeout", "tls", "guard", "dns_nxdomain", "http", "new kind"]),
    missing_before=st.booleans(),
    redirects=st.integers(0, 3),
    body=st.sampled_from(["text", "media", "empty", "none", "disguised", "encoded"]),
    text=st.one_of(
        st.text(max_size=60),
        st.sampled_from(
            [page("<p>not found"), "<title", "<!--", "<script>", "<p>a<b", page(PROSE), "<<<>>>"]
        ),
    ),
    file_mark=st.one_of(st.none(), st.integers(0, 3)),
    place=st.sampled_from(["", "blog", "other"]),
    network=st.sampled_from(["", "AS1", "AS2"]),
    country=st.sampled_from(["", "LT", "NL"]),
    mitigated=st.booleans(),
)


@given(EVIDENCE, st.one_of(st.none(), st.just(BASE), EVIDENCE.map(baseline_of)))
@settings(max_examples=600)
def test_every_evidence_has_a_verdict_and_faults_are_never_removals(evidence, baseline):
    judged = classify(evidence, baseline)
    assert judged.verdict in ProbeResult
    assert judged.similarity is None or 0 <= judged.similarity <= 100
    if evidence.status is None or evidence.status >= 500 or evidence.status == 429:
        assert not judged.is_gone or (evidence.error == "dns_nxdomain" and evidence.missing_before)
    if evidence.status and 200 <= evidence.status < 300 and judged.is_gone:
        assert judged.reason.startswith(("says_", "to_", "parked", "placeholder"))
    if judged.reason in {Reason.OTHER_TEXT, Reason.OTHER_FILE, Reason.EMPTY}:
        assert judged.is_seen


@pytest.mark.parametrize(
    "bad",
    ["<" * 100_000, "<script" * 40_000, "<!--" * 60_000, "<p>" * 80_000, "&amp" * 60_000, "<title>" * 40_000],
)
def test_no_page_makes_the_reader_slow(bad):
    import time

    start = time.process_time()
    read_page(bad)
    assert time.process_time() - start < 2


def test_a_page_is_read_as_people_see_it():
    read = read_page(
        "<title>A &amp; B</title><h1>Antraštė</h1><p>vienas <b>du</b><br>trys</p>1 < 2<input type='password'>"
    )
    assert read.title == "A & B"
    assert read.headings == ("Antraštė",)
    assert read.blocks == ("Antraštė", "vienas du", "trys", "1 < 2")
    assert read.has_password and read.is_short
    assert read.text.startswith("Antraštė\nvienas")
