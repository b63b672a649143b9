"""Pages of wikis as works: the wikis that are known, fetching a page, publishing its translation, keeping it in step with its source."""
