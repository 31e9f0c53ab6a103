"""The digital resource repository: lessons, leaflets, videos and toolkits, their life, their adapted copies and where these are used.

Controller: the Awareness Centre. What is published is for everyone. Never held here: who looked at or took a resource, a pupil's name,
a visitor's address. The few addresses of people (who orders prints, who answers for a partner) are sealed in the zone `awareness`.
"""
