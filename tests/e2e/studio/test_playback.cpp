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

constexpr int rate = 48000;

/// What the window plays on a card while it does what the script says; interleaved.
std::vector<float> played_by(const TemporaryFolder& folder, const std::string& script) {
    PipeCard card(folder, rate);
    const Ran ran =
        run_script(folder, folder / "album.toml", "wait\nexpect hear/matched is on\nclick hear/matched\n" + script,
                   fmt::format("env ALSA_CONFIG_PATH={}/asoundrc JACK_NO_START_SERVER=1 ", folder.path().string()), "");
    INFO(ran.err);
    REQUIRE(ran.code == 0);
    return card.played();
}

AudioBuffer<float> file_at(const std::filesystem::path& path) {
    AudioReader reader(path);
    AudioBuffer<float> audio(2, reader.info().frames);
    reader.read(audio.view());
    return audio;
}

/// Whether the played samples hold the audio, but for the first `fade` frames, over which the player comes in.
bool holds(const std::vector<float>& played, AudioView<const float> audio) {
    constexpr Frames fade = rate / 200;
    const auto differs = [&](Frames at, Frames from, Frames to) {
        for (Frames n = from; n < to; ++n)
            for (int c = 0; c < 2; ++c)
                if (played[static_cast<std::size_t>(2 * (at + n) + c)] != audio.channel(c)[n]) return true;
        return false;
    };
    const Frames room = static_cast<Frames>(played.size()) / 2 - audio.frames;
    for (Frames start = 0; start <= room; ++start)
        if (!differs(start, fade, fade + 64)) return !differs(start, fade, audio.frames);
    return false;
}

const std::string head =
    "[album]\nloudness_lufs = -18\ntrue_peak_dbtp = -1\n[[chain]]\ntype = \"eq\"\nbands = [{ type = \"bell\", hz = "
    "300, gain_db = 3, q = 1 }]\n[[chain]]\ntype = \"limiter\"\n[[deliver]]\nformat = \"wav\"\nbits = 24\ndir = "
    "\"out\"\n";

}  // namespace

TEST_CASE("studio: what the window plays is the file that it delivers, sample for sample", "[studio]") {
    const TemporaryFolder folder;
    write_audio(folder / "song.wav", music_like(rate, 4), rate);
    write_text(folder / "album.toml", head + "[[track]]\nsource = \"song.wav\"\n");
    const std::vector<float> played =
        played_by(folder, "expect hear/master is on\nkey space\nawait play is on\nawait play is off\n");
    REQUIRE(run_lathe("render " + (folder / "album.toml").string()).code == 0);
    const AudioBuffer<float> file = file_at(folder / "out/01 song.wav");
    CHECK(holds(played, std::as_const(file).view()));
}

TEST_CASE("studio: songs are played on into each other as they are delivered, and through a join", "[studio]") {
    const TemporaryFolder folder;
    write_audio(folder / "one.wav", music_like(rate, 4), rate);
    write_audio(folder / "two.wav", music_like(rate, 3, 2, 5), rate);
    const std::string gaps = GENERATE("gaps = \"end\"\n", "gaps = \"none\"\n");
    CAPTURE(gaps);
    write_text(folder / "album.toml",
               head + gaps +
                   "[[track]]\nid = \"a\"\nsource = \"one.wav\"\n[[track]]\nid = \"b\"\nsource = "
                   "\"two.wav\"\ngap_s = 0.5\n");
    // From three seconds into the first song on: in its view, and in that of the join, where it stays the current one.
    const bool in_join = GENERATE(false, true);
    CAPTURE(in_join);
    const std::vector<float> played =
        in_join ? played_by(folder,
                            "click overview/show/join\nwait\nclick join/before\nkey shift+left\nkey shift+left\n"
                            "key space\nawait play is on\nawait play is off\nexpect track is a\n")
                : played_by(folder,
                            "key right\nkey shift+left\nkey shift+left\nkey space\nawait play is on\n"
                            "await track is b\nawait play is off\n");
    REQUIRE(run_lathe("render " + (folder / "album.toml").string()).code == 0);
    const AudioBuffer<float> first = file_at(folder / "out/01 one.wav"), second = file_at(folder / "out/02 two.wav");
    const Frames before = rate * 7 / 8, gap = gaps.find("none") != std::string::npos ? rate / 2 : 0;
    AudioBuffer<float> both(2, before + gap + second.frames());
    copy_audio<float>(first.view().slice(first.frames() - before, before), both.view().slice(0, before));
    copy_audio<float>(second.view(), both.view().slice(before + gap, second.frames()));
    CHECK(holds(played, std::as_const(both).view()));
}
