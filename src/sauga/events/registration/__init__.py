"""Registration for events: quotas and tickets, people and classes, the waiting list, personal links.

Seats are never oversold and the line keeps its order; both are decided in one place, by `rules`, under the
row locks of the quotas (decision 0134).
"""
