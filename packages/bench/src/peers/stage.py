"""What the scripts of all simulators share: one line of JSON for each thing that they are asked, on the output that they were given."""

import json
import os
import sys
import time

# Simulators and compilers may write what they like: to the error stream.
_answers = os.fdopen(os.dup(1), "w")
os.dup2(2, 1)


class Parameters:
    """Numbers by name; remembers which of them were used."""

    def __init__(self, values):
        self._values = values
        self.used = {}

    def __getattr__(self, name):
        self.used[name] = value = float(self._values[name])
        return value


class Task:
    """A network by name, its size and steps; `folder` is its own, to put things into."""

    def __init__(self, given):
        self.network = given["network"]
        self.variant = given["variant"]
        self.n = given["n"]
        self.steps = given["steps"]
        self.mode = given["mode"]
        self.threads = given["threads"]
        self.folder = given["folder"]
        self.parameters = Parameters(given["parameters"])

    @property
    def excitatory(self):
        return round(0.8 * self.n)

    @property
    def duration(self):
        """In ms."""
        return self.steps * self.parameters.dt


def answer(**values):
    _answers.write(json.dumps(values) + "\n")
    _answers.flush()


def serve(networks, version):
    """`networks[name](task)` builds, and gives a function that runs from the beginning: to (seconds, processor seconds or None, spikes)."""
    task = Task(json.loads(sys.argv[1]))
    if task.network not in networks:
        answer(refused=f"there is no script for {task.network}")
        return
    start = time.perf_counter()
    run = networks[task.network](task)
    answer(ready=1, build_seconds=time.perf_counter() - start, version=version, parameters=task.parameters.used)
    for _ in sys.stdin:
        seconds, cpu, spikes = run()
        answer(seconds=float(seconds), spikes=int(spikes), **({} if cpu is None else {"cpu": float(cpu)}))


class Stopwatch:
    """Time on the clock and of the processor, between `with` and its end."""

    def __enter__(self):
        self.cpu, self.seconds = time.process_time(), time.perf_counter()
        return self

    def __exit__(self, *_):
        self.seconds = time.perf_counter() - self.seconds
        self.cpu = time.process_time() - self.cpu
