# SPDX-License-Identifier: GPL-3.0-or-later
# export.py NET.pkl OUT.inc: writes trained weights as the program reads them.
import pickle, numpy as np, sys

p = pickle.load(open(sys.argv[1], "rb"))
names = ["in", "inb"] + [n for i in range(6) for n in (f"a{i}", f"ab{i}", f"c{i}", f"cb{i}")] + ["o", "ob"]
W = p["in"].shape[1]
vals = []
sc = []
for n in names:
    a = np.asarray(p[n], np.float64).ravel()
    s = abs(a).max() or 1
    v = np.round(a / s * 2047).astype(int)
    vals += list(v)
    sc.append(s)
o = open(sys.argv[2], "w")
o.write(
    "// SPDX-License-Identifier: GPL-3.0-or-later\n// Written by tests/bench/resonance_network/export.py: the trained weights, in the order in which they are read.\n"
)
o.write(
    f"// clang-format off\nconstexpr int width = {W};\nconstexpr float resonance_network_scales[] = {{"
    + ", ".join("%.7gf" % s if "." in "%.7g" % s or "e" in "%.7g" % s else "%.7g.0f" % s for s in sc)
    + "};\n"
)
o.write("constexpr std::int16_t resonance_network_weights[] = {\n")
line = ""
for v in vals:
    t = f"{v},"
    if len(line) + len(t) > 118:
        o.write(line + "\n")
        line = ""
    line += t
o.write(line + "\n};\n// clang-format on\n")
print(len(vals))
