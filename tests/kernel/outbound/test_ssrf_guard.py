"""What the guard lets through, and what it refuses however it is spelled."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sauga.kernel.outbound import BadUrl, GuardRefused, parse_url, refusal, ssrf_guard
from sauga.kernel.outbound.ssrf_guard import check_all, join

REFUSED = """
0.0.0.0 0.1.2.3 10.0.0.1 10.255.255.255 100.64.0.1 100.100.100.200 100.127.255.255 127.0.0.1
127.1.2.3 127.255.255.255 168.63.129.16 169.254.0.1 169.254.169.254 169.254.170.2 172.16.0.1 172.31.255.255
192.0.0.1 192.0.0.192 192.0.2.1 192.31.196.1 192.52.193.1 192.88.99.1 192.168.0.1 192.168.255.255 192.175.48.1
198.18.0.1 198.19.255.255 198.51.100.1 203.0.113.1 224.0.0.1 239.255.255.250 240.0.0.1 255.255.255.255 :: ::1
::127.0.0.1 ::ffff:127.0.0.1 ::ffff:8.8.8.8 ::ffff:0:127.0.0.1 ::ffff:169.254.169.254 64:ff9b::7f00:1
64:ff9b::808:808 64:ff9b:1::1 100::1 2001::1 2001:2::1 2001:10::1 2001:20::1 2001:db8::1 2002:7f00:1::1
2002:808:808::1 3fff::1 4000::1 5f00::1 fc00::1 fd00:ec2::254 fe80::1 fe80::1%eth0 2606:4700::1111%eth0
febf::1 fec0::1 ff02::1 ff0e::1 nonsense 1.2.3 1.2.3.4.5
""".split()  # noqa: SIM905  a list literal would be four screens long
ALLOWED = [
    "1.1.1.1",
    "9.9.9.9",
    "193.219.0.1",
    "100.63.255.255",
    "100.128.0.1",
    "172.32.0.1",
    "2606:4700:4700::1111",
    "2a00:1450::1",
    "2001:4860::1",
]


@pytest.mark.parametrize("address", REFUSED)
def test_special_address_is_refused(address):
    assert refusal(address)


@pytest.mark.parametrize("address", ALLOWED)
def test_global_address_is_allowed(address):
    assert refusal(address) is None


def test_the_table_is_long():
    assert len(REFUSED) + len(ALLOWED) >= 60


@pytest.mark.parametrize("address", ["127.0.0.1", "8.8.8.8", "10.0.0.1", "::1", "192.0.3.1", "2001:db8::1"])
def test_world_allows_nothing_but_documentation_addresses(address):
    assert refusal(address, world=True) and refusal("203.0.113.9", world=True) is None


def test_one_bad_address_spoils_the_name():
    check_all(["1.1.1.1", "9.9.9.9"])
    with pytest.raises(GuardRefused, match="loopback"):
        check_all(["1.1.1.1", "127.0.0.1"])


LOOPBACKS = [
    "127.0.0.1",
    "127.1",
    "127.0.1",
    "2130706433",
    "0x7f000001",
    "0x7f.1",
    "0177.0.0.1",
    "017700000001",
    "127.0.0.1.",
    "127。0。0。1",
    "①②⑦.0.0.1",
]


@pytest.mark.parametrize("spelling", LOOPBACKS)
def test_every_spelling_of_loopback_is_read_as_loopback(spelling):
    target = parse_url(f"http://{spelling}/")
    assert target.host == "127.0.0.1" and target.is_address and refusal(target.host) == "loopback"


@pytest.mark.parametrize(
    "url",
    [
        "file:///etc/passwd",
        "data:text/html,x",
        "ftp://host.example/",
        "gopher://host.example/",
        "javascript:alert(1)",
        "ws://host.example/",
        "http://host.example:22/",
        "http://host.example:8080/",
        "https://host.example:8443/",
        "http://abc.onion/",
        "http://a.b.onion./",
        "http://localhost/",
        "http://LOCALHOST./",
        "http://x.localhost/",
        "http://router.local/",
        "http://db.internal/",
        "http://intranet/",
        "http://nas.home.arpa/",
        "http://x.i2p/",
    ],
)
def test_url_that_leads_elsewhere_is_refused(url):
    with pytest.raises(GuardRefused):
        parse_url(url)


@pytest.mark.parametrize(
    "url",
    [
        "",
        "   ",
        "host.example",
        "//host.example/",
        "http://",
        "http:///path",
        "http://host .example/",
        "http://ho\nst.example/",
        "http://[::1/",
        "http://[fe80::1%25eth0]/",
        "http://host.example:99999/",
        "http://host.example:x/",
        "http://%31%32%37.0.0.1/",
        "http://a\\@b.example/",
        "http://-a.example/",
        "http://a..example/",
        "http://" + "a" * 64 + ".example/",
        "http://1.2.3.4.5/",
        "http://256.1.1.1/",
        "http://09.1.1.1/",
        "http://host.example/\x00",
        "http://host.example/\ud800",
        "http://h.example/" + "a" * 9000,
        "http://[v1.x]/",
        "http://[1:2]/",
        "http://xn--.example/",
        "http://⒈.⒉/",
    ],
)
def test_text_that_is_no_url_is_named_so(url):
    with pytest.raises((BadUrl, GuardRefused)):
        parse_url(url)


@pytest.mark.parametrize(
    ("url", "read"),
    [
        ("HTTP://User:Secret@Host.Example:80/a?b#c", "http://host.example/a?b"),
        ("https://žodis.example", "https://xn--odis-kbb.example/"),
        ("http://host.example.:443/", "http://host.example:443/"),
        ("http://[2606:4700::1111]/x", "http://[2606:4700::1111]/x"),
        (" http://a_b.example/ą \n".replace(" \n", "\n"), "http://a_b.example/ą"),
        ("http://0x01.01.1.1/", "http://1.1.1.1/"),
    ],
)
def test_good_url_is_read_without_user_and_fragment(url, read):
    assert parse_url(url).url == read


def test_literal_that_is_none_is_a_bad_url():
    with pytest.raises(BadUrl):
        ssrf_guard._literal("1:2")


def test_location_that_cannot_be_joined_is_a_bad_url():
    assert join("http://a.example/x/y", "../z") == "http://a.example/z"
    with pytest.raises(BadUrl):
        join("http://a.example/", "http://[::1/")


@given(st.text(max_size=60))
def test_any_text_ends_in_a_target_or_a_named_refusal(text):
    for url in (text, "http://" + text, "http://a.example/" + text):
        try:
            target = parse_url(url)
        except (BadUrl, GuardRefused):
            continue
        assert target.host and target.port in (80, 443)


@given(st.ip_addresses())
def test_what_the_guard_lets_through_is_global_by_python_too(ip):
    if refusal(str(ip)) is None:
        assert ip.is_global and not ip.is_multicast
