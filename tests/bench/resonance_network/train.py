# SPDX-License-Identifier: GPL-3.0-or-later
# train.py DUMPS MINUTES: trains the network of dsp/measure/resonance_network.cpp; see README.md.
import numpy as np, jax, jax.numpy as jnp, glob, json, sys, time, os, pickle
from scipy.ndimage import gaussian_filter1d

G = 897
PER = 96
F0 = 30.0
R = 26
CH = 28
grid = F0 * 2 ** (np.arange(G) / PER)


def load(p):
    a = np.fromfile(p, np.float32)
    fs, dur = a[:2]
    ev = a[2 : 2 + R * G].reshape(R, G)
    pr = a[2 + R * G :]
    return fs, dur, ev


EXT = np.stack([(np.arange(G) / G - 0.5) * 3]).astype(np.float32)


def feats(ev, dur):
    x = np.concatenate([np.clip(ev, -40, 40) / 8, EXT, np.full((1, G), np.log2(dur / 40), np.float32)])
    return x.T.astype(np.float32)  # [G,CH]


SUP = 112


def bell_curve(f, q, g, fs=44100):
    """[6,2*SUP+1] response on the grid around the nearest point, box mean (±48) removed, and that point, fraction"""
    pt = PER * np.log2(f / F0)
    c = int(round(pt))
    off = np.arange(-SUP - 60, SUP + 61) + c - pt
    A = 10 ** (g / 40)
    u = (2 ** (off / PER) - 2 ** (-off / PER)) ** 2
    H = (u + (A / q) ** 2) / (u + 1 / (A * q) ** 2)
    out = []
    for w in range(6):
        N = 2 ** (12 + w)
        sig = 0.62 * (fs / N) / f / np.log(2) * PER
        h = H if sig < 0.3 else gaussian_filter1d(H, min(sig, 60), mode="nearest")
        t = 10 * np.log10(h)
        cs = np.concatenate([[0], np.cumsum(t)])
        m = (cs[97:] - cs[:-97]) / 97
        t = t[48:-48] - m
        k = (len(t) - (2 * SUP + 1)) // 2
        out.append(t[k : k + 2 * SUP + 1])
    return np.array(out, np.float32), c, pt


ROWW = np.array([w for w in range(6) for _ in range(4)] + [3, 3])


def make_bank(n, rng):
    f = 40 * (14500 / 40) ** rng.random(n)
    q = np.exp(rng.uniform(np.log(6.5), np.log(58), n))
    g = rng.uniform(5.5, 14, n)
    T = np.empty((n, 6, 2 * SUP + 1), np.float32)
    C = np.empty(n, int)
    P = np.empty(n)
    for i in range(n):
        T[i], C[i], P[i] = bell_curve(f[i], q[i], g[i])
    return f, q, g, T, C, P


def decoys(n, rng):
    f = 40 * (14500 / 40) ** rng.random(n)
    q = np.exp(rng.uniform(np.log(1.2), np.log(5), n))
    g = rng.uniform(2, 7, n) * np.where(rng.random(n) < 0.5, -1, 1)
    neg = rng.random(n) < 0.4
    q = np.where(neg, np.exp(rng.uniform(np.log(5), np.log(40), n)), q)
    g = np.where(neg, -abs(g), g)
    T = np.empty((n, 6, 2 * SUP + 1), np.float32)
    C = np.empty(n, int)
    for i in range(n):
        T[i], C[i], _ = bell_curve(f[i], q[i], g[i])
    return T, C


def add(ev, T, c):
    a = max(0, c - SUP)
    b = min(G, c + SUP + 1)
    ev[:, a:b] += T[ROWW][:, a - c + SUP : b - c + SUP]


class Sampler:
    def __init__(s, data, rng, bank, dec):
        s.d = data
        s.r = rng
        s.b = bank
        s.dec = dec

    def one(s):
        r = s.r
        fs, dur, ev0, bells0 = s.d[r.integers(len(s.d))]
        sh = int(r.integers(-30, 31)) if r.random() < 0.7 else 0
        ev = np.zeros_like(ev0)
        if sh >= 0:
            ev[:, sh:] = ev0[:, : G - sh]
        else:
            ev[:, :sh] = ev0[:, -sh:]
        if sh:
            ev += 0
        truth = [(p + sh, q, g) for p, q, g in bells0]
        for _ in range(r.integers(0, 3)):
            i = r.integers(len(s.dec[1]))
            add(ev, s.dec[0][i], s.dec[1][i])
        f, q, g, T, C, P = s.b
        for _ in range(r.choice([0, 1, 2, 3, 4], p=[0.15, 0.15, 0.2, 0.35, 0.15]) if not bells0 else r.integers(0, 2)):
            for t in range(5):
                i = r.integers(len(f))
                if all(abs(P[i] - p) > 18 for p, _, _ in truth):
                    break
            else:
                continue
            add(ev, T[i], C[i])
            truth.append((P[i], q[i], g[i]))
        if r.random() < 0.5:
            ev += r.normal(0, 0.25, (R, 1)).astype(np.float32)
        heat = np.zeros(G, np.float32)
        reg = np.zeros((G, 3), np.float32)
        m = np.zeros(G, np.float32)
        x = np.arange(G)
        for p, qq, gg in truth:
            d = p - x
            heat = np.maximum(heat, np.exp(-d * d / (2 * 1.5**2)))
            k = np.abs(d) <= 4
            reg[k] = np.stack([d[k] / 4, np.full(k.sum(), np.log2(qq / 20)), np.full(k.sum(), (gg - 10) / 3)], 1)
            m[k] = 1
        return feats(ev, dur), heat, reg, m

    def batch(s, n):
        z = [s.one() for _ in range(n)]
        return [np.stack(v).astype(np.float32) for v in zip(*z)]


DIL = [1, 2, 4, 8, 16, 32]
TAPS = 5
W = 20


def init(key):
    ks = jax.random.split(key, 20)
    p = {"in": jax.random.normal(ks[0], (3 * CH, W)) / np.sqrt(3 * CH), "inb": jnp.zeros(W)}
    for i, _ in enumerate(DIL):
        p[f"a{i}"] = jax.random.normal(ks[1 + i], (TAPS * W, W)) * np.sqrt(2 / (TAPS * W))
        p[f"ab{i}"] = jnp.zeros(W)
        p[f"c{i}"] = jax.random.normal(ks[8 + i], (W, W)) * np.sqrt(1 / W) * 0.3
        p[f"cb{i}"] = jnp.zeros(W)
    p["o"] = jax.random.normal(ks[15], (W, 4)) * 0.1
    p["ob"] = jnp.array([-4.0, 0, 0, 0])
    return p


def shifts(x, offs):
    h = max(abs(o) for o in offs)
    z = jnp.pad(x, ((0, 0), (h, h), (0, 0)))
    return jnp.concatenate([z[:, h + o : h + o + G] for o in offs], -1)


def net(p, x):
    y = jax.nn.relu(shifts(x, [-1, 0, 1]) @ p["in"] + p["inb"])
    for i, d in enumerate(DIL):
        h = jax.nn.relu(shifts(y, [k * d for k in range(-2, 3)]) @ p[f"a{i}"] + p[f"ab{i}"])
        y = y + h @ p[f"c{i}"] + p[f"cb{i}"]
    return jax.nn.relu(y) @ p["o"] + p["ob"]


def loss(p, b):
    x, heat, reg, m = b
    o = net(p, x)
    l = o[..., 0]
    bce = jnp.maximum(l, 0) - l * heat + jnp.log1p(jnp.exp(-jnp.abs(l)))
    e = jnp.abs(o[..., 1:] - reg) * jnp.array([0.5, 1.0, 1.0])
    return bce.sum() / (x.shape[0] * 10) + (e * m[..., None]).sum() / (m.sum() + 1) * 0.25


@jax.jit
def step(p, mm, vv, t, lr, b):
    l, g = jax.value_and_grad(loss)(p, b)
    gn = jnp.sqrt(sum(jnp.sum(z * z) for z in jax.tree.leaves(g)))
    s = jnp.minimum(1, 1.0 / (gn + 1e-9))
    mm = jax.tree.map(lambda a, z: 0.9 * a + 0.1 * z * s, mm, g)
    vv = jax.tree.map(lambda a, z: 0.999 * a + 0.001 * (z * s) ** 2, vv, g)
    p = jax.tree.map(
        lambda w, a, v: w - lr * ((a / (1 - 0.9**t)) / (jnp.sqrt(v / (1 - 0.999**t)) + 1e-8) + 1e-4 * w), p, mm, vv
    )
    return p, mm, vv, l


jnet = jax.jit(net)

if __name__ == "__main__":
    folder, minutes = sys.argv[1], float(sys.argv[2])
    rng = np.random.default_rng(1)
    data = [load(p) + ([],) for p in glob.glob(folder + "/*.bin")]
    sampler = Sampler(data, rng, make_bank(15000, rng), decoys(2000, rng))
    p = init(jax.random.PRNGKey(0))
    mm = vv = jax.tree.map(jnp.zeros_like, p)
    start, t, losses = time.time(), 0, []
    while (done := (time.time() - start) / (60 * minutes)) < 1:
        t += 1
        lr = 3e-3 * min(1, t / 100) * (0.5 * (1 + np.cos(np.pi * done)) + 0.01)
        p, mm, vv, l = step(p, mm, vv, float(t), lr, sampler.batch(16))
        losses.append(float(l))
        if t % 100 == 0:
            print(t, np.mean(losses[-100:]), flush=True)
    pickle.dump(jax.tree.map(np.asarray, p), open("net.pkl", "wb"))
