// SPDX-License-Identifier: GPL-3.0-or-later
#include "dsp/core/audio_queue.h"

#include <deque>
#include <random>
#include <utility>

#include "tests/support/catch.h"
#include "tests/support/signals.h"

namespace lathe {
namespace {

/// The queue's job done by a std::deque per channel.
struct PlainQueue {
    std::vector<std::deque<double>> channels;
    void append(const AudioBuffer<double>& audio) {
        for (int c = 0; c < audio.channels(); ++c)
            channels[static_cast<std::size_t>(c)].insert(channels[static_cast<std::size_t>(c)].end(), audio.channel(c),
                                                         audio.channel(c) + audio.frames());
    }
    void drop(Frames count) {
        for (auto& channel : channels) channel.erase(channel.begin(), channel.begin() + count);
    }
};

bool same(const AudioQueue<double>& queue, const PlainQueue& plain) {
    for (int c = 0; c < queue.channels(); ++c) {
        const auto& channel = plain.channels[static_cast<std::size_t>(c)];
        if (static_cast<Frames>(channel.size()) != queue.frames()) return false;
        if (!std::equal(channel.begin(), channel.end(), queue.view().channel(c))) return false;
    }
    return true;
}

}  // namespace

TEST_CASE("audio queue: gives back every frame in order, however it is filled and emptied", "[core]") {
    const int channels = GENERATE(1, 2, 16);
    AudioQueue<double> queue(channels);
    PlainQueue plain{std::vector<std::deque<double>>(static_cast<std::size_t>(channels))};
    std::mt19937 random(7);
    for (unsigned step = 0; step < 3000; ++step) {
        const auto count = static_cast<Frames>(random() % 200);
        const AudioBuffer<double> audio = test::noise(1, count, channels, step);
        switch (random() % 5) {
            case 0:
                queue.append(audio.view());
                plain.append(audio);
                break;
            case 1:
                copy_audio<double>(audio.view(), queue.extend(count));
                plain.append(audio);
                break;
            case 2:
                queue.append_silence(count);
                plain.append(AudioBuffer<double>(channels, count));
                break;
            default:
                const Frames dropped = std::min(count, queue.frames());
                queue.drop(dropped);
                plain.drop(dropped);
        }
        REQUIRE(same(queue, plain));
    }
    queue.drop(queue.frames());
    CHECK(queue.empty());
}

TEST_CASE("audio queue: one that is filled and emptied by turns keeps its memory", "[core]") {
    AudioQueue<float> queue(2);
    queue.append_silence(1000);
    const float* first = queue.view().data;
    const Frames room = queue.view().stride;
    for (int i = 0; i < 10000; ++i) {
        queue.drop(900);
        queue.append_silence(900);
    }
    CHECK(queue.view().stride <= 2 * room);
    queue.drop(1000);
    queue.append_silence(1000);
    CHECK((first != nullptr && queue.frames() == 1000));
}

}  // namespace lathe
