"""The large network of vogels-2011.ts in Brian2: what its rate is held to.

    python vogels_2011_brian2.py [seed] [seconds] [eta in nS]

Prints the rates of every second and, of the last 10 s, the rate, the irregularity and the mean weight of what learns.
"""

import sys
import tempfile

import brian2 as b
import numpy as np
from brian2 import Hz, ms, mV, nS, pA, pF, second

seed, seconds, eta = (float(given) for given in (sys.argv[1:] + ["1", "60", "0.1"][len(sys.argv) - 1 :])[:3])
excitatory, inhibitory, probability, settled = 8000, 2000, 0.02, 10

b.set_device("cpp_standalone", directory=tempfile.mkdtemp())
b.defaultclock.dt = 0.1 * ms
b.seed(int(seed))

constants = {
    "C": 200 * pF,
    "g_leak": 10 * nS,
    "v_rest": -60 * mV,
    "E_inh": -80 * mV,
    "I": 200 * pA,
    "tau_exc": 5 * ms,
    "tau_inh": 10 * ms,
    "tau": 20 * ms,
    "eta": eta,
    "alpha": 2 * 3 * Hz * 20 * ms,
}
cells = b.NeuronGroup(
    excitatory + inhibitory,
    """
    dv/dt = (g_leak * (v_rest - v) - g_exc * v + g_inh * (E_inh - v) + I) / C : volt (unless refractory)
    dg_exc/dt = -g_exc / tau_exc : siemens
    dg_inh/dt = -g_inh / tau_inh : siemens
    """,
    threshold="v > -50 * mV",
    reset="v = v_rest",
    refractory=5 * ms,
    method="euler",
    namespace=constants,
)
cells.v = -60 * mV
exciting, inhibiting = cells[:excitatory], cells[excitatory:]

excitation = b.Synapses(exciting, cells, on_pre="g_exc += 0.3 * nS")
fixed = b.Synapses(inhibiting, inhibiting, on_pre="g_inh += 3 * nS")
learning = b.Synapses(
    inhibiting,
    exciting,
    """
    w : 1
    dsource_trace/dt = -source_trace / tau : 1 (event-driven)
    dtarget_trace/dt = -target_trace / tau : 1 (event-driven)
    """,
    on_pre="""
    source_trace += 1
    w = clip(w + eta * (target_trace - alpha), 0, 100)
    g_inh += w * nS
    """,
    on_post="""
    target_trace += 1
    w = clip(w + eta * source_trace, 0, 100)
    """,
    namespace=constants,
)
for synapses in (excitation, fixed, learning):
    synapses.connect(p=probability)
spikes = b.SpikeMonitor(exciting)
b.run(seconds * second)

ids, times = np.asarray(spikes.i), np.asarray(spikes.t / second)
rates = np.histogram(times, bins=np.arange(seconds + 1))[0] / excitatory
late = times >= seconds - settled
trains = [np.sort(times[late & (ids == each)]) for each in range(excitatory)]
intervals = [np.diff(train) for train in trains if len(train) > 5]
print("Hz in each second:", *np.round(rates, 2))
print(
    f"last {settled} s: {rates[-settled:].mean():.2f} Hz, CV {np.mean([each.std() / each.mean() for each in intervals]):.3f},"
    f" mean weight {np.mean(learning.w):.3f} nS"
)
