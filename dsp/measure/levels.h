// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>
#include <vector>

#include "dsp/core/audio.h"
#include "dsp/core/block_grid.h"

namespace lathe {

/// The magnitude from which a sample counts as full scale: the largest positive one that integers of that many bits
/// hold, as audio is scaled by 2^(bits − 1). 0 bits (floating point): 1.
double full_scale(int bits);

struct ChannelLevels {
    double dc_offset = 0;    ///< mean
    double sample_peak = 0;  ///< largest magnitude
    double rms = 0;          ///< linear; a full-scale square wave has 1
    Frames clipped = 0;      ///< samples in runs of at least 3 at full scale
};

struct Levels {
    std::vector<ChannelLevels> channels;
    std::optional<double> correlation;  ///< of the first two channels, Σ LR / √(Σ L² Σ R²) over the whole programme;
                                        ///< none if one is silent
    Frames leading_silence = 0;   ///< frames before the first in which a channel reaches −80 dBFS; all, if none does
    Frames trailing_silence = 0;  ///< likewise behind the last
    Frames frames = 0;

    double sample_peak() const;  ///< largest of the channels'
    Frames clipped() const;      ///< sum of the channels'
};

/// Measures the plain levels of one programme. The same bits however it is cut.
template <class Sample>
class LevelMeter {
public:
    /// full_scale: as full_scale() gives it for the file's depth.
    explicit LevelMeter(int channels, double full_scale = 1);
    void push(AudioView<const Sample> in);
    /// The programme has ended. Call once.
    Levels finish();

private:
    static constexpr Frames block_frames = 1024;

    struct Sums {
        double sum = 0, energy = 0, peak = 0;
        Frames run = 0;  ///< samples at full scale up to here
        Frames clipped = 0;
    };
    void measure(AudioView<const Sample> in);
    void count_clipped(const double* x, Frames count, Sums& sums) const;
    void find_sound(AudioView<const double> block);

    double full_scale_;
    BlockGrid<Sample> grid_;
    AudioBuffer<double> wide_;
    std::vector<Sums> sums_;
    double cross_ = 0;  ///< Σ of the first channel times the second
    Frames frames_ = 0;
    Frames first_sound_ = -1, last_sound_ = -1;  ///< frames at or above −80 dBFS
};

}  // namespace lathe
