"""What a service registers is ended when somebody leaves, and nothing that breaks keeps them."""

import pytest

from sauga.kernel.ui.public_frame import quick_exit


@pytest.fixture(autouse=True)
def _own_acts(monkeypatch):
    monkeypatch.setattr(quick_exit, "_acts", {})


def test_leaving_calls_every_act_with_the_answer(client):
    quick_exit.on_leave("bakery", lambda request, response: response.set_cookie("crumb", "", max_age=0))
    answer = client.get("/leave/")
    assert answer.status_code == 302 and answer.cookies["crumb"]["max-age"] == 0


def test_act_that_breaks_keeps_nobody_and_does_not_stop_the_next(client, caplog):
    called = []

    def breaks(request, response):
        raise RuntimeError("a secret word")

    quick_exit.on_leave("broken", breaks)
    quick_exit.on_leave("whole", lambda request, response: called.append(request.path))
    assert client.get("/leave/").status_code == 302
    assert called == ["/leave/"]
    assert "a secret word" not in caplog.text and "leaving: an act failed" in caplog.text
