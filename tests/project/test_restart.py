"""What visitors read behind the shipped Caddyfile while nothing behind it answers."""

import pytest

from project import front

pytestmark = [
    pytest.mark.flow,
    pytest.mark.skipif(not front.caddy(), reason="caddy is not here; tools/front.py brings it"),
]


def test_where_nothing_answers_visitors_read_whom_to_call(tmp_path):
    """In Lithuanian and English, with 112 and 116 111 to press, and nothing loaded from anywhere."""
    text = front.SHIPPED.read_text(encoding="utf-8")
    assert "lb_try_duration 15s" in text
    quick = text.replace("lb_try_duration 15s", "lb_try_duration 200ms")
    with front.front(tmp_path, front.free_port(), shipped=quick) as site:
        line = site.connect()
        line.request("GET", "/lt/pagalba/")
        answer = line.getresponse()
        page = answer.read().decode("utf-8")
        line.close()
    assert answer.status == 502 and answer.headers["Retry-After"]
    assert answer.headers["Content-Type"] == "text/html; charset=utf-8"
    assert answer.headers["Cache-Control"] == "no-store"
    assert page.count('href="tel:112"') == page.count('href="tel:116111"') == 2
    assert '<html lang="lt">' in page and 'lang="en"' in page
    assert "src=" not in page and "http" not in page
