"""Email addresses as feeds.toml has them, made fit for a header."""

from __future__ import annotations

import re
from email.headerregistry import Address

from feeds.errors import ConfigError

WITH_NAME = re.compile(r"(?P<name>[^<>]*)<(?P<address>[^<>\s]+)>")
ADDRESS = re.compile(r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]+@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)*")


def split_address(text: str, *, key: str) -> tuple[str, str]:
    """The name ("" if there is none) and the address of `Name <name@example.org>`.

    A domain in another script comes back in its ASCII form (RFC 5891). Raises ConfigError, naming the setting `key`.
    """
    plain = " ".join(text.split())
    found = WITH_NAME.fullmatch(plain)
    name, address = (found["name"].strip(), found["address"]) if found else ("", plain)
    if len(name) > 1 and name[0] == name[-1] == '"':
        name = re.sub(r"\\(.)", r"\1", name[1:-1])
    local, at, domain = address.rpartition("@")
    if not domain.isascii():
        try:
            address = f"{local}{at}{domain.encode('idna').decode('ascii')}"
        except UnicodeError:
            address = ""
    if not ADDRESS.fullmatch(address):
        said = f"{text!r} is no email address" if text else "is missing"
        raise ConfigError(f"{said}; write it as Name <name@example.org>", key=key)
    return name, address


def quote_sender(text: str, *, key: str) -> str:
    """The sender for a tool that makes its own From header: in Unicode, and quoted where RFC 5322 wants it.

    `Smith, Ann <ann@example.org>`, as it stands, is a sender that listmonk takes and can then mail nothing from. Raises
    ConfigError as `split_address` does.
    """
    name, address = split_address(text, key=key)
    return str(Address(display_name=name, addr_spec=address))
