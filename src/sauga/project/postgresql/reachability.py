"""Whether the database server answers, asked without signing in and without Django's connections."""

from psycopg.conninfo import make_conninfo
from psycopg.pq import PGconn, Ping

ADDRESS = ("host", "port", "dbname", "user")


def ping() -> Ping:
    """What the server says: OK, REJECT while it starts or stops, NO_RESPONSE where no server listens."""
    from django.db import connection

    given = connection.get_connection_params()
    where = make_conninfo(**{name: given[name] for name in ADDRESS if name in given})
    return Ping(PGconn.ping(where.encode()))


def answers() -> bool:
    """Whether connections are accepted now."""
    return ping() == Ping.OK
