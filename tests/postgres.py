"""A PostgreSQL of the tests' own: a private cluster on a free port of loopback, gone when they end."""

import os
import pwd
import shutil
import signal
import socket
import subprocess
import tempfile
from contextlib import contextmanager
from pathlib import Path


def _program(name):
    places = [str(path) for path in sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)]
    return shutil.which(name, path=os.pathsep.join([*places, os.environ.get("PATH", os.defpath)]))


def _somebody_else():
    """PostgreSQL refuses to run as root, so root lends it another account."""
    if os.getuid() != 0:
        return {}
    for name in ("postgres", "nobody"):
        try:
            account = pwd.getpwnam(name)
        except KeyError:
            continue
        return {"user": account.pw_uid, "group": account.pw_gid, "extra_groups": []}
    return {}


@contextmanager
def start_postgres():
    """The URL of a server without any database but `postgres`, for as long as the block runs."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    rights = _somebody_else()
    # Not below pytest's own folder: that is closed to the other account.
    folder = Path(tempfile.mkdtemp(prefix="feeds-postgres-", dir="/tmp"))
    if rights:
        os.chown(folder, rights["user"], rights["group"])
    environment = {"PATH": os.environ.get("PATH", os.defpath), "LC_ALL": "C"}
    try:
        subprocess.run(
            [
                _program("initdb"),
                "--pgdata",
                folder / "data",
                "--username",
                "feeds",
                "--auth",
                "trust",
                "--no-sync",
                "-E",
                "UTF8",
            ],
            check=True,
            capture_output=True,
            env=environment,
            cwd=folder,
            **rights,
        )
        server = subprocess.Popen(
            [_program("postgres"), "-D", folder / "data", "-p", str(port), "-h", "127.0.0.1", "-k", folder, "-F"],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            env=environment,
            cwd=folder,
            **rights,
        )
        try:
            _wait_for(port, server)
            yield f"postgresql://feeds@127.0.0.1:{port}/postgres"
        finally:
            server.send_signal(signal.SIGQUIT)  # at once: nothing of it is kept
            server.wait(20)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _wait_for(port, server):
    import time

    import psycopg

    for _ in range(200):
        assert server.poll() is None, "PostgreSQL did not start"
        try:
            psycopg.connect(f"host=127.0.0.1 port={port} user=feeds dbname=postgres", connect_timeout=2).close()
        except psycopg.OperationalError:
            time.sleep(0.05)
        else:
            return
    raise TimeoutError("PostgreSQL does not answer")


def make_schema(server_url, name):
    """The URL of a new schema in the server's database, as a site that shares a database has it."""
    import psycopg

    with psycopg.connect(server_url, autocommit=True) as connection:
        connection.execute(f'CREATE SCHEMA "{name}"')
    return f"{server_url}?options=-csearch_path%3D{name}"
