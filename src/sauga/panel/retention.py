"""How long panel keeps what."""

from sauga.kernel.retention import keep_forever

# members
keep_forever("panel.Member", "A pseudonym and a state; the identity is destroyed when the member leaves.")

# voice

# voting
