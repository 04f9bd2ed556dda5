"""Bytes become files: whole or not at all, only where they changed, and never in the place of somebody else's."""

from feeds.output.manifest import MANIFEST, Manifest, WrittenFile, read_manifest
from feeds.output.write import KnownFile, Written, add_output, write_output

__all__ = ["MANIFEST", "KnownFile", "Manifest", "Written", "WrittenFile", "add_output", "read_manifest", "write_output"]
