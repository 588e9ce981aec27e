"""Admission of data source settings, and conversion of stored queries to today's form."""

import json

import backend_pb2 as pb
import backend_pb2_grpc as rpc
import grpc
from google.protobuf.message import DecodeError
from instances import SettingsError, read_settings

KIND = ("grafana-plugin-sdk-go", "DataSourceInstanceSettings")
JSON_TYPE = "application/json"


def judge(request) -> tuple[bytes, str]:
    """The admitted object, or why it is denied. The bytes are protobuf and not JSON (ADM-002, ADM-003)."""
    if (request.kind.group, request.kind.kind) != KIND:
        return b"", "The plugin admits data source settings only."
    if request.operation == pb.AdmissionRequest.DELETE:
        return request.object_bytes, ""
    try:
        settings = pb.DataSourceInstanceSettings.FromString(request.object_bytes)
        read_settings(settings.jsonData)
    except DecodeError:
        return b"", "The data source settings can not be read."
    except SettingsError as error:
        return b"", str(error)
    # The one thing that is put right on the way; doing it twice changes nothing (ADM-010).
    settings.url = settings.url.strip()
    return settings.SerializeToString(), ""


def refusal(reason: str) -> pb.StatusResult:
    return pb.StatusResult(status="Failure", message=reason, reason="BadRequest", code=400)


class AdmissionControl(rpc.AdmissionControlServicer):
    async def ValidateAdmission(self, request, context):
        _, reason = judge(request)
        return pb.ValidationResponse(allowed=False, result=refusal(reason)) if reason else pb.ValidationResponse(allowed=True)

    async def MutateAdmission(self, request, context):
        admitted, reason = judge(request)
        return pb.MutationResponse(allowed=False, result=refusal(reason)) if reason else pb.MutationResponse(allowed=True, object_bytes=admitted)


class ResourceConversion(rpc.ResourceConversionServicer):
    async def ConvertObjects(self, request, context):
        objects = []
        for given in request.objects:
            queries = queries_of(given)
            if isinstance(queries, str):
                # A failure has to be a gRPC error: the result field beside an OK is not looked at (CONV-004).
                await context.abort(grpc.StatusCode.INVALID_ARGUMENT, queries)
            objects += [pb.RawObject(raw=json.dumps(migrated(query)).encode(), content_type=JSON_TYPE) for query in queries]
        return pb.ConversionResponse(uid=request.uid, objects=objects)


def queries_of(given) -> list | str:
    if given.content_type != JSON_TYPE:
        return f"the content type is not {JSON_TYPE}"
    try:
        document = json.loads(given.raw)
    except (ValueError, RecursionError):
        document = None
    if not isinstance(document, dict):
        return "an object is not a JSON object"
    queries = document.get("queries", [document])
    whole = isinstance(queries, list) and all(isinstance(query, dict) for query in queries)
    return queries if whole else '"queries" is not a list of objects'


def migrated(query: dict) -> dict:
    """The first form of the query model called the scenario `kind` (CONV-006)."""
    if "kind" not in query or "scenario" in query:
        return query
    return {**{key: value for key, value in query.items() if key != "kind"}, "scenario": query["kind"]}


def register(server):
    rpc.add_AdmissionControlServicer_to_server(AdmissionControl(), server)
    rpc.add_ResourceConversionServicer_to_server(ResourceConversion(), server)
