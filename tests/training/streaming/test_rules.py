"""Broadcasts without a database: playlists that players can follow over every interruption, captions in the
time of the recording, and what the words of ffmpeg mean."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sauga.kernel.media.upload_checks import captions as webvtt_rules
from sauga.training.streaming.rules import captions, commands, health, playlists
from sauga.training.streaming.rules.captions import Line
from sauga.training.streaming.rules.health import Note
from sauga.training.streaming.rules.playlists import Segment

pytestmark = pytest.mark.unit
BEGAN = datetime(2026, 11, 28, 18, 0, tzinfo=UTC)
RAW = """#EXTM3U
#EXT-X-VERSION:7
#EXT-X-MAP:URI="abc-720-init.mp4"
#EXTINF:2.000000,
#EXT-X-PROGRAM-DATE-TIME:2026-11-28T18:00:00.000+0000
abc-720-00000.m4s
#EXTINF:1.960000,
#EXT-X-PROGRAM-DATE-TIME:2026-11-28T18:00:02.000+0000
/srv/x/abc-720-00001.m4s
"""


def run(name: str, count: int, after: float = 0.0) -> list[Segment]:
    return [
        Segment(f"{name}-720-{n:05}.m4s", 2.0, BEGAN + timedelta(seconds=after + 2 * n), name)
        for n in range(count)
    ]


def test_ffmpegs_playlist_is_read_and_what_is_none_is_left_out():
    found = playlists.read(RAW, "r")
    assert [(one.name, one.seconds) for one in found] == [
        ("abc-720-00000.m4s", 2.0),
        ("abc-720-00001.m4s", 1.96),
    ]
    assert found[1].began == BEGAN + timedelta(seconds=2)
    assert playlists.read("#EXTINF:2,\n../../etc/passwd\n", "r") == []


@given(st.text(max_size=400))
def test_no_text_breaks_the_readers(text: str):
    assert all(playlists.NAME.fullmatch(one.name) for one in playlists.read(RAW + text, "r"))
    playlists.read_index(text)
    health.sign_in(text)


def test_numbers_of_segments_and_interruptions_only_grow():
    """A player that comes back after any interruption finds its place: RFC 8216 §6.2.2."""
    held = [*run("a", 9), *run("b", 7, after=40), *run("c", 12, after=90)]
    numbers, breaks, seen = [], [], {}
    for end in range(1, len(held) + 1):
        lines = playlists.media_playlist(held[:end], 0, 0, is_over=False).splitlines()
        first = int(next(line for line in lines if "MEDIA-SEQUENCE" in line).partition(":")[2])
        passed = int(next(line for line in lines if "DISCONTINUITY-SEQUENCE" in line).partition(":")[2])
        numbers.append(first)
        breaks.append(passed)
        here = passed
        for number, line in enumerate(line for line in lines if line.endswith(".m4s") or line == BREAK):
            del number
            if line == BREAK:
                here += 1
            else:
                place = first + [one for one in lines if one.endswith(".m4s")].index(line)
                assert seen.setdefault(line, (place, here)) == (place, here)
    assert numbers == sorted(numbers) and breaks == sorted(breaks) and breaks[-1] == 2
    assert playlists.media_playlist(held, 0, 0, is_over=True).endswith("#EXT-X-ENDLIST\n")


BREAK = "#EXT-X-DISCONTINUITY"


def test_the_index_survives_a_line_that_was_cut_off():
    held = run("a", 3)
    text = playlists.index_lines("720", held)
    assert playlists.read_index(text)["720"] == held
    assert playlists.read_index(text[:-20])["720"] == held[:2]


def test_captions_follow_the_recording_over_a_gap_and_never_overlap():
    segments = [*run("a", 5), *run("b", 5, after=60)]
    moments = (5, 5.2, 30, 64 + captions.DELAY, 200)
    said = [Line(n, BEGAN + timedelta(seconds=s), f"<b>{n}</b> & --> x") for n, s in enumerate(moments)]
    text = captions.webvtt(said, segments)
    assert list(webvtt_rules.faults(text)) == []
    cues = webvtt_rules.read(text)
    assert [round(cue.start, 1) for cue in cues] == [1.0, 2.0, 10.0, 14.0]  # the gap takes no time
    assert "&lt;b>" in cues[0].text and captions.webvtt([], segments) == ""


@given(st.lists(st.tuples(st.floats(0, 90), st.text(min_size=1, max_size=40)), max_size=20))
def test_captions_of_any_pace_are_captions(typed: list[tuple[float, str]]):
    segments = [*run("a", 5), *run("b", 12, after=60)]
    said = [Line(n, BEGAN + timedelta(seconds=s), text) for n, (s, text) in enumerate(sorted(typed))]
    text = captions.webvtt(said, segments)
    found = {fault.why for fault in webvtt_rules.faults(text)} if text else set()
    assert not found & {"captions_overlap", "captions_backwards", "captions_format"}


@pytest.mark.parametrize(
    ("line", "note"),
    [
        ("SRT.cn: processConnectRequest: rsp(REJECT): 1010 - Incorrect passphrase", Note.WRONG_PASSPHRASE),
        ("[out#0/hls @ 0x1] [error] No space left on device", Note.DISK),
        ("[error] Error opening input: Invalid data found when processing input", Note.GARBAGE),
        ("[error] Failed to set value '0:a:0' for option 'map': Invalid argument", Note.NO_SOUND),
        ("[fatal] Stream map '0:a:0' matches no streams.", Note.NO_SOUND),
        ("[fatal] Stream map '0:v:0' matches no streams.", Note.NO_PICTURE),
        ("[error] Failed to set value '0:v:0' for option 'map': Invalid argument", Note.NO_PICTURE),
        ("[error] srt://0.0.0.0: Address already in use", Note.PORT),
        ("frame=  100", None),
    ],
)
def test_what_ffmpeg_says_is_understood(line: str, note: Note | None):
    assert health.sign_in(line) == note


def test_why_a_run_ended():
    ended = health.why_ended
    assert ended(-9, set(), had_picture=True) is Note.KILLED
    assert ended(0, set(), had_picture=True) is Note.LOST
    assert ended(1, set(), had_picture=True, is_connected=True) is Note.ENDED_ITSELF
    assert ended(1, {Note.DISK, Note.GARBAGE}, had_picture=True) is Note.DISK
    assert ended(1, {Note.GARBAGE}, had_picture=False) is Note.GARBAGE
    assert ended(1, {Note.GARBAGE, Note.PORT}, had_picture=False) is Note.PORT
    waits = [health.wait_before(n) for n in range(12)]
    assert waits == sorted(waits) and waits[-1] == health.LONGEST_WAIT


def test_the_passphrase_is_in_no_list_of_processes():
    command = [
        *commands.receiver("ffmpeg", Path("/x")),
        *commands.encoder("f", [], Path("/x"), Path("/y"), "t"),
    ]
    assert not any("passphrase" in word for word in command)
    assert "passphrase=aaaa-bbbb" in commands.ingest_file("127.0.0.1", 9710, "aaaa-bbbb")


def test_every_name_of_the_ladder_is_named_once():
    text = playlists.master_playlist()
    assert [line for line in text.splitlines() if not line.startswith("#")] == [
        "720.m3u8",
        "360.m3u8",
        "audio.m3u8",
    ]
