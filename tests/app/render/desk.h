// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <string>

#include "app/render/compile.h"
#include "app/session/album_file.h"

namespace lathe::test {

/// A folder with three sources of 3 s (a.wav, b.wav, c.wav: 44100 Hz, stereo) and one of 2 s (mono.wav), gone with the
/// test.
class Desk {
public:
    Desk();
    ~Desk();
    const std::filesystem::path& path() const { return path_; }
    /// Writes a source beside them, in 32-bit float.
    void write(const std::string& name, const AudioBuffer<double>& audio, int rate = 44100) const;
    Album album(const std::string& text) const { return parse_album(text, path_ / "album.toml"); }

private:
    std::filesystem::path path_;
};

inline constexpr int desk_rate = 44100;
inline constexpr Frames desk_frames = 3 * desk_rate;

/// The names of a plan's stages: "eq+stereo, limiter".
std::string names_of(const Plan& plan);

}  // namespace lathe::test
