"""The local page that shows what would go out: a library of its own (the extra `preview`), one machine, no mail."""
