// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/session/complaint.h"

#include <fmt/format.h>

#include <bit>
#include <cmath>

namespace lathe {
namespace {

bool is_multiple(double number, double step) { return std::fmod(number, step) == 0; }

template <class Settings>
std::optional<Complaint> complaint(const Settings&) {
    return {};
}

std::optional<std::string> complaint_about_band(const std::vector<EqBand>& bands, std::size_t i) {
    const EqBand& band = bands[i];
    if (!is_multiple(band.slope_db_oct, 6))
        return fmt::format("slope_db_oct goes in steps of 6, not {}", band.slope_db_oct);
    if (band.name.find_first_of(".,=") != std::string::npos)
        return fmt::format("name \"{}\" must not contain \".\", \",\" or \"=\"", band.name);
    for (std::size_t j = 0; j < i; ++j)
        if (!band.name.empty() && bands[j].name == band.name)
            return fmt::format("band {} is named \"{}\" too", j + 1, band.name);
    return {};
}

std::optional<Complaint> complaint(const EqSettings& eq) {
    for (std::size_t i = 0; i < eq.bands.size(); ++i)
        if (auto why = complaint_about_band(eq.bands, i))
            return Complaint{"bands", fmt::format("bands[{}]: {}", i + 1, *why), i};
    return {};
}

std::optional<Complaint> complaint(const MultibandSettings& multiband) {
    const auto& crossovers = multiband.crossovers_hz;
    for (std::size_t i = 1; i < crossovers.size(); ++i)
        if (crossovers[i] <= crossovers[i - 1])
            return Complaint{"crossovers_hz",
                             fmt::format("crossovers_hz must ascend: {} follows {}", crossovers[i], crossovers[i - 1])};
    if (crossovers.empty()) return Complaint{"crossovers_hz", "needs crossovers_hz, as [120, 1000, 6000]"};
    if (multiband.bands.size() != crossovers.size() + 1)
        return Complaint{"bands", fmt::format("{} crossovers make {} bands, not {}", crossovers.size(),
                                              crossovers.size() + 1, multiband.bands.size())};
    if (!is_multiple(multiband.slope_db_oct, 12))
        return Complaint{"slope_db_oct",
                         fmt::format("slope_db_oct goes in steps of 12, not {}", multiband.slope_db_oct)};
    return {};
}

std::optional<Complaint> complaint(const ReverbSettings& reverb) {
    const bool has_preset = reverb.preset != RoomPreset::none;
    if (reverb.ir.empty() && !has_preset) return Complaint{"ir", "needs ir = \"FILE\" or preset = \"hall\""};
    if (!reverb.ir.empty() && has_preset) return Complaint{"preset", "takes ir or preset, not both"};
    return {};
}

std::optional<Complaint> complaint(const ClipperSettings& clipper) {
    if (!std::has_single_bit(static_cast<unsigned>(clipper.oversample)))
        return Complaint{"oversample",
                         fmt::format("oversample must be 1, 2, 4, 8, 16 or 32, not {}", clipper.oversample)};
    return {};
}

}  // namespace

std::optional<Complaint> complaint_about(const ProcessorSettings& settings) {
    return std::visit([](const auto& s) { return complaint(s); }, settings);
}

}  // namespace lathe
