"""What no public page shows of the tables of Wagtail, which cannot carry an `About` of their own."""

from wagtail.models import Comment, CommentReply, ReferenceIndex, Revision, UploadedFile

from sauga.kernel.data import About, declare

BOOKKEEPING = (Comment, CommentReply, ReferenceIndex, Revision, UploadedFile)
"""Drafts, remarks of editors and what refers to what; the history of pages is in `editor_log`."""

for model in BOOKKEEPING:
    declare(model, About(on_public_pages=False))
