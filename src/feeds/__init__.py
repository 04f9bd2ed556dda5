"""Web feeds and an email digest from a folder of dated Markdown posts.

The interface is the command line, its JSON and the files it writes. No name of this package is promised to stay.
"""

__all__: list[str] = []
