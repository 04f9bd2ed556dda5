"""`feeds init`: write down what was found."""

from __future__ import annotations

from feeds.cli.options import DryRun
from feeds.cli.printing import say
from feeds.errors import OutputError
from feeds.publisher.request import Request, read_config


def init(request: Request, *, dry_run: DryRun = False) -> None:
    """Write down what was found in a feeds.toml.

    Each line says in which of the site's own files it was found. A feeds.toml that is there is left alone.
    """
    from feeds.files import write_file_whole
    from feeds.publisher.init import propose_settings

    file = request.file or request.root / "feeds.toml"
    config = read_config(request)
    text = propose_settings(config)
    if dry_run:
        say(text.rstrip("\n"))
        return
    if file.exists():
        raise OutputError("is there already; nothing was changed (--dry-run prints what would be written)", path=file)
    if "pyproject.toml" in config.origins.values():
        raise OutputError(
            "has the settings in [tool.feeds], which a feeds.toml would put out of force", path="pyproject.toml"
        )
    write_file_whole(file, text.encode())
    say(f"wrote {file}; look through it, then run `feeds check` and `feeds build`")
