// SPDX-License-Identifier: GPL-3.0-or-later
#include "dsp/dynamics/multiband.h"

#include <fmt/format.h>
#include <algorithm>

#include "dsp/core/decibel.h"
#include "dsp/core/error.h"

namespace lathe {

std::vector<double> band_lower_edges_hz(const MultibandSettings& settings) {
    const std::size_t needed = settings.crossovers_hz.size() + 1;
    if (settings.bands.size() != needed)
        throw BadSetting(fmt::format("bands: {} crossovers_hz make {} bands, not {}; add or take out one or the other",
                                     settings.crossovers_hz.size(), needed, settings.bands.size()));
    std::vector<double> edges{0};
    edges.insert(edges.end(), settings.crossovers_hz.begin(), settings.crossovers_hz.end());
    return edges;
}

template <class Sample>
MultibandStage<Sample>::MultibandStage(const MultibandSettings& settings, const std::vector<FirMatrix>& responses,
                                       bool fused, std::span<const double> edges_hz, double rate, double mix,
                                       Workers& workers, StageWitness* witness)
    : channels_in_(responses.at(0).inputs()), channels_out_(responses.at(0).outputs()) {
    band_lower_edges_hz(settings);
    const bool solo =
        std::any_of(settings.bands.begin(), settings.bands.end(), [](const BandSettings& band) { return band.solo; });
    over_dry_ = !fused && !solo;
    std::vector<FirMatrix> used;
    std::vector<typename FilterWitness<Sample>::Weighed> proven;
    std::vector<typename BandMixer<Sample>::Band> bands;
    for (std::size_t b = 0; b < settings.bands.size(); ++b) {
        if (solo && !settings.bands[b].solo) continue;
        BandDynamics<Sample> dynamics(settings.bands[b], edges_hz[b], rate, channels_out_, mix);
        if (over_dry_ && dynamics.is_unity()) continue;
        used.push_back(responses[b]);
        proven.push_back({&responses[b], std::max(1.0, gain_from_db(settings.bands[b].makeup_db))});
        bands.push_back({std::move(dynamics), static_cast<int>(b)});
    }
    still_.bands.resize(settings.bands.size());
    if (used.empty()) return;
    bank_.emplace(used, workers);
    if (witness) bank_->attend(std::move(proven), *witness);
    mixer_.emplace(std::move(bands), static_cast<int>(settings.bands.size()), channels_out_, over_dry_, workers,
                   witness);
}

template <class Sample>
void MultibandStage<Sample>::push(AudioView<const Sample> in, AudioQueue<Sample>& out) {
    if (!mixer_) return out.append(in);
    if (over_dry_) mixer_->dry().append(in);
    bank_->push(in, mixer_->bands());
    mixer_->run(out);
}

template <class Sample>
void MultibandStage<Sample>::finish(AudioQueue<Sample>& out) {
    if (!mixer_) return;
    bank_->finish(mixer_->bands());
    mixer_->finish(out);
}

template class MultibandStage<float>;
template class MultibandStage<double>;

}  // namespace lathe
