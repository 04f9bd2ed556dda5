"""Pelican on the made-up blog: the feeds alone, as far as it has them."""

SITENAME = "Made up"
SITEURL = FEED_DOMAIN = "https://bench.example"
TIMEZONE = "Europe/Lisbon"
DEFAULT_LANG = "en"
PATH = "content"
ARTICLE_PATHS = ["posts"]
STATIC_PATHS = []
THEME = "theme"
DIRECT_TEMPLATES = []
ARTICLE_SAVE_AS = PAGE_SAVE_AS = TAG_SAVE_AS = AUTHOR_SAVE_AS = CATEGORY_SAVE_AS = ""
FEED_MAX_ITEMS = 20
RSS_FEED_SUMMARY_ONLY = False
FEED_ALL_ATOM = "atom.xml"
FEED_ALL_RSS = "rss.xml"
TAG_FEED_ATOM = "tags/{slug}/atom.xml"
TAG_FEED_RSS = "tags/{slug}/rss.xml"
AUTHOR_FEED_ATOM = "authors/{slug}/atom.xml"
AUTHOR_FEED_RSS = "authors/{slug}/rss.xml"
CATEGORY_FEED_ATOM = "categories/{slug}/atom.xml"
CATEGORY_FEED_RSS = "categories/{slug}/rss.xml"
TRANSLATION_FEED_ATOM = None
LOAD_CONTENT_CACHE = CACHE_CONTENT = True
CONTENT_CACHING_LAYER = "generator"
