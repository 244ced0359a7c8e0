// SPDX-License-Identifier: GPL-3.0-or-later
#include "dsp/linear/reverb.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <numbers>
#include <numeric>
#include <optional>

#include "dsp/core/decibel.h"
#include "dsp/core/error.h"
#include "dsp/linear/eq.h"

namespace lathe {
namespace {

void check(const ImpulseResponse& response, int channels) {
    const int responses = response.audio.channels();
    const Frames frames = response.audio.frames();
    if (responses != 1 && responses != 2 && responses != 4)
        throw BadSetting(
            fmt::format("the impulse response has {} channels; it must have 1, 2 or 4 (LL, LR, RL, RR)", responses));
    if (!(response.rate >= 8000 && response.rate <= 768000))
        throw BadSetting(
            fmt::format("the impulse response has a rate of {} Hz; resample it to 8000 to 768000 Hz", response.rate));
    if (frames == 0) throw BadSetting("the impulse response is empty; give one with at least one sample");
    if (static_cast<double>(frames) > longest_response_s * response.rate)
        throw BadSetting(fmt::format("the impulse response is {:.1f} s long; cut it to {} s",
                                     static_cast<double>(frames) / response.rate, longest_response_s));
    if (responses > 1 && channels > 2)
        throw BadSetting(
            fmt::format("an impulse response of {} channels cannot serve {} channels of sound; use a mono one",
                        responses, channels));
    for (int c = 0; c < responses; ++c)
        for (Frames n = 0; n < frames; ++n)
            if (!std::isfinite(response.audio.channel(c)[n]))
                throw BadSetting(fmt::format(
                    "the impulse response's sample {} of channel {} is not a number; export it again", n, c + 1));
}

/// The cuts of the return as one response.
Fir return_filter(const ReverbSettings& settings, double rate) {
    Fir filter = unit_fir();
    if (settings.low_cut_hz > 0) filter = design_low_cut(settings.low_cut_hz, 12, rate);
    if (settings.high_cut_hz > 0 && settings.high_cut_hz < rate / 2)
        filter = convolved(filter, design_high_cut(settings.high_cut_hz, 12, rate));
    return filter;
}

Fir delayed(Fir fir, Frames delay) {
    const Frames silence = std::max<Frames>(delay - fir.origin, 0);
    fir.taps.insert(fir.taps.begin(), static_cast<std::size_t>(silence), 0.0);
    fir.origin += silence - delay;
    return fir;
}

/// The responses of the return, one for each channel of the impulse response, at the programme's rate, without wet_db.
std::vector<Fir> return_responses(const ReverbSettings& settings, const ImpulseResponse& response, double rate,
                                  Workers& workers) {
    // Most responses are taken as they are; they are long, and a copy costs as much as what is done with it.
    std::optional<ImpulseResponse> changed;
    const auto as_is = [&]() -> const ImpulseResponse& { return changed ? *changed : response; };
    if (settings.ir_normalize) changed = normalized(as_is(), workers);
    if (settings.decay_scale != 1) changed = with_decay_scaled(as_is(), settings.decay_scale);
    if (as_is().rate != rate) changed = resampled(as_is(), rate);
    const ImpulseResponse& ready = as_is();

    const Fir filter = return_filter(settings, rate);
    const Frames predelay = std::llround(settings.predelay_ms / 1000 * rate);
    std::vector<Fir> responses(static_cast<std::size_t>(ready.audio.channels()));
    workers.for_each(ready.audio.channels(), [&](int c) {
        const double* samples = ready.audio.channel(c);
        Fir fir{{samples, samples + ready.audio.frames()}, ready.origin};
        responses[static_cast<std::size_t>(c)] = delayed(convolved(std::move(fir), filter), predelay);
    });
    return responses;
}

FirMatrix return_matrix(std::vector<Fir> responses, int channels) {
    if (responses.size() == 1) return same_on_all(responses[0], channels);
    FirMatrix matrix(2, channels);
    const bool crosses = responses.size() == 4;
    for (int output = 0; output < 2; ++output) {
        Fir from_left = std::move(responses[static_cast<std::size_t>(output)]);
        Fir from_right = crosses ? std::move(responses[static_cast<std::size_t>(2 + output)]) : Fir{};
        if (channels == 1) {
            matrix.at(output, 0) = sum(std::move(from_left), std::move(from_right));
        } else if (crosses) {
            matrix.at(output, 0) = std::move(from_left);
            matrix.at(output, 1) = std::move(from_right);
        } else {
            matrix.at(output, output) = std::move(from_left);
        }
    }
    return matrix;
}

FirMatrix dry_matrix(double gain, int outputs, int inputs) {
    FirMatrix matrix(outputs, inputs);
    if (gain > 0)
        for (int output = 0; output < outputs; ++output)
            matrix.at(output, std::min(output, inputs - 1)) = unit_fir(gain);
    return matrix;
}

/// A weighting of 1/f in power, within 2 dB from 20 Hz to 20 kHz: five shelves of −6 dB, two octaves apart.
class PinkWeighting {
public:
    explicit PinkWeighting(double rate) {
        for (std::size_t i = 0; i < poles_.size(); ++i) {
            const double hz = 20 * std::exp2(2 * static_cast<double>(i) + 0.5);
            poles_[i] = std::exp(-2 * std::numbers::pi * hz / rate);
            zeros_[i] = std::exp(-2 * std::numbers::pi * 2 * hz / rate);
        }
    }
    double operator()(double x) {
        for (std::size_t i = 0; i < poles_.size(); ++i) {
            const double y = x - zeros_[i] * inputs_[i] + poles_[i] * outputs_[i];
            inputs_[i] = x;
            x = outputs_[i] = y;
        }
        return x;
    }

private:
    std::array<double, 5> poles_{}, zeros_{}, inputs_{}, outputs_{};
};

/// Frames from time zero until the weighted energy still to come is `fall_db` below the whole. The weighting runs from
/// the end to the start, so that it never lets sound ring on past its end.
Frames decay_frames(const std::vector<Fir>& responses, double rate, double fall_db) {
    Frames behind = 0;
    for (const Fir& fir : responses) behind = std::max(behind, fir.behind());
    std::vector<float> energy(static_cast<std::size_t>(behind + 1));  // what comes early counts for frame 0
    for (const Fir& fir : responses) {
        PinkWeighting weighting(rate);
        for (Frames n = fir.behind(); n >= -fir.origin; --n) {
            const double x = weighting(fir.taps[static_cast<std::size_t>(n + fir.origin)]);
            energy[static_cast<std::size_t>(std::max<Frames>(n, 0))] += static_cast<float>(x * x);
        }
    }
    const double floor = std::accumulate(energy.begin(), energy.end(), 0.0) * power_from_db(-fall_db);
    double to_come = 0;
    for (Frames n = behind; n > 0; --n) {
        to_come += static_cast<double>(energy[static_cast<std::size_t>(n)]);
        if (to_come > floor) return n;
    }
    return 0;
}

Frames tail_frames(const ReverbSettings& settings, const std::vector<Fir>& responses, double rate) {
    if (settings.tail_s) return std::llround(*settings.tail_s * rate);
    const double fall_db = 90 + settings.wet_db;
    return fall_db > 0 ? decay_frames(responses, rate, fall_db) : 0;
}

}  // namespace

PreparedReverb prepare_reverb(const ReverbSettings& settings, const ImpulseResponse& response, double rate,
                              int channels, Workers& workers) {
    check(response, channels);
    const int outputs = response.audio.channels() == 1 ? channels : 2;
    const FirMatrix dry = dry_matrix(gain_from_db(settings.dry_db), outputs, channels);
    const double wet = gain_from_db(settings.wet_db);
    if (wet == 0) return {dry, settings.tail_s ? tail_frames(settings, {}, rate) : 0};
    std::vector<Fir> responses = return_responses(settings, response, rate, workers);
    const Frames tail = tail_frames(settings, responses, rate);
    return {sum(dry, scaled(return_matrix(std::move(responses), channels), wet)), tail};
}

}  // namespace lathe
