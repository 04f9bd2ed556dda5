"""Web feeds and an email digest from a folder of dated Markdown posts."""
