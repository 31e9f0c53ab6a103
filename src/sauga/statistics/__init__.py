"""Service statistics: the public page of figures.

It reads what services published through kernel.figures and holds no data of its own.
"""
