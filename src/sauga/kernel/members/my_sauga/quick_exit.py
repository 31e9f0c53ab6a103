"""Quick exit ends the session of a member, so that a shared computer opens nothing afterwards."""

from django.http import HttpRequest, HttpResponse

from sauga.kernel import clock
from sauga.kernel.members import queries
from sauga.kernel.members.actions import signin
from sauga.kernel.members.actors import member_actor
from sauga.kernel.members.signin import cookies


def end_session(request: HttpRequest, response: HttpResponse) -> None:
    """End it and forget its cookie; nothing for everybody else."""
    secret = cookies.read(request, cookies.session_name())
    if not secret:
        return
    at = clock.now()
    session = queries.session_by_key(cookies.digest(secret), at)
    if session is not None:
        signin.end_sessions(by=member_actor(session.member, at), sessions=[session], at=at)
    cookies.take(response, cookies.session_name(), cookies.asking_name())
