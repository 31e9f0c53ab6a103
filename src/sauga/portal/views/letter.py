"""The letter builder: the answer to its form.

Nothing is stored: choices and letter travel in the body of a post and come back in the page, which no browser
or proxy may keep (decision 0127).
"""

from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse

from sauga.kernel.ui.public_frame import language
from sauga.portal.models.articles import LetterPage
from sauga.portal.presenters.letter import Step, page_after
from sauga.portal.rules import letter

NO_STORE = "no-store, private"


def answer(request: HttpRequest, page: LetterPage) -> HttpResponse:
    """The next step of the letter, at the address of the page."""
    asked = letter.questions(page.locale.language_code)
    fields = {name: str(value) for name, value in request.POST.items()}
    answers = letter.read(fields, asked)
    context = page_after(fields.get("step", ""), fields, answers, asked)
    again = {**context["answered"], "step": str(context["stage"])}
    if context["stage"] in {Step.EDIT, Step.SHEET}:
        again["letter"] = context["text"]
    language.posts_again(request, again)
    response = TemplateResponse(
        request, page.get_template(request), page.get_context(request) | context
    ).render()
    response.headers["Cache-Control"] = NO_STORE
    return response
