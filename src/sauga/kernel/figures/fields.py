"""Data protection of frozen figures: plain, because they hold only codes and counts."""

from sauga.kernel.sealed import declare

declare("figures.Figure", plain={"measure", "period_kind", "rows", "published_by"})
