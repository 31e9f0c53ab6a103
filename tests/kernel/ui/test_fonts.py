"""The fonts of the pages: which letters each file has, in which languages it is fetched, what it weighs."""

import json
import re
from importlib.resources import files

import pytest

pytestmark = pytest.mark.unit
STATIC = files("sauga.kernel.ui").joinpath("static/ui")
LOCALE = files("sauga").joinpath("locale")
FACE = re.compile(r"@font-face \{(.*?)\n\}", re.S)
EVERYWHERE, CYRILLIC = "Atkinson Next", "Onest Cyrillic"
MOST_CYRILLIC = 10_000


def faces():
    """Family, file and letters of each face."""
    sheets = "".join(STATIC.joinpath(name).read_text("utf-8") for name in ("tokens.css", "cyrillic.css"))
    for text in FACE.findall(sheets):
        ranges = re.findall(r"U\+([0-9A-F]+)(?:-([0-9A-F]+))?", text)
        letters = {code for a, b in ranges for code in range(int(a, 16), int(b or a, 16) + 1)}
        (family,) = re.findall(r'font-family: "([^"]+)"', text)
        (file,) = re.findall(r"fonts/([\w-]+\.woff2)", text)
        yield family, file, letters


def letters_of(family):
    return {code for name, _file, letters in faces() for code in letters if name == family}


def languages_in(script):
    rows = [one for one in LOCALE.iterdir() if one.is_dir() and one.joinpath("language.json").is_file()]
    return [
        one for one in rows if json.loads(one.joinpath("language.json").read_text()).get("script") == script
    ]


def test_every_letter_of_a_cyrillic_language_has_a_font():
    spoken = languages_in("cyrillic")
    assert {one.name for one in spoken} >= {"uk", "ru"}
    known = letters_of(EVERYWHERE) | letters_of(CYRILLIC)
    for language in spoken:
        texts = [one.read_text("utf-8") for one in language.iterdir() if one.name.endswith((".po", ".json"))]
        used = {ord(letter) for text in texts for letter in text if letter.isprintable()}
        assert not {chr(code) for code in used - known}, language.name


def test_cyrillic_letters_stand_apart_from_the_fonts_of_every_page():
    """The names of languages stand on every page: with a face of the common family all would fetch it."""
    assert not letters_of(EVERYWHERE) & letters_of(CYRILLIC)
    assert "yrillic" not in STATIC.joinpath("tokens.css").read_text("utf-8")
    (file,) = {file for family, file, _letters in faces() if family == CYRILLIC}
    assert len(STATIC.joinpath(f"fonts/{file}").read_bytes()) < MOST_CYRILLIC
    assert "SIL OPEN FONT LICENSE" in STATIC.joinpath("fonts/OFL-Onest.txt").read_text()


def test_digits_come_from_the_file_whose_zero_has_no_stroke():
    """A zero with a stroke made opening times look like code (`tools/plain_zero.py`)."""
    digits = set(range(ord("0"), ord("9") + 1))
    assert {file for _family, file, letters in faces() if digits & letters} == {"atkinson-next-core.woff2"}
    for sheet in STATIC.iterdir():
        if sheet.name.endswith(".css"):
            assert not re.search(r"slashed-zero|font-feature-settings[^;]*zero", sheet.read_text("utf-8")), (
                sheet
            )
