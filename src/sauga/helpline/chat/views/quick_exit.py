"""Quick exit from a conversation: it ends on the server and the browser forgets it before the visitor leaves
the site.
"""

from django.http import HttpRequest, HttpResponse

from sauga.helpline.chat.actions import conversations as life
from sauga.helpline.chat.views import visitor_session
from sauga.helpline.chat.views.child_pages import CHILD
from sauga.helpline.states import LIVE
from sauga.kernel import clock


def leave_chat(request: HttpRequest, response: HttpResponse) -> None:
    """End what goes on and take the cookie away. A browser that only fetches ahead leaves nothing."""
    if not visitor_session.has_cookie(request) or "prefetch" in request.headers.get("Sec-Purpose", ""):
        return
    visitor_session.take_cookie(response)
    at = clock.now()
    me = visitor_session.here(request, at)
    if me is not None and me.conversation.state in LIVE:
        life.end_conversation(by=CHILD, conversation=me.conversation, how="END_QUICK_EXIT", at=at)
