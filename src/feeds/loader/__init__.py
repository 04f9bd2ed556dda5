"""Files into posts: what a site says about itself, where its posts are, and what each of them says."""

from feeds.loader.detection import detect_site
from feeds.loader.loading import Loaded, load_posts
from feeds.loader.notebooks import find_notebooks
from feeds.loader.shelf import Shelf

__all__ = ["Loaded", "Shelf", "detect_site", "find_notebooks", "load_posts"]
