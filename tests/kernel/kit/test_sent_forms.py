"""The same form twice: the second is led where the first one was; another form, an error or a script's own
post is not held back."""

import pytest
from django.http import HttpResponse, HttpResponseRedirect
from django.test import RequestFactory

from sauga.kernel.kit.models import SentForm
from sauga.kernel.kit.sent_forms import SentFormMiddleware

pytestmark = pytest.mark.django_db
TOKEN = "t" * 24
guard = SentFormMiddleware(lambda request: HttpResponse("the view"))


def send(view, *, headers=None, **form):
    """What the guard answers to a post, or what the view says where the guard leaves it alone."""
    request = RequestFactory().post("/en/a-form/", {"form_token": TOKEN, **form}, headers=headers or {})
    return guard.process_view(request, view, (), {}) or view(request)


def counting(to="/en/done/"):
    calls = []

    def view(request):
        calls.append(request)
        return HttpResponseRedirect(f"{to}{len(calls)}/")

    return calls, view


def test_the_same_form_is_carried_out_once_and_led_to_the_same_page():
    calls, view = counting()
    first, second = send(view, name="Ona"), send(view, name="Ona")
    assert len(calls) == 1 and first.headers["Location"] == second.headers["Location"] == "/en/done/1/"
    row = SentForm.objects.get()
    assert b"/en/done/" not in bytes(row.answer), "where it led may be a personal link"


def test_another_text_another_token_or_no_token_is_another_form():
    calls, view = counting()
    for form in ({"name": "Ona"}, {"name": "Jonas"}, {"name": "Ona", "form_token": "u" * 24}):
        send(view, **form)
    for _twice in range(2):
        send(view, name="Ona", form_token="")
    assert len(calls) == 5


def test_a_form_that_came_back_with_errors_may_be_sent_again_as_it_is():
    calls = []

    def refusing(request):
        calls.append(request)
        return HttpResponse("Choose a municipality.", status=422)

    assert [send(refusing, name="Ona").status_code for _twice in range(2)] == [422, 422]
    assert len(calls) == 2 and not SentForm.objects.exists()


def test_what_a_script_sends_by_itself_is_left_alone():
    calls, view = counting()
    for _twice in range(2):
        send(view, name="Ona", headers={"Sec-Fetch-Mode": "cors"})
    assert len(calls) == 2
