// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <memory>
#include <string>
#include <variant>
#include <vector>

#include "dsp/core/channel.h"
#include "dsp/dynamics/dynamics_settings.h"
#include "dsp/dynamics/limiter_settings.h"
#include "dsp/linear/fir.h"
#include "dsp/output/fade.h"

/// A plan says all that happens to one programme at one rate, as data that any engine can carry out: what render
/// compiles a chain to.
namespace lathe {

/// Everything linear that stood together, as one matrix of responses.
struct LinearSpec {
    std::shared_ptr<const FirMatrix> matrix;  ///< plans share it: a room's is megabytes
};
/// bands: the crossover's responses, with what linear stood in front multiplied in where `fused`.
struct MultibandSpec {
    MultibandSettings settings;
    std::vector<FirMatrix> bands;
    bool fused = false;
};
struct CompressorSpec {
    CompressorSettings settings;
};
struct ClipperSpec {
    ClipperSettings settings;
    double ceiling_dbtp = 0;
};
struct LimiterSpec {
    LimiterSettings settings;
    double ceiling_dbtp = 0;
};

/// Gain over time: each step's gain holds from its frame on; from one to the next it moves over gain_ramp_s, centred on
/// the step. The first step is at frame 0.
struct GainStep {
    Frames from = 0;
    double gain_db = 0;
    bool operator==(const GainStep&) const = default;
};
inline constexpr double gain_ramp_s = 0.02;
struct GainSpec {
    std::vector<GainStep> steps;
};

struct FadeSpec {
    std::vector<Fade> fades;
};

struct Plan;
/// Different plans for different stretches of one programme. Each begins to hear the programme splice_preroll_s before
/// its stretch, so that its dynamics and its reverberation are under way; from one to the next the sound moves linearly
/// over gain_ramp_s, centred on the join.
inline constexpr double splice_preroll_s = 15;
struct SpliceSpec {
    std::vector<Plan> plans;
    struct Stretch {
        Frames from = 0;
        std::size_t plan = 0;
    };
    std::vector<Stretch> stretches;  ///< ascending, the first at frame 0
};

struct StageSpec {
    std::string name;  ///< of the processors in it: "eq+multiband", "limiter"
    std::variant<LinearSpec, MultibandSpec, CompressorSpec, ClipperSpec, LimiterSpec, GainSpec, FadeSpec, SpliceSpec>
        work;
    Channel channel =
        Channel::stereo;  ///< the part of a pair a dynamics stage works on (linear ones have it in their matrix)
    double mix = 1;       ///< likewise
};

/// Channels that come out of a stage, of as many as go in.
int channels_out(const StageSpec& stage, int channels_in);

struct Plan {
    double rate = 0;
    int channels_in = 0, channels_out = 0;
    std::vector<StageSpec> stages;

    bool is_empty() const { return stages.empty(); }
};

}  // namespace lathe
