"""A real mailing list on this machine: Postfix and mlmmj on loopback, for trying `feeds send` out and for the tests.

    sudo python3 docs/local_list.py FOLDER --readers ada@readers.test grace@readers.test

Everything is private and below FOLDER: the system's own Postfix, if there is one, is left alone, and nothing leaves
the machine. Post to news@lists.test; each reader has a Maildir in FOLDER/readers. Postfix's master has to be started by
root. Debian's packages: postfix, mlmmj.
"""

from __future__ import annotations

import argparse
import os
import pwd
import shutil
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING, Self

if TYPE_CHECKING:
    from collections.abc import Sequence
    from types import TracebackType

LIST = "news@lists.test"
READERS_DOMAIN = "readers.test"
PATH = os.pathsep.join([os.environ.get("PATH", os.defpath), "/usr/sbin", "/usr/local/sbin"])
WAIT_SECONDS = 20
STOPPING = {signal.SIGINT, signal.SIGTERM}
LEAVE = LIST.replace("@", "+unsubscribe@")
HEADERS = f"List-Id: <news.lists.test>\nList-Unsubscribe: <mailto:{LEAVE}>\nPrecedence: list\n"

MAIN = """\
compatibility_level = 3.6
queue_directory = {folder}/queue
data_directory = {folder}/data
command_directory = {sbin}
daemon_directory = {libexec}
mail_owner = postfix
setgid_group = postdrop
maillog_file = {folder}/mail.log
maillog_file_prefixes = {folder}
myhostname = localhost.test
mydestination =
inet_interfaces = 127.0.0.1
inet_protocols = ipv4
mynetworks = 127.0.0.0/8
smtpd_peername_lookup = no
smtpd_relay_restrictions = permit_mynetworks, reject
# Whatever is not for the list or its readers is refused: nothing may leave this machine.
default_transport = error:this mail server knows only its own list
relay_transport = error:this mail server knows only its own list
transport_maps = inline:{{ {{ lists.test = mlmmj: }} }}
relay_domains = lists.test
recipient_delimiter = +
mlmmj_destination_recipient_limit = 1
virtual_mailbox_domains = {readers_domain}
virtual_mailbox_base = {folder}/readers
virtual_mailbox_maps = texthash:{folder}/mailboxes
virtual_uid_maps = static:{uid}
virtual_gid_maps = static:{gid}
queue_run_delay = 2s
minimal_backoff_time = 2s
"""

MASTER = """\
127.0.0.1:{port} inet n - n - - smtpd
postlog  unix-dgram n - n - 1 postlogd
pickup   unix n - n 60 1 pickup
cleanup  unix n - n - 0 cleanup
qmgr     unix n - n 300 1 qmgr
rewrite  unix - - n - - trivial-rewrite
bounce   unix - - n - 0 bounce
defer    unix - - n - 0 bounce
trace    unix - - n - 0 bounce
verify   unix - - n - 1 verify
flush    unix n - n 1000? 0 flush
proxymap unix - - n - - proxymap
error    unix - - n - - error
retry    unix - - n - - error
virtual  unix - n n - - virtual
anvil    unix - - n - 1 anvil
scache   unix - - n - 1 scache
mlmmj    unix - n n - - pipe flags=ORhu user=nobody argv={receive} -F -L {folder}/spool/news
"""


class LocalList:
    """The list, running as long as the `with` block; `port` is where its mail server listens."""

    def __init__(self, folder: Path, readers: Sequence[str]) -> None:
        self.folder = folder.resolve()
        self.readers = tuple(readers)
        with socket.create_server(("127.0.0.1", 0)) as free:
            self.port = int(free.getsockname()[1])

    def __enter__(self) -> Self:
        self._make_list()
        self._make_mail_server()
        self._postfix("start")
        deadline = time.monotonic() + WAIT_SECONDS
        while time.monotonic() < deadline:
            try:
                socket.create_connection(("127.0.0.1", self.port), timeout=1).close()
            except OSError:
                time.sleep(0.1)
            else:
                return self
        raise TimeoutError(f"Postfix does not answer; see {self.folder}/mail.log")

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._postfix("stop")

    def read_mail(self, reader: str) -> list[bytes]:
        """The messages in a reader's mailbox, oldest first."""
        box = self.folder / "readers" / reader / "new"
        return [path.read_bytes() for path in sorted(box.glob("*"), key=lambda path: path.stat().st_mtime_ns)]

    def read_subscribers(self) -> set[str]:
        """Whom the list mails to."""
        files = (self.folder / "spool/news/subscribers.d").iterdir()
        return {line for path in files for line in path.read_text("ascii").splitlines()}

    def _make_list(self) -> None:
        spool = self.folder / "spool"
        spool.mkdir(parents=True)
        answers = "lists.test\nowner@readers.test\nen\nn\nn\n"
        make = [_find("mlmmj-make-ml"), "-L", "news", "-s", str(spool)]
        subprocess.run(make, input=answers, text=True, capture_output=True, check=True)
        control = spool / "news/control"
        settings = {"listaddress": LIST, "owner": "owner@readers.test", "relayhost": "127.0.0.1"}
        for name, value in (settings | {"smtpport": str(self.port)}).items():
            (control / name).write_text(f"{value}\n", "ascii")
        # What a list owes its readers, and no one else can add: RFC 2919, RFC 2369.
        (control / "customheaders").write_text(HEADERS, "ascii")
        for name in ("noarchive", "nosubconfirm"):
            (control / name).touch()
        for reader in self.readers:
            with (spool / "news/subscribers.d" / reader[0]).open("a", encoding="ascii") as file:
                file.write(f"{reader}\n")
        _give_to_nobody(spool)

    def _make_mail_server(self) -> None:
        conf, readers = self.folder / "conf", self.folder / "readers"
        for folder in (conf, readers, self.folder / "queue", self.folder / "data"):
            folder.mkdir()
        shutil.chown(self.folder / "data", "postfix")
        _give_to_nobody(readers)
        nobody = pwd.getpwnam("nobody")
        main = MAIN.format(
            folder=self.folder,
            sbin=Path(_find("postfix")).parent,
            libexec=_ask_postfix("daemon_directory"),
            readers_domain=READERS_DOMAIN,
            uid=nobody.pw_uid,
            gid=nobody.pw_gid,
        )
        (conf / "main.cf").write_text(main, "ascii")
        master = MASTER.format(port=self.port, receive=_find("mlmmj-receive"), folder=self.folder)
        (conf / "master.cf").write_text(master, "ascii")
        boxes = (*self.readers, f"owner@{READERS_DOMAIN}")
        (self.folder / "mailboxes").write_text("".join(f"{box} {box}/\n" for box in boxes), "ascii")

    def _postfix(self, command: str) -> None:
        run = [_find("postfix"), "-c", str(self.folder / "conf"), command]
        done = subprocess.run(run, capture_output=True, text=True, check=False, env={**os.environ, "PATH": PATH})
        if done.returncode != 0 and command == "start":
            raise RuntimeError(f"Postfix did not start: {done.stderr.strip()}")


def _find(program: str) -> str:
    found = shutil.which(program, path=PATH)
    if found is None:
        raise FileNotFoundError(f"{program} is not installed; on Debian: apt-get install postfix mlmmj")
    return found


def _ask_postfix(name: str) -> str:
    return subprocess.run([_find("postconf"), "-dh", name], capture_output=True, text=True, check=True).stdout.strip()


def _give_to_nobody(folder: Path) -> None:
    group = pwd.getpwnam("nobody").pw_gid
    for path in (folder, *folder.rglob("*")):
        shutil.chown(path, "nobody", group)


def main() -> None:
    """Run the list until it is interrupted, and say how to post to it."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path, help="a new folder for everything")
    parser.add_argument("--readers", nargs="+", default=["ada@readers.test"], help="the list's subscribers")
    options = parser.parse_args()
    with LocalList(options.folder, options.readers) as running:
        # Blocked, they wait to be seen below, even where a shell has told its background job to ignore Ctrl-C.
        signal.pthread_sigmask(signal.SIG_BLOCK, STOPPING)
        sys.stdout.write(
            f'[transports.list]\nkind = "smtp"\nhost = "127.0.0.1"\nport = {running.port}\nsecurity = "none"\n'
            f'to = "{LIST}"\nunsubscribe = "mailto:{LEAVE}"\n\n'
            f"Readers' mail is in {running.folder}/readers. Stop with Ctrl-C.\n"
        )
        sys.stdout.flush()
        signal.sigwait(STOPPING)


if __name__ == "__main__":
    main()
