"""BrainPy on the processor, in double precision; a run is one compiled loop."""

import os
import sys

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
os.environ["JAX_PLATFORMS"] = "cpu"
# One thread, as the others.
os.environ["XLA_FLAGS"] = "--xla_cpu_multi_thread_eigen=false intra_op_parallelism_threads=1"

import stage  # noqa: E402  Takes the output before anything else can.
import brainpy as bp  # noqa: E402
import brainpy.math as bm  # noqa: E402
import jax  # noqa: E402
import numpy as np  # noqa: E402


def prepared(task):
    bm.set_platform("cpu")
    bm.enable_x64()
    bm.set_dt(task.parameters.dt)
    bm.random.seed(7)


def runner(task, network, spikes_of):
    """Counts the spikes of every step, and has the counts at the end."""

    def step(i):
        bp.share.save(i=i, t=i * bm.get_dt())
        network.update()
        return bm.sum(bm.as_jax(spikes_of(network)) > 0)

    indices = np.arange(task.steps)
    loop = bm.jit(lambda: bm.for_loop(step, indices))
    variables = network.vars().unique()
    beginning = {name: np.asarray(variable.value) for name, variable in variables.items()}

    def run():
        for name, variable in variables.items():
            variable.value = jax.numpy.asarray(beginning[name])
        with stage.Stopwatch() as watch:
            counts = jax.block_until_ready(bm.as_jax(loop()))
        return watch.seconds, watch.cpu, np.asarray(counts).sum()

    # Compiles.
    run()
    return run


class VogelsAbbott(bp.DynSysGroup):
    def __init__(self, task):
        super().__init__()
        p = task.parameters
        first, n = task.excitatory, task.n
        self.first = first
        self.cells = bp.dyn.LifRef(
            n,
            V_rest=p.v_rest,
            V_th=p.threshold,
            V_reset=p.v_reset,
            tau=p.tau,
            tau_ref=p.tau_ref,
            V_initializer=bp.init.Uniform(p.v_reset, p.threshold),
        )

        def projection(sources, weight, tau, reversal, seed):
            rule = bp.conn.FixedProb(p.degree / n, pre=sources, post=n, allow_multi_conn=True, seed=seed)
            return bp.dyn.HalfProjAlignPostMg(
                comm=bp.dnn.EventCSRLinear(rule(sources, n), weight=weight),
                syn=bp.dyn.Expon.desc(size=n, tau=tau),
                out=bp.dyn.COBA.desc(E=reversal),
                post=self.cells,
            )

        self.exc = projection(first, p.w_exc, p.tau_exc, p.E_exc, 7)
        self.inh = projection(n - first, p.w_inh, p.tau_inh, p.E_inh, 8)

    def update(self):
        spikes = bm.as_jax(self.cells.spike)
        self.exc(spikes[: self.first])
        self.inh(spikes[self.first :])
        self.cells()


def coba(task):
    prepared(task)
    return runner(task, VogelsAbbott(task), lambda network: network.cells.spike)


class Driven(bp.DynSysGroup):
    def __init__(self, cells, current):
        super().__init__()
        self.cells = cells
        self.current = current

    def update(self):
        self.cells(self.current)


def driven(task, cells):
    """Neurons whose currents rise from one value to nearly twice as much."""
    p = task.parameters
    current = jax.numpy.asarray(p.I_first + p.I_first * np.arange(task.n) / task.n)
    return runner(task, Driven(cells, current), lambda network: network.cells.spike)


def adex(task):
    """Divided by the leak conductance, as time constant and resistance."""
    prepared(task)
    p = task.parameters
    cells = bp.dyn.AdExIF(
        task.n,
        V_rest=p.E_L,
        V_reset=p.v_r,
        V_th=p.v_spike,
        V_T=p.v_T,
        delta_T=p.delta_T,
        a=p.a,
        b=p.b,
        tau=p.C / p.gL,
        tau_w=p.tau_w,
        R=1 / p.gL,
        method="euler",
        V_initializer=bp.init.OneInit(p.E_L),
        w_initializer=bp.init.ZeroInit(),
    )
    return driven(task, cells)


def lif(task):
    prepared(task)
    p = task.parameters
    cells = bp.dyn.Lif(
        task.n,
        V_rest=p.v_rest,
        V_reset=p.v_reset,
        V_th=p.threshold,
        tau=p.tau,
        R=p.R,
        method="euler",
        V_initializer=bp.init.OneInit(p.v_rest),
    )
    return driven(task, cells)


networks = {"lif": lif, "adex": adex, "coba": coba}
stage.serve(networks, f"BrainPy {bp.__version__}, JAX {jax.__version__}, Python {sys.version.split()[0]}")
