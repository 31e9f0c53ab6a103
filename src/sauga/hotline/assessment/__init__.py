"""Assessment by analysts and reviewers: claiming an item, verdicts, routing by the rules of the day, police
holds, welfare."""
