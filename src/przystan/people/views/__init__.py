"""Pages of people: searching, registering, facts, merging. The page of one person is composed in `desk`."""
