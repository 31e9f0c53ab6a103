"""Tools of others in courses: Sauga as an LTI 1.3 platform (1EdTech). Registration of a tool, the keys of
both sides, access tokens, and a log that says why something does not work.

Learners are pseudonymous to tools: nothing here holds anything about a person.
"""
