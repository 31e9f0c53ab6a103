"""The list page: what stands in the address, pages, order, ticked rows, files, and what an
empty list says.
"""

import csv
import io
import re
from datetime import date

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from kernel.kit.probe import LIST

from sauga.kernel.kit.lists import page as list_page
from sauga.kernel.vocab.models import Term, Vocabulary
from tests.centre import Centre, centre, sign_in  # noqa: F401  a fixture
from tests.markup import tidy

pytestmark = [pytest.mark.django_db, pytest.mark.urls("kernel.kit.probe")]
PROBE, LONG = "/desk/probe/", "/desk/long/"
NAMES = [
    "Žuvis",
    "čiurlys",
    "Ąžuolas",
    "ausis",
    "Yla",
    "iešmas",
    "Šarka",
    "sala",
    "dovana",
    "Eglė",
    "ėriukas",
    "10 eilė",
]
IN_ORDER = [
    "10 eilė",
    "ausis",
    "Ąžuolas",
    "čiurlys",
    "dovana",
    "Eglė",
    "ėriukas",
    "iešmas",
    "Yla",
    "sala",
    "Šarka",
    "Žuvis",
]


@pytest.fixture
def client(centre: Centre) -> Client:
    return sign_in(centre, "EDITOR")


def terms(*names: str, **given) -> list[Term]:
    held, _made = Vocabulary.objects.get_or_create(code=LIST)
    return [
        Term.objects.create(
            vocabulary=held,
            code=f"t{place:02}",
            label_lt=name,
            position=place // 3,
            status="confirmed",
            **given,
        )
        for place, name in enumerate(names, held.terms.count())
    ]


def page(client: Client, query: str = "", path: str = PROBE) -> str:
    answer = client.get(f"{path}?{query}")
    assert answer.status_code == 200
    return tidy(answer.content.decode())


def shown(html: str) -> list[str]:
    return re.findall(r'<th scope="row"><a href="#">([^<]+)</a>', html)


def neighbours(html: str) -> dict[str, str]:
    return {
        rel: href.replace("&amp;", "&")
        for href, rel in re.findall(r'<a href="\?([^"]*)" rel="(prev|next)"', html)
    }


def test_pages_keep_view_filters_and_order(client: Client):
    terms(*NAMES)
    first = page(client, "view=all&find=a&status=confirmed")
    assert len(shown(first)) == 5 and set(neighbours(first)) == {"next"}
    assert {"view=all", "find=a", "status=confirmed", "after=5"} == set(neighbours(first)["next"].split("&"))
    second = page(client, neighbours(first)["next"])
    assert not set(shown(first)) & set(shown(second)) and "prev" in neighbours(second)
    assert shown(page(client, neighbours(second)["prev"])) == shown(first)
    assert '<input type="hidden" name="view" value="all">' in second


def test_every_row_stands_on_one_page(client: Client):
    terms(*NAMES)
    for start in (PROBE, LONG):
        seen, query = [], ""
        while query is not None:
            html = page(client, query, start)
            seen += shown(html)
            query = neighbours(html).get("next")
        assert seen == NAMES


def test_beyond_the_end_is_the_last_page(client: Client):
    terms(*NAMES)
    assert shown(page(client, "after=4000000000000")) == NAMES[10:]


@pytest.mark.parametrize(
    "after",
    ["x", "1", "1|2|3", "|", "²|1", "-1|-1", f"{'9' * 5000}|1", f"{2**70}|1", "0|\0", "None|None", "%00|1"],
)
def test_a_damaged_place_begins_at_the_top_or_shows_a_page(client: Client, after: str):
    terms(*NAMES)
    answer = client.get(LONG, {"after": after})
    assert answer.status_code == 200 and shown(answer.content.decode())


def test_what_the_address_says_wrongly_is_dropped(client: Client):
    terms(*NAMES)
    html = page(client, "view=nonsense&sort=pk&status=nonsense&after=x&find=a%00")
    assert 'aria-current="page">Valid' in html and "aria-sort" not in html and len(shown(html)) == 5


def test_columns_sort_up_down_and_back(client: Client):
    terms(*NAMES)
    html = page(client, "sort=label")
    assert shown(html) == IN_ORDER[:5] and 'aria-sort="ascending"' in html
    assert shown(page(client, neighbours(html)["next"])) == IN_ORDER[5:10]
    html = page(client, "sort=-label&after=5")
    assert shown(html) == IN_ORDER[::-1][5:10] and 'aria-sort="descending"' in html
    assert 'href="?view=valid"' in re.search(r'<th scope="col" aria-sort.*?</th>', html)[0], (
        "the third press gives the list's own order"
    )
    assert "aria-sort" not in page(client, "view=all&sort=label"), (
        "a view in which ordering would cost too much is not sortable"
    )
    assert '<input type="hidden" name="sort" value="-label">' in html, "filtering keeps the order"


def test_rows_without_a_value_sort_last_both_ways(client: Client):
    terms("a", "b")
    terms("c", valid_to=date(2020, 1, 1))
    rows = Term.objects.filter(vocabulary__code=LIST)
    Term.objects.filter(label_lt="b").update(valid_to=date(2021, 1, 1))
    assert rows.count() == 3
    assert [shown(page(client, f"view=retired&sort={sort}")) for sort in ("until", "-until")] == [
        ["c", "b"],
        ["b", "c"],
    ]


def test_tabs_have_numbers_and_keys(client: Client):
    terms("a", "b")
    html = page(client)
    assert 'href="?view=valid" data-key="1" aria-current="page">Valid <span class="count">2</span>' in html
    assert (
        'data-key="2">Retired <span class="count">0</span>' in html and 'data-key="3">Everything</a>' in html
    )


def test_an_empty_list_says_why_and_how_to_go_on(client: Client):
    assert "No terms yet" in page(client) and 'href="#new"' in page(client)
    terms("a")
    html = page(client, "find=zzz")
    assert "No terms yet" not in html and 'href="?view=all"' in html
    html = page(client, "view=all&find=zzz&status=confirmed")
    assert '<a class="button second" href="?view=all">' in html, (
        "where everything is looked at already, the way out drops the filters"
    )


def test_rows_can_be_ticked_only_where_something_can_be_done(client: Client):
    terms("a")
    html = page(client)
    assert (
        'name="refs" value="t00" form="many"' in html
        and 'data-at-least="2"' in html
        and "data-tick-all" in html
    )
    assert '<tr data-row id="row-t00">' in html and "ui/ticks" in html
    html = page(client, "view=all")
    assert 'name="refs"' not in html and "ui/ticks" not in html


def test_what_rows_hold_is_escaped(client: Client):
    terms('"><script>x</script>', source="<i>source</i>")
    Term.objects.filter(vocabulary__code=LIST).update(code='r"><b>')
    html = page(client)
    assert (
        "<script>x" not in html
        and "<i>source" not in html
        and '"><b>' not in html
        and "&lt;script&gt;x" in html
    )


def test_the_search_key_leads_to_the_first_text_field(client: Client):
    terms("a")
    html = page(client)
    assert html.count('data-key="/"') == 1 and re.search(
        r'<input type="search" name="find"[^>]*data-key="/"', html
    )
    assert "<kbd>/</kbd>" in html and "<kbd>/</kbd>" not in page(client, path=LONG), (
        "no key is promised that leads nowhere"
    )


def test_cells_name_their_column_for_narrow_screens_and_their_state_for_programs(client: Client):
    terms("a")
    html = page(client)
    assert (
        '<td class="num" data-label="Valid until">' in html
        and '<td data-state data-label="Status">confirmed</td>' in html
    )


def test_files_hold_what_the_filters_leave_in_the_order_that_is_shown(client: Client):
    terms(*NAMES)
    html = page(client, "sort=label&find=a")
    href = re.search(r'href="\?([^"]*format=csv[^"]*)"', html)[1].replace("&amp;", "&")
    answer = client.get(f"{PROBE}?{href}")
    rows = list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"))))
    wanted = [name for name in IN_ORDER if "a" in name.lower()]
    assert [row[1].split(" t")[0] for row in rows[1:]] == wanted and len(wanted) > 5, "all rows, not one page"
    assert rows[0][1:] == ["Label", "Valid until", "Status"] and re.search(
        r'filename="terms-\d{4}-\d\d-\d\d.csv"', str(answer.headers)
    )
    assert client.get(f"{PROBE}?format=xlsx").content[:2] == b"PK"


def test_a_list_that_declares_no_file_gives_none(client: Client):
    terms("a")
    assert "format=csv" not in page(client, path=LONG)
    assert client.get(f"{LONG}?format=csv").status_code == 404
    assert client.get(f"{PROBE}?format=pdf").status_code == 404


def test_too_many_rows_are_refused_and_said(client: Client, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(list_page, "MOST_EXPORTED", 3)
    terms("a", "b", "c")
    assert client.get(f"{PROBE}?format=csv").headers["Content-Type"].startswith("text/csv")
    terms("d")
    answer = client.get(f"{PROBE}?format=csv&find=", follow=True)
    assert "susiaurinkite sąrašą" in answer.content.decode() and answer.redirect_chain[0][0].startswith(PROBE)


def test_three_rows_ask_as_many_questions_as_one(client: Client):
    counted = []
    for more in (["a"], ["b", "c"]):
        terms(*more)
        page(client)
        with CaptureQueriesContext(connection) as queries:
            page(client)
        counted.append(len(queries))
    assert counted[0] == counted[1]


def test_only_reading_is_answered(client: Client):
    assert client.post(PROBE).status_code in {404, 405}
