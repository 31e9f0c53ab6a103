"""The digital resource repository: lessons, leaflets, videos and toolkits, their life cycle, the adaptations
partners make of them, and where these are used.

Controller: the Awareness Centre. What is published is for everyone. Never stored here: who viewed or
downloaded a resource, a pupil's name, a visitor's address. The few contacts of people (who orders prints, who
answers for a partner) are encrypted in the zone `awareness`.
"""
