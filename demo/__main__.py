"""`python -m demo serve|scale`: the fictional portals, or a synthetic crowd for benchmarks."""

import argparse
import sys
import threading
from pathlib import Path

from demo.world import demo_world


def main(arguments: list[str] | None = None) -> int:
    """Serve until interrupted; returns the exit code."""
    parser = argparse.ArgumentParser(prog="python -m demo", description=__doc__)
    commands = parser.add_subparsers(dest="command", required=True)
    serve = commands.add_parser("serve", help="the eight portals of one edition")
    serve.add_argument("--edition", type=int, choices=(1, 2), default=1)
    serve.add_argument("--port", type=int, default=0, help="0 = first free port from 8700")
    serve.add_argument("--register", type=Path, help="write the register with the served addresses here")
    scale = commands.add_parser("scale", help="a crowd of synthetic portals")
    scale.add_argument("--agencies", type=int, default=8)
    scale.add_argument("--pages", type=int, default=100)
    scale.add_argument("--port", type=int, default=8800)
    scale.add_argument("--register", type=Path, help="write the crowd's register here")
    options = parser.parse_args(arguments)
    if options.command == "scale":
        from demo.scale import serve_crowd

        return serve_crowd(options.agencies, options.pages, options.port, options.register)
    try:
        return _serve(options.edition, options.port, options.register)
    except (OSError, OverflowError) as error:
        sys.stderr.write(f"The demo cannot be served on port {options.port}: {error}\n")
        return 2


def _serve(edition: int, port: int, register: Path | None) -> int:
    with demo_world(edition, port) as world:
        if register:
            world.register_folder(register)
        for name, address in world.addresses.items():
            sys.stdout.write(f"{name:12} {address}/\n")
        sys.stdout.flush()
        try:
            threading.Event().wait()
        except KeyboardInterrupt:
            return 0
    return 0


if __name__ == "__main__":
    sys.exit(main())
