"""Files into posts: what a site says about itself, where its posts are, and what each of them says."""

from feeds.loader.detection import detect_site
from feeds.loader.loading import Loaded, load_posts
from feeds.loader.shelf import Shelf

__all__ = ["Loaded", "Shelf", "detect_site", "load_posts"]
