// SPDX-License-Identifier: GPL-3.0-or-later
#include <unistd.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>

#include "app/player/portaudio_output.h"
#include "tests/app/player/deck.h"

using namespace lathe;
using namespace lathe::test;

namespace {

/// ALSA without a sound card, as long as it lives: what is played by the default device, or by "lathe_other", goes into
/// a file of float samples.
class AlsaFiles {
public:
    explicit AlsaFiles(bool devices = true) {
        std::filesystem::create_directories(folder_);
        std::ofstream config(folder_ / "asoundrc");
        for (const auto& [name, file] : {std::pair{"!default", default_file()}, {"lathe_other", other_file()}})
            if (devices)
                config << "pcm." << name << " { type file format raw file \"" << file.string()
                       << "\" slave.pcm { type null } hint.description \"" << name << "\" }\n";
            else
                config << "pcm." << name << " { type hw card 77 }\n";
        config.close();
        setenv("ALSA_CONFIG_PATH", (folder_ / "asoundrc").c_str(), 1);
        setenv("JACK_NO_START_SERVER", "1", 1);
    }
    ~AlsaFiles() { std::filesystem::remove_all(folder_); }

    std::filesystem::path default_file() const { return folder_ / "default.f32"; }
    std::filesystem::path other_file() const { return folder_ / "other.f32"; }

private:
    std::filesystem::path folder_ =
        std::filesystem::temp_directory_path() / ("lathe-player-" + std::to_string(getpid()));
};

std::vector<float> samples_of(const std::filesystem::path& path) {
    std::vector<float> samples(std::filesystem::file_size(path) / sizeof(float));
    std::ifstream(path, std::ios::binary)
        .read(reinterpret_cast<char*>(samples.data()), static_cast<std::streamsize>(samples.size() * sizeof(float)));
    return samples;
}

/// ALSA's null device asks for blocks as fast as it can: this one gives none before the player has read far enough.
class Unhurried : public AudioOutput {
public:
    Unhurried(std::unique_ptr<AudioOutput> output, const Player*& player, const std::atomic<bool>& hurry)
        : output_(std::move(output)), player_(player), hurry_(hurry) {}
    std::string name() const override { return output_->name(); }
    void start(double rate, Render render) override {
        output_->start(rate, [this, render = std::move(render)](AudioView<float> block, double heard_at) {
            while (!hurry_ && player_->ahead() < 8192) std::this_thread::sleep_for(std::chrono::microseconds(200));
            render(block, heard_at);
        });
    }
    void stop() noexcept override { output_->stop(); }
    double latency() const override { return output_->latency(); }
    std::string failure() override { return output_->failure(); }

private:
    std::unique_ptr<AudioOutput> output_;
    const Player*& player_;
    const std::atomic<bool>& hurry_;
};

/// Plays a signal from start to end through a device.
void play_through(const std::string& device, const std::shared_ptr<const MemorySignal>& signal) {
    std::atomic<bool> hurry{false};
    const Player* known = nullptr;
    Player player(signal->rate());
    known = &player;
    player.use(std::make_unique<Unhurried>(std::make_unique<PortAudioOutput>(device), known, hurry));
    Listening listening;
    listening[Slot::master].signal = signal;
    player.listen(listening);
    wait_until([&] { return player.output_name() != "" && player.output_name() != "silence"; });
    CHECK(player.message().empty());
    CHECK(player.latency() > 0);
    player.play();
    wait_until([&] { return !player.playing(); });
    CHECK(player.underruns() == 0);
    hurry = true;
}

}  // namespace

TEST_CASE("sound device: without a sound card, the samples that ALSA is handed are the render's", "[player]") {
    const AlsaFiles alsa;
    const double rate = GENERATE(44100.0, 48000.0, 96000.0);
    const std::string device = GENERATE("", "lathe_other");
    CAPTURE(rate, device);
    const Frames frames = static_cast<Frames>(rate), fade = fade_frames(rate);
    const auto render = memory(noise(0.2, frames, 2), rate);
    play_through(device, render);

    const std::vector<float> played = samples_of(device.empty() ? alsa.default_file() : alsa.other_file());
    Frames first = 0;
    while (first < static_cast<Frames>(played.size()) / 2 && played[static_cast<std::size_t>(2 * first)] == 0) ++first;
    REQUIRE(static_cast<Frames>(played.size()) / 2 >= first + frames);
    Frames wrong = 0;
    for (Frames n = 0; n < frames; ++n)
        for (int c = 0; c < 2; ++c) {
            const float expected =
                n < fade ? static_cast<float>(fade_weight(n, fade) * render->at(c, n)) : render->at(c, n);
            wrong += played[static_cast<std::size_t>(2 * (first + n) + c)] != expected;
        }
    CHECK(wrong == 0);
}

TEST_CASE("sound device: the devices of ALSA's configuration are listed by name", "[player]") {
    const AlsaFiles alsa;
    const std::vector<std::string> names = PortAudioOutput::list_devices();
    CHECK(std::count(names.begin(), names.end(), "default") == 1);
    CHECK(std::count(names.begin(), names.end(), "lathe_other") == 1);
}

TEST_CASE("sound device: without any, or without the one asked for, a message says so", "[player]") {
    const bool devices = GENERATE(false, true);
    const AlsaFiles alsa(devices);
    CHECK(PortAudioOutput::list_devices().empty() == !devices);
    Player player(deck_rate, std::make_unique<PortAudioOutput>(devices ? "Studio Monitor" : ""));
    wait_until([&] { return player.output_name() == "silence"; });
    CHECK(player.message() ==
          (devices ? "sound device \"Studio Monitor\" was not found" : "no sound device was found"));
}
