"""`feeds preview` as a process of its own, with its address."""

import contextlib
import signal

from cli_sites import NOW, start_feeds


@contextlib.contextmanager
def previewing(site, *arguments):
    """The address of the running page of a site; Ctrl-C must end it, quietly and with 0."""
    process = start_feeds("preview", "--site", site, "--now", NOW, *arguments)
    try:
        url = process.stdout.readline().strip()
        assert url, process.stderr.read()
        yield url
        process.send_signal(signal.SIGINT)
        out, err = process.communicate(timeout=20)
        assert (out, err, process.returncode) == ("", "", 0)
    finally:
        process.kill()
        process.wait()
        process.stdout.close()
        process.stderr.close()
