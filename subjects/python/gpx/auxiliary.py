"""The services of go-plugin that Grafana uses: health and Shutdown. Stdio and broker are left out (LIFE-100)."""

import grpc_controller_pb2 as pb
import grpc_controller_pb2_grpc as rpc
from grpc_health.v1 import health_pb2, health_pb2_grpc
from grpc_health.v1.health import aio


class Controller(rpc.GRPCControllerServicer):
    def __init__(self, stop):
        self.stop = stop

    async def Shutdown(self, request, context):
        self.stop.set()
        return pb.Empty()


async def register(server, stop):
    rpc.add_GRPCControllerServicer_to_server(Controller(stop), server)
    servicer = aio.HealthServicer()
    for name in ("", "plugin"):
        await servicer.set(name, health_pb2.HealthCheckResponse.SERVING)
    health_pb2_grpc.add_HealthServicer_to_server(servicer, server)
