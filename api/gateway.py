"""Serves the gateway, without a log of who asked for what."""

import uvicorn

from api.app import create_app
from api.settings import settings


def main() -> None:
    """Serve until stopped."""
    uvicorn.run(
        create_app(),
        host=settings().gateway_host,
        port=settings().gateway_port,
        access_log=False,
        log_level="warning",
        server_header=False,
        timeout_graceful_shutdown=3,
    )


if __name__ == "__main__":
    main()
