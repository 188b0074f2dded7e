"""CoNeX on the processor, in double precision: behaviors of its own, and one that gives the input and one that counts spikes."""

import os
import sys
from importlib.metadata import version

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))

import stage  # noqa: E402  Takes the output before anything else can.
import conex  # noqa: E402
import torch  # noqa: E402
from pymonntorch import Behavior, Network, NeuronGroup  # noqa: E402

torch.set_num_threads(1)


class ConstantInput(Behavior):
    def initialize(self, neurons):
        first = self.parameter("first", None, required=True)
        neurons.I = first + first * torch.arange(neurons.size, dtype=neurons.def_dtype) / neurons.size


class SpikeCount(Behavior):
    def initialize(self, neurons):
        neurons.count = torch.zeros((), dtype=torch.int64)

    def forward(self, neurons):
        neurons.count += neurons.spikes.sum()


def lif(task):
    p = task.parameters
    network = Network(behavior={1: conex.TimeResolution(dt=p.dt)}, dtype=torch.float64)
    cells = NeuronGroup(
        net=network,
        size=task.n,
        behavior={
            100: ConstantInput(first=p.I_first),
            260: conex.LIF(R=p.R, threshold=p.threshold, tau=p.tau, v_reset=p.v_reset, v_rest=p.v_rest, init_v=p.v_rest),
            340: conex.Fire(),
            500: SpikeCount(),
        },
    )
    network.initialize(info=False)

    def run():
        cells.v = torch.full((task.n,), p.v_rest, dtype=torch.float64)
        cells.count.zero_()
        with stage.Stopwatch() as watch:
            network.simulate_iterations(task.steps)
        return watch.seconds, watch.cpu, int(cells.count)

    return run


networks = {"lif": lif}
versions = f"CoNeX {version('cnrl-conex')}, PyTorch {torch.__version__.split('+')[0]}"
stage.serve(networks, f"{versions}, Python {sys.version.split()[0]}")
