"""What is read from an offer before anything acts on it, and how picture and sound find one timeline."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sauga.training.streaming.rules import offers
from sauga.training.streaming.rules.offers import Flaw, OfferRefused
from sauga.training.streaming.rules.timeline import LATE, RATE, Clock, Picture, Sound

pytestmark = pytest.mark.unit
OFFER = (Path(__file__).parent / "offer.sdp").read_bytes()
ANSWER = (
    "v=0\r\nm=audio 9710 UDP/TLS/RTP/SAVPF 111\r\na=candidate:1 1 udp 2130706431 10.0.0.5 9710 typ host\r\n"
)


def flaw_of(content: bytes) -> Flaw:
    with pytest.raises(OfferRefused) as refused:
        offers.read(content)
    return refused.value.flaw


def test_an_offer_of_a_browser_is_taken_without_any_address():
    assert b"198.51.100.7" in OFFER and b"2001:db8::7" in OFFER
    read = offers.read(OFFER)
    assert "a=candidate" not in read and "typ host" not in read
    assert read.count("m=") == 2 and "a=ice-ufrag:" in read
    assert offers.read(read.encode()) == read
    trickled = OFFER.replace(
        b"a=mid:0", b"a=end-of-candidates\r\na=remote-candidates:1 203.0.113.9 9\r\na=mid:0"
    )
    assert offers.read(trickled) == read


@pytest.mark.parametrize(
    ("content", "flaw"),
    [
        (b"", Flaw.MALFORMED),
        (b"v=0", Flaw.UNSUPPORTED),
        (b"hello", Flaw.MALFORMED),
        ("v=0\r\ns=ž".encode(), Flaw.MALFORMED),
        (b"v=0\r\n" + b"a=x\r\n" * 3000, Flaw.MALFORMED),
        (b"v=0\r\na=" + b"x" * 3000, Flaw.MALFORMED),
        (OFFER + b"a" * offers.LARGEST, Flaw.MALFORMED),
        (OFFER + b"\0", Flaw.MALFORMED),
        (OFFER.replace(b"a=ice-pwd", b"a=no-pwd"), Flaw.MALFORMED),
        (OFFER.replace(b"a=fingerprint:sha-256", b"a=fingerprint:md5"), Flaw.MALFORMED),
        (OFFER.replace(b"a=group:BUNDLE 0 1", b"a=group:BUNDLE 0"), Flaw.UNSUPPORTED),
        (OFFER.replace(b"m=audio", b"m=video"), Flaw.NO_SOUND),
        (OFFER.replace(b"m=video", b"m=audio"), Flaw.NO_PICTURE),
        (OFFER.replace(b"m=audio", b"m=text"), Flaw.UNSUPPORTED),
        (OFFER.replace(b"a=sendonly", b"a=recvonly", 1), Flaw.NO_SOUND),
        (OFFER.replace(b" opus/", b" odd/"), Flaw.UNSUPPORTED),
        (OFFER.replace(b" VP8/", b" X/").replace(b" H264/", b" Y/"), Flaw.UNSUPPORTED),
    ],
)
def test_what_cannot_be_served_is_refused_with_its_reason(content: bytes, flaw: Flaw):
    assert flaw_of(content) == flaw


@given(st.binary(max_size=400), st.integers(0, len(OFFER)), st.integers(0, 60))
def test_whatever_comes_is_taken_whole_or_refused(noise: bytes, place: int, cut: int):
    try:
        read = offers.read(OFFER[:place] + noise + OFFER[place + cut :])
    except OfferRefused:
        return
    assert read.isascii() and not [line for line in read.split("\r\n") if line.startswith("a=candidate")]


def test_behind_nat_the_answer_names_the_public_addresses_only():
    assert offers.reachable(ANSWER, []) == ANSWER
    shown = offers.reachable(ANSWER, ["198.51.100.7", "2001:db8::7"])
    assert "10.0.0.5" not in shown
    assert "a=candidate:public0 1 udp 2130706431 198.51.100.7 9710 typ host\r\n" in shown
    assert "a=candidate:public1 1 udp 2130706430 2001:db8::7 9710 typ host\r\n" in shown


def test_frames_are_placed_by_the_least_delay_and_never_moved_back():
    clock = Clock()
    assert clock.place(0, 5.3) == pytest.approx(5.3)
    assert clock.place(1, 6.1) == pytest.approx(6.1)  # came sooner: so the first was late
    assert clock.place(2, 7.9) == pytest.approx(7.1)  # a late one is where it belongs
    for number in range(3, 120):
        clock.place(number, number + 5.1)
    assert clock.place(200, 204.5) == pytest.approx(205.1)  # settled
    assert clock.place(500_000, 210) == pytest.approx(210)  # another clock
    picture = Picture()
    assert [picture.takes(at) for at in (1.0, 1.04, 1.02, 1.08)] == [True, True, False, True]
    assert [picture.takes(at) for at in (1.08, 1.080001, 1.12)] == [False, False, True], "a burst"


def test_sound_has_no_gap_and_what_is_late_is_left_out():
    sound = Sound()
    assert sound.before(1.0) == 0
    assert sound.add(960) == RATE
    assert sound.before(1.02) == 0
    assert sound.before(1.52) == pytest.approx(RATE / 2)
    assert sound.before(0.8) is None


def test_neither_waits_for_the_other_for_ever():
    sound, picture = Sound(), Picture()
    sound.begin(1.0)
    assert sound.missing(1.0 + LATE * 0.9) == 0
    assert sound.missing(2.0) == pytest.approx((1 - LATE / 2) * RATE)
    picture.takes(1.0)
    assert picture.repeated_at(1.5) is None
    assert picture.repeated_at(2.0) == pytest.approx(2.0 - LATE / 2)
    assert picture.last == pytest.approx(1.7)
