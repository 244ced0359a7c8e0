// SPDX-License-Identifier: GPL-3.0-or-later
#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include <chrono>
#include <thread>

#include "app/media/audio_file.h"
#include "tests/e2e/studio/window.h"
#include "tests/support/catch.h"

using namespace lathe;
using namespace lathe::test;

namespace {

/// A sound card for ALSA that is a pipe: it takes stereo float samples at twice the pace of the music, and keeps them.
class PipeCard {
public:
    PipeCard(const TemporaryFolder& folder, double rate) : pipe_(folder / "card") {
        write_text(folder / "asoundrc",
                   fmt::format("pcm.!default {{ type file format raw file \"{}\" slave.pcm {{ type null }} "
                               "hint.description \"default\" }}\n",
                               pipe_.string()));
        REQUIRE(mkfifo(pipe_.c_str(), 0600) == 0);
        listener_ = std::thread([this, rate] { listen(rate); });
    }
    ~PipeCard() { played(); }

    /// Interleaved; whoever plays has ended.
    const std::vector<float>& played() {
        if (listener_.joinable()) {
            ::close(::open(pipe_.c_str(), O_WRONLY | O_NONBLOCK));  // lets a listener go that nobody ever played to
            listener_.join();
        }
        return samples_;
    }

private:
    void listen(double rate) {
        using namespace std::chrono;
        const int in = ::open(pipe_.c_str(), O_RDONLY);
        std::vector<float> block(2048);
        const auto block_time = duration<double>(static_cast<double>(block.size() / 2) / rate / 2);
        std::size_t held = 0;  // bytes of the block
        for (auto due = steady_clock::now();;) {
            const ssize_t got = ::read(in, reinterpret_cast<char*>(block.data()) + held, 4 * block.size() - held);
            if (got <= 0) break;
            held += static_cast<std::size_t>(got);
            if (held < 4 * block.size()) continue;
            samples_.insert(samples_.end(), block.begin(), block.end());
            held = 0;
            due = std::max(due + duration_cast<steady_clock::duration>(block_time), steady_clock::now() - seconds(1));
            std::this_thread::sleep_until(due);
        }
        ::close(in);
    }

    std::filesystem::path pipe_;
    std::vector<float> samples_;
    std::thread listener_;
};

}  // namespace

TEST_CASE("studio: what the window plays is the file that it delivers, sample for sample", "[studio]") {
    const TemporaryFolder folder;
    constexpr int rate = 48000;
    write_audio(folder / "song.wav", music_like(rate, 4), rate);
    write_text(folder / "album.toml",
               "[album]\nloudness_lufs = -18\ntrue_peak_dbtp = -1\n[[chain]]\ntype = \"eq\"\nbands = [{ type = "
               "\"bell\", hz = 300, gain_db = 3, q = 1 }]\n[[chain]]\ntype = \"limiter\"\n"
               "[[track]]\nsource = \"song.wav\"\n[[deliver]]\nformat = \"wav\"\nbits = 24\ndir = \"out\"\n");
    PipeCard card(folder, rate);
    const Ran ran =
        run_script(folder, folder / "album.toml",
                   "wait\nexpect hear/master is on\nexpect hear/matched is on\nclick hear/matched\n"
                   "key space\nawait play is on\nawait play is off\n",
                   fmt::format("env ALSA_CONFIG_PATH={}/asoundrc JACK_NO_START_SERVER=1 ", folder.path().string()), "");
    INFO(ran.err);
    REQUIRE(ran.code == 0);
    REQUIRE(run_lathe("render " + (folder / "album.toml").string()).code == 0);

    AudioReader reader(folder / "out/01 song.wav");
    AudioBuffer<float> file(2, reader.info().frames);
    reader.read(file.view());
    const std::vector<float>& played = card.played();
    constexpr Frames fade = rate / 200;  // the player comes in over 5 ms
    const auto is_here = [&](Frames at) {
        for (Frames n = fade; n < fade + 64; ++n)
            for (int c = 0; c < 2; ++c)
                if (played[static_cast<std::size_t>(2 * (at + n) + c)] != file.channel(c)[n]) return false;
        return true;
    };
    const Frames room = static_cast<Frames>(played.size()) / 2 - file.frames();
    Frames start = 0;
    while (start < room && !is_here(start)) ++start;
    REQUIRE(start < room);
    Frames wrong = 0;
    for (Frames n = fade; n < file.frames(); ++n)
        for (int c = 0; c < 2; ++c)
            wrong += played[static_cast<std::size_t>(2 * (start + n) + c)] != file.channel(c)[n];
    CHECK(wrong == 0);
}
