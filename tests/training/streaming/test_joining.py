"""The recording of a broadcast lasts as long as what was on air, however long its preview was before."""

import subprocess
from pathlib import Path

import pytest
from rig.broadcast import ffmpeg, seconds_of

from sauga.training.streaming.film import join
from sauga.training.streaming.rules.playlists import Segment, read

pytestmark = pytest.mark.unit


def a_run(folder: Path, name: str, seconds: int) -> list[Segment]:
    """The segments of one run of an encoder."""
    command = [
        *(ffmpeg(), "-hide_banner", "-loglevel", "error", "-f", "lavfi"),
        *("-i", "testsrc2=size=160x90:rate=25", "-f", "lavfi", "-i", "sine=sample_rate=48000"),
        *("-t", str(seconds), "-c:v", "libx264", "-preset", "ultrafast", "-g", "50", "-keyint_min", "50"),
        *("-sc_threshold", "0", "-c:a", "aac", "-f", "hls", "-hls_time", "2", "-hls_list_size", "0"),
        *("-hls_segment_type", "fmp4", "-hls_flags", "independent_segments+program_date_time"),
        *("-hls_segment_filename", str(folder / f"{name}-720-%05d.m4s")),
        *("-hls_fmp4_init_filename", f"{name}-720-init.mp4", str(folder / f"{name}.m3u8")),
    ]
    subprocess.run(command, check=True, stdin=subprocess.DEVNULL)
    return read((folder / f"{name}.m3u8").read_text(), name)


def test_a_preview_and_a_fall_of_the_encoder_leave_no_hole(tmp_path: Path):
    first, second = a_run(tmp_path, "aaaa", 20), a_run(tmp_path, "bbbb", 6)
    on_air = [*first[8:], *second]
    assert len(first) == 10 and len(second) == 3
    join(on_air, tmp_path, tmp_path, tmp_path / "recording.mp4")
    wanted = sum(one.seconds for one in on_air)
    assert wanted == pytest.approx(10, abs=0.5)
    assert seconds_of(tmp_path / "recording.mp4") == pytest.approx(wanted, abs=0.5)
