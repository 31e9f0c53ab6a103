"""`signal`: announce within a transaction that a channel will have something new once it commits."""

import json

from django.db import connection

from sauga.kernel.live.channels import check_name

PG_CHANNEL = "sauga_live"
LONGEST_POSITION = 64
LONGEST_WORDS = 7000


def signal(channel: str, after: int | str = "") -> None:
    """Signal every page that listens to `channel`, at commit; nothing is sent when the transaction rolls
    back.

    `after` is an opaque position (a number, never content): the channel has something after it. Numbers must
    grow in the order of commits: take them under a lock of the conversation or item they belong to, or a
    reader can pass one that commits late. Raises ChannelNameRefused; ValueError for a position that is too
    long.
    """
    _notify(_payload(channel, str(after)))


def pass_on(channel: str, words: str) -> None:
    """Send a text to whatever follows `channel` at this moment (`follow`); it is stored nowhere and lost if
    no page listens. For what must not be stored at all: how two pages find each other for a call. The
    sender repeats until it is answered. At most 7,000 characters of ASCII. Raises ChannelNameRefused,
    ValueError."""
    if len(words) > LONGEST_WORDS or not words.isascii():
        raise ValueError("at most 7,000 characters of ASCII can be passed on")
    _notify(json.dumps([check_name(channel), words]))


def _payload(channel: str, position: str) -> str:
    if len(position) > LONGEST_POSITION:
        raise ValueError("a position is at most 64 characters")
    return json.dumps([check_name(channel), position])


def _notify(payload: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_notify(%s, %s)", [PG_CHANNEL, payload])
