"""ANNarchy on one thread, with the compiler flags that it has by itself. Delay: one step, which is its least."""

import os
import sys
from importlib.metadata import version

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))

import stage  # noqa: E402  Takes the output before anything else can.
import ANNarchy as ann  # noqa: E402
import numpy as np  # noqa: E402


def runner(task, network, cells):
    """Spikes are listed by a monitor, which is read after the time is taken."""
    monitor = network.monitor(cells, "spike")
    network.compile(directory=os.path.join(task.folder, "annarchy"), silent=True)

    def run():
        network.reset(populations=True, monitors=True)
        with stage.Stopwatch() as watch:
            network.simulate(task.duration)
        spikes = sum(len(times) for times in monitor.get("spike").values())
        return watch.seconds, watch.cpu, spikes

    return run


def constants(**values):
    """Declarations of parameters that all neurons share."""
    return "".join(f"{name} = {value} : population\n" for name, value in values.items())


def driven(task, network, cell):
    """Neurons whose currents rise from one value to nearly twice as much."""
    p = task.parameters
    cells = network.create(geometry=task.n, neuron=cell)
    cells.I = p.I_first + p.I_first * np.arange(task.n) / task.n
    return runner(task, network, cells)


def vogels_abbott(task, voltage):
    p = task.parameters
    network = ann.Network(dt=p.dt, seed=7)
    cell = ann.Neuron(
        parameters=dict(tau=p.tau, v_rest=p.v_rest, threshold=p.threshold, v_reset=p.v_reset, tau_exc=p.tau_exc, tau_inh=p.tau_inh),
        equations=f"""
        {voltage}
        tau_exc * dg_exc/dt = -g_exc : exponential
        tau_inh * dg_inh/dt = -g_inh : exponential
        """,
        spike="v > threshold",
        reset="v = v_reset",
        refractory=p.tau_ref,
    )
    cells = network.create(geometry=task.n, neuron=cell)
    cells.v = np.random.default_rng(7).uniform(p.v_reset, p.threshold, task.n)
    for source, target, weight in ((cells[: task.excitatory], "exc", p.w_exc), (cells[task.excitatory :], "inh", p.w_inh)):
        synapses = network.connect(source, cells, target=target)
        synapses.fixed_probability(probability=p.degree / task.n, weights=weight, allow_self_connections=True)
    return runner(task, network, cells)


def cuba(task):
    return vogels_abbott(task, "tau * dv/dt = (g_exc + g_inh - (v - v_rest)) : exponential, init = 0")


def coba(task):
    p = task.parameters
    drive = f"g_exc * ({p.E_exc} - v) + g_inh * ({p.E_inh} - v) - (v - v_rest)"
    return vogels_abbott(task, f"tau * dv/dt = {drive} : explicit, init = 0")


def adex(task):
    p = task.parameters
    network = ann.Network(dt=p.dt, seed=7)
    cell = ann.Neuron(
        parameters=constants(
            C=p.C, gL=p.gL, E_L=p.E_L, v_T=p.v_T, delta_T=p.delta_T, tau_w=p.tau_w, a=p.a, b=p.b, v_r=p.v_r, v_spike=p.v_spike
        )
        + "I = 0.0",
        equations=f"""
        C * dv/dt = gL * (E_L - v) + gL * delta_T * exp((v - v_T) / delta_T) + I - w : init = {p.E_L}
        tau_w * dw/dt = a * (v - E_L) - w : init = 0
        """,
        spike="v > v_spike",
        reset="""
        v = v_r
        w += b
        """,
    )
    return driven(task, network, cell)


def lif(task):
    p = task.parameters
    network = ann.Network(dt=p.dt, seed=7)
    cell = ann.Neuron(
        parameters=constants(tau=p.tau, R=p.R, v_rest=p.v_rest, threshold=p.threshold, v_reset=p.v_reset) + "I = 0.0",
        equations=f"tau * dv/dt = v_rest - v + R * I : init = {p.v_rest}",
        spike="v >= threshold",
        reset="v = v_reset",
    )
    return driven(task, network, cell)


networks = {"cuba": cuba, "coba": coba, "adex": adex, "lif": lif}
stage.serve(networks, f"ANNarchy {version('annarchy')}, Python {sys.version.split()[0]}")
