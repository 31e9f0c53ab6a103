"""What judges public pages finds what is wrong: a page with known faults."""

from pathlib import Path
from typing import Any

import pytest

from flows import browser as browsers
from flows.alfa import alfa, write_down
from flows.browser import New
from flows.narrow import narrow_faults

pytestmark = [pytest.mark.flow, pytest.mark.browser, pytest.mark.tools]
FAULTY = """<!doctype html><title>Faulty</title><h1>Faulty</h1>
<p style="width: 4em; overflow-wrap: anywhere">unbreakableword well-known-words
  someone@somewhere.example
<div style="width: 9em; overflow: hidden"><table><tr><th>Cut<td style="min-width: 40em">off</table></div>
<div style="width: 9em; overflow: auto"><table><tr><th>Stuck<td style="min-width: 40em">far</table></div>
<div style="width: 9em; overflow: auto" tabindex="0" aria-label="Sound">
  <table><tr><th>Sound<td style="min-width: 40em">far</table></div>"""


def test_known_faults_are_found(browser: Any, tmp_path: Path):
    page = browser.new_page(viewport={"width": 320, "height": 600})
    page.set_content(FAULTY)
    assert narrow_faults(page) == [
        "a word broken over two lines: unbreakableword",
        "table Cutoff: cut off",
        "table Stuckfar: wider than the screen, and the keyboard cannot scroll it",
    ]
    (judged := tmp_path / "judged").mkdir()
    write_down(page, judged, "faulty")
    page.close()
    found = alfa(judged)
    assert [one for one in found if one.startswith("faulty: sia-r4 ")]  # no language


def test_words_that_lie_over_others_are_found(browser: Any):
    page = browser.new_page(viewport={"width": 320, "height": 600})
    page.set_content("<!doctype html><p>Above<p>Below<p style='margin-top: -1.6em'>Over<p>After")
    assert browsers.overprinted(page) == ["„Below“ lies over „Over“"]
    page.close()


def test_axe_looks_again_where_a_page_shows_a_new_kind_of_element(
    browser: Any, monkeypatch: Any, tmp_path: Path
):
    monkeypatch.setattr(browsers, "IS_WHOLE", False)
    monkeypatch.setenv(browsers.MARK, str(tmp_path))
    page = browser.new_page()

    def new(body: str) -> browsers.New:
        page.set_content(f"<!doctype html><title>Parts</title>{body}")
        return browsers.new_in(page)

    assert new("<main><p>One <b>word</b></main><aside><p>Two</aside>") is New.PARTS
    assert new("<main><p>Other <b>words</b><p>and more</main>") is New.NOTHING, "of known parts"
    assert new("<main><p>One</main><aside><b>three</b></aside>") is New.NOTHING, "a part in another place"
    assert new("<main><p>One <b lang=lt>word</b></main>") is New.PARTS, "an attribute that matters"
    assert new("<main><p>One <b class=mark>word</b></main>") is New.PARTS, "a class"
    page.goto("about:blank#other")
    assert browsers.new_in(page) is New.VIEW, "another view of known parts"
    page.close()


def test_axe_leaves_out_contrast_alone_where_all_parts_are_known(
    browser: Any, monkeypatch: Any, tmp_path: Path
):
    monkeypatch.setattr(browsers, "IS_WHOLE", False)
    monkeypatch.setenv(browsers.MARK, str(tmp_path))
    page = browser.new_page()
    pale = "<!doctype html><title>Pale</title><h1 style='color: #ddd'>Words</h1><button></button>"

    def found() -> set[str]:
        page.set_content(pale)
        return {one.partition(":")[0] for one in browsers.AxeOnce(page).faults()}

    assert {"color-contrast", "button-name"} <= found()
    page.goto("about:blank#other")
    assert "button-name" in (again := found()) and "color-contrast" not in again
    assert found() == set()
    page.close()
