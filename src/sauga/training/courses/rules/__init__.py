"""Pure rules of courses: completion trees, questions, what a version needs before it is published."""
