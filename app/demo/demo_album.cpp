// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/demo/demo_album.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <nlohmann/json.hpp>

#include "app/demo/faults.h"
#include "app/demo/songs.h"
#include "app/media/atomic_file.h"
#include "app/media/audio_file.h"
#include "dsp/core/decibel.h"
#include "dsp/core/error.h"
#include "dsp/threads/in_parallel.h"

namespace lathe {
namespace {

using namespace demo;

constexpr double mix_peak_dbfs = -4;

constexpr const char* album_text =
    R"(# The demo album: three songs with planted faults (faults.json). Edit anything; every comment stays.
lathe = 1

[album]
title = "Three Harbours"
artist = "Lathe"
date = "2026"
genre = "Demo"
loudness_lufs = -14.0          # the album as a whole; the songs keep their balance
true_peak_dbtp = -1.0          # no deliverable passes it

[[chain]]
type = "eq"
bands = [
  { name = "rumble", type = "high_pass",  hz = 24, slope_db_oct = 24 },
  { name = "mud",    type = "bell",       hz = 240, gain_db = -1.5, q = 1.2 },
  { name = "air",    type = "high_shelf", hz = 9000, gain_db = 1.0 },
]

[[chain]]
type = "multiband"
crossovers_hz = [120, 1000, 6000]
bands = [
  { threshold_db = -26, ratio = 2.0 },
  { threshold_db = -26, ratio = 2.0 },
  { threshold_db = -28, ratio = 1.8 },
  { threshold_db = -30, ratio = 1.6 },
]

[[chain]]
type = "reverb"
preset = "hall"
wet_db = -30

[[chain]]
type = "stereo"
width = 1.1

[[chain]]
type = "limiter"               # its ceiling is the album's true_peak_dbtp

[[track]]
id = "harbour"
title = "Harbour Lights"
source = "mixes/harbour.wav"

[[track]]
id = "copper"
title = "Copper Wire"
source = "mixes/copper.wav"
gap_s = 1.5

[[track]]
id = "tide"
title = "Slow Tide"
source = "mixes/tide.wav"
input_db = 6                   # this mix came 6 dB too quiet
gap_s = 2.0

[[deliver]]
name = "hires"
format = "wav"
bits = 24
dir = "masters/wav24"

[[deliver]]
name = "cd"
format = "wav"
bits = 16
dither = "shaped"
dir = "masters/cd"
)";

void write_wav(const std::filesystem::path& path, const Stem& audio) {
    std::filesystem::create_directories(path.parent_path());
    AudioWriter writer(path, {Container::wav, SampleFormat::pcm24, audio.channels(), demo_rate, 0, 0}, {});
    std::vector<std::int32_t> integers(static_cast<std::size_t>(audio.frames() * audio.channels()));
    for (int c = 0; c < audio.channels(); ++c)
        for (Frames n = 0; n < audio.frames(); ++n) {
            const double steps = std::clamp(std::nearbyint(audio.channel(c)[n] * 0x800000), -8388608.0, 8388607.0);
            integers[static_cast<std::size_t>(n * audio.channels() + c)] = static_cast<std::int32_t>(steps) * 256;
        }
    writer.write_integers(integers.data(), audio.frames());
    writer.finish();
    writer.commit();
}

Stem mixed_down(const Song& song) {
    Stem mix(2, song.stems.front().audio.frames());
    for (const NamedStem& stem : song.stems)
        for (int c = 0; c < 2; ++c)
            for (Frames n = 0; n < mix.frames(); ++n) mix.channel(c)[n] += stem.audio.channel(c)[n];
    return mix;
}

/// Turns all stems by one gain, so that the clean mix peaks where mixes do.
void set_level(Song& song) {
    const Stem mix = mixed_down(song);
    double peak = 0;
    for (int c = 0; c < 2; ++c)
        for (Frames n = 0; n < mix.frames(); ++n) peak = std::max(peak, std::abs(mix.channel(c)[n]));
    const double gain = gain_from_db(mix_peak_dbfs) / peak;
    for (NamedStem& stem : song.stems)
        for (int c = 0; c < 2; ++c)
            for (Frames n = 0; n < mix.frames(); ++n) stem.audio.channel(c)[n] *= gain;
}

nlohmann::ordered_json to_json(const Fault& fault) {
    nlohmann::ordered_json json{{"track", fault.track}};
    if (!fault.stem.empty()) json["stem"] = fault.stem;
    json["kind"] = fault.kind;
    if (fault.kind == "resonance")
        json.update({{"frequency_hz", fault.hz}, {"q", fault.q}, {"gain_db", fault.gain_db}});
    if (fault.kind == "level") json["gain_db"] = fault.gain_db;
    if (fault.kind == "click") json.update({{"time_s", fault.time_s}, {"value", fault.value}});
    if (fault.kind == "dc") json["value"] = fault.value;
    return json;
}

void write_song(const std::filesystem::path& folder, Song song, const std::vector<Fault>& faults) {
    set_level(song);
    plant(faults, song);
    for (const NamedStem& stem : song.stems) write_wav(folder / "stems" / song.id / (stem.name + ".wav"), stem.audio);
    write_wav(folder / "mixes" / (song.id + ".wav"), mixed_down(song));
}

}  // namespace

std::filesystem::path write_demo_album(const std::filesystem::path& folder, const Cancel& cancel) {
    std::error_code error;
    std::filesystem::create_directories(folder, error);
    if (error) throw SystemError(fmt::format("{}: cannot make the folder: {}", folder.string(), error.message()));
    const std::vector<Fault> faults = demo_faults();
    using Compose = Song (*)();
    constexpr Compose songs[] = {harbour_lights, copper_wire, slow_tide};
    in_parallel(std::size(songs), [&](std::size_t i) {
        cancel.check();
        write_song(folder, songs[i](), faults);
    });
    nlohmann::ordered_json list{{"lathe_json", 1}, {"faults", nlohmann::ordered_json::array()}};
    for (const Fault& fault : faults) list["faults"].push_back(to_json(fault));
    write_text_file(folder / "faults.json", list.dump(2) + "\n");
    write_text_file(folder / "album.toml", album_text);
    return folder / "album.toml";
}

}  // namespace lathe
