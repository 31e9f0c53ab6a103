"""Time limits of a conversation while it lasts. How long a child can return to it is its term of retention:
`Conversation.data`."""

from datetime import timedelta

OFFER = timedelta(seconds=30)
"""A counsellor answers an offer within this time, or it goes to the next."""
TRANSFER = timedelta(seconds=60)
"""A colleague takes a transfer within this time, or the old counsellor goes on."""
SEEN_EVERY = timedelta(seconds=10)
"""An open page says this often that it is still there; between two words the row is left alone."""
LOST = timedelta(seconds=30)
"""A child not heard of for this long has lost the line: the conversation pauses."""
DROP = timedelta(seconds=120)
"""A pause lasts at most this long; a place in the queue is kept as long."""
WRITES = timedelta(minutes=10)
"""A page without scripts cannot say that it is there while somebody writes; it is believed for this long."""
GONE = timedelta(seconds=48)
"""A counsellor not heard of for this long is gone.

With a sweep every 5 seconds the child stands on top within 60 s of the last sign.
"""
PRECHAT = timedelta(minutes=30)
"""The questions before the first message may take this long."""
PROMPTS = (timedelta(minutes=4), timedelta(minutes=7))
"""After this long without a word from either side the line asks whether the child is still here."""
IDLE = timedelta(minutes=10)
"""After this long without a word from either side, and both prompts, the conversation ends."""
STEP_UP = timedelta(minutes=15)
"""Waiting this long raises the band one step, at most to HIGH."""
SHORT = timedelta(seconds=15)
"""Who leaves the queue sooner than this is counted apart."""
DUTY_LOST = timedelta(minutes=10)
"""Who is on duty and was not heard of for this long is put on a break: the line must not look open
without anybody there.
"""
REFUSALS_TOLD = 3
"""After every third refusal in one duty the shift lead is told."""
