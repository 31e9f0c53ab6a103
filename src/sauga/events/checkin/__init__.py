"""The day of an event: lists and entrances, tickets that are scanned with or without a network, walk-ins,
badges, and who came in the end."""
