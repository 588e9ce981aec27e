"""CallResource: HTTP without HTTP. A path is compared and never opened (RES-103)."""

import asyncio
import base64
import hashlib
import json
import re
from urllib.parse import parse_qs

import backend_pb2 as pb
import backend_pb2_grpc as rpc
from instances import instances, settings_of

PIECE = 1024 * 1024
SECRET_KEY = re.compile("SECRET|KEY|PASSWORD|TOKEN", re.IGNORECASE)
ITEMS = [{"id": number, "name": f"item {number}"} for number in range(1, 11)]


def as_json(document, status: int = 200):
    return status, "application/json", [json.dumps(document).encode()]


def refusal(status: int, message: str):
    return as_json({"message": message}, status)


def route(request, context):
    """Status, content type, and the body in pieces."""
    if request.path == "items":
        limit = parse_qs(request.url.partition("?")[2]).get("limit", ["10"])[0]
        if request.method not in ("GET", "HEAD"):
            return refusal(405, "Items can only be read.")
        return as_json({"items": ITEMS[: int(limit)]}) if re.fullmatch(r"\d{1,6}", limit) else refusal(400, '"limit" is not a whole number.')
    name, *given = request.path.removeprefix("conformance/").split("/") if request.path.startswith("conformance/") else ("",)
    numbers = [int(one) for one in given if re.fullmatch(r"\d{1,9}", one, re.ASCII)]
    match name, len(given):
        case "contract", 0:
            return as_json({"conformance": 1})
        case "echo", 0:
            return as_json(echo(request))
        case "context", 0:
            return as_json(describe(request.pluginContext, context.invocation_metadata()))
        case "instance", 0:
            return as_json(instances.get(request.pluginContext, context.invocation_metadata()))
        case "panic", 0:
            raise RuntimeError("the script asked for a panic")
        case "hold", 0:
            return 200, "text/plain", hold()
        case "status", 1 if numbers and 200 <= numbers[0] <= 599:
            # These two never have a body (RES-208).
            return (numbers[0], None, []) if numbers[0] in (204, 304) else as_json({"status": numbers[0]}, numbers[0])
        case "bytes", 1 if numbers:
            return 200, "application/octet-stream", pattern(numbers[0])
        case "chunks", 2 if len(numbers) == 2:
            return 200, "text/plain", chunks(*numbers)
        case ("status" | "bytes", 1) | ("chunks", 2):
            return refusal(400, "The path needs whole numbers, a status one from 200 to 599.")
    return refusal(404, "There is no such resource.")


def echo(request) -> dict:
    headers = {name: list(values.values) for name, values in request.headers.items()}
    body = base64.b64encode(request.body).decode()
    digest = hashlib.sha256(request.body).hexdigest()
    return {"method": request.method, "path": request.path, "url": request.url, "headers": headers, "body": body, "sha256": digest, "length": len(request.body)}


def pattern(count: int):
    period = bytes(range(251))
    for start in range(0, count, PIECE):
        length = min(PIECE, count - start)
        yield (period * (length // 251 + 2))[start % 251 :][:length]


async def chunks(count: int, delay_ms: int):
    for index in range(count):
        if index > 0:
            await asyncio.sleep(delay_ms / 1000)
        yield f"chunk {index}\n".encode()


async def hold():
    yield b"holding\n"
    await asyncio.Event().wait()


def describe(context, metadata) -> dict:
    """The plugin context as received, secrets by name only."""
    config = dict(sorted(context.grafanaConfig.items()))
    source, user = context.dataSourceInstanceSettings, context.user
    own = {name: getattr(source, name) for name in ("uid", "name", "url", "user", "database", "basicAuthEnabled", "basicAuthUser")}
    return {
        "orgId": str(context.orgId),
        **{name: getattr(context, name) for name in ("pluginId", "pluginVersion", "userAgent", "apiVersion", "namespace")},
        "user": {name: getattr(user, name) for name in ("login", "name", "email", "role")} if context.HasField("user") else None,
        "appInstanceSettings": shared(context.appInstanceSettings) if context.HasField("appInstanceSettings") else None,
        "dataSourceInstanceSettings": {"id": str(source.id), **own, **shared(source)} if context.HasField("dataSourceInstanceSettings") else None,
        "grafanaConfig": {key: value for key, value in config.items() if not SECRET_KEY.search(key)},
        "grafanaConfigSecretKeys": [key for key in config if SECRET_KEY.search(key)],
        "metadata": sorted({key for key, _ in metadata}),
    }


def shared(settings) -> dict:
    return {
        "jsonData": base64.b64encode(settings.jsonData).decode(),
        "secretKeys": sorted(settings.decryptedSecureJsonData),
        "lastUpdatedMS": str(settings.lastUpdatedMS),
        "apiVersion": settings.apiVersion,
    }


class Resource(rpc.ResourceServicer):
    async def CallResource(self, request, context):
        status, content_type, body = route(request, context)
        headers = {"Content-Type": pb.StringList(values=[content_type])} if content_type else {}
        head = pb.CallResourceResponse(code=status, headers=headers)
        async for piece in pieces(body):
            head.body = piece
            yield head
            head = pb.CallResourceResponse()
        # Status and headers come once, in the first message, also when there is no body at all (RES-201, RES-202).
        if head.code:
            yield head


async def pieces(body):
    if hasattr(body, "__aiter__"):
        async for piece in body:
            yield piece
        return
    for piece in body:
        yield piece


def register(server):
    rpc.add_ResourceServicer_to_server(Resource(), server)
