"""Talks to MediaWiki sites: reads their pages and what they call things, and saves pages without ever overwriting anyone.

``client`` is the one way to the network; ``addresses`` finds a wiki from a page's address, ``siteinfo`` makes a ``Site`` of it, ``sisters`` what stands for a page's links in another;
``pages`` fetches, ``previews`` asks the wiki's own parser, ``edits`` saves; ``known`` keeps the user's wikis.
"""
