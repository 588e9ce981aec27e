"""A Grafana data source plugin on grpcio and pyarrow alone: what a Grafana SDK does, written out by hand."""

import asyncio
import os
import shutil
import signal
import sys
from pathlib import Path

here = Path(__file__).resolve().parent
sys.path[:0] = [str(here), str(here.parent / "generated")]

COOKIE = ("grafana_plugin_type", "datasource")
# Requests may be as large as a plugin on the Go SDK takes them; answers have no limit (LIFE-077, LIFE-078).
OPTIONS = [
    ("grpc.max_receive_message_length", -1),
    ("grpc.max_send_message_length", -1),
    ("grpc.max_metadata_size", 16 * 1024 * 1024),
    ("grpc.absolute_max_metadata_size", 16 * 1024 * 1024),
    # A port belongs to one process (LIFE-081).
    ("grpc.so_reuseport", 0),
    # Hosts may ping as often as they like (LIFE-080).
    ("grpc.http2.max_ping_strikes", 0),
    ("grpc.http2.min_recv_ping_interval_without_data_ms", 0),
]


def main() -> int:
    if os.environ.get(COOKIE[0]) != COOKIE[1]:
        print("This is a Grafana plugin: Grafana starts it. Put its folder into Grafana's plugin directory.", file=sys.stderr)
        return 1
    # Ctrl-C in a terminal reaches the whole process group, but the host wants to do the orderly stop (LIFE-165).
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    return asyncio.run(serve())


async def serve() -> int:
    import grpc

    import auxiliary
    import data
    import diagnostics
    import journal
    import objects
    import resources
    import streams

    log = journal.install()
    stop = asyncio.Event()
    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, stop.set)
    server = grpc.aio.server(options=OPTIONS, interceptors=[diagnostics.CountCalls()])
    for part in (data, diagnostics, objects, resources, streams):
        part.register(server)
    await auxiliary.register(server, stop)

    place = listen(server)
    await server.start()
    # From here on stdout belongs to the handshake, so that whatever a library prints goes to stderr.
    handshake = os.fdopen(os.dup(sys.stdout.fileno()), "w")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())
    handshake.write(f"1|2|{place}|grpc\n")
    handshake.flush()
    log.info("Plugin is serving")

    await stop.wait()
    await server.stop(grace=0.2)
    return 0


def listen(server) -> str:
    """A unix socket where the host asks for one, otherwise a free TCP port on loopback (LIFE-081 to LIFE-083)."""
    directory = os.environ.get("PLUGIN_UNIX_SOCKET_DIR")
    if directory:
        path = Path(directory) / f"plugin{os.getpid()}{os.urandom(3).hex()}"
        server.add_insecure_port(f"unix:{path}")
        group = os.environ.get("PLUGIN_UNIX_SOCKET_GROUP")
        if group:
            # Other hosts than Grafana may run under another user (LIFE-084).
            shutil.chown(path, group=int(group) if group.isdecimal() else group)
            path.chmod(0o660)
        return f"unix|{path}"
    return f"tcp|127.0.0.1:{server.add_insecure_port('127.0.0.1:0')}"


if __name__ == "__main__":
    sys.exit(main())
