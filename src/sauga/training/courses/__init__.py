"""Authoring: courses with versions, modules, activities and a bank of questions; their public pages.

A published version never changes: enrolled learners keep it. Changes are made in a new version.
"""
