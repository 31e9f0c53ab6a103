"""Around and after an event: letters to those who registered, a survey of those who came, certificates of
attendance, recordings for the repository.

Registrations are deleted a month after the event. What stays here names no person: numbers, answers that
belong to no registration, numbers of certificates.
"""
