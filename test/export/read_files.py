"""Reads the files of check-files.ts with the tools of others, and writes files for it to read. Ends with an error where anything differs."""

import json
import math
import sys
from pathlib import Path

import h5py
import libsonata
import numpy as np
import pandas as pd
import pyarrow.parquet as pq

folder = Path(sys.argv[1])


def same(what, found, wanted):
    if found != wanted:
        raise SystemExit(f"{what}: {found!r} is not {wanted!r}")


def same_bits(what, found, wanted):
    found, wanted = np.asarray(found), np.asarray(wanted)
    same(f"type of {what}", found.dtype, wanted.dtype)
    numbers = ~np.isnan(wanted) if wanted.dtype.kind == "f" else np.ones(len(wanted), bool)
    same(f"{what}", found[numbers].tobytes(), wanted[numbers].tobytes())
    if wanted.dtype.kind == "f":
        same(f"NaN of {what}", list(np.isnan(found)), list(np.isnan(wanted)))


orders = {
    "by_time": ([0.1, 0.1 + 0.2, 0.5], [1, 3, 3]),
    "by_id": ([0.1, 0.1 + 0.2, 0.5], [1, 3, 3]),
    "none": ([0.5, 0.1, 0.1 + 0.2], [3, 1, 3]),
}
for sorting, (times, ids) in orders.items():
    path = folder / f"{sorting}.h5"
    with h5py.File(path) as file:
        same("magic", int(file.attrs["magic"]), 0x0A7A)
        same("version", list(file.attrs["version"]), [0, 1])
        exc = file["spikes/exc"]
        members = h5py.check_enum_dtype(exc.attrs.get_id("sorting").dtype)
        same("sorting", members, {"none": 0, "by_id": 1, "by_time": 2})
        same("sorting", int(exc.attrs["sorting"]), members[sorting])
        same("units", exc["timestamps"].attrs["units"], b"milliseconds")
        same_bits("timestamps", exc["timestamps"][:], np.array(times))
        same_bits("node_ids", exc["node_ids"][:], np.array(ids, np.uint64))
        same("shape", file["spikes/inh →/timestamps"].shape, (0,))
    reader = libsonata.SpikeReader(str(path))
    same("populations", sorted(reader.get_population_names()), ["exc", "inh →"])
    population = reader["exc"]
    same("sorting", population.sorting, sorting)
    same("spikes", population.get(), list(zip(ids, times)))
    same("spikes of neuron 3", population.get(node_ids=[3]), [pair for pair in zip(ids, times) if pair[0] == 3])
    same("no spikes", reader["inh →"].get(), [])

many = libsonata.SpikeReader(str(folder / "many.h5"))["many"].get_dict()
same_bits("many timestamps", many["timestamps"], np.arange(1_100_000) * 0.1)

report = libsonata.SomaReportReader(str(folder / "report.h5"))["cells"]
same("times", report.times, (0.0, 1.0, 0.25))
same("units", (report.time_units, report.data_units, report.sorted), ("ms", "mV", True))
frames = report.get()
same("data", frames.data.tolist(), (np.arange(12, dtype=np.float32).reshape(4, 3) + 0.5).tolist())
same("ids", [int(each) for each in frames.ids], [2, 5, 9])
same("frame times", list(frames.times), [0.0, 0.25, 0.5, 0.75])
same("one neuron", report.get(node_ids=[5]).data.ravel().tolist(), [1.5, 4.5, 7.5, 10.5])

time = np.array([0.1 + 0.2, -0.0, math.nan, math.inf])
v = np.array([0.1, -0.0, math.nan, -math.inf], np.float32)
texts = ["é", "line\nbreak", "1", ""]
table = pq.read_table(folder / "table.parquet")
same_bits("time", table["time"].to_numpy(), time)
same_bits("v", table["v"].to_numpy(), v)
same_bits("id", table["id"].to_numpy(), np.array([0, 1, 2**31, 2**32 - 1], np.uint32))
same_bits("change", table["change"].to_numpy(), np.array([-(2**31), -1, 0, 2**31 - 1], np.int32))
same("texts", table['a "name", in quotes'].to_pylist(), texts)
same("metadata", table.schema.metadata[b"protocol"].decode(), "A → B")
units = {column["name"]: column.get("unit") for column in json.loads(table.schema.metadata[b"neuroweave.columns"])}
same("units", (units["time"], units["v"], units["id"]), ("ms", "mV", None))
same("rows", len(pd.read_parquet(folder / "table.parquet")), 4)

frame = pd.read_csv(folder / "table.csv", keep_default_na=False, na_values={"time [ms]": "NaN", "v [mV]": "NaN"})
same_bits("time", frame["time [ms]"].to_numpy(), time)
same_bits("v", frame["v [mV]"].to_numpy(), v.astype(float))
same("id", frame["id"].to_list(), [0, 1, 2**31, 2**32 - 1])
same("texts", frame['a "name", in quotes'].to_list(), texts)
spikes = pd.read_csv(folder / "spikes.csv")
same("spikes", spikes.to_dict("list"), {"population": ["exc"] * 3, "time [ms]": [0.5, 0.1, 0.1 + 0.2], "neuron": [3, 1, 3]})

with h5py.File(folder / "theirs.h5", "w") as file:
    a = file.create_group("spikes/a")
    kinds = h5py.enum_dtype({"none": 0, "by_id": 1, "by_time": 2}, basetype="i4")
    a.attrs.create("sorting", 2, dtype=kinds)
    a.create_dataset("timestamps", data=[1.5, 2.5]).attrs["units"] = "ms"
    a.create_dataset("node_ids", data=np.array([7, 0], np.uint64), chunks=(1,), maxshape=(None,), compression="gzip")
    b = file.create_group("spikes/b")
    b.create_dataset("timestamps", data=np.array([0.002, 0.001])).attrs["units"] = "s"
    b.create_dataset("node_ids", data=np.array([1, 2], np.int64))
theirs = pd.DataFrame({"time": [0.1 + 0.2, math.nan], "neuron": [3, 4], "name": ["exc", "é"]})
theirs.to_parquet(folder / "theirs.parquet")
theirs.to_csv(folder / "theirs.csv", index=False)
