"""QueryData and QueryChunkedData: whatever goes wrong in a query is the error of that query alone (DATA-204)."""

import asyncio
import json
import logging
from dataclasses import dataclass, field

import backend_pb2 as pb
import backend_pb2_grpc as rpc
from frames import Field, Frame, to_arrow, to_json
from instances import instances
from script import ScriptError, frame_of, need, obey_common

log = logging.getLogger("data")
HOSTS = ("alpha", "beta")
MOST_POINTS = 100
ROWS_PER_CHUNK = 100
MOST_BYTES = 268_435_456


@dataclass
class Answer:
    frames: list[Frame] = field(default_factory=list)
    error: str = ""
    status: int = 200
    source: str = ""


def failed(message: str, status: int = 400, source: str = "downstream") -> Answer:
    return Answer(error=message, status=status, source=source)


async def settle(query, request, context) -> Answer:
    try:
        return await answer(query, request, context)
    except ScriptError as error:
        return failed(str(error))
    except Exception as error:  # noqa: BLE001, a fault in a query stays in the query
        log.exception("Query failed")
        return failed(f"The plugin failed: {error}", 500, "plugin")


async def answer(query, request, context) -> Answer:
    try:
        model = json.loads(query.json)
    except (ValueError, RecursionError):
        return failed("The query is not valid JSON.")
    if not isinstance(model, dict):
        return failed("The query is not a JSON object.")
    instances.get(request.pluginContext, context.invocation_metadata())
    if model.get("conformance") is not None:
        return await scripted(model["conformance"])
    if model.get("scenario", "wide") not in ("wide", None):
        return failed(f"There is no scenario {str(model['scenario'])[:100]!r}; there is only \"wide\".")
    return Answer([wide(query)])


async def scripted(script) -> Answer:
    need(isinstance(script, dict), 'The key "conformance" is not an object.')
    await obey_common(script)
    if script.get("error") is not None:
        error = script["error"]
        need(isinstance(error, dict) and isinstance(error.get("message"), str) and error["message"] != "", '"error" needs a "message".')
        status, source = error.get("status", 500), error.get("source", "plugin")
        need(isinstance(status, int) and 400 <= status <= 599, '"error.status" is not a whole number from 400 to 599.')
        need(source in ("plugin", "downstream"), '"error.source" is neither "plugin" nor "downstream".')
        return failed(error["message"], status, source)
    if script.get("bytes") is not None:
        count = script["bytes"]
        need(isinstance(count, int) and 0 <= count <= MOST_BYTES, '"bytes" is not a whole number up to 268435456.')
        return Answer([Frame(fields=[Field("text", "string", ["x" * min(1024, count - at) for at in range(0, count, 1024)])])])
    if script.get("frames") is not None:
        need(isinstance(script["frames"], list), '"frames" is not a list.')
        return Answer([frame_of(one, f"frames[{index}]") for index, one in enumerate(script["frames"])])
    return Answer([Frame()])


def wide(query) -> Frame:
    """A made-up load of two machines at every interval of the time range."""
    start, end = query.timeRange.fromEpochMS, query.timeRange.toEpochMS
    most = min(query.maxDataPoints, MOST_POINTS) if query.maxDataPoints > 0 else MOST_POINTS
    step = max(query.intervalMS, -(-(end - start) // most), 1)
    bound = 9_000_000_000_000  # what fits into nanoseconds
    times = [at * 1_000_000 for at in range(start, end, step) if abs(at) < bound] if end > start else []
    times = times or [max(-bound, min(bound, start)) * 1_000_000]
    fields = [Field("time", "time", times)]
    fields += [Field("load", "float64", [float(at // 10**9 % 60 + index) for at in times], labels={"host": host}) for index, host in enumerate(HOSTS)]
    return Frame("load", query.refId, {"type": "timeseries-wide", "typeVersion": [0, 1]}, fields)


def unique(queries) -> dict:
    """By refId; of two queries with the same the last counts."""
    return {query.refId: query for query in queries}


class Data(rpc.DataServicer):
    async def QueryData(self, request, context):
        queries = unique(request.queries)
        answers = await asyncio.gather(*(settle(query, request, context) for query in queries.values()))
        json_asked = request.format == pb.JSON
        response = pb.QueryDataResponse()
        for ref_id, one in zip(queries, answers):
            response.responses[ref_id].CopyFrom(
                pb.DataResponse(
                    frames=[to_json(frame) if json_asked else to_arrow(frame) for frame in one.frames],
                    format=pb.JSON if json_asked else pb.ARROW,
                    error=one.error,
                    status=one.status,
                    errorSource=one.source,
                )
            )
        return response

    async def QueryChunkedData(self, request, context):
        form = pb.JSON if request.format == pb.JSON else pb.ARROW
        for ref_id, query in unique(request.queries).items():
            one = await settle(query, request, context)
            for index, frame in enumerate(one.frames):
                for start in range(0, max(frame.length, 1), ROWS_PER_CHUNK):
                    rows = frame.rows(start, start + ROWS_PER_CHUNK)
                    # The schema comes with the first piece only; an Arrow file is always complete (CHUNK-105, CHUNK-106).
                    piece = to_json(rows, schema=start == 0) if form == pb.JSON else to_arrow(rows)
                    yield pb.QueryChunkedDataResponse(refId=ref_id, frameId=str(index), frame=piece, format=form, status=200)
            if one.error:
                yield pb.QueryChunkedDataResponse(refId=ref_id, error=one.error, status=one.status, errorSource=one.source, format=form)


def register(server):
    rpc.add_DataServicer_to_server(Data(), server)
