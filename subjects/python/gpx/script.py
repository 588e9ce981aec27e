"""What a scripted subject does when a request tells it to: fixtures/script.schema.json of the harness."""

import asyncio
import json
import re
from datetime import datetime

from frames import ARROW, Field, Frame

SPECIAL = {"NaN": float("nan"), "+Inf": float("inf"), "-Inf": float("-inf")}
RFC_3339 = re.compile(r"(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)(?:\.(\d{1,9}))?(Z|[+-]\d\d:\d\d)")
EPOCH = datetime.fromisoformat("1970-01-01T00:00:00+00:00")


class ScriptError(Exception):
    """A script that does not fit the contract; the message says where and why."""


async def obey_common(script: dict):
    """Obeys the two instructions that queries and health checks share."""
    delay = script.get("delayMs")
    if isinstance(delay, int) and delay > 0:
        await asyncio.sleep(min(delay, 600_000) / 1000)
    if script.get("fail") == "panic":
        raise RuntimeError("the script asked for a panic")


def frame_of(given, where: str) -> Frame:
    need(isinstance(given, dict), f"{where} is not an object.")
    name, ref_id, meta, fields = given.get("name", ""), given.get("refId", ""), given.get("meta"), given.get("fields", [])
    need(isinstance(name, str) and isinstance(ref_id, str), f"{where} has a name or refId that is no text.")
    need(meta is None or isinstance(meta, dict), f"{where}.meta is not an object.")
    need(isinstance(fields, list), f"{where}.fields is not a list.")
    columns = [field_of(one, f"{where}.fields[{index}]") for index, one in enumerate(fields)]
    need(len({len(column.values) for column in columns}) <= 1, f"{where} has fields of different length.")
    return Frame(name, ref_id, meta, columns)


def field_of(given, where: str) -> Field:
    need(isinstance(given, dict), f"{where} is not an object.")
    name, kind, values = given.get("name"), given.get("type"), given.get("values")
    labels, config = given.get("labels"), given.get("config")
    need(isinstance(name, str), f"{where}.name is not a text.")
    need(isinstance(kind, str) and kind in ARROW, f"{where}.type is not a field type.")
    need(isinstance(values, list), f"{where}.values is not a list.")
    need(config is None or isinstance(config, dict), f"{where}.config is not an object.")
    need(labels is None or (isinstance(labels, dict) and all(isinstance(one, str) for one in labels.values())), f"{where}.labels are not texts.")
    cells = [None if value is None else cell_of(kind, value, f"{where}.values[{row}]") for row, value in enumerate(values)]
    nullable = given.get("nullable", None in cells)
    need(nullable is True or None not in cells, f"{where} has a null but is not nullable.")
    return Field(name, kind, cells, nullable is True, labels, config)


def cell_of(kind: str, value, where: str):
    cell = convert(kind, value)
    need(cell is not None, f"{where} is no value of type {kind}.")
    return cell


def convert(kind: str, value):
    if kind == "string":
        return value if isinstance(value, str) else None
    if kind == "bool":
        return value if isinstance(value, bool) else None
    if kind == "json":
        return json.dumps(value)
    if kind == "time":
        return time_of(value)
    if kind.startswith("float"):
        number = isinstance(value, (int, float)) and not isinstance(value, bool)
        return float(value) if number else SPECIAL.get(value) if isinstance(value, str) else None
    return integer_of(value, 16 if kind == "enum" else int(kind.lstrip("uint")), signed=kind.startswith("int"))


def integer_of(value, bits: int, signed: bool):
    if isinstance(value, str) and re.fullmatch(r"-?\d{1,20}", value):
        value = int(value)
    if not isinstance(value, int) or isinstance(value, bool):
        return None
    least, most = (-(2 ** (bits - 1)), 2 ** (bits - 1) - 1) if signed else (0, 2**bits - 1)
    return value if least <= value <= most else None


def time_of(value):
    whole = integer_of(value, 64, signed=True)
    if whole is not None or not isinstance(value, str):
        return whole
    match = RFC_3339.fullmatch(value)
    if match is None:
        return None
    seconds, fraction, zone = match.groups()
    try:
        since = datetime.fromisoformat(seconds + zone.replace("Z", "+00:00")) - EPOCH
    except ValueError:
        return None
    return integer_of((since.days * 86_400 + since.seconds) * 10**9 + int((fraction or "").ljust(9, "0")), 64, signed=True)


def need(holds: bool, message: str):
    if not holds:
        raise ScriptError(message)
