// SPDX-License-Identifier: GPL-3.0-or-later
// bench_zita FILE RESPONSE: a stereo file through a stereo response by zita-convolver, partitions of 8192, left to left
// and right to right, two threads of its own: the peer of a convolution reverb. Writes nothing.
#include <sndfile.h>
#include <zita-convolver.h>

#include <algorithm>
#include <cstdio>
#include <vector>

namespace {

constexpr unsigned partition = 8192;

std::vector<float> read_all(const char* path, SF_INFO& info) {
    SNDFILE* const file = sf_open(path, SFM_READ, &info);
    if (!file) return {};
    std::vector<float> samples(static_cast<std::size_t>(info.frames * info.channels));
    sf_readf_float(file, samples.data(), info.frames);
    sf_close(file);
    return samples;
}

}  // namespace

int main(int argc, char** argv) {
    if (argc != 3) return 2;
    SF_INFO info{}, response_info{};
    std::vector<float> response = read_all(argv[2], response_info);
    SNDFILE* const file = sf_open(argv[1], SFM_READ, &info);
    if (!file || response.empty() || info.channels != 2 || response_info.channels != 2) return 2;
    Convproc convolver;
    if (convolver.configure(2, 2, static_cast<unsigned>(response_info.frames), partition, partition, partition, 0.0f))
        return 2;
    for (unsigned c = 0; c < 2; ++c)
        convolver.impdata_create(c, c, 2, response.data() + c, 0, static_cast<int>(response_info.frames));
    convolver.start_process(0, 0);
    std::vector<float> piece(2 * partition);
    double energy = 0;
    while (const sf_count_t n = sf_readf_float(file, piece.data(), partition)) {
        std::fill(piece.begin() + 2 * n, piece.end(), 0.0f);
        for (unsigned c = 0; c < 2; ++c)
            for (unsigned k = 0; k < partition; ++k) convolver.inpdata(c)[k] = piece[2 * k + c];
        convolver.process(true);
        energy += static_cast<double>(convolver.outdata(0)[0]) * convolver.outdata(0)[0];
    }
    convolver.stop_process();
    std::printf("%g\n", energy);
    sf_close(file);
}
