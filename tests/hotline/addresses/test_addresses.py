"""Whatever people paste is kept; one place has one key however it is written; nothing is read as a place that
no browser would open.
"""

import random

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from sauga.hotline.addresses.rules import addresses
from sauga.hotline.addresses.rules.addresses import (
    AddressRefused,
    Hint,
    Kind,
    Problem,
    read_location,
    split_locations,
)

pytestmark = pytest.mark.unit


def key(address: str) -> str:
    return read_location(address).key


def opened(address: str) -> str:
    return read_location(address).address


def hints(address: str) -> set[Hint]:
    return set(read_location(address).hints)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("http://pavyzdys.example/a", "https://pavyzdys.example/a"),
        ("HTTP://PAVYZDYS.EXAMPLE/a", "http://pavyzdys.example/a"),
        ("http://pavyzdys.example", "http://pavyzdys.example/"),
        ("http://pavyzdys.example./a", "http://pavyzdys.example/a"),
        ("http://pavyzdys.example:80/a", "https://pavyzdys.example:443/a"),
        ("pavyzdys.example:443/a", "https://pavyzdys.example/a"),
        ("//pavyzdys.example/a", "http://pavyzdys.example/a"),
        ("http://vardas:slaptas@pavyzdys.example/a", "http://pavyzdys.example/a"),
        ("http://ačiū.example/", "http://xn--ai-ema19a.example/"),
        ("http://pavyzdys。example/", "http://pavyzdys.example/"),
        ("http://pavyzdys.example。/", "http://pavyzdys.example/"),
        ("http://pavyzdys.example/%7ea/%41", "http://pavyzdys.example/~a/A"),
        ("http://pavyzdys.example/%c4%85", "http://pavyzdys.example/ą"),
        ("http://pavyzdys.example/a/./b/../c", "http://pavyzdys.example/a/c"),
        ("http://pavyzdys.example/a/%2e%2E/b", "http://pavyzdys.example/b"),
        ("http://pavyzdys.example/../../a", "http://pavyzdys.example/a"),
        ("http://pavyzdys.example/a/..", "http://pavyzdys.example/"),
        ("http://pavyzdys.example/a/b/.", "http://pavyzdys.example/a/b/"),
        ("http://pavyzdys.example/100%", "http://pavyzdys.example/100%25"),
        ("http://pavyzdys.example/?utm_source=a&b=1&UTM_Medium=c&fbclid=d", "http://pavyzdys.example/?b=1"),
        ("http://pavyzdys.example/?utm%5Fsource=a", "http://pavyzdys.example/"),
        (
            "http://pavyzdys.example/?gclid=1&_ga=2&igshid=3&yclid=4&mc_cid=5&mc_eid=6&msclkid=7&dclid=8",
            "http://pavyzdys.example/",
        ),
        ("http://pavyzdys.example/?", "http://pavyzdys.example/"),
        ("http://pavyzdys.example/?a=1&&b=2&", "http://pavyzdys.example/?a=1&b=2"),
        ("http://pavyzdys.example/a#dalis", "http://pavyzdys.example/a"),
        ("http://pavyzdys.example/#!/%7Ea", "http://pavyzdys.example/#!/~a"),
        ("http://pavyzdys.example\\a", "http://pavyzdys.example/a"),
        ("https://https://pavyzdys.example/a", "https://pavyzdys.example/a"),
        ("http://[2001:DB8:0:0::1]/", "http://[2001:db8::1]/"),
        ("http://[::ffff:192.0.2.7]/", "http://192.0.2.7/"),
        ("http://[fe80::1%25eth0]/", "http://[fe80::1]/"),
        ("http://3221225991/", "http://192.0.2.7/"),
        ("http://0xC0.0.0x2.07/", "http://192.0.2.7/"),
        ("http://192.519/", "http://192.0.2.7/"),
        ("192.0.2.7/a", "http://192.0.2.7/a"),
        ("@Vardas  Pavardė", "@vardas pavardė"),
    ],
)
def test_one_place_has_one_key(one, other):
    assert key(one) == key(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("http://pavyzdys.example/a", "http://pavyzdys.example/A"),
        ("http://pavyzdys.example/a", "http://pavyzdys.example/a/"),
        ("http://pavyzdys.example/a%2Fb", "http://pavyzdys.example/a/b"),
        ("http://pavyzdys.example/?a=1%262", "http://pavyzdys.example/?a=1&2"),
        ("http://pavyzdys.example/?a=1%2B2", "http://pavyzdys.example/?a=1+2"),
        ("http://pavyzdys.example/?a=1&b=2", "http://pavyzdys.example/?b=2&a=1"),
        ("http://pavyzdys.example/?utm=1", "http://pavyzdys.example/"),
        ("http://pavyzdys.example:8080/", "http://pavyzdys.example/"),
        ("http://pavyzdys.example:443/", "http://pavyzdys.example/"),
        ("https://pavyzdys.example:80/", "https://pavyzdys.example/"),
        ("http://www.pavyzdys.example/", "http://pavyzdys.example/"),
        ("http://pavyzdys.example/#!a", "http://pavyzdys.example/#!b"),
        ("http://pavyzdys.example/#/a", "http://pavyzdys.example/"),
        ("http://pavyzdys.example/a//b", "http://pavyzdys.example/a/b"),
        ("@vardas", "vardas"),
    ],
)
def test_different_places_have_different_keys(one, other):
    assert key(one) != key(other)


def test_the_path_there_is_part_of_the_identity():
    place = key("http://pavyzdys.example/a")
    assert addresses.with_referrer(place, "") == place
    with_one = addresses.with_referrer(place, "http://forumas.example/?utm_source=x")
    assert with_one == addresses.with_referrer(place, "https://forumas.example/") != place


class TestNear:
    @pytest.mark.parametrize(
        "other",
        [
            "www.pavyzdys.example/a",
            "m.pavyzdys.example/a/",
            "pavyzdys.example/a?b=1",
            "lt.pavyzdys.example/a#!x",
        ],
    )
    def test_variants_of_one_site_are_near(self, other):
        assert addresses.near_key(read_location(other)) == addresses.near_key(
            read_location("http://pavyzdys.example/a")
        )

    @pytest.mark.parametrize(
        "other", ["kitas.example/a", "pavyzdys.example/b", "pavyzdys.example:8080/a", "lt.example/a"]
    )
    def test_other_places_are_not(self, other):
        assert addresses.near_key(read_location(other)) != addresses.near_key(
            read_location("http://pavyzdys.example/a")
        )

    def test_a_domain_that_is_called_like_a_variant_keeps_its_name(self):
        assert addresses.near_key(read_location("http://lt.example/a")) == "lt.example/a"
        assert addresses.near_key(read_location("http://[2001:db8::1]:81/a")) == "2001:db8::1:81/a"


@pytest.mark.parametrize(
    ("host", "domain"),
    [
        ("nuotraukos.pavyzdys.example", "pavyzdys.example"),
        ("a.b.co.uk", "b.co.uk"),
        ("192.0.2.7", "192.0.2.7"),
        ("2001:db8::1", "2001:db8::1"),
        ("localhost", "localhost"),
    ],
)
def test_the_registered_domain(host, domain):
    assert addresses.registrable_domain(host) == domain


class TestDangerousOnes:
    @pytest.mark.parametrize(
        "address",
        [
            "file:///etc/passwd",
            "data:text/html,<b>x</b>",
            "javascript:alert(1)",
            "ftp://pavyzdys.example/a",
            "gopher://pavyzdys.example/",
            "mailto:vardas@pastas.example",
            "http://",
            "http:///a",
            "http://:80/",
            "http://pavyzdys.example:99999/",
            "http://pavyzdys.example:abc/",
            "http://[::1/",
            "http://[ne-adresas]/",
            "http://256.1.1.1/",
            "http://1.2.3.4.5/",
            "http://1_0.1/",
            "http://09.1/",
            "http://4294967296/",
            "http://a..example/",
            "http://-a.example/",
            "http://a{b}.example/",
            "http://" + "a" * 64 + ".example/",
            "http://" + "a." * 130 + "example/",
            "http://\u2100.example/",
        ],
    )
    def test_what_is_no_web_address_is_kept_as_words_and_never_opened(self, address):
        place = read_location(address)
        assert (place.given, place.address, place.host, place.kind) == (address, "", "", Kind.OTHER)
        assert place.hints == {Hint.CANNOT_CHECK}

    @pytest.mark.parametrize(
        "address",
        [
            "http://127.0.0.1/",
            "http://127.1/",
            "http://2130706433/",
            "http://0x7f.1/",
            "http://[::1]/",
            "http://[::ffff:127.0.0.1]/",
            "http://10.0.0.1/",
            "http://169.254.169.254/latest",
            "http://[fe80::1]/",
            "http://localhost/",
            "http://a.localhost/",
            "http://namai.lan/",
            "http://spausdintuvas/",
        ],
    )
    def test_places_inside_a_house_are_kept_and_named_so(self, address):
        assert hints(address) == {Hint.NOT_PUBLIC} and opened(address)

    def test_names_and_passwords_are_dropped_and_said_so(self):
        place = read_location("http://vardas:slaptas@pavyzdys.example/a")
        assert place.hints == {Hint.CREDENTIALS_DROPPED}
        assert "slaptas" not in place.address + place.key and "slaptas" in place.given

    def test_the_host_is_the_one_a_browser_would_open(self):
        assert read_location("https://pavyzdys.example\\@kitas.example/").host == "pavyzdys.example"
        assert read_location("http://vardas@pavyzdys.example:x@kitas.example/").host == "kitas.example"

    @pytest.mark.parametrize(
        "address",
        [
            "http://раyраl.example/",
            "http://xn--yl-6kcb1fc.example/",
            "http://☃.example/",
            "http://xn--ą.example/",
            "http://xn--a-.example/",
        ],
    )
    def test_a_name_that_looks_like_another_is_shown_as_what_it_is(self, address):
        place = read_location(address)
        assert place.host.isascii() and (not place.host or Hint.LOOK_ALIKE in place.hints)

    @pytest.mark.parametrize("label", ["xn--99999999999", "xn--0000000000a"])
    def test_broken_punycode_is_suspicious_too(self, label):
        assert Hint.LOOK_ALIKE in hints(f"http://{label}.example/")

    def test_lithuanian_letters_are_no_disguise(self):
        assert hints("http://ačiū.example/") == set()

    def test_onion_addresses_have_their_kind_and_wait_for_a_person(self):
        place = read_location("http://" + "a2" * 28 + ".onion/x")
        assert place.kind == Kind.ONION and place.hints == {Hint.CANNOT_CHECK}

    def test_eight_kilobytes_are_taken_and_one_more_byte_is_not(self):
        start = "http://pavyzdys.example/"
        fits = start + "a" * (addresses.LONGEST - len(start))
        assert split_locations(fits)[0].address == fits
        with pytest.raises(AddressRefused) as refused:
            split_locations(f"pavyzdys.example\n{fits}a")
        assert (refused.value.problem, refused.value.line) == (Problem.TOO_LONG, 2)

    @pytest.mark.parametrize("host", ["8.8.8.8", "2001:4860:4860::8888", "pavyzdys.example"])
    def test_public_places_are_public(self, host):
        assert addresses.is_public_name(host)


class TestPasting:
    @pytest.mark.parametrize(
        "pasted",
        [
            "hxxp://pavyzdys[.]example/a",
            "hXXps://pavyzdys(.)example/a",
            "hxxp[:]//pavyzdys{.}example/a",
            "pavyzdys[dot]example/a",
            "pavyzdys(dot)example/a",
            "„http://pavyzdys.example/a“",
            "<http://pavyzdys.example/a>",
            "(http://pavyzdys.example/a)",
            "http://pavyzdys.example/a.",
            "http://pavyzdys.example/a).",
            "“http://pavyzdys.example/a”,",
            "[http://pavyzdys.example/a]",
            "\u200bhttp://pavy\u00adzdys.example/a\ufeff",
            "http://pavyzdys.example/\u202ea",
            "  http://pavyzdys.example/a\x00 ",
        ],
    )
    def test_wrapped_and_defanged_addresses_are_read(self, pasted):
        (place,) = split_locations(pasted)
        assert place.key == key("http://pavyzdys.example/a")

    def test_brackets_that_belong_to_the_address_stay(self):
        assert opened("http://pavyzdys.example/a_(b)") == "http://pavyzdys.example/a_(b)"

    @pytest.mark.parametrize(
        "block",
        [
            "http://a.example/1\nhttp://b.example/2\r\nhttp://c.example/3",
            "http://a.example/1 http://b.example/2\thttp://c.example/3",
            "http://a.example/1, http://b.example/2; http://c.example/3",
            "http://a.example/1,http://b.example/2;hxxp://c[.]example/3",
            "a.example/1, b.example/2, c.example/3",
            "„http://a.example/1“ | „http://b.example/2“ | http://c.example/3",
            "žr. http://a.example/1 ir dar http://b.example/2, taip pat http://c.example/3.",
        ],
    )
    def test_a_block_is_split_into_its_addresses(self, block):
        places = split_locations(block)
        assert [place.key for place in places] == [key("a.example/1"), key("b.example/2"), key("c.example/3")]

    def test_words_around_an_address_are_kept_with_it(self):
        (place,) = split_locations("Radau grupėje: https://pavyzdys.example/a labai bloga")
        assert place.given == "Radau grupėje: https://pavyzdys.example/a labai bloga"
        assert place.address == "https://pavyzdys.example/a" == read_location(place.given).address

    @pytest.mark.parametrize(
        "line", ["Grupė „Mano draugai“", "@vardas", "kažkas programėlėje, vardas Jonas", "a.b", "a@b.example"]
    )
    def test_names_of_groups_and_accounts_stay_whole(self, line):
        (place,) = split_locations(line)
        assert place.given == line and place.address == ""
        assert place.kind == (Kind.ACCOUNT if line.startswith("@") else Kind.OTHER)

    def test_twins_are_dropped_and_order_kept(self):
        places = split_locations("b.example/1\na.example\nhttps://B.example/1#x")
        assert [place.host for place in places] == ["b.example", "a.example"]

    def test_fifty_places_are_taken_and_one_more_is_not(self):
        block = "\n".join(f"http://a{number}.example/" for number in range(50))
        assert len(split_locations(f"{block}\n{block}")) == 50
        with pytest.raises(AddressRefused, match="too_many"):
            split_locations(f"{block}\nhttp://b.example/")

    @pytest.mark.parametrize("block", ["", " \n\t\r\n", "\u200b", "\x00", ",;\n“”"])
    def test_nothing_is_refused(self, block):
        with pytest.raises(AddressRefused, match="empty"):
            split_locations(block)

    def test_bytes_that_are_no_text_are_refused(self):
        with pytest.raises(AddressRefused, match="not_text"):
            split_locations("http://a.example/\ud800")


def test_texts_lose_what_nobody_sees_and_keep_their_lines():
    assert addresses.clean_text("a\u202e\x00b\r\n\r\n\r\n\r\n\r\nc\ud800\rd ") == "ab\n\n\nc?\nd"


SIGNS = "aZ0-._~%/?#&=+;:@!$'()*, ąŽя☃\\[]<>\"|„“2Fe"
WRITTEN = st.text(st.sampled_from(SIGNS), max_size=30)


@settings(max_examples=600)
@given(
    scheme=st.sampled_from(["http://", "https://", "HTTP://", "hxxp://", "//", ""]),
    host=st.sampled_from(
        [
            "pavyzdys.example",
            "A.Pavyzdys.Example.",
            "ačiū.example:8080",
            "192.0.2.7:443",
            "[2001:db8::1]:80",
            "127.1",
            "u:p@b.example",
        ]
    ),
    rest=WRITTEN,
)
@example("http://", "pavyzdys.example", "/a%2E")
@example("http://", "pavyzdys.example", "/a%2e%27)')")
@example("http://", "pavyzdys.example", "/%2e%2e/.%2e/a/.")
@example("https://", "pavyzdys.example", "/?a=,http://b.example")
def test_a_canonical_address_reads_back_as_itself(scheme, host, rest):
    place = read_location(scheme + host + ("/" + rest if rest[:1] not in {"/", "?", "#", ""} else rest))
    if place.address:
        again = read_location(place.address)
        assert (again.key, again.address, again.host, again.kind) == (
            place.key,
            place.address,
            place.host,
            place.kind,
        )
        other = "https" if place.address.startswith("http:") else "http"
        if ":443" not in place.address and ":80/" not in place.address:
            assert key(other + place.address[place.address.index(":") :]) == place.key


@settings(max_examples=600)
@given(
    st.text(max_size=60)
    | WRITTEN
    | st.lists(st.sampled_from(["http://a.example", "b.example/1", "žodis", ",", "\n", "[.]"])).map(" ".join)
)
def test_whatever_is_pasted_is_kept_or_refused_by_name(block):
    try:
        places = split_locations(block)
    except AddressRefused as refused:
        assert refused.problem in {Problem.EMPTY, Problem.NOT_TEXT, Problem.TOO_MANY, Problem.TOO_LONG}
        return
    for place in places:
        assert place.given and not addresses.CONTROL.search(place.key)
        assert read_location(place.given).key == place.key
        assert bool(place.address) == bool(place.host)
        addresses.near_key(place)


def bare_by_definition(word):
    """What `_bare` promises, step by step and slowly."""
    before = ""
    while word != before:
        before = word
        word = word.lstrip(addresses.QUOTES + "([{,;").rstrip(addresses.QUOTES + ",;")
        last = word[-1:]
        outside = last in addresses.BRACKETS and word.count(last) > word.count(addresses.BRACKETS[last])
        if outside or (last == "." and not word.endswith(("/.", "/.."))):
            word = word[:-1]
    return word


def test_a_word_is_bared_as_defined():
    rng = random.Random(12)
    for _ in range(4000):
        word = "".join(rng.choices('a/.,;()[]{}<>"„“:', k=rng.randrange(12)))
        assert addresses._bare(word) == bare_by_definition(word), word
