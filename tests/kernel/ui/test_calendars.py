"""Calendar files: what people typed never becomes a line of its own."""

from datetime import UTC, datetime

import pytest

from sauga.kernel.ui.formats.calendars import Event, calendar

pytestmark = pytest.mark.unit
AT = datetime(2027, 2, 9, 8, tzinfo=UTC)


@pytest.mark.parametrize("end", ["\r\n", "\n", "\r", "\x0b", "\x0c", "\x1e", "\x85", "\u2028", "\u2029"])
def test_no_line_end_of_any_reader_begins_another_property(end: str):
    title = f"Seminaras{end}ATTENDEE:mailto:evil@a.example{end}END:VEVENT"
    text = calendar(
        "Renginiai", [Event(uid="a@b", begins=AT, ends=AT, title=title, place=title, text=title)], AT
    )
    lines = text.replace("\r\n ", "").splitlines()
    assert not [line for line in lines if line.startswith("ATTENDEE")]
    assert lines.count("END:VEVENT") == 1
