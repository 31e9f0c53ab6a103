"""The format of a guide: what a text may become, and what is refused when it is read."""

from pathlib import Path

import pytest
from django.utils.translation import override

from sauga.kernel.guides import Guide, NoSuchGuide, find, register
from sauga.kernel.guides.guide_text import GuideUnreadable, read, webp_size

pytestmark = pytest.mark.unit
HEAD = 'Some words.\n\n## <a id="first"></a>First part\n\n'


@pytest.fixture
def text(tmp_path, monkeypatch):
    """Makes a guide of the given Markdown and reads it for the desk."""
    monkeypatch.setattr("sauga.kernel.guides.registry._guides", {})
    for language in ("en", "lt"):
        (tmp_path / language).mkdir()

    def make(body: str, title: str = "# A title\n", *, public: bool = False):
        guide = Guide(slug="trial", folder=tmp_path, order=1)
        guide.path("en").write_text(f"{title}\n{body}", encoding="utf-8")
        read.cache_clear()
        return read(guide, "en", public=public)

    return make


def test_title_introduction_and_sections_with_their_anchors(text):
    made = text(HEAD + 'Words of it.\n\n## <a id="second"></a>Second\n\n- one\n- two\n')
    assert made.title == "A title"
    assert made.lead == "<p>Some words.</p>\n"
    assert [(one.anchor, one.title) for one in made.sections] == [
        ("first", "First part"),
        ("second", "Second"),
    ]
    assert "<li>one</li>" in made.sections[1].html


@pytest.mark.parametrize(
    "hostile",
    [
        "<script>alert(1)</script>",
        '<img src="x" onerror="y">',
        '<a href="javascript:x">y</a>',
        "<style>p{}</style>",
    ],
)
def test_html_in_a_text_is_shown_as_text(text, hostile):
    made = text(HEAD + hostile).sections[0].html
    assert "<script" not in made and "<img" not in made and "<style" not in made and "<a " not in made
    assert "&lt;" in made


@pytest.mark.parametrize(
    "link", ["https://elsewhere.example/", "/desk/", "trial.html", "../other.md", "mailto:a@b.example"]
)
def test_a_link_leads_to_a_guide_or_is_refused(text, link):
    with pytest.raises(GuideUnreadable, match="does not lead to a guide"):
        text(HEAD + f"[words]({link})")


def test_a_link_to_a_guide_that_is_not_installed_stays_as_words(text):
    assert text(HEAD + "See [that guide](absent.md#part).").sections[0].html == "<p>See that guide.</p>\n"


def test_a_link_leads_to_the_guide_on_the_same_site(text, tmp_path):
    register([Guide(slug="other", folder=tmp_path, order=2, is_public=True)])
    assert 'href="/desk/guides/other/#part"' in text(HEAD + "[there](other.md#part)").sections[0].html


def test_a_link_leads_to_the_same_language_whoever_reads_first(text, tmp_path):
    register([Guide(slug="other", folder=tmp_path, order=2, is_public=True)])
    with override("lt"):
        made = text(HEAD + "[there](other.md)", public=True)
    assert 'href="/en/guides/other/"' in made.sections[0].html


@pytest.mark.parametrize("body", ["## A heading without an anchor", "# A second title"])
def test_a_heading_without_an_anchor_is_refused(text, body):
    with pytest.raises(GuideUnreadable, match="needs the form"):
        text(HEAD + body)


def test_a_text_begins_with_its_title(text):
    with pytest.raises(GuideUnreadable, match="first line"):
        text(HEAD, title="Words\n")


def test_keys_and_things_to_type_look_different(text):
    made = text(HEAD + "`j`, `Ctrl E`, `F8`, `Shift Enter`, `g p`, then `# heading`").sections[0].html
    assert made.count("<kbd>") == 5 and "<code># heading</code>" in made


def test_heads_of_columns_say_so(text):
    assert '<th scope="col">a</th>' in text(HEAD + "| a | b |\n|---|---|\n| 1 | 2 |\n").sections[0].html


@pytest.mark.parametrize(
    "picture", ["![](../static/a.webp)", "![words](../static/absent.webp)", "![words](a.webp)"]
)
def test_a_picture_without_a_file_or_a_description_is_refused(text, picture):
    with pytest.raises(GuideUnreadable, match="picture"):
        text(HEAD + picture)


def _webp(kind: bytes, rest: bytes) -> bytes:
    return b"RIFF\x00\x00\x00\x00WEBP" + kind + rest + bytes(30)


def test_the_size_of_a_picture_is_read_from_its_first_bytes(tmp_path):
    lossy, lossless, other = (tmp_path / name for name in ("lossy.webp", "lossless.webp", "other.webp"))
    lossy.write_bytes(_webp(b"VP8 ", bytes(10) + (1200).to_bytes(2, "little") + (750).to_bytes(2, "little")))
    lossless.write_bytes(_webp(b"VP8L", bytes(5) + (389 | 843 << 14).to_bytes(4, "little")))
    other.write_bytes(b"\x89PNG" + bytes(40))
    assert webp_size(lossy) == (1200, 750)
    assert webp_size(lossless) == (390, 844)
    with pytest.raises(GuideUnreadable, match="no WebP"):
        webp_size(other)


def test_two_packages_cannot_use_one_name_or_cover_one_page(text, tmp_path):
    register([Guide(slug="one", folder=tmp_path, order=1, covers={"some-page": ""})])
    with pytest.raises(ValueError, match="two guides"):
        register([Guide(slug="one", folder=Path("/elsewhere"), order=1)])
    with pytest.raises(ValueError, match="both cover some-page"):
        register([Guide(slug="two", folder=tmp_path, order=1, covers={"some-page": ""})])


def test_a_guide_is_found_only_where_it_is_offered(text, tmp_path):
    outside = Guide(slug="outside", folder=tmp_path, order=1, is_desk=False, is_public=True)
    register([Guide(slug="inside", folder=tmp_path, order=1), outside])
    assert find("inside", public=False).slug == "inside" and find("outside", public=True).slug == "outside"
    for slug, public in (("inside", True), ("outside", False)):
        with pytest.raises(NoSuchGuide):
            find(slug, public=public)
