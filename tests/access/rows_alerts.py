"""Rows of the bell's parts and of alerts.

What they do, and to whom an alert exists at all: tests/kernel/notifications/test_alert_pages.py.
"""

from access.matrix import SIGN_IN, row

row("notices-now", anonymous=SIGN_IN, others=200)
row("notices-sent", anonymous=SIGN_IN, others=200)
row("notices-hide", args=("1",), method="POST", anonymous=SIGN_IN, others=404)  # no such notification
row("notices-answer", args=("0000-0000-0000",), method="POST", anonymous=SIGN_IN, others=404)  # no such alert
row(
    "notices-call-next", args=("0000-0000-0000",), method="POST", anonymous=SIGN_IN, others=404
)  # no such alert
row(
    "notices-withdraw", args=("0000-0000-0000",), method="POST", anonymous=SIGN_IN, others=404
)  # no such alert
row("notices-end", args=("0000-0000-0000",), method="POST", anonymous=SIGN_IN, others=404)  # no such alert
row("notices-rules", args=("helpline",), anonymous=SIGN_IN, others=404, SERVICE_ADMINISTRATOR=200)
