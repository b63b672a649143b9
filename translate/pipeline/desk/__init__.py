"""What a desk for several people needs besides the work itself: runs in this process, sources that come by a browser, long answers, people, previews, the works of a folder."""
