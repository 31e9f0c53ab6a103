"""Items at the analyst's desk: the worklist, the item page, merging, actions on several items."""
