"""Email addresses as feeds.toml has them, made fit for a header."""

from __future__ import annotations

import re
from email.errors import MessageError
from email.headerregistry import Address
from email.utils import parseaddr

from feeds.errors import ConfigError

ADDRESS = re.compile(r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]+@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)*")


def split_address(text: str, *, key: str) -> tuple[str, str]:
    """The name ("" if there is none) and the address of `Name <name@example.org>`.

    A domain in another script comes back in its ASCII form (RFC 5891). Raises ConfigError, naming the setting
    `key`.
    """
    name, address = parseaddr(" ".join(text.split()))
    local, at, domain = address.rpartition("@")
    try:
        if at and not domain.isascii():
            address = f"{local}@{domain.encode('idna').decode('ascii')}"
        Address(addr_spec=address)
    except (ValueError, MessageError):
        address = ""
    if not ADDRESS.fullmatch(address):
        said = f"{text!r} is no email address" if text else "is missing"
        raise ConfigError(f"{said}; write it as Name <name@example.org>", key=key)
    return name, address
