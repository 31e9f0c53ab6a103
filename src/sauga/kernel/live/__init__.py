"""“Something changed”, from a committed transaction to every open page: NOTIFY, one listening connection a process, server-sent events.

The signal carries no content. It says that a channel has something new; the page asks the service's own query for everything after
what it holds.
"""

from sauga.kernel.live.channels import may_listen, register_channel
from sauga.kernel.live.held import HeldResponse, Outlet, hold, start_of
from sauga.kernel.live.hub import connect, end_streams, follow, is_listening, signal_now, unfollow
from sauga.kernel.live.signals import pass_on, signal
from sauga.kernel.live.streams import stream
from sauga.kernel.live.turns import Turns

__all__ = [
    "HeldResponse",
    "Outlet",
    "Turns",
    "connect",
    "end_streams",
    "follow",
    "hold",
    "is_listening",
    "may_listen",
    "pass_on",
    "register_channel",
    "signal",
    "signal_now",
    "start_of",
    "stream",
    "unfollow",
]
