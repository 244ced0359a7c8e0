// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/studio/views/chain_summary.h"

#include <fmt/format.h>

#include <cmath>
#include <filesystem>

#include "app/studio/shell/quantity.h"
#include "dsp/linear/eq_curve.h"

namespace lathe {
namespace {

constexpr const char* dot = " \u00b7 ";

std::string summary(const GainSettings& gain) { return signed_text(gain.gain_db, "dB"); }

std::string summary(const EqSettings& eq) {
    std::size_t count = 0;
    const EqBand* largest = nullptr;
    for (const EqBand& band : eq.bands) {
        if (band.bypass) continue;
        ++count;
        const bool has_gain = band.type <= EqBandType::tilt && band.gain_db != 0;
        if (has_gain && (!largest || std::abs(band.gain_db) > std::abs(largest->gain_db))) largest = &band;
    }
    std::string text = count == 0 ? "no bands" : fmt::format("{} band{}", count, count == 1 ? "" : "s");
    if (largest)
        text += fmt::format("{}{} at {}", dot, signed_text(largest->gain_db, "dB"), quantity_text(largest->hz, "Hz"));
    return text;
}

std::string summary(const ReverbSettings& reverb) {
    const std::string room = reverb.ir.empty() ? std::string(room_presets[static_cast<std::size_t>(reverb.preset)])
                                               : std::filesystem::path(reverb.ir).stem().string();
    return fmt::format("{}{}wet {}", room, dot, quantity_text(reverb.wet_db, "dB"));
}

std::string summary(const StereoSettings& stereo) {
    std::string text = fmt::format("width {}", quantity_text(stereo.width, ""));
    if (stereo.mono_below_hz > 0)
        text += fmt::format("{}mono below {}", dot, quantity_text(stereo.mono_below_hz, "Hz"));
    return text;
}

std::string summary(const ClipperSettings& clipper) {
    return fmt::format("at {}{}knee {}", signed_text(clipper.threshold_db, "dB"), dot,
                       quantity_text(clipper.knee_db, "dB"));
}

std::string summary(const MultibandSettings& multiband) { return fmt::format("{} bands", multiband.bands.size()); }
std::string summary(const CompressorSettings& compressor) {
    return fmt::format("{}{}{} : 1", quantity_text(compressor.threshold_db, "dB"), dot,
                       quantity_text(compressor.ratio, ""));
}
std::string summary(const LimiterSettings& limiter) {
    return std::string(limiter_styles[static_cast<std::size_t>(limiter.style)]);
}

}  // namespace

std::string reduction_text(const GainFigures& figures) {
    if (figures.active_share == 0) return "idle";
    return fmt::format("{} at most{}mean {}", quantity_text(figures.furthest_db, "dB"), dot,
                       quantity_text(figures.mean_db, "dB"));
}

std::string summary_of(const ChainEntry& entry, const ProcessorGains* gains) {
    if (entry.common.bypass) return "bypassed";
    if (gains) {
        const auto* const multiband = std::get_if<MultibandSettings>(&entry.settings);
        return (multiband ? fmt::format("{} bands{}", multiband->bands.size(), dot) : "") + reduction_text(gains->all);
    }
    return std::visit([](const auto& settings) { return summary(settings); }, entry.settings);
}

std::string new_processor(std::string_view type) {
    if (type == ReverbSettings::type) return "{ type = \"reverb\", preset = \"hall\", wet_db = -24 }";
    if (type == MultibandSettings::type)
        return "{ type = \"multiband\", crossovers_hz = [120, 1000, 6000], bands = [{ threshold_db = -24, ratio = 1.5 "
               "}, "
               "{ threshold_db = -24, ratio = 1.5 }, { threshold_db = -24, ratio = 1.5 }, { threshold_db = -24, ratio "
               "= "
               "1.5 }] }";
    return fmt::format("{{ type = \"{}\" }}", type);
}

std::size_t place_for(std::span<const ChainSlot> chain, std::string_view type) {
    std::size_t at = chain.size();
    if (type == LimiterSettings::type) return at;
    const bool is_clipper = type == ClipperSettings::type;
    const auto ends_chain = [&](const ChainSlot& slot) {
        if (slot.kind != ChainSlot::Kind::processor) return false;
        const std::string_view of = type_of(slot.entry.settings);
        return of == LimiterSettings::type || (!is_clipper && of == ClipperSettings::type);
    };
    while (at > 0 && ends_chain(chain[at - 1])) --at;
    const bool behind_gain_point = at > 0 && at < chain.size() && chain[at - 1].kind == ChainSlot::Kind::gain_point;
    return !is_clipper && behind_gain_point ? at - 1 : at;
}

}  // namespace lathe
