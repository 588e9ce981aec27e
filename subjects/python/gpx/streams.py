"""SubscribeStream, RunStream and PublishStream: `tick`, `tick/<ms>` and scripted streams."""

import asyncio
import itertools
import json
import re
import time

import backend_pb2 as pb
import backend_pb2_grpc as rpc
import grpc
from frames import Field, Frame, to_json


def plan_of(request) -> dict | None:
    """What to send on a path; None for paths that nobody serves (STREAM-103)."""
    tick = re.fullmatch(r"tick(?:/(\d{1,5}))?", request.path, re.ASCII)
    if tick:
        return {"packets": [], "frames": None, "intervalMs": max(int(tick[1] or 1000), 10), "end": "hold", "initial": "schema"}
    if not re.match(r"conformance/.", request.path):
        return None
    script = instructions(request.data)
    packets = script.get("packets") if isinstance(script.get("packets"), list) else []
    frames = count(script.get("frames"), 0 if packets else 1)
    end = script.get("end") if script.get("end") in ("ok", "error") else "hold"
    initial = script.get("initial") if script.get("initial") in ("schema", "none") else "schema" if frames else "none"
    return {"packets": packets, "frames": frames, "intervalMs": count(script.get("intervalMs"), 100), "end": end, "initial": initial}


def instructions(data: bytes) -> dict:
    """Subscribers attach whatever they like, so anything that is no script counts as none (STREAM-108)."""
    try:
        script = json.loads(data)["conformance"]
    except (ValueError, KeyError, TypeError, RecursionError):
        return {}
    return script if isinstance(script, dict) else {}


def count(value, otherwise: int) -> int:
    return value if isinstance(value, int) and not isinstance(value, bool) and value >= 0 else otherwise


def tick_frame(*times: int) -> Frame:
    return Frame("tick", "", None, [Field("time", "time", list(times)), Field("value", "float64", [float(at // 10**9 % 60) for at in times])])


class Stream(rpc.StreamServicer):
    async def SubscribeStream(self, request, context):
        plan = plan_of(request)
        if plan is None:
            return pb.SubscribeStreamResponse(status=pb.SubscribeStreamResponse.NOT_FOUND)
        # The schema is initial data, so that those who join late have it too (STREAM-303).
        data = to_json(tick_frame()) if plan["initial"] == "schema" else b""
        return pb.SubscribeStreamResponse(status=pb.SubscribeStreamResponse.OK, data=data)

    async def RunStream(self, request, context):
        plan = plan_of(request)
        if plan is None:
            await context.abort(grpc.StatusCode.NOT_FOUND, "there is no such stream")
        for index, packet in enumerate(documents(plan)):
            if index > 0:
                await asyncio.sleep(plan["intervalMs"] / 1000)
            yield pb.StreamPacket(data=packet())
        if plan["end"] == "hold":
            await asyncio.Event().wait()
        if plan["end"] == "error":
            await context.abort(grpc.StatusCode.INTERNAL, "the script asked for an error")

    async def PublishStream(self, request, context):
        if request.path == "conformance/publish" and is_json(request.data):
            return pb.PublishStreamResponse(status=pb.PublishStreamResponse.OK, data=request.data)
        return pb.PublishStreamResponse(status=pb.PublishStreamResponse.PERMISSION_DENIED)


def documents(plan: dict):
    """One JSON document a packet (STREAM-301), made only when it is due."""
    for packet in plan["packets"]:
        yield lambda packet=packet: json.dumps(packet).encode()
    for number in itertools.count() if plan["frames"] is None else range(plan["frames"]):
        # Without initial data nobody who joins late would know the fields, unless every packet names them.
        schema = number == 0 or plan["initial"] == "none"
        yield lambda schema=schema: to_json(tick_frame(time.time_ns()), schema=schema)


def is_json(data: bytes) -> bool:
    try:
        return data == b"" or json.loads(data) is not ...
    except (ValueError, RecursionError):
        return False


def register(server):
    rpc.add_StreamServicer_to_server(Stream(), server)
