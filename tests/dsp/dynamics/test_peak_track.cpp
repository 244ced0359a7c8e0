// SPDX-License-Identifier: GPL-3.0-or-later
#include "dsp/dynamics/peak_track.h"

#include <algorithm>

#include "dsp/measure/inter_sample_peaks.h"
#include "tests/dsp/dynamics/limiter_signals.h"
#include "tests/support/catch.h"

using namespace lathe;
using namespace lathe::test;

namespace {

// The peaks of frames 0 … frames − 1, as the track tells them; lanes as in PeakTrack.
AudioBuffer<double> tracked(const AudioBuffer<double>& audio, int lanes, Frames cut, double threshold,
                            const std::vector<Span>* where = nullptr) {
    SerialWorkers workers;
    PeakTrack<double> track(lanes, workers);
    AudioQueue<double> queue(audio.channels());
    const Frames first = PeakTrack<double>::start - peak_reach_before;
    queue.append_silence(-first);
    for (Frames n = 0; n < audio.frames(); n += cut) {
        queue.append(audio.view().slice(n, std::min(cut, audio.frames() - n)));
        track.search(queue.view(), first, threshold, 1, where);
    }
    queue.append_silence(200);
    track.search(queue.view(), first, threshold, 1, where);
    track.drop(-PeakTrack<double>::start);
    AudioBuffer<double> found(lanes, audio.frames());
    track.read_peaks(found.view());
    return found;
}

}  // namespace

TEST_CASE("peak track: a frame has the larger of the peaks on its two sides, on the contract's meter", "[limiter]") {
    const AudioBuffer<double> audio = noise(0.3, 3000, 2);
    const Frames cut = GENERATE(1, 64, 1000, 3000);
    const double threshold = 0.2;
    const AudioBuffer<double> own = tracked(audio, 2, cut, threshold), joint = tracked(audio, 1, cut, threshold);
    for (int c = 0; c < 2; ++c) {
        std::vector<double> padded(3000 + 300), interval(3200);
        std::copy_n(audio.channel(c), 3000, padded.begin() + 96);
        inter_sample_peaks(padded.data() + 32, 49, threshold, 1, interval.data());  // from frame −64
        for (Frames n = 0; n < 3000; ++n) {
            const double expected =
                std::max(interval[static_cast<std::size_t>(n + 63)], interval[static_cast<std::size_t>(n + 64)]);
            REQUIRE(own.channel(c)[n] == expected);
            REQUIRE(joint.channel(0)[n] >= expected);
        }
    }
    for (Frames n = 0; n < 3000; ++n) REQUIRE(joint.channel(0)[n] == std::max(own.channel(0)[n], own.channel(1)[n]));
}

TEST_CASE("peak track: only cells that read the spans are searched, and all of those are", "[limiter]") {
    const AudioBuffer<double> audio = noise(0.3, 3000, 1);
    const std::vector<Span> where{{1000, 1001}, {2111, 2200}};
    const AudioBuffer<double> everywhere = tracked(audio, 1, 500, 0.2), there = tracked(audio, 1, 500, 0.2, &where);
    for (Frames n = 0; n < 3000; ++n) {
        const bool reads = (n >= 1000 - 31 && n <= 1000 + 31) || (n >= 2111 - 31 && n <= 2199 + 31);
        if (reads) REQUIRE(there.channel(0)[n] == everywhere.channel(0)[n]);
        if (n < 1000 - 200 || (n > 1000 + 200 && n < 2111 - 200) || n > 2199 + 200) REQUIRE(there.channel(0)[n] == 0);
    }
}
