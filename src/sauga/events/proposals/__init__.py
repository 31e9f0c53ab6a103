"""The call for papers: proposals, their blind review, decisions that are announced together, confirmation.

What a reviewer may see is decided in one place (`rules.visibility`), what may happen to a proposal in another
(`rules.decisions`); decision 0138 says why.
"""
