"""Data protection of imports: the rows are facts about organisations."""

from sauga.kernel.sealed import declare

declare("organisation_pages.ImportRun", plain={"ref", "name", "format", "state", "notes", "file", "sha256"})
declare("organisation_pages.ImportRow", plain={"outcome", "title", "content", "problems", "before"})
