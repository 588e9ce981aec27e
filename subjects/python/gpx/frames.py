"""Data frames: written as Arrow files by pyarrow, and as the JSON of the browser."""

import json
import math
from dataclasses import dataclass, field

import pyarrow as pa

ARROW = {
    **{f"{sign}int{bits}": getattr(pa, f"{sign}int{bits}")() for sign in ("", "u") for bits in (8, 16, 32, 64)},
    "float32": pa.float32(),
    "float64": pa.float64(),
    "string": pa.string(),
    "bool": pa.bool_(),
    "time": pa.timestamp("ns"),
    "json": pa.binary(),
    "enum": pa.uint16(),
}
SCRIPT_TYPES = {"string": "string", "bool": "boolean", "time": "time", "enum": "enum", "json": "other"}
TYPE_INFO = {"time": "time.Time", "json": "json.RawMessage"}
ENTITIES = ((math.isnan, "NaN"), (lambda value: value == math.inf, "Inf"), (lambda value: value == -math.inf, "NegInf"))


@dataclass
class Field:
    """A column. Cells of `time` are nanoseconds since 1970, cells of `json` are JSON text."""

    name: str
    type: str
    values: list
    nullable: bool = False
    labels: dict | None = None
    config: dict | None = None

    @property
    def script_type(self) -> str:
        return SCRIPT_TYPES.get(self.type, "number")


@dataclass
class Frame:
    name: str = ""
    refId: str = ""
    meta: dict | None = None
    fields: list[Field] = field(default_factory=list)

    def rows(self, start: int, end: int) -> "Frame":
        fields = [Field(f.name, f.type, f.values[start:end], f.nullable, f.labels, f.config) for f in self.fields]
        return Frame(self.name, self.refId, self.meta, fields)

    @property
    def length(self) -> int:
        return len(self.fields[0].values) if self.fields else 0


def to_arrow(frame: Frame) -> bytes:
    columns, arrays = [], []
    for f in frame.fields:
        metadata = {"tstype": f.script_type, **dumped(labels=f.labels, config=f.config)}
        columns.append(pa.field(f.name, ARROW[f.type], nullable=f.nullable, metadata=metadata))
        cells = [None if cell is None else cell.encode() for cell in f.values] if f.type == "json" else f.values
        arrays.append(pa.array(cells, ARROW[f.type]))
    schema = pa.schema(columns, metadata={"name": frame.name, "refId": frame.refId, **dumped(meta=frame.meta)})
    sink = pa.BufferOutputStream()
    with pa.ipc.new_file(sink, schema) as writer:
        if frame.length > 0:
            writer.write_batch(pa.record_batch(arrays, schema=schema))
    return sink.getvalue().to_pybytes()


def dumped(**parts) -> dict:
    return {key: json.dumps(value) for key, value in parts.items() if value is not None}


def to_json(frame: Frame, *, schema: bool = True, data: bool = True) -> bytes:
    parts = ([f'"schema":{write_schema(frame)}'] if schema else []) + ([f'"data":{write_data(frame)}'] if data else [])
    return ("{" + ",".join(parts) + "}").encode()


def write_schema(frame: Frame) -> str:
    def describe(f: Field) -> dict:
        info = {"frame": TYPE_INFO.get(f.type, f.type), **({"nullable": True} if f.nullable else {})}
        return present(name=f.name or None, type=f.script_type, typeInfo=info, labels=f.labels, config=f.config)

    return json.dumps(present(name=frame.name or None, refId=frame.refId or None, meta=frame.meta, fields=[describe(f) for f in frame.fields]))


def write_data(frame: Frame) -> str:
    values = ",".join("[" + ",".join(write_cell(f.type, cell) for cell in f.values) + "]" for f in frame.fields)
    entities, nanos = [entities_of(f) for f in frame.fields], [nanos_of(f) for f in frame.fields]
    extra = [f',"{key}":{json.dumps(part)}' for key, part in (("entities", entities), ("nanos", nanos)) if any(part)]
    return f'{{"values":[{values}]{"".join(extra)}}}'


def write_cell(kind: str, cell) -> str:
    if cell is None or (isinstance(cell, float) and not math.isfinite(cell)):
        return "null"
    if kind == "time":
        return str(cell // 1_000_000)
    if kind == "json":
        return cell
    return json.dumps(cell)


def entities_of(f: Field):
    rows: dict = {}
    for row, cell in enumerate(f.values if f.type.startswith("float") else []):
        for holds, name in ENTITIES:
            if cell is not None and holds(cell):
                rows.setdefault(name, []).append(row)
    return rows or None


def nanos_of(f: Field):
    rests = [0 if cell is None else cell % 1_000_000 for cell in f.values] if f.type == "time" else []
    return rests if any(rests) else None


def present(**parts) -> dict:
    return {key: value for key, value in parts.items() if value is not None}
