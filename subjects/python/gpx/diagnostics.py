"""CheckHealth, CollectMetrics, and the counting of calls."""

import json

import backend_pb2 as pb
import backend_pb2_grpc as rpc
import grpc
import prometheus_client
from instances import SettingsError, read_settings, settings_of
from script import obey_common

calls = prometheus_client.Counter("plugin_calls", "Calls that were begun, by gRPC method.", ["method"])
Status = pb.CheckHealthResponse.HealthStatus


class CountCalls(grpc.aio.ServerInterceptor):
    async def intercept_service(self, continuation, details):
        handler = await continuation(details)
        # Names of methods that nobody offers come from outside and would grow without bound.
        if handler is not None:
            calls.labels(details.method).inc()
        return handler


class Diagnostics(rpc.DiagnosticsServicer):
    async def CheckHealth(self, request, context):
        settings = settings_of(request.pluginContext)
        if settings is None:
            return unhealthy("The request names no data source, so there is nothing to check.")
        try:
            # From the request, not from the instance: the user tests what is being saved.
            script = read_settings(settings.jsonData).get("conformance")
        except SettingsError as error:
            return unhealthy(str(error))
        return await scripted(script) if script is not None else healthy()

    async def CollectMetrics(self, request, context):
        return pb.CollectMetricsResponse(metrics=pb.CollectMetricsResponse.Payload(prometheus=prometheus_client.generate_latest()))


async def scripted(script):
    if not isinstance(script, dict):
        return unhealthy("jsonData.conformance is not an object.")
    await obey_common(script)
    health = script.get("health")
    if health is None:
        return healthy()
    if not isinstance(health, dict) or health.get("status") not in ("OK", "ERROR", "UNKNOWN"):
        return unhealthy("jsonData.conformance.health.status is not OK, ERROR or UNKNOWN.")
    details = health.get("details")
    message = health.get("message", "")
    return pb.CheckHealthResponse(
        status=Status.Value(health["status"]),
        message=message if isinstance(message, str) else "",
        jsonDetails=json.dumps(details).encode() if isinstance(details, dict) else b"",
    )


def healthy():
    return pb.CheckHealthResponse(status=Status.OK, message="The data source works.")


def unhealthy(reason: str):
    """Bad settings are an ERROR inside a successful call: the text of a gRPC error never reaches the user (HEALTH-007)."""
    return pb.CheckHealthResponse(status=Status.ERROR, message=reason, jsonDetails=json.dumps({"verboseMessage": reason}).encode())


def register(server):
    rpc.add_DiagnosticsServicer_to_server(Diagnostics(), server)
