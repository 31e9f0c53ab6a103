"""“Something changed”, from a committed transaction to every open page: NOTIFY, one listening connection per
process, server-sent events.

The signal carries no content. It says that a channel has something new; the page asks the service's own query
for everything since the position it has.
"""

from sauga.kernel.live.channels import may_listen, register_channel
from sauga.kernel.live.coalesce import Coalescer
from sauga.kernel.live.hub import connect, end_streams, follow, is_listening, signal_now, unfollow
from sauga.kernel.live.signals import pass_on, signal
from sauga.kernel.live.sse_response import EventStreamResponse, EventWriter, response_start, serve_stream
from sauga.kernel.live.streams import stream

__all__ = [
    "Coalescer",
    "EventStreamResponse",
    "EventWriter",
    "connect",
    "end_streams",
    "follow",
    "is_listening",
    "may_listen",
    "pass_on",
    "register_channel",
    "response_start",
    "serve_stream",
    "signal",
    "signal_now",
    "stream",
    "unfollow",
]
