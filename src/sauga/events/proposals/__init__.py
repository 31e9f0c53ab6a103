"""The call for papers: proposals, their blind review, decisions that are announced together, confirmation.

What a reviewer may see is decided in one place (`rules.sight`), what may happen to a proposal in another
(`rules.deciding`); decision 0138 says why.
"""
