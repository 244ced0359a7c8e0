// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <any>
#include <condition_variable>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <thread>
#include <vector>

#include "app/render/cache.h"
#include "app/render/file_state.h"
#include "app/render/resonance_file.h"
#include "app/render/stored_audio.h"
#include "dsp/measure/level_history.h"
#include "dsp/measure/spectrum.h"
#include "dsp/measure/stereo_bands.h"

namespace lathe {

/// Something to look at: a file, or what a render left in memory.
struct Sound {
    std::filesystem::path path;  ///< empty: it is in memory
    KeptAudio audio;
    double rate = 0;  ///< of the audio in memory
    FileState state;  ///< of the file

    explicit operator bool() const { return audio || !path.empty(); }
    std::string key() const;  ///< another one for every content
};

struct TrackPreview;
Sound sound_of(const TrackPreview& preview);

/// A part of a sound, in seconds from its first frame.
struct Stretch {
    double from_s = 0, to_s = 0;
    bool operator==(const Stretch&) const = default;
};

/// Every channel's waveform.
struct SoundWaveform {
    double rate = 0;
    Frames frames = 0;
    std::vector<Waveform> channels;
    double duration_s() const { return rate > 0 ? static_cast<double>(frames) / rate : 0; }
};

/// Looks at sounds in the background. Asked in every frame for what is on screen, it answers with what it has; null:
/// not yet. What is no longer asked for is not begun, and ended where it is under way; what was found stays a while.
class Analyses {
public:
    /// landed: told by any thread that something asked for is there. nice: how far the work stands back, as
    /// setpriority() has it.
    explicit Analyses(Cache cache, std::function<void()> landed = {}, int nice = 5);
    ~Analyses();

    /// Called once a frame, before it asks.
    void begin_frame();
    /// While held, nothing new is begun: the machine is needed for something more urgent.
    void hold(bool held);
    /// Whether something asked for in this frame or the last is not there yet.
    bool is_busy() const;

    /// What a file is. Its waveform grows while it is read.
    std::shared_ptr<const AudioInfo> info(const Sound& file);
    std::shared_ptr<const SoundWaveform> waveform(const Sound& sound);
    std::shared_ptr<const LevelHistory> levels(const Sound& sound);
    /// stretch: the part that is looked at; none: all of it. One channel is its own left, right and mid.
    std::shared_ptr<const Spectrum> spectrum(const Sound& sound, SpectrumPart part,
                                             const std::optional<Stretch>& stretch = {});
    std::shared_ptr<const StereoBands> stereo_bands(const Sound& sound);
    /// Peak to short-term loudness, dB, a value a hop.
    std::shared_ptr<const std::vector<float>> psr(const Sound& sound);
    /// Of a file alone. error: why there are none, if there are none for a reason.
    std::shared_ptr<const FileResonances> resonances(const Sound& file);

    /// Anything else that is made from a sound, by a name of its own.
    template <class Value>
    std::shared_ptr<const Value> value(const std::string& key,
                                       std::function<std::shared_ptr<const Value>(const Cancel&)> make) {
        const std::any found =
            ask(key, [make = std::move(make)](const Cancel& cancel) -> std::any { return make(cancel); });
        return found.has_value() ? std::any_cast<std::shared_ptr<const Value>>(found) : nullptr;
    }
    /// Why what was asked for cannot be had; empty: it can.
    std::string why_none(const std::string& key) const;
    /// Lets go of what was found: it is large, and will not be asked for again.
    void forget(const std::string& key);

private:
    using Work = std::function<std::any(const Cancel&)>;
    struct Entry {
        std::any value;
        std::string error;
        Work work;  ///< empty: done
        std::uint64_t asked = 0;
    };
    std::any ask(const std::string& key, Work work);
    void run(int nice);

    Cache cache_;
    const std::function<void()> landed_;
    mutable std::mutex mutex_;
    std::condition_variable wake_;
    std::map<std::string, Entry> entries_;
    std::uint64_t frame_ = 1;
    std::string running_;
    std::shared_ptr<Cancel> cancel_;
    bool is_held_ = false, ends_ = false;
    std::thread thread_;
};

}  // namespace lathe
