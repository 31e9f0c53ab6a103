"""How long selfcheck keeps what."""

from sauga.kernel.retention import keep_forever

keep_forever("selfcheck.BankVersion", "Published words of the centre, about nobody.")
