"""Learning: cohorts, enrolments, playing a course, completion, appeals, and the tutor's desk.

An enrolment keeps the version of the course and the completion rule with which it began.
"""
