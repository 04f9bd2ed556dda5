"""Ways out for a digest: files, a mail server, listmonk, Buttondown."""

from feeds.delivery.folder import make_files
from feeds.delivery.transports import make_test_transport, make_transport
from feeds.delivery.websub import ping_hub

__all__ = ["make_files", "make_test_transport", "make_transport", "ping_hub"]
