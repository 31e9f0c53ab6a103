"""Events: the programme of conferences, seminars, lessons for classes and Safer Internet Day, from one hour
to two days; registration, activities of schools and libraries, and what follows build on it.

Controller: the Awareness Centre. It must never hold: a pupil's name (classes are counts), who looked at a
page or a calendar, a speaker's entry without consent. Speakers are public data with consent and an end.
"""
