"""Brian2: C++ standalone (mode `standalone`, on one thread or several) or Cython (mode `cython`), with the preferences it has by itself."""

import os
import sys
import time

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))

import stage  # noqa: E402  Takes the output before anything else can.
import brian2 as b2  # noqa: E402
import numpy as np  # noqa: E402

ms, mV, pA, nS, pF, Hz = b2.ms, b2.mV, b2.pA, b2.nS, b2.pF, b2.Hz


def prepared(task):
    """Device and step, before anything is made."""
    np.random.seed(7)
    if task.mode == "standalone":
        b2.set_device("cpp_standalone", directory=task.folder, build_on_run=False)
        if task.threads > 1:
            b2.prefs.devices.cpp_standalone.openmp_threads = task.threads
    else:
        b2.prefs.codegen.target = "cython"
    # Of the device that has been chosen. With this seed the rate of CUBA, which differs by 0.2 Hz from graph to graph, is in the middle.
    b2.seed(1)
    b2.defaultclock.dt = task.parameters.dt * ms


def told_in(file):
    """Statements in C++ that write the processor time of the loop."""
    seconds = "(double)(std::clock() - processor_begin) / CLOCKS_PER_SEC"
    return f'{{ std::ofstream told("{file}"); told << {seconds}; }}'


def runner(task, cells, others):
    """Counts spikes and times the loop alone: as the program tells in C++, as a report tells in Cython."""
    counter = b2.SpikeMonitor(cells, record=False)
    network = b2.Network(cells, counter, *others)
    duration = task.duration * ms
    if task.mode == "standalone":
        processor = os.path.join(task.folder, "processor-time.txt")
        b2.device.insert_code("before_network_run", "const std::clock_t processor_begin = std::clock();")
        b2.device.insert_code("after_network_run", told_in(processor))
        network.run(duration)
        b2.device.build(directory=task.folder, compile=True, run=False, debug=False)
        counts = os.path.join(task.folder, "results", b2.device.get_array_filename(counter.variables["count"]))

        def run():
            b2.device.run(directory=task.folder, results_directory="results", with_output=False)
            spikes = np.fromfile(counts, dtype=np.int32).sum()
            with open(processor) as file:
                cpu = float(file.read())
            return b2.device._last_run_time, cpu, spikes

        return run
    # Compiles what a run needs.
    network.store()
    network.run(b2.defaultclock.dt)
    loop = {}

    def report(elapsed, completed, start, duration):
        """Is called before the first step and after the last."""
        if completed == 0:
            loop["begin"] = time.process_time()
        loop["cpu"] = time.process_time() - loop["begin"]
        loop["seconds"] = float(elapsed / b2.second)

    def run():
        network.restore()
        network.run(duration, report=report, report_period=1e9 * b2.second)
        return loop["seconds"], loop["cpu"], counter.num_spikes

    return run


def vogels_abbott(task, equations, names, method):
    prepared(task)
    p = task.parameters
    names = {**names, "tau": p.tau * ms, "v_rest": p.v_rest * mV, "tau_exc": p.tau_exc * ms, "tau_inh": p.tau_inh * ms}
    names |= {"threshold": p.threshold * mV, "v_reset": p.v_reset * mV}
    cells = b2.NeuronGroup(
        task.n,
        equations,
        threshold="v > threshold",
        reset="v = v_reset",
        refractory=p.tau_ref * ms,
        method=method,
        namespace=names,
    )
    cells.v = "v_reset + rand() * (threshold - v_reset)"
    unit = mV if task.network == "cuba" else 1
    synapses = []
    for source, variable, weight in ((cells[: task.excitatory], "ge", p.w_exc), (cells[task.excitatory :], "gi", p.w_inh)):
        made = b2.Synapses(source, cells, on_pre=f"{variable}_post += weight", namespace={"weight": weight * unit})
        made.connect(p=p.degree / task.n)
        synapses.append(made)
    return runner(task, cells, synapses)


def cuba(task):
    equations = """
    dv/dt = (ge + gi - (v - v_rest)) / tau : volt (unless refractory)
    dge/dt = -ge / tau_exc : volt
    dgi/dt = -gi / tau_inh : volt
    """
    return vogels_abbott(task, equations, {}, "exact")


def coba(task):
    equations = """
    dv/dt = (ge * (E_exc - v) + gi * (E_inh - v) - (v - v_rest)) / tau : volt (unless refractory)
    dge/dt = -ge / tau_exc : 1
    dgi/dt = -gi / tau_inh : 1
    """
    names = {"E_exc": task.parameters.E_exc * mV, "E_inh": task.parameters.E_inh * mV}
    return vogels_abbott(task, equations, names, "euler" if task.variant == "euler" else "exponential_euler")


def adex(task):
    prepared(task)
    p = task.parameters
    names = {"C": p.C * pF, "gL": p.gL * nS, "E_L": p.E_L * mV, "v_T": p.v_T * mV, "delta_T": p.delta_T * mV}
    names |= {"tau_w": p.tau_w * ms, "a": p.a * nS, "b": p.b * pA, "v_r": p.v_r * mV, "v_spike": p.v_spike * mV}
    names |= {"I_first": p.I_first * pA}
    cells = b2.NeuronGroup(
        task.n,
        """
        dv/dt = (gL * (E_L - v) + gL * delta_T * exp((v - v_T) / delta_T) + I - w) / C : volt
        dw/dt = (a * (v - E_L) - w) / tau_w : amp
        I : amp (constant)
        """,
        threshold="v > v_spike",
        reset="v = v_r; w += b",
        method="euler",
        namespace=names,
    )
    cells.v = p.E_L * mV
    cells.I = "I_first + I_first * i / N"
    return runner(task, cells, [])


def lif(task):
    prepared(task)
    p = task.parameters
    names = {"tau": p.tau * ms, "v_rest": p.v_rest * mV, "drive": p.R * p.I_first * mV}
    names |= {"threshold": p.threshold * mV, "v_reset": p.v_reset * mV}
    cells = b2.NeuronGroup(
        task.n,
        """
        dv/dt = (v_rest - v + RI) / tau : volt
        RI : volt (constant)
        """,
        threshold="v >= threshold",
        reset="v = v_reset",
        method="euler",
        namespace=names,
    )
    cells.v = p.v_rest * mV
    cells.RI = "drive + drive * i / N"
    return runner(task, cells, [])


def brunel(task):
    prepared(task)
    p = task.parameters
    names = {"tau": p.tau * ms, "v_rest": p.v_rest * mV, "threshold": p.threshold * mV, "v_reset": p.v_reset * mV}
    cells = b2.NeuronGroup(
        task.n,
        "dv/dt = (v_rest - v) / tau : volt (unless refractory)",
        threshold="v > threshold",
        reset="v = v_reset",
        refractory=p.tau_ref * ms,
        method="exact",
        namespace=names,
    )
    cells.v = "rand() * threshold"
    parts = [b2.PoissonInput(cells, "v", 1000, p.external / 1000 * Hz, weight=p.w_external * mV)]
    for source, weight in ((cells[: task.excitatory], p.w_exc), (cells[task.excitatory :], p.w_inh)):
        made = b2.Synapses(source, cells, on_pre="v_post += weight", delay=p.delay * ms, namespace={"weight": weight * mV})
        made.connect(p=p.share)
        parts.append(made)
    return runner(task, cells, parts)


def izhikevich(task):
    """Both half steps and the recovery are statements of every step; what arrives is there for one step."""
    prepared(task)
    p = task.parameters
    cells = b2.NeuronGroup(
        task.n,
        """
        v : 1
        u : 1
        arrived : 1
        a : 1 (constant)
        b : 1 (constant)
        c : 1 (constant)
        d : 1 (constant)
        sigma : 1 (constant)
        """,
        threshold="v >= limit",
        reset="v = c; u += d",
        namespace={"limit": p.threshold},
    )
    excites = np.arange(task.n) < task.excitatory
    r = np.random.rand(task.n)
    b = np.where(excites, 0.2, 0.25 - 0.05 * r)
    cells.a = np.where(excites, 0.02, 0.02 + 0.08 * r)
    cells.b = b
    cells.c = np.where(excites, -65 + 15 * r * r, -65)
    cells.d = np.where(excites, 8 - 6 * r * r, 2)
    cells.sigma = np.where(excites, p.sigma_exc, p.sigma_inh)
    cells.v = p.v_init
    cells.u = b * p.v_init
    cells.run_regularly(
        """
        I = sigma * randn() + arrived
        v += 0.5 * (0.04 * v**2 + 5 * v + 140 - u + I)
        v += 0.5 * (0.04 * v**2 + 5 * v + 140 - u + I)
        u += a * (b * v - u)
        arrived = 0
        """
    )
    synapses = b2.Synapses(cells, cells, "w : 1 (constant)", on_pre="arrived_post += w")
    synapses.connect()
    source = np.repeat(np.arange(task.n), task.n)
    synapses.w = np.random.rand(task.n * task.n) * np.where(source < task.excitatory, p.w_exc, p.w_inh)
    return runner(task, cells, [synapses])


def stdp(task):
    prepared(task)
    p = task.parameters
    sources = b2.PoissonGroup(int(p.sources), rates=p.rate * Hz)
    names = {"tau": p.tau * ms, "v_rest": p.v_rest * mV, "threshold": p.threshold * mV, "v_reset": p.v_reset * mV}
    names |= {"tau_exc": p.tau_exc * ms, "E_exc": p.E_exc * mV}
    cells = b2.NeuronGroup(
        task.n,
        """
        dv/dt = (ge * (E_exc - v) + v_rest - v) / tau : volt
        dge/dt = -ge / tau_exc : 1
        """,
        threshold="v > threshold",
        reset="v = v_reset",
        method="euler",
        namespace=names,
    )
    cells.v = p.v_reset * mV
    rule = {"tau_trace": p.tau_trace * ms, "w_max": p.w_max, "up": p.potentiation * p.w_max, "down": p.depression * p.w_max}
    synapses = b2.Synapses(
        sources,
        cells,
        """
        w : 1
        dpre_trace/dt = -pre_trace / tau_trace : 1 (event-driven)
        dpost_trace/dt = -post_trace / tau_trace : 1 (event-driven)
        """,
        on_pre="""
        ge_post += w
        pre_trace += up
        w = clip(w + post_trace, 0, w_max)
        """,
        on_post="""
        post_trace -= down
        w = clip(w + pre_trace, 0, w_max)
        """,
        namespace=rule,
    )
    synapses.connect()
    synapses.w = "rand() * w_max"
    return runner(task, cells, [sources, synapses])


networks = {"cuba": cuba, "coba": coba, "adex": adex, "lif": lif, "brunel": brunel, "izhikevich": izhikevich, "stdp": stdp}
stage.serve(networks, f"Brian2 {b2.__version__}, Python {sys.version.split()[0]}")
