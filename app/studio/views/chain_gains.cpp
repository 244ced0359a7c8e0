// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/studio/views/chain_gains.h"

#include <algorithm>
#include <cmath>

namespace lathe {
namespace {

constexpr float active_db = 0.1f;

/// The processor in a stage's name that has gains: the last of those that stand together in it.
std::string_view processor_of(std::string_view stage) { return stage.substr(stage.rfind('+') + 1); }

struct Processor {
    std::string path;
    std::string_view type;
};

/// The processors that a track goes through, in order.
std::vector<Processor> processors_in_order(const ChainPair& chains, const Master& master, const std::string& track) {
    std::vector<Processor> places;
    const auto add = [&](const ChainSlot& slot, const std::string& own_track) {
        if (slot.kind == ChainSlot::Kind::processor && !slot.entry.common.bypass)
            places.push_back({processor_path(slot, own_track), type_of(slot.entry.settings)});
    };
    const auto add_own = [&] {
        for (const ChainSlot& slot : chains.own) add(slot, track);
    };
    const bool has_marker = std::any_of(chains.albums.begin(), chains.albums.end(),
                                        [](const ChainSlot& slot) { return slot.kind == ChainSlot::Kind::track; });
    if (!has_marker) add_own();
    for (const ChainSlot& slot : chains.albums) {
        if (slot.kind == ChainSlot::Kind::track) add_own();
        if (std::find(master.skip.begin(), master.skip.end(), slot.entry.id) == master.skip.end()) add(slot, "");
    }
    return places;
}

ProcessorGains measured(const GainHistory& history) {
    ProcessorGains gains{&history, {}, {}};
    std::vector<float> furthest;
    for (const std::vector<float>& band : history.bands) {
        gains.bands.push_back(figures_of(band));
        furthest.resize(std::max(furthest.size(), band.size()), 0);
        for (std::size_t k = 0; k < band.size(); ++k)
            if (std::abs(band[k]) > std::abs(furthest[k])) furthest[k] = band[k];
    }
    gains.all = figures_of(furthest);
    return gains;
}

}  // namespace

GainFigures figures_of(std::span<const float> gains_db) {
    GainFigures figures;
    std::size_t active = 0;
    for (const float db : gains_db) {
        if (std::abs(db) > std::abs(figures.furthest_db)) figures.furthest_db = static_cast<double>(db);
        if (!(std::abs(db) > active_db)) continue;
        figures.mean_db += static_cast<double>(db);
        ++active;
    }
    if (active == 0) return figures;
    figures.mean_db /= static_cast<double>(active);
    figures.active_share = static_cast<double>(active) / static_cast<double>(gains_db.size());
    return figures;
}

double gain_at(std::span<const float> gains_db, double seconds) {
    const double at = std::floor(seconds / GainHistory::seconds_per_entry);
    if (!(at >= 0) || !(at < static_cast<double>(gains_db.size()))) return 0;
    return static_cast<double>(gains_db[static_cast<std::size_t>(at)]);
}

std::string processor_path(const ChainSlot& slot, const std::string& own_track) {
    return own_track.empty() ? slot.entry.id : "track." + own_track + ".chain." + slot.entry.id;
}

std::map<std::string, const StageGains*> stages_of_chain(const ChainPair& chains, const Master& master,
                                                         const std::string& track, std::span<const StageGains> gains) {
    std::map<std::string, const StageGains*> found;
    const std::vector<Processor> places = processors_in_order(chains, master, track);
    for (const std::string_view type : {MultibandSettings::type, CompressorSettings::type, LimiterSettings::type}) {
        std::vector<const StageGains*> stages;
        for (const StageGains& stage : gains)
            if (processor_of(stage.stage) == type) stages.push_back(&stage);
        std::vector<std::string> paths;
        for (const Processor& place : places)
            if (place.type == type) paths.push_back(place.path);
        if (stages.size() != paths.size()) continue;
        for (std::size_t i = 0; i < paths.size(); ++i) found[paths[i]] = stages[i];
    }
    return found;
}

void ChainGains::update(const KeptPreview& preview, std::uint64_t revision, const ChainPair& chains,
                        const Master& master) {
    if (preview == preview_ && revision == revision_) return;
    preview_ = preview;
    revision_ = revision;
    processors_.clear();
    if (!preview) return;
    for (const auto& [path, stage] : stages_of_chain(chains, master, preview->track, preview->gains))
        processors_[path] = measured(stage->history);
    const LimiterActivity& last = preview->result.limiter;  // by the frame, where the history has 10 ms
    for (auto& [path, processor] : processors_)
        if (!preview->gains.empty() && processor.history == &preview->gains.back().history &&
            processor_of(preview->gains.back().stage) == LimiterSettings::type)
            processor.all = {last.max_reduction_db, last.mean_reduction_db, last.active_share};
}

const ProcessorGains* ChainGains::find(const std::string& path) const {
    const auto at = processors_.find(path);
    return at == processors_.end() ? nullptr : &at->second;
}

}  // namespace lathe
