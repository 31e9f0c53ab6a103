"""Packages of a deployment: pages, archives and files, each made from the content of a release. Same content,
same bytes.
"""
