"""The live side of conversations: who may stream, say and read."""

from access.matrix import SIGN_IN, row

for name in ("stream", "after"):
    row(f"helpline-chat-{name}", anonymous=404, others=404)  # nobody without the cookie of a conversation
    row(f"helpline-desk-{name}", args=("0000-0000",), anonymous=SIGN_IN, others=404)  # no such conversation
for name in ("say", "read", "typing"):
    row(f"helpline-chat-{name}", method="POST", anonymous=404, others=404)
    row(f"helpline-desk-{name}", args=("0000-0000",), method="POST", anonymous=SIGN_IN, others=404)
