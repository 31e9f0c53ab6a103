"""Forms of the desk: the steps of a resource, its files, and what some transitions ask."""
