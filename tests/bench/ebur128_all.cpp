// SPDX-License-Identifier: GPL-3.0-or-later
// bench_ebur128 FILE: integrated loudness, range and true peak of a file by libebur128, one thread: the peer of
// `lathe measure`.
#include <ebur128.h>
#include <sndfile.h>

#include <algorithm>
#include <cstdio>
#include <vector>

int main(int argc, char** argv) {
    if (argc != 2) return 2;
    SF_INFO info{};
    SNDFILE* const file = sf_open(argv[1], SFM_READ, &info);
    if (!file) return 2;
    ebur128_state* state =
        ebur128_init(static_cast<unsigned>(info.channels), static_cast<unsigned long>(info.samplerate),
                     EBUR128_MODE_I | EBUR128_MODE_LRA | EBUR128_MODE_TRUE_PEAK);
    std::vector<float> piece(static_cast<std::size_t>(info.channels) * 65536);
    while (const sf_count_t n = sf_readf_float(file, piece.data(), 65536))
        ebur128_add_frames_float(state, piece.data(), static_cast<std::size_t>(n));
    double loudness = 0, range = 0, peak = 0;
    ebur128_loudness_global(state, &loudness);
    ebur128_loudness_range(state, &range);
    for (unsigned c = 0; c < static_cast<unsigned>(info.channels); ++c) {
        double channel = 0;
        ebur128_true_peak(state, c, &channel);
        peak = std::max(peak, channel);
    }
    std::printf("%.3f LUFS %.3f LU %.6f\n", loudness, range, peak);
    ebur128_destroy(&state);
    sf_close(file);
}
